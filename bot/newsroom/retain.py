"""Let go of what nobody needs any more, a little at a time, so that work beside it never waits long."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

#: Vectors only serve grouping, whose window is days.
VECTORS = timedelta(days=14)
#: An address passed over may be asked again after this.
PASSED_OVER = timedelta(days=90)
#: Seconds between two batches, in which others write.
_BREATH = 0.01


@dataclass(frozen=True, slots=True)
class Terms:
    """How long things are kept; None: for ever."""

    #: Articles, the stories that have no other, and readers' editions.
    articles: timedelta | None = timedelta(days=365)
    #: Bodies; titles, addresses and summaries stay.
    texts: timedelta | None = timedelta(days=90)
    #: Messages that were sent, or given up.
    messages: timedelta | None = timedelta(days=30)


class Archive(Protocol):
    """The store's old things: each call lets go of one batch and returns how many; 0: none is left."""

    async def forget_articles(self, before: datetime) -> int:
        """Articles found before then, but none of a story that a reader saved."""

    async def forget_stories(self, before: datetime) -> int:
        """Stories without an article, unchanged since then and saved by nobody."""

    async def forget_editions(self, before: datetime) -> int:
        """Editions of before then with what was told in them."""

    async def forget_texts(self, before: datetime) -> int:
        """Bodies of grouped articles found before then."""

    async def forget_messages(self, before: datetime) -> int:
        """Messages settled before then."""

    async def forget_vectors(self, before: datetime) -> int:
        """Vectors of articles that appeared before then."""

    async def forget_addresses(self, before: datetime) -> int:
        """Addresses passed over before then."""


async def retain(archive: Archive, terms: Terms, now: datetime) -> Mapping[str, int]:
    """Let go of all that is older than its term; returns how many of each, those that were none left out."""
    plan: tuple[tuple[str, Callable[[datetime], Awaitable[int]], timedelta | None], ...] = (
        ("messages", archive.forget_messages, terms.messages),
        ("editions", archive.forget_editions, terms.articles),
        ("vectors", archive.forget_vectors, VECTORS),
        ("texts", archive.forget_texts, terms.texts),
        ("articles", archive.forget_articles, terms.articles),
        ("stories", archive.forget_stories, terms.articles),
        ("addresses", archive.forget_addresses, PASSED_OVER),
    )
    gone = {name: await _all(forget, now - term) for name, forget, term in plan if term}
    return {name: count for name, count in gone.items() if count}


async def _all(forget: Callable[[datetime], Awaitable[int]], before: datetime) -> int:
    total = 0
    while batch := await forget(before):
        total += batch
        await asyncio.sleep(_BREATH)
    return total
