"""The real store, and a web that each test writes itself."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from bot.domain.source import Entry, FetchState, Listing, Source
from bot.newsroom.collect import Collected, Collecting, collect
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore

#: 09:00 in Almaty on a Sunday.
NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@dataclass
class Web:
    """Satisfies newsroom.ports.SourceReader: listings by source, article texts by address."""

    listings: dict[str, Listing | Exception] = field(default_factory=dict)
    pages: dict[str, str | Exception] = field(default_factory=dict)
    #: What was asked, in order, and with which state.
    asked: list[str] = field(default_factory=list)
    states: dict[str, FetchState] = field(default_factory=dict)

    async def listing(self, source: Source, state: FetchState) -> Listing:
        """As told; 304 where the source is asked with the validator it last gave."""
        self.asked.append(source.name)
        self.states[source.name] = state
        answer = self.listings[source.name]
        if isinstance(answer, Exception):
            raise answer
        if answer.etag and answer.etag == state.etag:
            return Listing(unchanged=True)
        return answer

    async def article(self, source: Source, entry: Entry) -> Entry:  # noqa: ARG002 - the port has it
        """The entry with its page's text."""
        self.asked.append(entry.url)
        answer = self.pages[entry.url]
        if isinstance(answer, Exception):
            raise answer
        return replace(entry, text=answer, full=True)


@dataclass
class Newsroom:
    """Every verb's ports on one database."""

    database: Database
    web: Web = field(default_factory=Web)

    def __post_init__(self) -> None:
        self.sources = SourceStore(self.database)
        self.articles = ArticleStore(self.database)
        self.stories = StoryStore(self.database)
        self.subscribers = SubscriberStore(self.database)
        self.outbox = OutboxStore(self.database)

    async def collect(self, now: datetime = NOW, **options: bool) -> dict[str, Collected]:
        """One pass; reports by source."""
        ports = Collecting(self.web, self.sources, self.articles)
        return {report.source: report async for report in collect(ports, now, **options)}

    async def state(self, name: str) -> FetchState:
        """What is remembered of a source."""
        return next(state for source, state in await self.sources.all() if source.name == name)


@pytest.fixture
async def newsroom(tmp_path) -> AsyncIterator[Newsroom]:
    """An empty newsroom."""
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/test.db") as database:
        yield Newsroom(database)


@pytest.fixture
def follow(newsroom) -> Callable:
    """Follows sources by name, each with its listing."""

    async def make(**listings: Listing | Exception) -> None:
        newsroom.web.listings |= listings
        await newsroom.sources.follow([Source(name, f"https://{name}.example/rss") for name in listings])

    return make
