"""Pages kept until what they show has changed."""

import asyncio

import pytest

from bot.web import cache
from bot.web.cache import Pages


class Store:
    """Has a version for each scope, and counts how often it was asked."""

    def __init__(self):
        self.versions = {}
        self.asked = 0

    async def version(self, scope):
        """The scope's version."""
        self.asked += 1
        return self.versions.get(scope, "first")


class Maker:
    """Makes pages, and counts them."""

    def __init__(self, *results):
        self.results = list(results)
        self.made = 0

    async def __call__(self):
        self.made += 1
        await asyncio.sleep(0.01)
        return self.results.pop(0) if len(self.results) > 1 else self.results[0]


@pytest.fixture
def impatient(monkeypatch):
    """Versions are looked at each time."""
    monkeypatch.setattr(cache, "_LOOK", -1.0)


async def test_however_many_ask_at_once_it_is_made_once():
    """The first makes it, the others wait for that."""
    pages, make = Pages(Store().version), Maker("page")
    assert await asyncio.gather(*(pages.get("a", None, make) for _ in range(50))) == ["page"] * 50
    assert make.made <= 2  # the first may come before the version is known


async def test_a_change_in_its_scope_makes_a_page_anew_and_no_other(impatient):
    """One story changes; pages of another stay as they are."""
    store = Store()
    pages, one, other = Pages(store.version), Maker("old", "new"), Maker("same")
    await pages.get("one", 1, one)
    await pages.get("other", 2, other)
    store.versions[1] = "second"
    assert await pages.get("one", 1, one) == "new"
    assert await pages.get("other", 2, other) == "same"
    assert (one.made, other.made) == (2, 1)


async def test_while_one_visitor_waits_for_the_new_page_others_read_the_old(impatient):
    """A page is a moment older then, and nobody queues for it."""
    store = Store()
    pages, make = Pages(store.version), Maker("old", "new")
    await pages.get("a", 1, make)
    store.versions[1] = "second"
    assert await asyncio.gather(*(pages.get("a", 1, make) for _ in range(3))) == ["new", "old", "old"]
    assert await pages.get("a", 1, make) == "new"


async def test_nothing_is_not_kept():
    """What is not there now may be there in a moment."""
    pages, make = Pages(Store().version), Maker(None, "page")
    assert await pages.get("a", None, make) is None
    assert await pages.get("a", None, make) == "page"


async def test_the_version_is_looked_at_once_in_a_while(monkeypatch):
    """Not for every visitor."""
    monkeypatch.setattr(cache, "_LOOK", 60.0)
    store = Store()
    pages, make = Pages(store.version), Maker("page")
    for _ in range(20):
        await pages.get("a", 1, make)
    assert store.asked == 1


async def test_no_more_than_so_many_are_kept():
    """The one not asked for longest makes room."""
    pages, make = Pages(Store().version, most=2), Maker("page")
    for key in ("a", "b", "a", "c", "a", "b"):
        await pages.get(key, None, make)
    assert make.made == 4


async def test_a_page_that_could_not_be_made_is_tried_again():
    """Trouble is the one visitor's who met it, and is not kept."""

    async def fail():
        raise ConnectionError

    pages = Pages(Store().version)
    with pytest.raises(ConnectionError):
        await pages.get("a", None, fail)
    assert await pages.get("a", None, Maker("page")) == "page"
