"""One pace for a bot's token over several machines, kept in Redis."""

import asyncio
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.delivery.pacing import (
    CATCH_UP,
    CHAT_INTERVAL,
    GROUP_MOST,
    GROUP_WINDOW,
    JITTER,
    LATEST,
    MOST_CHATS,
    Pacing,
)
from bot.delivery.shared_scripts import FLOODED, LEAVE

#: Seconds for which broadcasts wait before they ask again, when Redis does not answer.
AWAY = 2.0
#: What a departure is held up by.
_FREE, _PACE, _CHAT = 0, 1, 2

_log = structlog.get_logger(__name__)


class SharedPacing:
    """Satisfies bot.delivery.pacing.Pace: all machines together keep the rate, and obey each other's 429s.

    Every departure is asked for in Redis when it is to leave. Without Redis nobody knows what the others
    send: then broadcasts wait, and answers go at this process's own pace.
    """

    def __init__(
        self, redis: Redis, rate: float, bot: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate = rate
        most = max(1, int(rate))
        window = most / rate + JITTER
        times = (window, window / most, CATCH_UP, LATEST)
        self._limits = (most, *map(_micro, times))
        self._prefix = f"habarshy:pace:{bot}"
        self._clock = clock
        self._alone = Pacing(rate, clock)
        self._ask = redis.register_script(LEAVE)
        self._tell = redis.register_script(FLOODED)
        #: This process, among those that wait for the pace.
        self._name = uuid4().hex
        self._ids = (f"{self._name}-{number}" for number in count())
        self._gate = asyncio.Lock()
        #: Messages on their way, by chat: id, second of `clock`, microsecond of Redis.
        self._out: dict[int, tuple[str, float, int]] = {}
        #: What Redis does not know yet: when the answered ones were counted at the latest.
        self._counted: list[str | int] = []
        self._fastest = math.inf
        #: The latest messages: id, microsecond of Redis, seconds until they were answered.
        self._answers: deque[tuple[str, int, float]] = deque(maxlen=most)
        self._rests: dict[int, float] = {}
        self._halted_until = 0.0
        self._away = False

    def pause(self, chat: int) -> timedelta:
        """How long nothing may be sent to `chat`, as far as this process knows."""
        until = max(self._halted_until, self._rests.get(chat, 0.0))
        return timedelta(seconds=max(0.0, until - self._clock()))

    def halt(self) -> timedelta:
        """How long nothing may be sent to anybody, as far as this process knows."""
        return timedelta(seconds=max(0.0, self._halted_until - self._clock()))

    async def turn(self, chat: int) -> timedelta:
        """Wait for this message's turn; or return at once how long the chat must be left alone."""
        async with self._gate:
            while not (pause := self.pause(chat)):
                # From before Redis was asked: a stall after its answer must count as the message's.
                begun = self._clock()
                try:
                    verdict, wait, now, name = await self._leave(chat)
                except RedisError as error:
                    self._lost(error)
                    self._halted_until = self._clock() + AWAY
                    continue
                self._found()
                if verdict == _PACE:
                    await asyncio.sleep(wait)
                elif verdict == _FREE:
                    self._out[chat] = (name, begun, now)
                    self._rest(chat, CHAT_INTERVAL)
                    return timedelta(0)
                elif verdict == _CHAT:
                    self._rest(chat, wait)
                else:
                    self._halted_until = self._clock() + wait
        return pause

    async def spend(self) -> None:
        """Wait for an answer's turn, ahead of the broadcasts of all machines."""
        try:
            while (left := await self._leave(None))[0] == _PACE:  # noqa: ASYNC110 - time itself is waited for
                await asyncio.sleep(left[1])
            self._found()
        except RedisError as error:
            self._lost(error)
            await self._alone.spend()

    def answered(self, chat: int) -> None:
        """Note when the answer came; Redis hears of it with the next departure."""
        if not (departure := self._out.pop(chat, None)):
            return
        name, left, at = departure
        took = self._clock() - left
        self._answers.append((name, at, took))
        if took < self._fastest:
            # The earlier ones were later than they seemed.
            self._fastest = took
            self._counted = [part for answer in self._answers for part in self._latest(*answer)]
        else:
            self._counted += self._latest(name, at, took)

    def _latest(self, name: str, at: int, took: float) -> tuple[str, int]:
        """A message, and when it was counted at the latest: its answer's delay may have been its own."""
        return name, at + _micro(min(took - self._fastest, LATEST))

    async def flooded(self, chat: int, pause: timedelta) -> None:
        """Obey a 429 on all machines: for its chat, or for all when another chat's has not run out yet."""
        seconds = pause.total_seconds()
        self._rest(chat, seconds)
        try:
            if await self._tell(keys=self._keys("halt", "floods"), args=[chat, _micro(seconds)]):
                self._halted_until = max(self._halted_until, self._clock() + seconds)
        except RedisError as error:
            self._lost(error)
            # The others do not know of it: they will be told the same by Telegram.
            self._halted_until = max(self._halted_until, self._clock() + seconds)

    async def _leave(self, chat: int | None) -> tuple[int, float, int, str]:
        """What holds a message up, for how many seconds, when Redis said so, and the message's id there."""
        name, counted = next(self._ids), self._counted
        self._counted = []
        names = ("departures", "next", "halt", "floods", "ahead", f"chat:{chat}", "queue")
        times = (_micro(CHAT_INTERVAL), _micro(GROUP_WINDOW), GROUP_MOST if chat and chat < 0 else 0)
        args = (*self._limits, int(chat is None), name, self._name, chat or 0, *times, *counted)
        try:
            verdict, wait, now = await self._ask(keys=self._keys(*names), args=args)
        except RedisError:
            self._counted = [*counted, *self._counted]
            raise
        return int(verdict), int(wait) / 1e6, int(now), name

    def _keys(self, *names: str) -> list[str]:
        return [f"{self._prefix}:{name}" for name in names]

    def _rest(self, chat: int, seconds: float) -> None:
        now = self._clock()
        if len(self._rests) > MOST_CHATS:
            self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        self._rests[chat] = max(self._rests.get(chat, 0.0), now + seconds)

    def _lost(self, error: RedisError) -> None:
        if not self._away:
            reason = str(error) or type(error).__name__
            _log.warning("broker away: broadcasts wait for the shared pace", reason=reason)
        self._away = True

    def _found(self) -> None:
        if self._away:
            _log.info("the shared pace is back")
        self._away = False


@asynccontextmanager
async def shared_pacing(url: str, rate: float, bot: str) -> AsyncIterator[SharedPacing]:
    """The pace that all processes share for one bot, named by the number before its token's colon."""
    once = Retry(NoBackoff(), 1)
    async with Redis.from_url(
        url, protocol=2, socket_connect_timeout=3, socket_timeout=3, retry=once
    ) as redis:
        yield SharedPacing(redis, rate, bot)


def _micro(seconds: float) -> int:
    return round(seconds * 1_000_000)
