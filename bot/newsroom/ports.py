"""What the newsroom's verbs need from the outside world. Adapters satisfy these by shape."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.domain.delivery import Message, Outcome, Part, Revision, Settlement, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.share import WHOLE, Share
from bot.domain.story import StoryCard
from bot.domain.subscriber import Chat, Preferences, Subscriber
from bot.newsroom.inbound import Stock
from summarizer.article import Article, Because, Classification, Summary
from summarizer.topic import Topic

if TYPE_CHECKING:
    # For the checker alone: a pass that only fetches has no vectors to load NumPy for.
    import numpy as np
    from numpy.typing import NDArray


#: The present moment, aware.
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Grouped:
    """An article as grouping remembers it: no text, only what placing others needs."""

    article: Article
    story: int
    vector: "NDArray[np.float32] | None"


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a newly grouped article goes."""

    article: int
    #: The story joined, or None: this article starts one.
    story: int | None
    topics: Classification
    vector: "NDArray[np.float32] | None"
    #: Name of the encoder that made `vector`.
    model: str
    duplicate_of: int | None = None
    #: Language of the article.
    lang: str = ""
    #: Stories that this article shows to be the same as its own.
    merges: tuple[int, ...] = ()
    #: The sentence with what this article adds to a story told before; "" for nothing.
    development: str = ""
    #: What decided that it joined; its `beside` is the store's id as text.
    because: Because | None = None


class Articles(Stock, Protocol):
    """Articles and the stories they belong to."""

    async def revised(self) -> Sequence[tuple[Article, datetime]]:
        """Articles that their sources changed and nobody has looked at since, with the time of the change."""

    async def reviewed(self, changes: Collection[tuple[int, datetime]]) -> None:
        """These changes of articles, by the time of each, have been looked at; later ones have not."""

    async def ungrouped(self, limit: int) -> Sequence[Article]:
        """Articles without a story, oldest first; `Article.id` is the store's id as text."""

    async def grouped_since(self, since: datetime, model: str) -> Sequence[Grouped]:
        """Articles that appeared since then, with story and that encoder's vector, in order of appearance."""

    async def remember_vectors(self, model: str, encoded: "Mapping[int, NDArray[np.float32]]") -> None:
        """Store vectors of that encoder, by article."""


class Stories(Protocol):
    """Stories, their summaries and their place in time."""

    async def file(self, filing: Filing, now: datetime) -> int:
        """Put an article into its story (a new one if it starts one); returns the story's id."""

    async def unsummarized(
        self, languages: Sequence[str], limit: int, share: Share = WHOLE
    ) -> Sequence[tuple[int, Sequence[Article]]]:
        """Stories of the share without a summary in a language of theirs, with their articles in it."""

    async def topics_of(self, ids: Collection[int]) -> Mapping[int, Sequence[Topic]]:
        """What these stories are about, best first."""

    async def condense(self, story: int, source: int, summary: Summary) -> None:
        """Store a story's summary, made from that article, in its language (the latest replaces)."""

    async def told_from(self, article: int) -> Sequence[tuple[int, str, str]]:
        """Story, language and text of the summaries made from this article."""

    async def correct(self, story: int, source: int, summary: Summary, now: datetime) -> None:
        """Replace a summary whose article changed, so that whoever read the old one is told."""

    async def cards(self, since: datetime, until: datetime, *, private: bool = False) -> Sequence[StoryCard]:
        """Stories with an article that appeared in [since, until], with all their articles, oldest first.

        With `private`, readers' own feeds tell them too (bot.domain.hearing).
        """


