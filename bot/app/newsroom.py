"""The newsroom's verbs over the real store and the real web."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib.metadata import version

from bot.app.models import build_writer
from bot.app.workers import workers
from bot.delivery.render import render
from bot.domain.schedule import GRACE, LATEST
from bot.domain.share import WHOLE, Share
from bot.domain.source import Source
from bot.newsroom.alert import Alerting
from bot.newsroom.collect import Collected, Collecting, collect, due_sources
from bot.newsroom.compose import Composing, compose_now
from bot.newsroom.correct import correct
from bot.newsroom.desk import Desk
from bot.newsroom.events import Hear, unheard
from bot.newsroom.group import group
from bot.newsroom.retain import Terms, retain
from bot.newsroom.summarize import demand, summarize
from bot.settings import Settings
from bot.sources.catalogue import load
from bot.sources.discovery import Discovery
from bot.sources.http import PoliteClient
from bot.sources.reader import WebReader
from bot.store.alerts import AlertStore
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.retention import RetentionStore
from bot.store.shelf import ShelfStore
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from summarizer.grouping.embeddings import Encoder, default_encoder
from summarizer.pipeline import Grouper, Writer

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The store's repositories and what the verbs need beside them."""

    settings: Settings
    database: Database
    sources: SourceStore
    articles: ArticleStore
    stories: StoryStore
    subscribers: SubscriberStore
    outbox: OutboxStore
    shelf: ShelfStore
    encoder: Callable[[], Encoder]
    writer: Callable[[], Writer]
    now: Clock
    #: One for the process: it remembers robots.txt for a day, and when each host was asked last.
    client: PoliteClient
    #: Told what the verbs do.
    hear: Hear = unheard

    async def collect(self, *, everything: bool = False, share: Share = WHOLE) -> AsyncIterator[Collected]:
        """One pass over the due (or all) sources of the share, a report for each."""
        now = self.now()
        asked = await due_sources(self.sources, now, share, everything=everything)
        async with workers(len(asked)) as offload:
            reader = WebReader(self.client, self.settings.timezone, offload)
            ports = Collecting(reader, self.sources, self.articles, offload)
            async for report in collect(ports, asked, now):
                self.hear(report)
                yield report

    @property
    def discovery(self) -> Discovery:
        """What finds and probes sources."""
        return Discovery(self.client, self.settings.timezone)

    async def file(self) -> tuple[int, int]:
        """Group what is new, correct what changed; returns articles filed and summaries made anew."""
        filed = await group(
            self.articles, self.stories, self.sources, Grouper(self.encoder()), self.now, self.hear
        )
        return filed, await correct(self.articles, self.stories, self.writer(), self.now, self.hear)

    async def summarize(self, share: Share = WHOLE) -> int:
        """Write what summaries the stories of the share lack; returns how many."""
        wanted = demand(await self.subscribers.active())
        return await summarize(self.stories, self.writer(), wanted, self.hear, share)

    async def condense(self) -> tuple[int, int]:
        """Group and summarize what is new, correct what changed; returns articles filed and summaries."""
        filed, corrected = await self.file()
        return filed, corrected + await self.summarize()

    async def retain(self) -> Mapping[str, int]:
        """Let go of what is past the terms of the settings; returns how many of each."""
        settings = self.settings
        days = (settings.keep_articles, settings.keep_texts, settings.keep_messages)
        terms = Terms(*(timedelta(days=number) if number else None for number in days))
        return await retain(RetentionStore(self.database), terms, self.now())

    @property
    def composing(self) -> Composing:
        """The ports of composing."""
        late = LATEST if self.settings.late_policy == "send" else GRACE
        return Composing(self.stories, self.subscribers, self.outbox, render, self.shelf.votes, late)

    @property
    def alerting(self) -> Alerting:
        """The ports of alerting."""
        return Alerting(self.composing, AlertStore(self.database), render)

    @property
    def desk(self) -> Desk:
        """Where readers' wishes are taken."""
        return Desk(
            subscribers=self.subscribers,
            stories=self.stories,
            shelf=self.shelf,
            render=render,
            compose_now=partial(compose_now, self.composing),
            now=self.now,
            zone=self.settings.timezone,
        )


@asynccontextmanager
async def open_newsroom(  # noqa: PLR0913 - what tests, the demo and the commands replace
    settings: Settings,
    *,
    sources: Sequence[Source] | None = None,
    follow: bool = True,
    now: Clock = wall_clock,
    gap: float = 1.0,
    hear: Hear = unheard,
) -> AsyncIterator[Newsroom]:
    """A newsroom on the configured database that follows the configured sources (or those given).

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
        newsroom = Newsroom(
            settings=settings,
            database=database,
            sources=SourceStore(database),
            articles=ArticleStore(database),
            stories=StoryStore(database),
            subscribers=SubscriberStore(database),
            outbox=OutboxStore(database),
            shelf=ShelfStore(database),
            # Once a process: a model takes seconds to load and is kept while it is used.
            encoder=cache(default_encoder),
            writer=cache(partial(build_writer, settings)),
            now=now,
            client=client,
            hear=hear,
        )
        if follow or not await newsroom.sources.all():
            await newsroom.sources.follow(load(settings.sources) if sources is None else sources)
        yield newsroom


def user_agent(settings: Settings) -> str:
    """Who asks, and where the operator can be reached."""
    contact = f"+{settings.public_url}" if settings.public_url else "operator gave no address"
    return f"Habarshy/{version('habarshy')} (news digest for Telegram; {contact})"
