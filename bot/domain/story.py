"""A story as digests see it: who told it, how it is condensed, what came later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class Publisher:
    """One outlet's telling of a story."""

    name: str
    url: str
    lang: str
    #: Some readers' own feed: for them only.
    private: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story, as far as a digest needs it."""

    article: int
    publisher: Publisher
    title: str
    #: Publication time, or the time it was found where the source gave none. Aware.
    published: datetime
    #: When it was found: what a reader was told before that did not have it.
    found: datetime


@dataclass(frozen=True, slots=True)
class Condensed:
    """A story's stored summary in one language."""

    #: The article it was made from: the digest links to it.
    article: int
    headline: str
    text: str


class Change(StrEnum):
    """How a story changed after it was told."""

    #: A later article added a figure or a name.
    NEWS = "news"
    #: A source corrected itself, and the summary that was told no longer stands.
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Development:
    """What changed in a story: the sentence that adds a fact, or the corrected summary."""

    kind: Change
    lang: str
    text: str
    found: datetime


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story with all it takes to place it in a digest."""

    id: int
    #: Best first.
    topics: tuple[Topic, ...]
    #: Oldest first.
    tellings: tuple[Telling, ...]
    #: By language.
    summaries: Mapping[str, Condensed]
    #: What later articles added, oldest first.
    developments: tuple[Development, ...] = ()

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What readers' words are looked for in, each with its language before it: titles and summaries."""
        titles = ((telling.publisher.lang, telling.title) for telling in self.tellings)
        told = ((lang, f"{one.headline} {one.text}") for lang, one in self.summaries.items())
        return (*titles, *told)

    @property
    def latest(self) -> datetime:
        """Time of the newest telling."""
        return max(telling.published for telling in self.tellings)

    @property
    def publishers(self) -> tuple[Publisher, ...]:
        """Each outlet once, by its first telling, in order of publication."""
        first: dict[str, Publisher] = {}
        for telling in self.tellings:
            first.setdefault(telling.publisher.name, telling.publisher)
        return tuple(first.values())
