"""Telegram's flood limits as sliding windows."""

from collections import defaultdict, deque
from dataclasses import dataclass, field


@dataclass
class Window:
    """At most `most` events in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it fits now."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.most else 0.0


@dataclass
class Limits:
    """About 30 a second for the bot, 1 a second for a chat with short bursts, 20 a minute for a group."""

    overall: Window = field(default_factory=lambda: Window(30, 1.0))
    chats: dict[int, Window] = field(default_factory=lambda: defaultdict(lambda: Window(8, 4.0)))
    groups: dict[int, Window] = field(default_factory=lambda: defaultdict(lambda: Window(20, 60.0)))

    def take(self, chat: int, now: float) -> float:
        """Seconds to wait, or 0 and the message counts."""
        windows = [self.overall, self.chats[chat], *([self.groups[chat]] if chat < 0 else [])]
        wait = max(window.wait(now) for window in windows)
        if not wait:
            for window in windows:
                window.times.append(now)
        return wait
