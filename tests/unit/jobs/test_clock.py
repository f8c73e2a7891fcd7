"""The clock starts the newsroom's verbs, whatever becomes of them."""

import asyncio
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import StoreUnreachable
from bot.jobs.clock import Clock

SOON = timedelta(milliseconds=20)


@contextmanager
def ticking(**jobs):
    """A clock that runs these jobs every 20 ms."""
    clock = Clock({name: (job, SOON) for name, job in jobs.items()})
    clock.start()
    yield clock
    clock.stop()


async def until(condition):
    """Wait for it, five seconds at most."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


async def test_every_job_runs_at_once_and_again():
    """The first run does not wait for the interval."""
    runs = Counter()

    async def often():
        runs["often"] += 1

    async def rarely():
        runs["rarely"] += 1

    clock = Clock({"often": (often, SOON), "rarely": (rarely, timedelta(hours=1))})
    clock.start()
    await until(lambda: runs["often"] >= 3 and runs["rarely"])
    clock.stop()
    assert runs["rarely"] == 1


async def test_a_job_that_fails_is_logged_and_runs_again():
    """The clock outlives any job, and a job its own failures."""
    runs = Counter()

    async def failing():
        runs["failing"] += 1
        raise ZeroDivisionError

    async def fine():
        runs["fine"] += 1

    with capture_logs() as logs, ticking(failing=failing, fine=fine):
        await until(lambda: runs["failing"] >= 2 and runs["fine"] >= 2)
    assert (logs[0]["event"], logs[0]["job"], logs[0]["log_level"]) == ("job failed", "failing", "error")


async def test_a_slow_run_is_never_doubled():
    """While one goes on the next waits; other jobs do not."""
    runs = Counter()
    release = asyncio.Event()

    async def slow():
        runs["slow"] += 1
        await release.wait()

    async def quick():
        runs["quick"] += 1

    with ticking(slow=slow, quick=quick):
        await until(lambda: runs["quick"] >= 5)
        assert runs["slow"] == 1
        release.set()
        await until(lambda: runs["slow"] >= 2)


async def test_late_runs_are_coalesced_and_never_dropped():
    """APScheduler's defaults (one second of grace, no coalescing) would lose a digest in a busy second."""

    async def job():
        pass

    clock = Clock({"deliver": (job, SOON)})
    clock.start()
    found = clock.scheduler.get_job("deliver")
    assert (found.coalesce, found.max_instances, found.misfire_grace_time) == (True, 1, None)
    clock.stop()


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_set_stops_nothing(hours):
    """Put back by an hour, APScheduler finds every job an hour ahead and would sleep until then."""
    runs = Counter()
    now = [time.time()]

    async def job():
        runs["job"] += 1

    clock = Clock({"job": (job, SOON)}, wall=lambda: now[0])
    clock.start()
    await until(lambda: runs["job"])
    clock.scheduler.get_job("job").modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))
    seen = runs["job"]
    now[0] += hours * 3600
    with capture_logs() as logs:
        await until(lambda: runs["job"] > seen + 2)
    clock.stop()
    assert [entry["event"] for entry in logs] == ["the clock was set"]


async def test_trouble_that_will_pass_is_one_line():
    """A database that is away for a moment needs no traceback; the job runs again and again."""
    runs = Counter()

    async def away():
        runs["away"] += 1
        raise StoreUnreachable("database x is out of reach: refused; work goes on when it is back")

    with capture_logs() as logs, ticking(away=away):
        await until(lambda: runs["away"] >= 2)
    assert {(entry["log_level"], entry["event"], "exc_info" in entry) for entry in logs} == {
        ("warning", "job put off", False)
    }
    assert "out of reach" in logs[0]["reason"]
