"""Work of the processor beside the event loop."""

import asyncio
import os
import re
import signal
from pathlib import Path

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


def hang(notes: Path) -> None:
    """Holds the interpreter for years, as a hostile document and a careless pattern do."""
    with notes.open("a") as file:
        file.write(f"{os.getpid()}\n")
    re.match("(a+)+$", "a" * 60 + "b")


def die(notes: Path) -> None:
    """Ends the process, as too little memory does."""
    with notes.open("a") as file:
        file.write(f"{os.getpid()}\n")
    os.kill(os.getpid(), signal.SIGKILL)


async def ended(process: int) -> None:
    """Return when the process is no more."""
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.01)


@needs_cores
async def test_work_that_never_ends_is_its_sources_failure(tmp_path):
    """It was begun once, its process is gone, and what was done beside it or comes later is whole."""
    async with workers(MANY, patience=0.3) as offload:
        hanging, beside = await asyncio.gather(
            offload(hang, tmp_path / "notes"), offload(os.getpid), return_exceptions=True
        )
        assert isinstance(hanging, SourceUnusable)
        assert "\n" not in str(hanging)
        assert isinstance(beside, int)
        (process,) = map(int, (tmp_path / "notes").read_text().split())
        await ended(process)
        assert len({await offload(os.getpid), process, os.getpid()}) == 3


@needs_cores
@pytest.mark.parametrize("work", [hang, die])
async def test_what_waited_behind_bad_work_is_done_elsewhere(tmp_path, work):
    """More pieces than processes: some have the bad one before them in theirs."""
    async with workers(MANY, patience=0.3) as offload:
        pieces = [offload(work, tmp_path / "notes"), *(offload(os.getpid) for _ in range(20))]
        bad, *others = await asyncio.gather(*pieces, return_exceptions=True)
        assert isinstance(bad, SourceUnusable)
        assert all(isinstance(process, int) and process != os.getpid() for process in others)


@needs_cores
async def test_work_that_ends_its_process_is_tried_once_more(tmp_path):
    """In another process, never in this one; then it is its source's failure."""
    async with workers(MANY) as offload:
        with pytest.raises(SourceUnusable, match="process"):
            await offload(die, tmp_path / "notes")
        processes = set(map(int, (tmp_path / "notes").read_text().split()))
        assert len(processes) == 2
        assert os.getpid() not in processes
        assert await offload(os.getpid) not in {*processes, os.getpid()}


@needs_cores
async def test_work_that_nobody_waits_for_any_more_is_ended(tmp_path):
    """Its process would hold up the end of the pass."""
    async with workers(MANY) as offload:
        waiting = asyncio.ensure_future(offload(hang, tmp_path / "notes"))
        while not (tmp_path / "notes").exists():
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await ended(int((tmp_path / "notes").read_text()))