class Subscribers(Protocol):
    """Chats with their preferences."""

    async def find(self, chat: Chat) -> Subscriber | None:
        """The subscriber of this chat."""

    async def get(self, subscriber: int) -> Subscriber | None:
        """The subscriber with this id."""

    async def join(self, chat: Chat, preferences: Preferences, now: datetime) -> tuple[Subscriber, bool]:
        """Subscribe, or resume with the settings kept; True when new."""

    async def change(self, after: Subscriber, before: Subscriber | None = None) -> Subscriber:
        """Store a reader; with `before`, only what changed since, into what is stored now. Returns that."""

    async def delete(self, subscriber: int) -> None:
        """Forget a subscriber and all that is theirs."""

    async def due(self, now: datetime, limit: int) -> Sequence[Subscriber]:
        """Subscribers whose next slot has begun or whose pause is over, earliest first."""

    async def several(self, readers: Collection[int]) -> Mapping[int, Subscriber]:
        """Those of these subscribers that there are, by id."""

    async def active(self) -> Sequence[Subscriber]:
        """Everyone who gets digests."""

    async def told(self, subscriber: int) -> Mapping[int, datetime]:
        """When each story was told to this subscriber last."""

    async def told_to(
        self, readers: Collection[int], since_story: int = 0
    ) -> Mapping[int, Mapping[int, datetime]]:
        """The same for many, by reader, for stories with this number and later ones; none for the new."""

    async def reschedule_all(self, moves: Sequence[tuple[Subscriber, datetime | None]]) -> None:
        """Move these readers' next slots, but those moved meanwhile; a pause that ran out ends."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One edition on its way into the outbox."""

    edition: Edition
    digest: Digest
    #: Messages, or their HTML where nobody will ask which story stands in which.
    messages: Sequence[Message | str]


class Outbox(Protocol):
    """Deliveries not yet confirmed."""

    async def post(
        self, edition: Edition, digest: Digest, messages: Sequence[Message | str], now: datetime
    ) -> bool:
        """Store edition, told stories, `told_until` and parts in one transaction; False if it exists."""

    async def post_all(self, postings: Sequence[Posting], now: datetime) -> Collection[Edition]:
        """The same for many readers, in one transaction for all; returns the editions that were new."""

    async def noted(self, readers: Collection[int], since: datetime) -> Collection[int]:
        """Those of these readers who were told since then that there is nothing new."""

    async def ready(
        self, now: datetime, limit: int, but: Collection[int] = (), share: Share = WHOLE
    ) -> Sequence[Part]:
        """The next part of each reader of the share that may be sent now, without those; in order."""

    async def claim(self, ready: Sequence[Part], now: datetime) -> Sequence[Part]:
        """Mark parts `sending` for the length of a lease; returns those that were still ready, in order."""

    async def postpone(self, part: Part, until: datetime) -> None:
        """Leave a part that is not claimed alone until then."""

    async def settle(self, settled: Sequence[tuple[Part, Settlement]], now: datetime) -> Collection[int]:
        """Store what attempts made of parts, and what they taught about chats, all or none.

        Returns the parts for which that came too late.
        """

    async def revisions(self, limit: int) -> Sequence[Revision]:
        """Messages that were sent and are to be changed, the oldest first."""

    async def revised(self, revision: Revision, now: datetime) -> None:
        """A message was changed, or never will be; what was asked for meanwhile is still to be done."""

    async def recover(self, now: datetime, policy: UnknownPolicy) -> int:
        """Turn parts whose lease ran out (a crash) into `unknown`; returns how many."""

    async def next_at(self) -> datetime | None:
        """When the earliest part that is not done may be looked at again; None: all are done."""


class Messenger(Protocol):
    """Sends one message to one chat, paced."""

    @property
    def rate(self) -> float:
        """Messages a second over all chats."""

    def pause(self, part: Part) -> timedelta:
        """How long the part's chat must be left alone, as far as is known without asking anybody."""

    def halt(self) -> timedelta:
        """How long everybody must be left alone, as far as is known."""

    async def turn(self, part: Part) -> timedelta:
        """Wait until the part may leave; or return at once how long its chat must be left alone."""

    async def send(self, part: Part) -> Outcome:
        """Try once, without waiting; every failure is an outcome, never an exception."""

    async def edit(self, revision: Revision) -> Outcome:
        """The same for a message that is to be changed."""


class Renderer(Protocol):
    """A digest as the messages a reader sees."""

    def __call__(self, digest: Digest, lang: str, zone: str, title: str = "") -> Sequence[Message | str]:
        """Telegram messages, one a part; none for an empty digest. A `title` replaces the header."""
