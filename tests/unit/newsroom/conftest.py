"""The real store, and a web that each test writes itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delivery import Outcome, Part, Revision, Sent
from bot.domain.digest import Digest
from bot.domain.source import Entry, FetchState, Listing, Source
from bot.domain.subscriber import Chat, Preferences, Subscriber
from bot.newsroom.collect import Collected, Collecting, collect, due_sources
from bot.newsroom.compose import Composing
from bot.newsroom.ports import Filing
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

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

    async def article(self, source: Source, entry: Entry) -> Entry:
        """The entry with its page's text."""
        self.asked.append(entry.url)
        answer = self.pages[entry.url]
        if isinstance(answer, Exception):
            raise answer
        return replace(entry, text=answer, full=True)


def each_story(digest: Digest, lang: str, zone: str, title: str = "") -> list[str]:
    """Satisfies newsroom.ports.Renderer."""
    return [item.headline for item in digest.items]


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

    async def collect(self, now: datetime = NOW, **options: object) -> dict[str, Collected]:
        """One pass; reports by source."""
        ports = Collecting(self.web, self.sources, self.articles)
        asked = await due_sources(self.sources, now, **options)
        return {report.source: report async for report in collect(ports, asked, now)}

    @property
    def composing(self) -> Composing:
        """Composing, with one message a story."""
        return Composing(self.stories, self.subscribers, self.outbox, each_story)

    async def reader(self, chat: int = 1, next_at: datetime | None = NOW, **wanted: object) -> Subscriber:
        """Someone whose slot begins now."""
        joined, _ = await self.subscribers.join(Chat(chat), Preferences(**wanted), NOW)
        found = replace(joined, next_at=next_at)
        await self.subscribers.change(found)
        return found

    async def publish(
        self, title: str, *, lang: str = "kk", topic: Topic = Topic.ECONOMY, found_at: datetime = NOW
    ) -> int:
        """A story of one article, filed and summarized; returns its id."""
        source = Source("Құс жолы", "https://a.example/rss")
        await self.sources.follow([source])
        url = f"https://a.example/{title}"
        article = Article(url, title, f"{title} мәтіні", lang, url=url, source=source.name)
        await self.articles.add(source, [article], found_at=found_at)
        (waiting,) = await self.articles.ungrouped(1)
        topics = Classification((topic,))
        story = await self.stories.file(Filing(int(waiting.id), None, topics, None, "none"), found_at)
        await self.stories.condense(story, int(waiting.id), Summary(f"{title}.", lang, "test", title))
        return story

    async def state(self, name: str) -> FetchState:
        """What is remembered of a source."""
        return next(state for source, state in await self.sources.all() if source.name == name)


async def until(condition: Callable[[], object]) -> None:
    """Wait for it, five seconds at most."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


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


class Phone:
    """Satisfies newsroom.ports.Messenger: each part gets the next answer of its chat, at last `Sent`."""

    def __init__(self) -> None:
        self.answers: dict[int, list[Outcome]] = {}
        #: Messages a second; most tests are not about the pace.
        self.rate = 1000.0
        #: How long a chat must be left alone, once: known at once, or learned when its turn comes.
        self.pauses: dict[int, timedelta] = {}
        self.late_pauses: dict[int, timedelta] = {}
        #: How long everybody must be left alone.
        self.silence = timedelta(0)
        #: Chats whose turn comes, or whose answers come, only then.
        self.turns: dict[int, asyncio.Event] = {}
        self.hangs: dict[int, asyncio.Event] = {}
        #: (chat, text) of every attempt, in order.
        self.attempts: list[tuple[int, str]] = []
        #: The same of every edit.
        self.edits: list[tuple[int, str]] = []

    def pause(self, part: Part) -> timedelta:
        """As told for the chat."""
        return self.pauses.pop(part.chat.id, timedelta(0))

    def halt(self) -> timedelta:
        """As told."""
        return self.silence

    async def turn(self, part: Part) -> timedelta:
        """As told for the chat; at once otherwise."""
        await self.turns[part.chat.id].wait() if part.chat.id in self.turns else await asyncio.sleep(0)
        return self.late_pauses.pop(part.chat.id, timedelta(0))

    async def edit(self, revision: Revision) -> Outcome:
        """Take the change."""
        self.edits.append((revision.chat.id, revision.html))
        waiting = self.answers.get(revision.chat.id)
        return waiting.pop(0) if waiting else Sent(revision.message)

    async def send(self, part: Part) -> Outcome:
        """Take the part."""
        self.attempts.append((part.chat.id, part.html))
        await self.hangs[part.chat.id].wait() if part.chat.id in self.hangs else await asyncio.sleep(0)
        waiting = self.answers.get(part.chat.id)
        return waiting.pop(0) if waiting else Sent(len(self.attempts))


@pytest.fixture
def phone() -> Phone:
    """Where everything arrives at first."""
    return Phone()
