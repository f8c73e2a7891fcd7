"""Work shared between processes and machines: asked for, and done, over Redis streams by taskiq."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated

import structlog
from redis.exceptions import RedisError
from taskiq import Context, TaskiqDepends
from taskiq.acks import AcknowledgeType
from taskiq.exceptions import SendTaskError
from taskiq.kicker import AsyncKicker
from taskiq.receiver import Receiver

from bot.domain.errors import HabarshyError, JobFailed
from bot.domain.share import Share
from bot.jobs.streams import Stream
from bot.jobs.tasks import DUTIES, Kind, Queue, Verb, Verbs, cut

_log = structlog.get_logger(__name__)


class SharedBroker:
    """Satisfies broker.Broker; what can't be asked for now, the clock asks for again."""

    def __init__(self, url: str) -> None:
        self.streams = {queue: Stream(url, queue) for queue in Queue}

    async def ask(self, kind: Kind) -> None:
        """Queue the tasks that together are this kind of work; those that wait already stay as they are."""
        stream = self.streams[DUTIES[kind].queue]
        for task in cut(kind):
            kicker = AsyncKicker[[int, int], None](task_name=kind, broker=stream, labels={})
            try:
                await kicker.with_task_id(task.key).kiq(task.share.index, task.share.of)
            except SendTaskError as error:
                if not isinstance(error.__cause__, RedisError):
                    raise
                stream.gone(error.__cause__)
                return

    async def counts(self) -> dict[str, dict[str, int]]:
        """By queue: tasks queued, running, and ever given up. Raises RedisError."""
        return {queue: await stream.counts() for queue, stream in self.streams.items()}


@asynccontextmanager
async def shared_broker(url: str, shown: str) -> AsyncIterator[SharedBroker]:
    """A broker at this address, which errors call `shown`. Raises JobFailed where nobody answers there."""
    broker = SharedBroker(url)
    try:
        try:
            await broker.counts()
        except RedisError as error:
            reason = str(error) or type(error).__name__
            raise JobFailed(f"{shown} does not answer: {reason}; start it or correct the address") from error
        yield broker
    finally:
        for stream in broker.streams.values():
            await stream.shutdown()


#: Seconds that receivers have to end by themselves, when nothing is at work any more.
_LAST = 2.0


class Crew:
    """Works off queues, some tasks at a time, until it is told to stop."""

    def __init__(self, broker: SharedBroker, verbs: Verbs) -> None:
        self._broker = broker
        self._verbs = verbs
        self._stopping = asyncio.Event()
        self._at_work: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def working(self, at_once: int, grace: float) -> AsyncIterator[None]:
        """Work until the block ends, on up to `at_once` tasks of each queue.

        Then nothing more is begun, and what is not done after `grace` seconds is given back to its queue.
        """
        streams = [self._broker.streams[queue] for queue in {DUTIES[kind].queue for kind in self._verbs}]
        async with asyncio.TaskGroup() as tasks:
            keeping = [tasks.create_task(stream.keep()) for stream in streams]
            listening = [
                tasks.create_task(self._receiver(stream, at_once).listen(self._stopping))
                for stream in streams
            ]
            try:
                yield
            finally:
                await self._stop(grace)
                # Once in 24 stops after a message it could not read, taskiq's receiver waited for ever.
                await asyncio.wait(listening, timeout=_LAST)
                for task in (*keeping, *listening):
                    task.cancel()

    async def _stop(self, seconds: float) -> None:
        self._stopping.set()
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)
        for task in self._at_work:
            task.cancel()

    def _receiver(self, stream: Stream, at_once: int) -> Receiver:
        for kind, verb in self._verbs.items():
            stream.register_task(self._task(verb), task_name=kind)
        return Receiver(stream, max_async_tasks=at_once, run_startup=False, ack_type=AcknowledgeType.MANUAL)

    def _task(self, verb: Verb):  # type: ignore[no-untyped-def] # noqa: ANN202 - taskiq reads the types below
        async def perform(index: int, of: int, context: Annotated[Context, TaskiqDepends()]) -> None:
            stream, key = context.broker, context.message.task_id
            assert isinstance(stream, Stream)
            try:
                await self._do(verb, Share(index, of))
            except asyncio.CancelledError:
                await _give_back(stream, context)
            except HabarshyError as error:
                # Nothing is wrong with the task: what it needs is away.
                _log.warning("task put off", key=key, reason=str(error))
                await stream.let_go(key, counts=False)
            except Exception:  # noqa: BLE001 - whatever went wrong, others can try
                _log.exception("task failed", key=key)
                await stream.let_go(key)
            else:
                await _acknowledge(stream, context)

        return perform

    async def _do(self, verb: Verb, share: Share) -> None:
        if self._stopping.is_set():
            raise asyncio.CancelledError
        current = asyncio.current_task()
        assert current
        self._at_work.add(current)
        try:
            following = await verb(share)
        finally:
            # What is done may be written down in peace.
            self._at_work.discard(current)
        # Asked for before this is acknowledged: a death in between repeats it, no more.
        for kind in following:
            await self._broker.ask(kind)


async def _give_back(stream: Stream, context: Context) -> None:
    _log.info("task given back", key=context.message.task_id)
    with suppress(RedisError):
        # Asked for while it runs, a task is queued once more when it is taken away.
        await stream.kick(stream.formatter.dumps(context.message))
        await context.ack()


async def _acknowledge(stream: Stream, context: Context) -> None:
    try:
        await context.ack()
    except RedisError as error:
        # Its lease will end, and it is done once more.
        stream.gone(error)
