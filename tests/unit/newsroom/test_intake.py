"""Intake: what several sources bring at a time is stored in one transaction."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.source import Found, Source
from bot.newsroom.intake import Intake
from summarizer.article import Article

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Stock:
    """Satisfies newsroom.inbound.Stock as far as intake needs it; refuses the source «bad»."""

    def __init__(self):
        self.lots = []

    async def take_in(self, brought, found_at):
        names = [source.name for source, _ in brought]
        self.lots.append(names)
        await asyncio.sleep(0.01)
        if "bad" in names:
            raise LookupError("bad")
        return [len(found) for _, found in brought]


def bring(intake, name, number):
    found = [Found(Article(str(one), "", "", "kk"), str(one)) for one in range(number)]
    return intake.store(Source(name, f"https://{name}.example/"), found, NOW)


async def test_whoever_comes_while_others_are_stored_waits_for_the_next_lot():
    """The first goes alone, the rest together, and each hears of its own."""
    stock = Stock()
    intake = Intake(stock)
    assert await asyncio.gather(*(bring(intake, name, len(name)) for name in ("a", "bb", "ccc"))) == [1, 2, 3]
    assert stock.lots == [["a"], ["bb", "ccc"]]


async def test_one_source_s_trouble_stays_its_own():
    """What was to be stored with it is stored without it."""
    stock = Stock()
    intake = Intake(stock)
    told = await asyncio.gather(
        *(bring(intake, name, 1) for name in ("a", "bad", "c")), return_exceptions=True
    )
    assert [told[0], told[2]] == [1, 1]
    assert isinstance(told[1], LookupError)
    with pytest.raises(LookupError):
        await bring(intake, "bad", 1)


async def test_a_source_that_gives_up_does_not_hold_up_the_rest():
    """A pass that is cancelled leaves the intake usable."""
    intake = Intake(Stock())
    first = asyncio.ensure_future(bring(intake, "a", 1))
    second = asyncio.ensure_future(bring(intake, "b", 2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 2
