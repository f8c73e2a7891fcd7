"""What the chat needs from the newsroom, in one value."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.digest import Digest
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

    async def saved(self, subscriber: int, limit: int) -> Sequence[int]:
        """Kept stories, the latest first."""

    async def vote(self, subscriber: int, story: int, value: int, now: datetime) -> None:
        """Like (1) or dislike (-1) a story; the last vote counts."""

    async def votes(self, subscriber: int) -> Sequence[Vote]:
        """A reader's latest votes, with what they were about."""

    async def told_in(self, subscriber: int, edition: int) -> Sequence[int]:
        """Stories of one of this reader's editions; none of another's."""


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
    render: Presenter
    compose_now: ComposeNow
    #: The present moment, aware.
    now: Callable[[], datetime]
    #: IANA time zone of new readers.
    zone: str = Preferences().zone
