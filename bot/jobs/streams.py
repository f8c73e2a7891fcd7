"""A queue on a Redis stream: taskiq's broker, made to outlive dead workers, poisoned tasks and Redis itself.

What is its own, beside taskiq_redis.RedisStreamBroker of version 1.2 (docs/decisions/0018):
- one task a key waits or runs at a time, and the queue is bounded, in one step inside Redis;
- abandoned tasks are looked for while nothing new comes too, and set aside after some attempts;
- a worker keeps what it works on, however long that takes, so that only a dead one loses it;
- done tasks leave the stream, and a lost connection or a lost stream is waited for, not raised.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from taskiq import AckableMessage, BrokerMessage
from taskiq_redis import RedisStreamBroker

from bot.jobs.scripts import ASK, BURY, DONE, TIDY

#: Milliseconds after which a task nobody vouches for belonged to a worker that died.
LEASE = 30_000
#: Times a task is begun before it is set aside: what kills a worker three times would kill the fourth.
MOST_ATTEMPTS = 3
#: Milliseconds before a task that failed is tried again.
RETRY = 3_000
#: Tasks that may wait; far more than there are keys, far less than memory.
MOST_WAITING = 1000
#: Dead tasks kept to be looked at.
MOST_DEAD = 1000
#: Milliseconds after which a mark without a task is forgotten.
MARK_LIFE = 3_600_000
#: Milliseconds to wait for a new task before looking for abandoned ones; seconds after trouble.
_BLOCK, _AGAIN = 1000, 1.0
#: Milliseconds after which a consumer that works on nothing is forgotten.
_LONG_GONE = 86_400_000
#: Seconds to connect, and for an answer: more than a blocked read.
_CONNECT, _ANSWER = 3, 5

_log = structlog.get_logger(__name__)


class Stream(RedisStreamBroker):
    """One queue: a stream with one consumer group.

    A message's task id is its key (Task.key): the same for the same work.
    """

    def __init__(self, url: str, name: str) -> None:
        super().__init__(
            url,
            queue_name=f"habarshy:{name}",
            consumer_group_name="habarshy",
            consumer_id="0",
            xread_block=_BLOCK,
            idle_timeout=LEASE,
            protocol=2,
            socket_connect_timeout=_CONNECT,
            socket_timeout=_ANSWER,
            # Once, for a connection that a restart has cut; what goes on after that is for the clock to say.
            retry=Retry(NoBackoff(), 1),
        )
        #: Entries by key that this process works on.
        self._mine: dict[str, bytes] = {}
        #: Data and keys of entries that are done and not acknowledged yet.
        self._finished: dict[bytes, tuple[bytes, str]] = {}
        self._away = False

    async def kick(self, message: BrokerMessage) -> None:
        """Queue a task unless one of its key waits; one that runs will run once more. Raises RedisError."""
        key = message.task_id
        marked = [self.queue_name, self._mark(key)]
        async with Redis(connection_pool=self.connection_pool) as redis:
            done = await redis.eval(ASK, 2, *marked, message.message, key, MARK_LIFE, MOST_WAITING)
        self._back()
        if done == -1:
            _log.warning("queue is full: do workers run?", queue=self.queue_name, key=key)

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Tasks, abandoned ones first, for ever."""
        while True:
            try:
                await self._join()
                async with Redis(connection_pool=self.connection_pool) as redis:
                    self._back()
                    while True:
                        async for message in self._next(redis):
                            yield message
            except RedisError as error:
                self.gone(error)
                await asyncio.sleep(_AGAIN)

    async def _join(self) -> None:
        # Also after a loss of connection: the server may have come back without its memory.
        await self._declare_consumer_group()
        await self._take_away()
        async with Redis(connection_pool=self.connection_pool) as redis:
            await redis.eval(TIDY, 1, self.queue_name, self.consumer_group_name, _LONG_GONE)

    async def _next(self, redis: Redis) -> AsyncGenerator[AckableMessage, None]:
        mine = (self.queue_name, self.consumer_group_name, self.consumer_name)
        found: Any = await redis.xautoclaim(*mine, min_idle_time=LEASE, count=1)
        for entry, fields in found[1]:
            if await self._is_alive(redis, entry, fields):
                yield self._message(entry, fields)
        fresh: Any = await redis.xreadgroup(*mine[1:], {self.queue_name: ">"}, count=1, block=_BLOCK)
        for entry, fields in fresh[0][1] if fresh else ():
            yield self._message(entry, fields)

    async def _is_alive(self, redis: Redis, entry: bytes, fields: dict[bytes, bytes]) -> bool:
        """False for what this process works on anyway, and for what was begun too often: it is set aside."""
        key = fields[b"key"].decode()
        if self._mine.get(key) == entry:
            return False
        group = (self.queue_name, self.consumer_group_name)
        seen: Any = await redis.xpending_range(*group, min=entry, max=entry, count=1)
        if seen[0]["times_delivered"] <= MOST_ATTEMPTS:
            _log.warning("task of a dead or failed worker taken over", key=key, queue=self.queue_name)
            return True
        keys = [self.queue_name, self._mark(key), self.dead]
        taken = (self.consumer_group_name, entry, fields[b"data"], key, MOST_DEAD)
        count = await redis.eval(BURY, 3, *keys, *taken)
        _log.error("task given up", key=key, queue=self.queue_name, attempts=MOST_ATTEMPTS, dead=count)
        return False

    def _message(self, entry: bytes, fields: dict[bytes, bytes]) -> AckableMessage:
        data, key = fields[b"data"], fields[b"key"].decode()
        self._mine[key] = entry

        async def done() -> None:
            self._mine.pop(key, None)
            self._finished[entry] = (data, key)
            await self._take_away()

        return AckableMessage(data=data, ack=done)

    async def _take_away(self) -> None:
        """Acknowledge what is done; what Redis does not hear of now, it hears of when it is back."""
        async with Redis(connection_pool=self.connection_pool) as redis:
            for entry, (data, key) in list(self._finished.items()):
                taken = (self.consumer_group_name, entry, data, key, MARK_LIFE)
                await redis.eval(DONE, 2, self.queue_name, self._mark(key), *taken)
                self._finished.pop(entry, None)

    async def keep(self) -> None:
        """Vouch for ever, from time to time, for what this process works on."""
        while True:
            await asyncio.sleep(LEASE / 4000)
            if not self._mine:
                continue
            claim = (self.queue_name, self.consumer_group_name, self.consumer_name, 0)
            try:
                async with Redis(connection_pool=self.connection_pool) as redis:
                    await redis.xclaim(*claim, list(self._mine.values()), idle=0, justid=True)
                    for key in self._mine:
                        await redis.pexpire(self._mark(key), MARK_LIFE)
            except RedisError as error:
                self.gone(error)

    async def let_go(self, key: str, *, counts: bool = True) -> None:
        """Vouch no more for a task that failed: anybody tries it again, in a moment.

        An attempt that does not count is never the last one.
        """
        if not (entry := self._mine.pop(key, None)):
            return
        claim = (self.queue_name, self.consumer_group_name, self.consumer_name, 0)
        try:
            async with Redis(connection_pool=self.connection_pool) as redis:
                idle, seen = max(0, LEASE - RETRY), None if counts else 0
                await redis.xclaim(*claim, [entry], idle=idle, retrycount=seen, justid=True)
        except RedisError as error:
            self.gone(error)

    async def counts(self) -> dict[str, int]:
        """Tasks that wait or run, that run, and that were ever given up. Raises RedisError."""
        async with Redis(connection_pool=self.connection_pool) as redis:
            queued = await redis.xlen(self.queue_name)
            try:
                running: Any = await redis.xpending(self.queue_name, self.consumer_group_name)
            except ResponseError:
                running = {"pending": 0}  # nobody has ever listened
            dead = await redis.get(f"{self.dead}:count")
        return {"queued": queued, "running": running["pending"], "dead": int(dead or 0)}

    @property
    def dead(self) -> str:
        """The stream of tasks that were given up."""
        return f"{self.queue_name}:dead"

    def _mark(self, key: str) -> str:
        return f"{self.queue_name}:mark:{key}"

    def gone(self, error: RedisError) -> None:
        """Say once that the broker is away."""
        if not self._away:
            _log.warning("broker away", queue=self.queue_name, reason=str(error) or type(error).__name__)
        self._away = True

    def _back(self) -> None:
        if self._away:
            _log.info("broker is back", queue=self.queue_name)
        self._away = False
