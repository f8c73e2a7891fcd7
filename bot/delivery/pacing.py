"""How fast we may write: Telegram's limits for the whole bot, for a chat and for a group.

Figures: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

#: Telegram counts arrivals, not departures: seconds by which journeys differ that nobody can measure …
JITTER = 0.02
#: … and the most that is added for a request that was answered late, or is not answered yet.
LATEST = 0.5
CHAT_INTERVAL = 1.0 + JITTER
GROUP_WINDOW = 60.0 + JITTER
GROUP_MOST = 20
#: Seconds of a hiccup that are made up for: beyond that what was not sent was not sent.
CATCH_UP = 0.1
#: Chats remembered before those that are free again are forgotten.
MOST_CHATS = 10_000


class Pace(Protocol):
    """Who may write when: one for a bot's token, in this process or over several machines."""

    @property
    def rate(self) -> float:
        """Messages a second over all chats."""

    def pause(self, chat: int) -> timedelta:
        """How long nothing may be sent to `chat`, as far as this process knows: a hint, not a promise."""

    def halt(self) -> timedelta:
        """How long nothing may be sent to anybody, as far as this process knows."""

    async def turn(self, chat: int) -> timedelta:
        """Wait until a message to `chat` may leave: zero, and it counts.

        Or at once how long the chat must be left alone; then nothing counts.
        """

    async def spend(self) -> None:
        """Wait until an answer to a reader may leave, ahead of all that wait in `turn`; it counts."""

    def answered(self, chat: int) -> None:
        """Telegram has answered the message to `chat` that had its turn last: it was counted by now."""

    async def flooded(self, chat: int, pause: timedelta) -> None:
        """Obey a 429 that a message to `chat` was answered with."""


@dataclass(slots=True, eq=False)
class _Departure:
    """A message on its way, in seconds of the pace's clock."""

    left: float
    answered: float | None = None


class Pacing:
    """The pace of one process. All times are seconds of `clock`, a monotonic one.

    A smooth schedule (one message every interval, a late one making up for its delay) under a strict
    sliding window of what Telegram may have counted. When it counted a message is known within bounds: not
    before it left, and not later than by how much its answer was slower than the fastest. So the window
    gives way to delays as they are (at 30/s and steady answers it lets 29.4 through), and lets no more
    than the rate arrive in any second.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        most = max(1, int(rate))
        self._window = most / rate + JITTER
        self._interval = self._window / most
        #: The last departures that fill a window; what is older is counted no more.
        self._departures: deque[_Departure] = deque(maxlen=most)
        self._out: dict[int, _Departure] = {}
        self._fastest = LATEST
        self._clock = clock
        self._next = 0.0
        self._gate = asyncio.Lock()
        self._answers = 0
        self._no_answers = asyncio.Event()
        self._no_answers.set()
        self._chats: dict[int, deque[float]] = {}
        self._floods: dict[int, float] = {}
        self._halted_until = 0.0

    def pause(self, chat: int) -> timedelta:
        """How long nothing may be sent to `chat`: its second, a flood wait, or a group's full minute."""
        until = max(self._halted_until, self._floods.get(chat, 0.0), self._chat_free_at(chat))
        return timedelta(seconds=max(0.0, until - self._clock()))

    def halt(self) -> timedelta:
        """How long nothing may be sent to anybody."""
        return timedelta(seconds=max(0.0, self._halted_until - self._clock()))

    async def turn(self, chat: int) -> timedelta:
        """Wait for this message's turn; or return at once how long the chat must be left alone."""
        while True:
            await self._no_answers.wait()
            async with self._gate:
                # An answer that came while this one stood in the queue goes first.
                if self._answers:
                    continue
                if not self.pause(chat):
                    await self._wait()
                # Telegram may have asked for silence meanwhile.
                if not (pause := self.pause(chat)):
                    self._out[chat] = departure = self._leave()
                    self._chats.setdefault(chat, deque(maxlen=GROUP_MOST)).append(departure.left)
                return pause

    async def spend(self) -> None:
        """Wait for an answer's turn, ahead of all broadcasts."""
        self._answers += 1
        self._no_answers.clear()
        try:
            async with self._gate:
                await self._wait()
                departure = self._leave()
                departure.answered = departure.left + self._fastest
        finally:
            self._answers -= 1
            if not self._answers:
                self._no_answers.set()

    def answered(self, chat: int) -> None:
        """Note when the answer came: how late Telegram may have counted the message follows from it."""
        if departure := self._out.pop(chat, None):
            departure.answered = self._clock()
            self._fastest = min(self._fastest, departure.answered - departure.left)

    async def flooded(self, chat: int, pause: timedelta) -> None:
        """Obey a 429: for its chat, and for all when another chat's has not run out yet.

        The answer does not say which limit it is. Each chat keeps its own pace here, so that floods in two
        chats at once can only be the overall one.
        """
        now = self._clock()
        until = now + pause.total_seconds()
        if any(other != chat and end > now for other, end in self._floods.items()):
            self._halted_until = max(self._halted_until, until)
        self._floods[chat] = until

    async def _wait(self) -> None:
        """Sleep until the next message fits. One at a time: the gate is held."""
        while (wait := self._free_at() - self._clock()) > 0:  # noqa: ASYNC110 - time itself is waited for
            await asyncio.sleep(wait)

    def _leave(self) -> _Departure:
        now = self._clock()
        self._next = max(self._next, now - CATCH_UP) + self._interval
        self._departures.append(departure := _Departure(now))
        self._forget(now)
        return departure

    def _free_at(self) -> float:
        full = len(self._departures) == self._departures.maxlen
        return max(self._next, self._counted(self._departures[0]) + self._window if full else 0.0)

    def _counted(self, departure: _Departure) -> float:
        """When Telegram has counted it at the latest, on the scale of departures."""
        took = (departure.answered or self._clock()) - departure.left
        return departure.left + min(max(0.0, took - self._fastest), LATEST)

    def _chat_free_at(self, chat: int) -> float:
        if not (sent := self._chats.get(chat)):
            return 0.0
        full = chat < 0 and len(sent) == GROUP_MOST
        return max(sent[-1] + CHAT_INTERVAL, sent[0] + GROUP_WINDOW if full else 0.0)

    def _forget(self, now: float) -> None:
        if len(self._chats) > MOST_CHATS:
            self._chats = {chat: sent for chat, sent in self._chats.items() if sent[-1] + GROUP_WINDOW > now}
            self._floods = {chat: end for chat, end in self._floods.items() if end > now}
