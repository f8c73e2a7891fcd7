"""What the dashboard shows, as values: each page asks for one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in the list."""

    id: int
    topics: tuple[Topic, ...]
    #: By language.
    headlines: Mapping[str, str]
    articles: int
    outlets: int
    languages: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, and why it is there."""

    id: int
    title: str
    outlet: str
    lang: str
    url: str
    appeared: datetime
    #: It repeats this article's text.
    duplicate_of: int | None
    #: The article that spoke loudest for its joining; None for the first, and for what joined long ago.
    beside: int | None
    #: Log odds of joining.
    score: float | None
    #: What it shares with that article and where they contradict, by name.
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """A summary beside the article it was made from."""

    story: int
    lang: str
    backend: str
    headline: str
    text: str
    #: 0-based sentences of the article, where the text is made of them.
    picked: tuple[int, ...] | None
    #: What the guard said of drafts before this one, or of this one.
    rejected: tuple[str, ...]
    article: int
    title: str
    body: str
    outlet: str
    url: str


@dataclass(frozen=True, slots=True)
class StoryFile:
    """All that is known of one story."""

    id: int
    topics: tuple[Topic, ...]
    #: The story that it turned out to be.
    merged_into: int | None
    members: tuple[Member, ...]
    summaries: tuple[Written, ...]
    #: (kind, language, text, found) of what changed later, oldest first.
    developments: tuple[tuple[str, str, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part that was not confirmed."""

    part: int
    edition: int
    state: str
    reason: str
    attempts: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of the latest parts."""

    #: How many parts were looked at.
    looked: int
    #: Parts by state, of those.
    states: Mapping[str, int]
    #: Settled parts by hour (UTC) and state.
    hours: Mapping[datetime, Mapping[str, int]]
    #: Seconds from posting to confirmation that half, and nineteen of twenty, stayed below; None: none sent.
    median: float | None
    slowest: float | None
    #: Confirmed parts by the first of LATENESS they stayed below; the last is for those beyond all.
    lateness: tuple[int, ...]
    doubts: tuple[Doubt, ...]


#: Seconds, bounds of the dashboard's lateness.
LATENESS = (5, 30, 120, 600, 3600)


@dataclass(frozen=True, slots=True)
class Readership:
    """Who reads, in numbers only."""

    active: int
    paused: int
    gone: int
    #: Active readers that want each topic, and that read each language.
    topics: Mapping[Topic, int]
    languages: Mapping[str, int]


class Books(Protocol):
    """Articles, stories and summaries, read without scanning what grows."""

    async def by_hour(self, until: datetime, hours: int) -> Mapping[int, Sequence[int]]:
        """Articles that appeared in each of the last hours, the latest last, by source."""

    async def stories(self, page: int, size: int) -> Sequence[StoryLine]:
        """A page (from 0) of the stories, the latest changed first."""

    async def story(self, story: int) -> StoryFile | None:
        """One story with its articles and summaries."""

    async def written(self, limit: int, *, doubted: bool) -> Sequence[Written]:
        """The latest stories' summaries, or those of them that the guard had something to say about."""


class Ledger(Protocol):
    """Numbers of what was sent and of who reads."""

    async def deliveries(self, now: datetime) -> Deliveries:
        """What became of the latest parts."""

    async def readership(self) -> Readership:
        """Who reads."""
