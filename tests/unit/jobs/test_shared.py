"""Work shared over a real Valkey."""

import asyncio
from collections import Counter

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import JobFailed, StoreError
from bot.domain.share import Share
from bot.jobs.shared import Crew, SharedBroker, shared_broker
from bot.jobs.streams import LEASE, MOST_ATTEMPTS
from bot.jobs.tasks import DUTIES, Kind, Queue
from tests.valkey import Valkey

NEWS = f"habarshy:{Queue.NEWS}"


@pytest.fixture
async def asking(broker):
    """Whoever asks for work: a clock."""
    async with shared_broker(broker.url, "BROKER") as opened:
        yield opened


@pytest.fixture
async def doing(broker):
    """Whoever does it: a worker in another process would see no more of the first."""
    async with shared_broker(broker.url, "BROKER") as opened:
        yield opened


class Work:
    """A verb that counts, and may hang or fail."""

    def __init__(self, *following: Kind) -> None:
        self.done: Counter[Share] = Counter()
        self.begun: Counter[Share] = Counter()
        self.go = asyncio.Event()
        self.go.set()
        self.failures = 0
        self.error: Exception = ZeroDivisionError()
        self.following = following

    async def __call__(self, share: Share) -> tuple[Kind, ...]:
        self.begun[share] += 1
        await self.go.wait()
        if self.failures:
            self.failures -= 1
            raise self.error
        self.done[share] += 1
        return self.following


