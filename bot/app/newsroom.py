"""The newsroom's verbs over the real store and the real web."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache, partial

from bot.app.crawl import Clock, Crawl, open_crawl, wall_clock
from bot.app.models import build_encoder, build_writer
from bot.delivery.render import messages, render
from bot.domain.demand import Demand, demand
from bot.domain.schedule import GRACE, LATEST
from bot.domain.share import WHOLE, Share
from bot.domain.source import Source
from bot.newsroom.alert import Alerting
from bot.newsroom.compose import Composing, compose_now
from bot.newsroom.correct import correct
from bot.newsroom.desk import Desk
from bot.newsroom.events import Hear, unheard
from bot.newsroom.group import group
from bot.newsroom.retain import Terms, retain
from bot.newsroom.summarize import summarize
from bot.newsroom.weekly import weekly_now
from bot.settings import Settings
from bot.sources.discovery import Discovery
from bot.store.alerts import AlertStore
from bot.store.counts import sum_up
from bot.store.deliveries import OutboxStore
from bot.store.own_sources import OwnSourceStore
from bot.store.retention import RetentionStore
from bot.store.search import SearchStore
from bot.store.shelf import ShelfStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.store.updates import UpdateStore
from summarizer.grouping.embeddings import Encoder
from summarizer.pipeline import Grouper, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom(Crawl):
    """The store's repositories and what the verbs need beside them."""

    stories: StoryStore
    subscribers: SubscriberStore
    outbox: OutboxStore
    shelf: ShelfStore
    encoder: Callable[[], Encoder]
    writer: Callable[[], Writer]
    #: Told what the verbs do.
    hear: Hear = unheard

    @property
    def discovery(self) -> Discovery:
        """What finds and probes sources."""
        return Discovery(self.client, self.settings.timezone)

    async def file(self) -> tuple[int, int]:
        """Index and group what is new, correct what changed; returns articles filed and summaries made anew.

        One process at a time: a story must know all that was filed before.
        """
        async with self.database.alone("filing") as mine:
            if not mine:
                return 0, 0
            await SearchStore(self.database).index()
            # A model's first use takes seconds.
            grouper = await asyncio.to_thread(lambda: Grouper(self.encoder()))
            filed = await group(self.articles, self.stories, self.sources, grouper, self.now, self.hear)
            return filed, await correct(self.articles, self.stories, self.writer(), self.now, self.hear)

    async def summarize(self, share: Share = WHOLE) -> int:
        """Write what summaries the stories of the share lack, unless somebody does; returns how many."""
        async with self.database.alone(f"summaries {share.index} of {share.of}") as mine:
            if not mine:
                return 0
            # Only a model is worth asking who would read what it writes.
            ask = None if self.settings.summary_backend == "extractive" else self._demand
            return await summarize(self.stories, self.writer(), ask, self.hear, share)

    async def _demand(self) -> Demand:
        return demand(await self.subscribers.wishes())

    async def condense(self) -> tuple[int, int]:
        """Group and summarize what is new, correct what changed; returns articles filed and summaries."""
        filed, corrected = await self.file()
        return filed, corrected + await self.summarize()

    async def retain(self) -> Mapping[str, int]:
        """Let go of what is past the terms of the settings; returns how many of each."""
        settings = self.settings
        days = (settings.keep_articles, settings.keep_texts, settings.keep_messages)
        terms = Terms(*(timedelta(days=number) if number else None for number in days))
        await sum_up(self.database)
        return await retain(RetentionStore(self.database), terms, self.now())

    @property
    def composing(self) -> Composing:
        """The ports of composing."""
        late = LATEST if self.settings.late_policy == "send" else GRACE
        return Composing(self.stories, self.subscribers, self.outbox, messages, self.shelf.votes_of, late)

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
            search=SearchStore(self.database),
            render=render,
            compose_now=partial(compose_now, self.composing),
            compose_week=partial(weekly_now, self.composing),
            outlets=OwnSourceStore(self.database),
            discover=self.discovery.discover,
            updates=UpdateStore(self.database),
            tell=self.outbox.post,
            now=self.now,
            zone=self.settings.timezone,
            site=self.settings.public_url,
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
    """A newsroom on the configured database; options and errors are those of `open_crawl`."""
    async with open_crawl(settings, sources=sources, follow=follow, now=now, gap=gap, hear=hear) as crawl:
        database = crawl.database
        yield Newsroom(
            **{field.name: getattr(crawl, field.name) for field in fields(Crawl)},
            stories=StoryStore(database),
            subscribers=SubscriberStore(database),
            outbox=OutboxStore(database),
            shelf=ShelfStore(database),
            # Once a process: a model takes seconds to load and is kept while it is used.
            encoder=cache(partial(build_encoder, settings)),
            writer=cache(partial(build_writer, settings)),
        )
