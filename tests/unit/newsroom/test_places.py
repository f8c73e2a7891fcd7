"""Who may be asked while others are."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.domain.source import FetchState, Kind, Source
from bot.newsroom.places import AT_ONCE, Places

ASKED_BEFORE = FetchState(etag='"1"')


def source(host: str, number: int = 0) -> Source:
    """A feed of this host."""
    return Source(f"{host}/{number}", f"https://{host}/{number}", Kind.FEED)


@pytest.fixture
async def taken():
    """Places, and a way to sit down that says at once whether there was room."""
    places = Places()
    async with AsyncExitStack() as stack:

        async def sits(one: Source, state: FetchState = ASKED_BEFORE) -> bool:
            try:
                await asyncio.wait_for(stack.enter_async_context(places.place(one, state)), 0.01)
            except TimeoutError:
                return False
            return True

        yield sits


async def test_one_hosts_sources_leave_room_for_others(taken):
    """A hundred channels behind one host's gap are not waited for by the next host."""
    assert [await taken(source("slow.kz", number)) for number in range(4)] == [True, True, False, False]
    assert await taken(source("quick.kz"))


async def test_a_source_stands_in_line_where_it_moved_to(taken):
    """Its own host is not asked any more."""
    moved = FetchState(etag='"1"', moved_to="https://new.kz/feed")
    assert await taken(source("old.kz", 1), moved)
    assert await taken(source("old.kz", 2), moved)
    assert not await taken(source("new.kz"))
    assert await taken(source("old.kz", 3))


async def test_long_answers_are_few_and_hold_up_no_short_one(taken):
    """What may bring its whole list waits for memory; what can say «nothing new» does not."""
    assert all([await taken(source(f"{number}.kz"), FetchState()) for number in range(AT_ONCE)])
    assert not await taken(source("one-more.kz"), FetchState())
    assert all([await taken(source(f"known-{number}.kz")) for number in range(AT_ONCE + 1)])