async def until(condition, seconds: float = 10):
    """Wait for it."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


def abandon(server) -> None:
    """As if the workers that hold tasks had been silent for longer than a lease."""
    with server.client() as client:
        for entry in client.xpending_range(NEWS, "habarshy", "-", "+", 100):
            client.xclaim(NEWS, "habarshy", "dead", 0, [entry["message_id"]], idle=LEASE + 1, justid=True)


async def test_each_share_is_done_once_by_one_of_two_workers(asking, doing, broker):
    """What is asked for is divided, and nothing is left in the queue."""
    work = Work()
    async with shared_broker(broker.url, "BROKER") as other:
        await asking.ask(Kind.COLLECT)
        async with (
            Crew(doing, {Kind.COLLECT: work}).working(2, 1),
            Crew(other, {Kind.COLLECT: work}).working(2, 1),
        ):
            await until(lambda: work.done.total() >= DUTIES[Kind.COLLECT].cut)
            await asyncio.sleep(0.05)
    assert set(work.done.values()) == {1}
    assert (await asking.counts())[Queue.NEWS] == {"queued": 0, "running": 0, "dead": 0}


async def test_work_that_waits_is_not_asked_for_twice(asking, doing):
    """A night without workers leaves one task of each share, not thousands."""
    for _ in range(50):
        await asking.ask(Kind.SUMMARIZE)
    waiting = (await asking.counts())[Queue.NEWS]["queued"]
    assert waiting == DUTIES[Kind.SUMMARIZE].cut


async def test_work_asked_for_while_it_runs_is_done_once_more(asking, doing):
    """What came up too late for this round is found in the next, however often it was asked for."""
    work = Work()
    work.go.clear()
    async with Crew(doing, {Kind.GROUP: work}).working(4, 1):
        await asking.ask(Kind.GROUP)
        await until(lambda: work.begun.total() == 1)
        for _ in range(3):
            await asking.ask(Kind.GROUP)
        await asyncio.sleep(0.05)
        assert work.begun.total() == 1
        work.go.set()
        await until(lambda: work.done.total() == 2)
        await asyncio.sleep(0.05)
    assert work.done.total() == 2


async def test_what_follows_is_asked_for(doing):
    """One kind of work calls for the next."""
    group, summarize = Work(Kind.SUMMARIZE), Work()
    async with Crew(doing, {Kind.GROUP: group, Kind.SUMMARIZE: summarize}).working(2, 1):
        await doing.ask(Kind.GROUP)
        await until(lambda: summarize.done.total() == DUTIES[Kind.SUMMARIZE].cut)


async def test_a_dead_workers_task_is_taken_over(asking, doing, broker):
    """One whose lease ran out is done by somebody else, though nothing new is asked for."""
    work = Work()
    await asking.ask(Kind.GROUP)
    with broker.client() as client:
        client.xgroup_create(NEWS, "habarshy", "0")
        assert client.xreadgroup("habarshy", "dead", {NEWS: ">"})
    abandon(broker)
    with capture_logs() as logs:
        async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
            await until(lambda: work.done.total() == 1)
    assert "taken over" in logs[0]["event"]


async def test_a_task_that_fails_is_tried_again_and_then_set_aside(asking, doing, broker):
    """It is logged and counted, its kind can be asked for again, and the other kinds go on."""
    work = Work()
    work.failures = MOST_ATTEMPTS
    with capture_logs() as logs:
        async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
            await asking.ask(Kind.GROUP)
            for attempt in range(1, MOST_ATTEMPTS + 1):
                await until(lambda attempt=attempt: work.begun.total() == attempt)
                await asyncio.sleep(0.05)
                abandon(broker)
            await until(lambda: any(entry["event"] == "task given up" for entry in logs))
            assert (await asking.counts())[Queue.NEWS] == {"queued": 0, "running": 0, "dead": 1}
            await asking.ask(Kind.GROUP)
            await until(lambda: work.done.total() == 1)
    failed = [entry for entry in logs if entry["event"] == "task failed"]
    assert len(failed) == MOST_ATTEMPTS
    with broker.client() as client:
        assert [fields["key"] for _, fields in client.xrange(f"{NEWS}:dead")] == ["group-0-1"]


async def test_a_task_whose_store_is_away_is_put_off_as_often_as_need_be(asking, doing, broker):
    """Nothing is wrong with it: it is never set aside, and done when the store is back."""
    work = Work()
    work.failures, work.error = MOST_ATTEMPTS + 2, StoreError("the database is away")
    with capture_logs() as logs:
        async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
            await asking.ask(Kind.GROUP)
            for attempt in range(1, MOST_ATTEMPTS + 3):
                await until(lambda attempt=attempt: work.begun.total() == attempt)
                await asyncio.sleep(0.05)
                abandon(broker)
            await until(lambda: work.done.total() == 1)
    assert [entry["event"] for entry in logs].count("task put off") == MOST_ATTEMPTS + 2
    assert (await asking.counts())[Queue.NEWS] == {"queued": 0, "running": 0, "dead": 0}


async def test_a_worker_keeps_what_it_works_on(asking, doing, broker, monkeypatch):
    """However long it takes: only a worker that is silent loses its task."""
    monkeypatch.setattr("bot.jobs.streams.LEASE", 400)
    work = Work()
    work.go.clear()
    async with shared_broker(broker.url, "BROKER") as other:
        crews = [Crew(one, {Kind.GROUP: work}) for one in (doing, other)]
        async with crews[0].working(1, 1), crews[1].working(1, 1):
            await asking.ask(Kind.GROUP)
            await asyncio.sleep(1.5)
            assert work.begun.total() == 1
            work.go.set()
            await until(lambda: work.done.total() == 1)


async def test_what_is_not_done_when_the_worker_stops_is_given_back(asking, doing, broker):
    """At once, without waiting for a lease, and without the worker waiting for it."""
    work = Work()
    work.go.clear()
    async with asyncio.timeout(5):
        async with Crew(doing, {Kind.GROUP: work}).working(1, 0.1):
            await asking.ask(Kind.GROUP)
            await until(lambda: work.begun.total() == 1)
    assert (await asking.counts())[Queue.NEWS] == {"queued": 1, "running": 0, "dead": 0}
    work.go.set()
    async with shared_broker(broker.url, "BROKER") as other, Crew(other, {Kind.GROUP: work}).working(1, 1):
        await until(lambda: work.done.total() == 1)


@pytest.mark.parametrize("forgets", [False, True])
async def test_a_broker_that_goes_away_and_comes_back_is_survived(asking, doing, broker, forgets):
    """Whoever asks and whoever works say so once, and go on; also when the server comes back empty."""
    work = Work()
    with capture_logs() as logs:
        async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
            await asking.ask(Kind.GROUP)
            await until(lambda: work.done.total() == 1)
            broker.lose_everything() if forgets else broker.stop()
            for _ in range(3):
                await asking.ask(Kind.GROUP)
            await until(lambda: sum(entry["event"] == "broker away" for entry in logs) == 2)
            broker.start()
            await asking.ask(Kind.GROUP)
            await until(lambda: work.done.total() == 2)
    assert sum(entry["event"] == "broker away" for entry in logs) == 2
    assert sum(entry["event"] == "broker is back" for entry in logs) == 2


@pytest.mark.parametrize("end", [Valkey.stop, Valkey.kill])
async def test_what_was_asked_for_outlives_the_broker(asking, doing, broker, end):
    """A queue that was written down is there after a restart, however the server ended."""
    await asking.ask(Kind.GROUP)
    assert (await asking.counts())[Queue.NEWS]["queued"] == 1
    end(broker)
    broker.start()
    work = Work()
    async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
        await until(lambda: work.done.total() == 1)


async def test_a_message_that_is_no_task_is_dropped(asking, doing, broker):
    """Whoever else writes into the stream stops nobody."""
    work = Work()
    with broker.client() as client:
        client.xadd(NEWS, {"data": "{", "key": "x"})
    async with Crew(doing, {Kind.GROUP: work}).working(1, 1):
        await asking.ask(Kind.GROUP)
        await until(lambda: work.done.total() == 1)
        await until(lambda: broker.client().xlen(NEWS) == 0)


async def test_a_full_queue_takes_no_more(asking, monkeypatch):
    """Bounded, and said aloud; the clock asks again."""
    monkeypatch.setattr("bot.jobs.streams.MOST_WAITING", 5)
    with capture_logs() as logs:
        await asking.ask(Kind.SUMMARIZE)
    assert (await asking.counts())[Queue.NEWS]["queued"] == 5
    assert {entry["event"] for entry in logs} == {"queue is full: do workers run?"}


async def test_nobody_at_the_address_is_one_line_with_the_remedy(tmp_path):
    """Before anything else is begun."""
    with pytest.raises(JobFailed, match=r"BROKER does not answer.*start it"):
        async with shared_broker(f"unix://{tmp_path}/nothing.sock", "BROKER"):
            pass


async def test_consumers_of_processes_long_gone_are_forgotten(doing, broker, monkeypatch):
    """A restart a day must not fill the group with names; one that holds a task stays until it is taken."""
    monkeypatch.setattr("bot.jobs.streams._LONG_GONE", 0)
    await doing.ask(Kind.SUMMARIZE)
    with broker.client() as client:
        client.xgroup_create(NEWS, "habarshy", "0")
        client.xgroup_createconsumer(NEWS, "habarshy", "idle")
        client.xreadgroup("habarshy", "holding", {NEWS: ">"}, count=1)
        await asyncio.sleep(0.01)
        await doing.streams[Queue.NEWS]._join()
        assert [consumer["name"] for consumer in client.xinfo_consumers(NEWS, "habarshy")] == ["holding"]


def test_the_broker_has_a_stream_for_each_queue():
    """A digest never waits behind a slow site."""
    names = {stream.queue_name for stream in SharedBroker("redis://localhost").streams.values()}
    assert names == {f"habarshy:{queue}" for queue in Queue}
