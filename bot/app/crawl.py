"""The part of the newsroom that asks sources: all that a pass needs where nothing is new, and no more.

Loading the rest of the program takes longer than asking 300 sources that have nothing new.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from bot.app.workers import workers
from bot.domain.share import WHOLE, Share
from bot.domain.source import Source
from bot.newsroom.collect import Collected, Collecting, collect, due_sources
from bot.settings import Settings
from bot.sources.catalogue import load
from bot.sources.http import PoliteClient
from bot.sources.reader import WebReader
from bot.store.articles import ArticleStore
from bot.store.engine import Database, open_database
from bot.store.sources import SourceStore

Clock = Callable[[], datetime]


def unheard(_: Collected) -> None:
    """Nobody listens."""


def wall_clock() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """Sources, articles and the web."""

    settings: Settings
    database: Database
    sources: SourceStore
    articles: ArticleStore
    now: Clock
    #: One for the process: it remembers robots.txt for a day, and when each host was asked last.
    client: PoliteClient
    #: Told what the verbs do.
    hear: Callable[[Collected], None] = unheard

    async def collect(self, *, everything: bool = False, share: Share = WHOLE) -> AsyncIterator[Collected]:
        """One pass over the due (or all) sources of the share, a report for each."""
        now = self.now()
        asked = await due_sources(self.sources, now, share, everything=everything)
        never_asked = sum(state.checked_at is None for _, state in asked)
        async with workers(len(asked), never_asked) as offload:
            reader = WebReader(self.client, self.settings.timezone, offload, cleans=True)
            ports = Collecting(reader, self.sources, self.articles, offload)
            async for report in collect(ports, asked, now):
                self.hear(report)
                yield report


@asynccontextmanager
async def open_crawl(  # noqa: PLR0913 - what tests, the demo and the commands replace
    settings: Settings,
    *,
    sources: Sequence[Source] | None = None,
    follow: bool = True,
    now: Clock = wall_clock,
    gap: float = 1.0,
    hear: Callable[[Collected], None] = unheard,
) -> AsyncIterator[Crawl]:
    """A crawl on the configured database that follows the configured sources (or those given).

    `gap` is the least seconds between two requests to one host.

    Without `follow` the sources are left as the database has them, unless it has none: looking must not
    change what a running bot collects.

    Raises:
        StoreError: the database can't be opened.
        SettingsError: the source file can't be read.
    """
    private = settings.allow_private_addresses
    polite = PoliteClient(agent=user_agent(settings), allow_private=private, gap=gap)
    async with open_database(settings.database_url) as database, polite as client:
        known = SourceStore(database)
        if follow or not await known.all():
            await known.follow(load(settings.sources) if sources is None else sources)
        yield Crawl(
            settings=settings,
            database=database,
            sources=known,
            articles=ArticleStore(database),
            now=now,
            client=client,
            hear=hear,
        )


def user_agent(settings: Settings) -> str:
    """Who asks, and where the operator can be reached."""
    contact = f"+{settings.public_url}" if settings.public_url else "operator gave no address"
    return f"Habarshy/{version('habarshy')} (news digest for Telegram; {contact})"
