"""Gold files: what people who read the articles wrote down, as frozen values.

Each file is JSON Lines; `docs/evaluation.md` describes the fields. Unknown keys are ignored, so that a gold
file may carry notes of its makers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from summarizer.article import Article
from summarizer.errors import WrongGold
from summarizer.pipeline import read

T = TypeVar("T")

Some = Annotated[tuple[T, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as the gold files give it."""

    id: str
    title: str
    #: ISO 639-1 code; empty where the file leaves it to the reader.
    lang: str = ""
    text: str | None = None
    #: The text split by people; its indexes are what `best` counts in.
    sentences: tuple[str, ...] | None = None
    #: ISO 8601; an unreadable one counts as absent.
    published: str | None = None
    url: str | None = None
    source: str | None = None

    def article(self) -> Article:
        """The article as the JSON Lines filters read it: cleaned, its own sentences kept as they are.

        Raises UnusableArticle for one without a word.
        """
        sentences = self.sentences or ()
        cleaned = read(
            id=self.id,
            title=self.title,
            text=self.text or "\n".join(sentences),
            lang=self.lang or None,
            published=_instant(self.published),
            url=self.url or "",
            source=self.source or "",
        )
        return replace(cleaned, lang=self.lang or cleaned.lang, sentences=() if self.text else sentences)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an editor wants the summary to say."""

    text: str
    #: 1 (nice to have) to 3 (the news itself).
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryGold(GoldArticle):
    """An article with what an editor made of it."""

    sentences: Some[str]
    #: The editor's own summary, at most 300 code points.
    reference: str
    facts: tuple[Fact, ...]
    #: 0-based indexes of the sentences that the editor would pick.
    best: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGold(GoldArticle):
    """An article with the topics that count as right."""

    topics: Some[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryGold(GoldArticle):
    """One article of a stream, with the story it belongs to."""

    story: str


@dataclass(frozen=True, slots=True)
class PairGold:
    """Two articles and how they belong together."""

    a: GoldArticle
    b: GoldArticle
    label: Literal["same", "related", "different"]


def read_summaries(path: Path) -> list[SummaryGold]:
    """Gold summaries, in file order; raises WrongGold."""
    return _read(path, TypeAdapter(SummaryGold), "summaries")


def read_topics(path: Path) -> list[TopicGold]:
    """Articles with gold topics, in file order; raises WrongGold."""
    return _read(path, TypeAdapter(TopicGold), "topics")


def read_stories(path: Path) -> list[PairGold] | list[StoryGold]:
    """Labelled pairs or a labelled stream, whichever the file holds; raises WrongGold."""
    head = _lines(path)[0][1]
    if '"a"' in head and '"label"' in head:
        return _read(path, TypeAdapter(PairGold), "stories (pairs)")
    return _read(path, TypeAdapter(StoryGold), "stories (stream)")


def distinct_articles(rows: Iterable[PairGold | StoryGold]) -> list[GoldArticle]:
    """Every article of a pairs or stream file once, in order of first appearance."""
    found: dict[str, GoldArticle] = {}
    for row in rows:
        for article in (row.a, row.b) if isinstance(row, PairGold) else (row,):
            found.setdefault(article.id, article)
    return list(found.values())


def _read(path: Path, adapter: TypeAdapter[T], kind: str) -> list[T]:
    return [_row(path, number, line, adapter, kind) for number, line in _lines(path)]


def _row(path: Path, number: int, line: str, adapter: TypeAdapter[T], kind: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = f"{field}: {first['msg']}" if field else first["msg"]
        raise WrongGold(str(path), f"line {number} is no row of gold {kind} ({reason})") from error


def _lines(path: Path) -> Sequence[tuple[int, str]]:
    """(1-based number, text) of the lines that are not blank."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongGold(str(path), f"can't be read ({error})") from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise WrongGold(str(path), "is empty")
    return lines


def _instant(text: str | None) -> datetime | None:
    """An aware instant; a date without a zone counts as UTC, an unreadable one as absent."""
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
