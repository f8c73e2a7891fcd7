"""A broadcast in a bad night, and what its readers have in the morning."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, update

from bot.domain.delivery import PartState
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.ports import Posting
from bot.store.checking import check
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.subscribers import SubscriberStore
from bot.store.tables import parts
from tests.e2e.botapi import BotApi

FIRST_CHAT = 50_000
#: Messages of each reader's digest, in order.
TEXTS = ("one", "two")


@dataclass(frozen=True)
class Size:
    """How long a night is."""

    readers: int
    #: How often what goes wrong goes wrong.
    faults: int


@dataclass(frozen=True)
class Morning:
    """What became of a broadcast; a good one has nothing in its last three columns."""

    night: str
    readers: int
    messages: int
    #: Faults, of whatever kind the night is about.
    faults: int
    doubles: int
    #: Doubles that the faults excuse: an answer that nobody can have heard.
    excused: int
    missing: int
    disordered: int
    #: What `habarshy db check` says.
    problems: Sequence[str]

    @property
    def is_good(self) -> bool:
        """Whether what is promised was kept."""
        return self.doubles <= self.excused and not (self.missing or self.disordered or self.problems)


class Night:
    """A posted digest of some messages to many readers, on a database of its own."""

    def __init__(self, api: BotApi, url: str) -> None:
        self.api = api
        self.url = url
        self.chance = random.Random()
        #: As if whoever was killed had been silent for long, where others watch over that.
        self.silence: Callable[[], object] = lambda: None
        self.chats: range = range(0)

    async def post(self, readers: int) -> None:
        """As the clock would have."""
        now = datetime.now(UTC)
        nothing = Digest(now, now, ("en",), frozenset(), ())
        self.chats = range(FIRST_CHAT, FIRST_CHAT + readers)
        async with open_database(self.url) as database:
            store = SubscriberStore(database)
            joined = [(await store.join(Chat(chat), Preferences(("en",)), now))[0] for chat in self.chats]
            editions = [Edition(reader.id, date(2026, 11, 22), "09:00") for reader in joined]
            await OutboxStore(database).post_all([Posting(one, nothing, TEXTS) for one in editions], now)

    @property
    def arrived(self) -> int:
        """Messages so far."""
        return len(self.api.messages)

    def texts(self, chat: int) -> list[str]:
        """What a reader has, in order of arrival."""
        return [message.text for message in self.api.sent_to(chat)]

    @property
    def is_complete(self) -> bool:
        """Whether every reader has every message."""
        return {(one.chat, one.text) for one in self.api.messages} >= {
            (chat, text) for chat in self.chats for text in TEXTS
        }

    async def until_complete(self, seconds: float) -> None:
        """Return when every reader has every message, and nothing more comes."""
        await self.api.until(lambda: self.is_complete, seconds)
        await self.api.settled()

    async def in_doubt(self) -> int:
        """Parts that a dead process left on their way; their leases end now, so that nobody waits for it."""
        self.silence()
        earlier = datetime.now(UTC) - timedelta(minutes=5)
        left = parts.c.state == PartState.SENDING
        async with open_database(self.url, as_it_is=True) as database, database.write() as connection:
            count = (await connection.execute(select(func.count()).where(left))).scalar_one()
            await connection.execute(update(parts).where(left).values(not_before=earlier))
        return int(count)

    async def morning(self, name: str, faults: int, excused: int) -> Morning:
        """Look at what everybody has."""
        received = [self.texts(chat) for chat in self.chats]
        async with open_database(self.url, as_it_is=True) as database:
            problems = await self._problems(database)
        return Morning(
            night=name,
            readers=len(self.chats),
            messages=len(self.api.messages),
            faults=faults,
            doubles=sum(len(texts) - len(set(texts)) for texts in received),
            excused=excused,
            missing=sum(len(set(TEXTS) - set(texts)) for texts in received),
            disordered=sum(texts != sorted(texts, key=TEXTS.index) for texts in received),
            problems=problems,
        )

    async def _problems(self, database: Database) -> list[str]:
        states = await OutboxStore(database).counts()
        wrong = {state: count for state, count in states.items() if state not in {"sent", "unknown"}}
        left = [f"{count} parts {state}" for state, count in wrong.items() if count]
        return [*left, *(await check(database))]
