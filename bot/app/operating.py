"""The operator's side of a process: what is measured, who is told, who may look and who may act."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from importlib.metadata import version
from typing import TypeVar

from aiogram import Bot
from starlette.routing import BaseRoute
from structlog.contextvars import bound_contextvars

from bot.app.newsroom import Newsroom
from bot.app.tracing import Span, trace_id
from bot.app.website import public_address
from bot.chat.admin_broadcast import ProgressBoard
from bot.chat.pager import TelegramPager
from bot.delivery.counting import Counting
from bot.domain.subscriber import Chat
from bot.jobs.clock import Job
from bot.jobs.tasks import Verbs
from bot.metrics import catalogue, gauges
from bot.metrics.meter import MEDIA_TYPE, Meter
from bot.newsroom.broadcast import Broadcasting, broadcast
from bot.newsroom.control import Control
from bot.newsroom.deliver import Delivering
from bot.newsroom.watch import Watching, watch
from bot.store.bans import BanStore
from bot.store.books import BookStore
from bot.store.broadcasts import BroadcastStore
from bot.store.counts import counts
from bot.store.ledgers import LedgerStore
from bot.store.outlets import OutletStore
from bot.store.passes import PassStore
from bot.store.troubles import TroubleStore
from bot.store.vitals import VitalStore
from bot.web.exposition import metrics_route
from bot.web.operator.doorkeeper import Doorkeeper
from bot.web.operator.panel import Panel
from bot.web.operator.routes import operator_routes

#: How often troubles are looked for, and broadcasts carried on with.
WATCH_EVERY, BROADCAST_EVERY = timedelta(minutes=2), timedelta(seconds=2)
#: Seconds of sending that a broadcast may be ahead in the outbox: what is cancelled stops within them.
_AHEAD = 5

T = TypeVar("T")


@dataclass(frozen=True)
class Operation:
    """Over one newsroom."""

    newsroom: Newsroom
    meter: Meter
    span: Span
    up_since: datetime
    #: Whether nothing is sent because Telegram is down; asked when somebody looks.
    is_cut_off: list[Callable[[], bool]] = field(default_factory=list)

    @cached_property
    def control(self) -> Control:
        """The administrators' ports."""
        database, settings = self.newsroom.database, self.newsroom.settings
        return Control(
            admins=settings.admins,
            outlets=OutletStore(database),
            drafts=BroadcastStore(database),
            bans=BanStore(database),
            discover=self.newsroom.discovery.discover,
            probe=self.newsroom.discovery.probe,
            counts=partial(counts, database),
            look=VitalStore(database, model=settings.summary_backend != "extractive"),
            invite=self.doorkeeper.invite,
            now=self.newsroom.now,
            zone=settings.timezone,
            up_since=self.up_since,
        )

    def routes(self, roles: Collection[str]) -> list[BaseRoute]:
        """`/metrics` in every role; the dashboard in that of the web, where there is a token to sign with."""
        found: list[BaseRoute] = [metrics_route(self._text, MEDIA_TYPE)]
        if "web" in roles and self.newsroom.settings.bot_token.get_secret_value():
            database = self.newsroom.database
            panel = Panel(self.control, BookStore(database), LedgerStore(database))
            secure = self.newsroom.settings.public_url.startswith("https://")
            found += operator_routes(panel, self.doorkeeper, self._language, secure=secure)
        return found

    def jobs(self, bot: Bot) -> dict[str, tuple[Job, timedelta]]:
        """What the bot's role does beside answering: watching, and messages to everyone."""
        now, desk = self.newsroom.now, self.newsroom.desk
        watching = Watching(
            look=self.control.look,
            memory=TroubleStore(self.newsroom.database),
            pager=TelegramPager(bot, desk),
            admins=self.newsroom.settings.admins,
            zone=self.newsroom.settings.timezone,
            up_since=self.up_since,
            hear=partial(gauges.show_troubles, self.meter),
        )
        ahead = max(10, int(_AHEAD * self.newsroom.settings.send_rate))
        sending = Broadcasting(BroadcastStore(self.newsroom.database), ProgressBoard(bot, desk), ahead)
        return {
            "watch": (self.observed("watch", lambda: watch(watching, now())), WATCH_EVERY),
            "broadcast": (self.observed("broadcast", lambda: broadcast(sending, now())), BROADCAST_EVERY),
        }

    def observed(self, name: str, job: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
        """The same job, timed, counted, traced, and with a `trace` of its own on every line it logs."""

        async def run(*args: object) -> T:
            started = time.monotonic()
            try:
                with bound_contextvars(job=name, trace=trace_id()), self.span(name):
                    return await job(*args)
            except Exception:
                self.meter.add(catalogue.JOB_FAILURES, job=name)
                raise
            finally:
                self.meter.observe(catalogue.JOBS, time.monotonic() - started, job=name)

        return run

    def observe(self, verbs: Verbs, ports: Delivering | None) -> Verbs:
        """What this process can do, each observed; `ports` are those of sending, where it sends."""
        if ports:
            self.is_cut_off.append(lambda: ports.circuit.probes)
        return {kind: self.observed(kind, verb) for kind, verb in verbs.items()}

    def count(self, bot: Bot) -> Bot:
        """The same client, its requests counted."""
        bot.session.middleware(Counting(partial(gauges.count_request, self.meter)))
        return bot

    async def _text(self) -> bytes:
        now = self.newsroom.now()
        gauges.show_counts(self.meter, await self.control.counts())
        states = Counter(outlet.standing for outlet in await self.control.outlets.listed())
        self.meter.replace(catalogue.SOURCES, states)
        gauges.show_vitals(self.meter, await self.control.look(now), now)
        self.meter.set(catalogue.CIRCUIT, any(cut_off() for cut_off in self.is_cut_off))
        self.meter.set(catalogue.BUILD, 1, version=version("habarshy"))
        return self.meter.text()

    async def _language(self, admin: int) -> str:
        reader = await self.newsroom.subscribers.find(Chat(admin))
        return reader.lang if reader else ""

    @cached_property
    def doorkeeper(self) -> Doorkeeper:
        """Who may see the dashboard."""
        settings = self.newsroom.settings
        return Doorkeeper(
            PassStore(self.newsroom.database),
            settings.admins,
            settings.bot_token.get_secret_value(),
            self.newsroom.now,
            public_address(settings),
        )
