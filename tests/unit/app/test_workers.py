"""Work of the processor beside the event loop."""

import asyncio
import os
import signal

import pytest

from bot.app.workers import WORTH_PROCESSES, workers
from bot.domain.errors import SourceUnreachable, SourceUnusable
from bot.sources.feed import parse_feed

FEED = b"<rss><channel><item><title>T</title><link>https://tau.example/1</link></item></channel></rss>"
MANY = WORTH_PROCESSES

needs_cores = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core: threads do all the work")


def unreachable() -> None:
    """Fails as a source does."""
    raise SourceUnreachable("busy", status=429, retry_after=7)


async def test_a_little_work_is_done_in_this_process():
    """A process would start longer than the work takes."""
    async with workers(MANY - 1) as offload:
        assert await offload(os.getpid) == os.getpid()


@needs_cores
async def test_a_lot_of_work_is_done_in_others():
    """Values and the errors of sources come back whole."""
    async with workers(MANY) as offload:
        assert await offload(os.getpid) != os.getpid()
        listing = await offload(parse_feed, FEED, url="https://tau.example/rss")
        assert [entry.title for entry in listing.entries] == ["T"]
        with pytest.raises(SourceUnusable, match="not XML"):
            await offload(parse_feed, b"words", url="https://tau.example/rss")
        with pytest.raises(SourceUnreachable) as caught:
            await offload(unreachable)
        assert (caught.value.status, caught.value.retry_after) == (429, 7)


@needs_cores
async def test_the_pass_goes_on_when_a_worker_is_killed():
    """What was lost with the worker is done here."""
    async with workers(MANY) as offload:
        os.kill(await offload(os.getpid), signal.SIGKILL)
        results = await asyncio.gather(
            *(offload(parse_feed, FEED, url="https://tau.example/") for _ in range(4))
        )
        assert [len(listing.entries) for listing in results] == [1] * 4
