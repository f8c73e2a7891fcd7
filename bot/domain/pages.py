"""The public pages: their addresses, the span of a day, and which stories get onto one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.schedule import at
from summarizer.topic import Topic

#: Path of the Mini App.
APP = "/app"


class Form(StrEnum):
    """What a feed is written as; its address ends so."""

    ATOM = "atom"
    JSON = "json"


def page(lang: str, day: date | None = None, topic: Topic | None = None) -> str:
    """Path of a digest page in a language: of a day (None: the latest that has news), of one topic or all.

    To be put behind PUBLIC_URL where it leaves the site.
    """
    parts = (lang, day.isoformat() if day else "", topic or "")
    return "/" + "/".join(part for part in parts if part)


def story_page(story: int, lang: str = "") -> str:
    """Path of a story's page; without a language, the one that redirects to the visitor's."""
    return f"/{lang}/story/{story}" if lang else f"/story/{story}"


def feed(form: Form, lang: str, topic: Topic | None = None) -> str:
    """Path of a feed of the latest stories in a language, of one topic or all."""
    return f"{page(lang, topic=topic)}/feed.{form}"


def bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """First moment of a local day and of the next one, UTC."""
    return at(day, time(0), zone), at(day + timedelta(days=1), time(0), zone)


@dataclass(frozen=True, slots=True)
class Span:
    """The stories with an article in [since, until)."""

    since: datetime
    until: datetime


#: What a page depends on: a span's stories, one story (its id), or (None) all.
Scope = Span | int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story of some span of time, as far as it takes to tell whether it may matter."""

    story: int
    #: Best first.
    topics: tuple[Topic, ...]
    #: Distinct outlets that told it in that span.
    outlets: int
    #: Its newest article in that span.
    latest: datetime


def shortlist(candidates: Iterable[Candidate], topic: Topic | None, most: int) -> list[int]:
    """The `most` stories told by the most outlets (of a topic), so that only these are read whole."""
    fitting = [one for one in candidates if topic is None or topic in one.topics]
    fitting.sort(key=lambda one: (one.outlets, one.latest), reverse=True)
    return [one.story for one in fitting[:most]]


def newest(candidates: Iterable[Candidate], topic: Topic | None, most: int) -> list[int]:
    """The `most` stories with the latest articles (of a topic)."""
    fitting = [one for one in candidates if topic is None or topic in one.topics]
    fitting.sort(key=lambda one: one.latest, reverse=True)
    return [one.story for one in fitting[:most]]


def tally(candidates: Sequence[Candidate]) -> Counter[Topic]:
    """Stories by topic."""
    return Counter(topic for one in candidates for topic in one.topics)
