"""What showing news to anybody needs from the outside world."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.pages import Candidate, Scope
from bot.domain.story import StoryCard
from bot.newsroom.ports import Clock
from summarizer.topic import Topic


class Archive(Protocol):
    """Stories with all that is stored of them."""

    async def cards_of(self, ids: Collection[int], *, private: bool = False) -> Sequence[StoryCard]:
        """These stories; `private`: with the tellings of readers' own feeds."""


@dataclass(frozen=True, slots=True)
class Told:
    """Stories with a summary in a language, of one topic or all."""

    lang: str
    topic: Topic | None = None


#: The nearest moments with news, earlier and later.
Around = tuple[datetime | None, datetime | None]


class Candidates(Protocol):
    """Looks up what there is to choose from."""

    async def __call__(self, since: datetime, until: datetime, lang: str) -> Sequence[Candidate]:
        """Public stories with an article in [since, until) and a summary in that language."""


class Index(Protocol):
    """What there is to show, without reading it."""

    async def around(self, since: datetime, until: datetime, told: Told) -> Around:
        """The latest public article before `since` and the earliest from `until` on, of stories `told`."""

    async def first(self) -> datetime | None:
        """When the oldest article appeared."""

    async def became(self, story: int) -> int | None:
        """The story that this one was found to be, itself where it stands; None: there is none of that id."""

    async def assigned(self, story: int) -> bool:
        """Whether a story ever had this id."""

    async def version(self, scope: Scope = None) -> str:
        """Another text whenever something in the scope has changed that pages show."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """The ports of publishing."""

    candidates: Candidates
    index: Index
    stories: Archive
    now: Clock
    #: IANA zone in which days begin.
    zone: str

    def today(self) -> date:
        """The local day."""
        return self.day_of(self.now())

    def day_of(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()
