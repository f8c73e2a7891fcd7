"""Work in this process, asked for through the broker's seam."""

import asyncio

import pytest

from bot.domain.share import WHOLE
from bot.jobs.broker import InProcess
from bot.jobs.tasks import Kind


class Work:
    """A verb that notes its rounds."""

    def __init__(self, *following: Kind) -> None:
        self.rounds = []
        self.go = asyncio.Event()
        self.go.set()
        self.following = following

    async def __call__(self, share):
        self.rounds.append(share)
        await self.go.wait()
        return self.following


async def test_work_is_done_at_once_and_uncut_and_what_follows_after_it():
    """Collecting calls for grouping, grouping for summarizing; what others do is left to them."""
    collect, group = Work(Kind.GROUP, Kind.DELIVER), Work()
    await InProcess({Kind.COLLECT: collect, Kind.GROUP: group}).ask(Kind.COLLECT)
    assert (collect.rounds, group.rounds) == ([WHOLE], [WHOLE])


async def test_work_asked_for_while_it_runs_runs_once_more():
    """Never beside itself, however often it was asked for."""
    group = Work()
    group.go.clear()
    broker = InProcess({Kind.GROUP: group})
    running = asyncio.create_task(broker.ask(Kind.GROUP))
    await asyncio.sleep(0)
    for _ in range(3):
        await broker.ask(Kind.GROUP)
    assert len(group.rounds) == 1
    group.go.set()
    await running
    assert len(group.rounds) == 2


async def test_a_failure_is_the_askers_and_does_not_hold_up_the_next_round():
    """The clock logs it, and asks again."""
    rounds = []

    async def failing(share):
        rounds.append(share)
        raise ZeroDivisionError

    broker = InProcess({Kind.GROUP: failing})
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await broker.ask(Kind.GROUP)
    assert len(rounds) == 2
