"""How fast we may write: Telegram's limits for the whole bot, for a chat and for a group.

Figures: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta

#: Telegram counts arrivals, not departures: this much slower keeps jitter inside the limit.
MARGIN = 1.05
CHAT_INTERVAL = 1.0 * MARGIN
GROUP_WINDOW = 60.0 * MARGIN
GROUP_MOST = 20
#: Chats remembered before those that are free again are forgotten.
MOST_CHATS = 10_000


class Pacing:
    """Who may write when. All times are seconds of `clock`, a monotonic one."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = MARGIN / rate
        self._clock = clock
        self._free_at = 0.0
        self._gate = asyncio.Lock()
        self._chats: dict[int, deque[float]] = {}
        self._floods: dict[int, float] = {}
        self._halted_until = 0.0

    def pause(self, chat: int) -> timedelta:
        """How long nothing may be sent to `chat`: a flood wait, or a group's full minute."""
        now = self._clock()
        until = max(self._halted_until, self._floods.get(chat, 0.0), self._group_free_at(chat))
        return timedelta(seconds=max(0.0, until - now))

    def halt(self) -> timedelta:
        """How long nothing may be sent to anybody."""
        return timedelta(seconds=max(0.0, self._halted_until - self._clock()))

    async def turn(self, chat: int) -> None:
        """Return when it is this message's turn; it counts from then on."""
        sent = self._chats.setdefault(chat, deque(maxlen=GROUP_MOST))
        start = max(self._clock(), sent[-1] + CHAT_INTERVAL if sent else 0.0)
        sent.append(start)
        await asyncio.sleep(start - self._clock())
        # One at a time, and counted when it leaves: a stall of this process must not end in a burst.
        async with self._gate:
            await asyncio.sleep(self._free_at - self._clock())
            self.spend()

    def spend(self) -> None:
        """Count a message that leaves now; those that wait their turn make room for it."""
        now = self._clock()
        self._forget(now)
        self._free_at = max(self._free_at, now) + self._interval

    def flooded(self, chat: int, pause: timedelta) -> None:
        """Obey a 429: for its chat, and for all when another chat's has not run out yet.

        The answer does not say which limit it is. Each chat keeps its own pace here, so that floods in two
        chats at once can only be the overall one.
        """
        now = self._clock()
        until = now + pause.total_seconds()
        if any(other != chat and end > now for other, end in self._floods.items()):
            self._halted_until = max(self._halted_until, until)
        self._floods[chat] = until

    def _group_free_at(self, chat: int) -> float:
        sent = self._chats.get(chat)
        full = chat < 0 and sent is not None and len(sent) == GROUP_MOST
        return sent[0] + GROUP_WINDOW if sent and full else 0.0

    def _forget(self, now: float) -> None:
        if len(self._chats) > MOST_CHATS:
            self._chats = {chat: sent for chat, sent in self._chats.items() if sent[-1] + GROUP_WINDOW > now}
            self._floods = {chat: end for chat, end in self._floods.items() if end > now}
