"""Articles join stories as they arrive: one event, in whatever language, is one story."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from summarizer.article import Article, Because, Placement
from summarizer.grouping.calibration import Calibration
from summarizer.grouping.duplicates import NEAR, Shingles, fingerprint, resemblance
from summarizer.grouping.embeddings import Encoder, Vectors, default_encoder, document
from summarizer.grouping.pairing import (
    Rarity,
    Weights,
    evidence,
    odds,
    regime,
    stored_weights,
)
from summarizer.grouping.shelf import Shelf
from summarizer.grouping.traits import Traits, background, opening, traits

#: How far apart two articles on one event may be published.
WINDOW = timedelta(days=4)
#: Articles that a new one is compared with, and the cosine below which none is looked at.
_CANDIDATES, _FLOOR = 8, 0.25
#: Cosine from which two articles may be the same text.
_ALIKE = 0.7
#: Different texts in one story, beyond which only repeats of them join: nothing chains into a giant.
STORY_CAP = 60
#: What a member that is not even a candidate says about joining, in log odds.
_SILENT = -4.0
#: Log odds from which an article that fits two stories says that they are one: 20 to 1 for each.
_SURE = 3.0
#: Say of the member that speaks loudest; the rest is the mean's, so that one bridge joins no two crowds.
_NEAREST = 0.2
#: Log odds of a text that is a repeat.
_CERTAIN = 10.0


@dataclass(frozen=True, slots=True)
class _Kept:
    article: str
    traits: Traits
    shingles: Shingles


class _Voice(NamedTuple):
    """What an earlier article says of a new one."""

    by: _Kept
    #: Cosine of the centred vectors.
    likeness: float
    #: Log odds that both tell one event.
    odds: float


class Grouper:
    """Stories of the articles seen so far; an article's place is decided once, when it arrives.

    Keeps about seven kilobytes of each article, its vector among them, never its text.
    """

    def __init__(
        self,
        encoder: Encoder | None = None,
        weights: Weights | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        """Judge pairs by `weights`, or those that ship with the package.

        The encoder is measured (Calibration.of) where no calibration is given.
        """
        self._weights = weights or stored_weights()
        self.encoder = encoder or default_encoder()
        self._calibration = calibration or Calibration.of(self.encoder)
        self._centring = self._calibration.centring
        self._shelf = Shelf(self.encoder.dimensions, WINDOW)
        self._rarity = Rarity(background())
        self._kept: list[_Kept] = []
        #: First article with a text, by the text's hash.
        self._whole: dict[bytes, str] = {}
        self._members: defaultdict[str, list[str]] = defaultdict(list)
        self._story: dict[str, str] = {}

    def vector(self, article: Article) -> Vectors:
        """The encoder's unit vector of an article, shape (dimensions,): kept beside encoder.name."""
        row: Vectors = self.encoder.encode([document(article)])[0]
        return row

    def add(self, article: Article, vector: Vectors | None = None) -> Placement:
        """Place an article; `vector` saves encoding it again. An id seen before keeps its first place."""
        if article.id in self._story:
            return Placement(article.id, self._story[article.id], new=False)
        seen = opening(article)
        text = fingerprint(seen)
        copied = self._whole.get(text.whole)
        if copied is not None:
            self._story[article.id] = self._story[copied]
            return Placement(article.id, self._story[copied], False, copied, (), Because(copied, _CERTAIN))
        read = traits(seen)
        row = self._centring.apply(self.vector(article) if vector is None else vector, read.lang, read.length)
        kept = _Kept(article.id, read, text.shingles)
        heard = self._listen(kept, row) if text.whole else []
        scores = self._scores(heard)
        best = max(scores, key=scores.__getitem__, default=article.id)
        story = best if scores.get(best, 0.0) > 0 else article.id
        inside = [voice for voice in heard if self._story[voice.by.article] == story]
        repeated = next((voice.by.article for voice in inside if voice.odds == _CERTAIN), None)
        because = self._because(kept, inside, scores[story]) if inside else None
        self._keep(kept, story, text.whole, row)
        sure = [other for other, score in scores.items() if score >= _SURE]
        same = tuple(other for other in sure if other != story) if story in sure else ()
        return Placement(article.id, story, story == article.id, repeated, same, because)

    def merge(self, kept: str, other: str) -> None:
        """Let two stories be one from now on; what was placed in `other` counts as placed in `kept`."""
        self._members[kept] += self._members.pop(other, [])
        self._story |= {article: kept for article, story in self._story.items() if story == other}

    def restore(self, article: Article, vector: Vectors, story: str) -> None:
        """Load an article that was placed in an earlier run, with its vector and its story's id."""
        seen = opening(article)
        text = fingerprint(seen)
        if text.whole in self._whole:
            self._story[article.id] = story
            return
        read = traits(seen)
        row = self._centring.apply(vector, read.lang, read.length)
        self._keep(_Kept(article.id, read, text.shingles), story, text.whole, row)

    def _keep(self, kept: _Kept, story: str, whole: bytes, row: Vectors) -> None:
        self._shelf.add(row, kept.traits.published)
        self._kept.append(kept)
        self._members[story].append(kept.article)
        self._story[kept.article] = story
        self._rarity.learn(kept.traits)
        if whole:
            self._whole.setdefault(whole, kept.article)

    def _because(self, new: _Kept, inside: list[_Voice], score: float) -> Because:
        loudest = max(inside, key=lambda voice: voice.odds)
        shared = evidence(new.traits, loudest.by.traits, loudest.likeness, self._rarity)
        told = {name: round(value, 3) for name, value in shared._asdict().items() if value}
        return Because(loudest.by.article, round(score, 2), told)

    def _listen(self, new: _Kept, row: Vectors) -> list[_Voice]:
        """Earlier articles and the log odds that each tells the same event."""
        floor = self._calibration.cosine(_FLOOR)
        voices = []
        for number, cosine in self._shelf.nearest(row, new.traits.published, _CANDIDATES, floor):
            old = self._kept[number]
            likeness = self._calibration.likeness(cosine, new.traits.lang, old.traits.lang)
            if likeness >= _FLOOR:
                voices.append(_Voice(old, likeness, self._judge(new, old, likeness)))
        return voices

    def _judge(self, new: _Kept, old: _Kept, likeness: float) -> float:
        pair = evidence(new.traits, old.traits, likeness, self._rarity)
        contradicted = pair.days_apart or pair.names_missing or pair.figures_missing
        if likeness >= _ALIKE and not contradicted and resemblance(new.shingles, old.shingles) >= NEAR:
            return _CERTAIN
        return odds(pair, regime(new.traits, old.traits), self._weights)

    def _scores(self, heard: list[_Voice]) -> dict[str, float]:
        """Log odds of joining, by story, of those that have a candidate at all."""
        votes: defaultdict[str, list[float]] = defaultdict(list)
        for voice in heard:
            votes[self._story[voice.by.article]].append(voice.odds)
        return {story: self._joining(len(self._members[story]), said) for story, said in votes.items()}

    def _joining(self, members: int, said: list[float]) -> float:
        if max(said) == _CERTAIN:
            return _CERTAIN
        if members >= STORY_CAP:
            return -1.0
        silent = max(0, min(members, _CANDIDATES) - len(said))
        mean = (sum(said) + silent * _SILENT) / (len(said) + silent)
        return _NEAREST * max(said) + (1 - _NEAREST) * mean


def group(articles: Iterable[Article], encoder: Encoder | None = None) -> Iterator[Placement]:
    """One placement for each article, as soon as it is read."""
    grouper = Grouper(encoder)
    for article in articles:
        yield grouper.add(article)
