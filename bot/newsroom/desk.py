"""What the chat needs from the newsroom, in one value."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.digest import Digest
from bot.domain.own_sources import Adoption
from bot.domain.schedule import Edition
from bot.domain.search import Hit
from bot.domain.source import FetchState, Source
from bot.domain.story import StoryCard
from bot.domain.subscriber import Preferences, Subscriber
from bot.domain.tastes import Vote
from bot.newsroom.ports import Subscribers


class Readers(Subscribers, Protocol):
    """Subscribers, found by chat too."""

    async def in_chat(self, chat_id: int) -> Sequence[Subscriber]:
        """Everyone in this chat: a forum has one subscriber a topic."""


class Archive(Protocol):
    """Stories to look back at."""

    async def cards(self, since: datetime, until: datetime, *, private: bool = False) -> Sequence[StoryCard]:
        """Stories with an article that appeared in [since, until]; with readers' own feeds' tellings."""

    async def cards_of(self, ids: Collection[int], *, private: bool = False) -> Sequence[StoryCard]:
        """These stories, as far as they are stored; with readers' own feeds' tellings."""


class Shelf(Protocol):
    """What readers keep and like."""

    async def save(self, subscriber: int, story: int, now: datetime) -> None:
        """Keep a story; again changes nothing but its place."""

    async def unsave(self, subscriber: int, story: int) -> None:
        """Keep a story no longer."""

    async def saved(self, subscriber: int, limit: int, offset: int = 0) -> Sequence[int]:
        """Kept stories, the latest first."""

    async def vote(self, subscriber: int, story: int, value: int, now: datetime) -> None:
        """Like (1) or dislike (-1) a story; the last vote counts."""

    async def votes(self, subscriber: int) -> Sequence[Vote]:
        """A reader's latest votes, with what they were about."""

    async def records(self, subscriber: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All that is stored of a reader about stories and digests, by what it is."""

    async def told_in(self, subscriber: int, edition: int) -> Sequence[int]:
        """Stories of one of this reader's editions; none of another's."""


class OwnSources(Protocol):
    """Sources as readers see them, and the feeds they add for themselves."""

    async def public(self) -> Sequence[str]:
        """Names of the sources everybody hears, in order."""

    async def own(self, subscriber: int) -> Sequence[tuple[Source, FetchState]]:
        """A reader's own feeds that are on, the oldest first."""

    async def refused(self, subscriber: int) -> Sequence[Source]:
        """A reader's own feeds that the operator switched off, the oldest first."""

    async def adopt(self, subscriber: int, source: Source, now: datetime) -> tuple[Adoption, str]:
        """Add a feed unless there is a reason not to; what became of it, and the source's name."""

    async def disown(self, subscriber: int, name: str) -> bool:
        """Take a feed off a reader's own; False where it is not theirs."""


class Found(Protocol):
    """What an address turned out to be."""

    @property
    def source(self) -> Source | None:
        """What can be added; None where it is no source."""

    @property
    def refusal(self) -> str:
        """Why nothing can be added, one line; empty where something can."""

    @property
    def lang(self) -> str | None:
        """Language of its texts, where they tell."""

    @property
    def entries(self) -> int:
        """Articles listed now."""

    @property
    def newest(self) -> Sequence[datetime]:
        """The newest publication times, newest first."""

    @property
    def headlines(self) -> Sequence[str]:
        """A few of its headlines."""


class Discover(Protocol):
    """Finds the source behind an address."""

    async def __call__(self, url: str) -> Found:
        """What is there; addresses that are not public are refused."""


class Updates(Protocol):
    """Telegram's updates that were answered."""

    async def answered(self, update: int) -> bool:
        """Whether this update was answered, by this process or an earlier one."""

    async def remember(self, update: int, now: datetime) -> None:
        """This update has been answered."""


class Search(Protocol):
    """Full-text search over the articles that are kept."""

    async def find(  # noqa: PLR0913 - what a search is narrowed by
        self,
        query: Sequence[str],
        languages: Sequence[str],
        now: datetime,
        *,
        since: datetime | None = None,
        own: Collection[str] = (),
        limit: int = 10,
    ) -> Sequence[Hit]:
        """One article for each story in which every term stands and no exception does, best first.

        Articles of readers' own feeds are found by these names only.
        """


class Tell(Protocol):
    """Keeps an edition with what it told and the parts still to be sent."""

    async def __call__(
        self, edition: Edition, digest: Digest, messages: Sequence[str], now: datetime
    ) -> bool:
        """False where the edition exists."""


class Presenter(Protocol):
    """Stories as the messages a reader sees."""

    def __call__(self, digest: Digest, lang: str, zone: str, title: str = "") -> list[str]:
        """Telegram HTML, one string a part; empty without stories. A `title` replaces the dated header."""


class ComposeNow(Protocol):
    """Posts an edition on demand to the outbox."""

    async def __call__(self, subscriber: Subscriber, request: str, now: datetime) -> bool:
        """False when there is nothing new; `request` tells one demand from another."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a reader's wishes are taken."""

    subscribers: Readers
    stories: Archive
    shelf: Shelf
    search: Search
    render: Presenter
    compose_now: ComposeNow
    compose_week: ComposeNow
    outlets: OwnSources
    discover: Discover
    updates: Updates
    #: For what was told outside the outbox: then there are no messages to send.
    tell: Tell
    #: The present moment, aware.
    now: Callable[[], datetime]
    #: IANA time zone of new readers.
    zone: str = Preferences().zone
    #: Address under which the public pages and the Mini App stand; empty for none.
    site: str = ""
