"""What people who type are shown: one search at a time, each person's latest."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.newsroom.showcase import FRESH, MOST_WAITING, Showcase
from tests.unit.newsroom.conftest import NOW


@dataclass
class Desk:
    """As much of a desk as the showcase needs; its store answers when it is let."""

    looks: list = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    moment: object = NOW

    @property
    def stories(self):
        return self

    def now(self):
        return self.moment

    async def cards(self, since, until):
        """Count the look."""
        self.looks.append(until)
        await self.open.wait()
        return []


@pytest.fixture
def desk():
    """Closed."""
    return Desk()


def ask(showcase, person, number):
    return asyncio.create_task(showcase.find((person, number), (), ("kk",), 5))


async def test_only_the_latest_query_of_a_person_is_answered(desk):
    """Whoever types on does not wait for what they typed before; others are not held up by them."""
    showcase = Showcase(desk)
    first = ask(showcase, 1, 10)
    await asyncio.sleep(0)
    typed = [ask(showcase, 1, 11), ask(showcase, 2, 12), ask(showcase, 1, 13)]
    await asyncio.sleep(0)
    desk.open.set()
    assert await first == ()
    assert await asyncio.gather(*typed) == [None, (), ()]


async def test_a_crowd_waits_no_longer_than_a_few(desk):
    """Beyond the limit the answer is nothing, at once; afterwards all is as before."""
    showcase = Showcase(desk)
    crowd = [ask(showcase, person, person) for person in range(MOST_WAITING)]
    await asyncio.sleep(0)
    assert await showcase.find((999, 999), (), ("kk",), 5) == ()
    desk.open.set()
    await asyncio.gather(*crowd)
    assert await showcase.find((999, 1000), (), ("kk",), 5) == ()
    assert showcase._latest == {}


async def test_one_look_at_the_store_serves_a_minute(desk):
    """People type several queries a second."""
    showcase = Showcase(desk)
    desk.open.set()
    for number in range(3):
        await showcase.find((1, number), (), ("kk",), 5)
    assert len(desk.looks) == 1
    desk.moment = NOW + FRESH + timedelta(seconds=1)
    await showcase.find((1, 9), (), ("kk",), 5)
    assert len(desk.looks) == 2
