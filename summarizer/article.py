"""The values that cross every border of this package: frozen and comparable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class Article:
    """One published text."""

    #: Unique among the articles handled together.
    id: str
    title: str
    #: Cleaned body; paragraphs are separated by one newline.
    text: str
    #: ISO 639-1 code of the text: kk, ru or en (another code is kept, and reaches no reader).
    lang: str
    #: Aware, or None where the source gives no readable date.
    published: datetime | None = None
    url: str = ""
    #: The publisher, as a reader knows it.
    source: str = ""
    #: Sentences, where the caller has split the text already; else empty and split on demand.
    sentences: tuple[str, ...] = ()
    #: The source's own words for what the article is about (feed categories, section names).
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Because:
    """Why an article joined a story."""

    #: Id of the article of that story that spoke loudest for it.
    beside: str
    #: Log odds of joining, over the whole story; 10 and more for a text that is a repeat.
    score: float
    #: What the two share and where they contradict, by name; what could not be told is left out.
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one article went."""

    article: str
    #: Id of the story: the id of its first article.
    story: str
    #: True when this article started the story.
    new: bool
    #: Id of the article that this one repeats word for word or nearly so, else None.
    duplicate_of: str | None = None
    #: Other stories that this article shows to be about its event too; merging them is the caller's choice.
    same: tuple[str, ...] = ()
    #: What decided; None for an article that started its story.
    because: Because | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """What an article or a story is about."""

    #: One or two topics, best first.
    topics: tuple[Topic, ...]
    #: A calibrated probability for each of the twelve; they add up to 1.
    scores: Mapping[Topic, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """At most three short sentences in the article's language, checked against it."""

    text: str
    lang: str
    #: Who wrote it: "extractive", "transformers:NAME", "endpoint:NAME".
    backend: str
    #: The digest's line, at most 90 code points.
    headline: str = ""
    #: 0-based indexes of the sentences used, None where the text was written anew.
    picked: tuple[int, ...] | None = None
    #: Reason words of the drafts that the guard turned down before this one.
    rejected: tuple[str, ...] = ()
