"""Articles join stories as they arrive: one event, in whatever language, is one story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from summarizer.article import Article, Placement
from summarizer.grouping.centring import Centring
from summarizer.grouping.duplicates import DuplicateIndex, Fingerprint, fingerprint
from summarizer.grouping.embeddings import Encoder, Vectors, default_encoder, document
from summarizer.grouping.pairing import Rarity, background, evidence, odds, regime
from summarizer.grouping.shelf import Shelf
from summarizer.grouping.traits import Traits, traits

#: How far apart two articles on one event may be published.
WINDOW = timedelta(days=7)
#: Articles that a new one is compared with, and the cosine below which none is looked at.
_CANDIDATES, _FLOOR = 8, 0.2
#: Different texts in one story, beyond which only repeats of them join: nothing chains into a giant.
STORY_CAP = 60
#: What a member that is not even a candidate says about joining, in log odds.
_SILENT = -4.0
#: Log odds from which an article that fits two stories says that they are one: 20 to 1 for each.
_SURE = 3.0


class Grouper:
    """Stories of the articles seen so far; an article's place is decided once, when it arrives.

    Keeps a few hundred bytes and one vector of each article, never its text. It has no clock: call
    `forget` with the day before which nothing is of interest any more.
    """

    def __init__(self, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or default_encoder()
        self._centring = Centring.of(self.encoder)
        self._shelf = Shelf(self.encoder.dimensions, WINDOW)
        self._duplicates = DuplicateIndex()
        self._rarity = Rarity(background())
        self._traits: dict[int, Traits] = {}
        self._story: dict[int, str] = {}
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        self._placed: dict[str, str] = {}

    def vector(self, article: Article) -> Vectors:
        """The encoder's unit vector of an article, shape (dimensions,): kept beside encoder.name."""
        row: Vectors = self.encoder.encode([document(article)])[0]
        return row

    def add(self, article: Article, vector: Vectors | None = None) -> Placement:
        """Place an article; `vector` saves encoding it again. An id seen before keeps its first place."""
        if article.id in self._placed:
            return Placement(article.id, self._placed[article.id], new=False)
        text = fingerprint(article)
        copied = self._duplicates.exact(text)
        if copied is not None:
            self._placed[article.id] = self._placed[copied]
            return Placement(article.id, self._placed[copied], new=False, duplicate_of=copied)
        read = traits(article)
        row = self._centring.apply(self.vector(article) if vector is None else vector, read.lang, read.length)
        scores = self._scores(read, row)
        best = max(scores, key=scores.__getitem__, default=article.id)
        story = best if scores.get(best, 0.0) > 0 else article.id
        copied = self._duplicates.near(text)
        duplicate = copied if copied is not None and self._placed[copied] == story else None
        self._keep(article.id, read, text, row, story)
        sure = [other for other, score in scores.items() if score >= _SURE]
        same = tuple(other for other in sure if other != story) if story in sure else ()
        return Placement(article.id, story, new=story == article.id, duplicate_of=duplicate, same=same)

    def merge(self, kept: str, other: str) -> None:
        """Let two stories be one from now on; what was placed in `other` counts as placed in `kept`."""
        moved = self._members.pop(other, [])
        self._members[kept] += moved
        self._story |= dict.fromkeys(moved, kept)
        self._placed |= {article: kept for article, story in self._placed.items() if story == other}

    def restore(self, article: Article, vector: Vectors, story: str) -> None:
        """Load an article that was placed in an earlier run, with its vector and its story's id."""
        read = traits(article)
        row = self._centring.apply(vector, read.lang, read.length)
        self._keep(article.id, read, fingerprint(article), row, story)

    def _keep(self, article: str, read: Traits, text: Fingerprint, row: Vectors, story: str) -> None:
        number = self._shelf.add(row, read.published)
        self._traits[number], self._story[number] = read, story
        self._members[story].append(number)
        self._placed[article] = story
        self._duplicates.add(article, text)
        self._rarity.learn(read)

    def _scores(self, read: Traits, row: Vectors) -> dict[str, float]:
        """Log odds of joining, by story, of those that have a candidate at all."""
        said: defaultdict[str, list[float]] = defaultdict(list)
        for number, likeness in self._shelf.nearest(row, read.published, _CANDIDATES, _FLOOR):
            old = self._traits[number]
            pair = evidence(read, old, likeness, self._rarity)
            said[self._story[number]].append(odds(pair, regime(read, old)))
        return {story: self._joining(story, heard) for story, heard in said.items()}

    def _joining(self, story: str, heard: list[float]) -> float:
        members = len(self._members[story])
        if members >= STORY_CAP:
            return -1.0
        silent = min(members, _CANDIDATES) - len(heard)
        mean = (sum(heard) + silent * _SILENT) / (len(heard) + silent)
        return 0.5 * max(heard) + 0.5 * mean


def group(articles: Iterable[Article], encoder: Encoder | None = None) -> Iterator[Placement]:
    """One placement for each article, as soon as it is read."""
    grouper = Grouper(encoder)
    for article in articles:
        yield grouper.add(article)
