"""Which sentences together tell most within a limit: the best of all small sets, no greedy steps."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from summarizer.writing.passage import Sentence
from summarizer.writing.writer import Limits

#: The sentences with the highest salience that are tried in sets: 469 sets of up to three.
CANDIDATES = 14
#: A summary is at most three sentences, whatever room there is.
MOST = 3
#: How much of the weaker sentence's worth is lost when two say the same (cross-validated, evaluation/fit).
REPETITION = 1.0
#: Shorter ones are headings, exclamations and what is left of tables.
SHORTEST = 20


def select(sentences: Sequence[Sentence], worth: Sequence[float], limits: Limits) -> tuple[Sentence, ...]:
    """The set with the highest worth that fits, in the article's order; empty when no sentence fits.

    A sentence that leans on the one before it comes with it or not at all, and one that is no digest's comes
    not at all, unless nothing else fits.
    """
    fitting = [s for s in sentences if len(s.short) <= limits.characters]
    usable = [s for s in fitting if not s.apart and len(s.short) >= SHORTEST] or fitting
    lone = any(not s.leans for s in usable)
    sets = _sets(_tried(usable, worth), limits)
    return max((c for c in sets if _stands(c) or not lone), key=lambda c: _value(c, worth), default=())


def _tried(sentences: Sequence[Sentence], worth: Sequence[float]) -> list[Sentence]:
    best = sorted(sentences, key=lambda s: (-worth[s.place], s.place))[:CANDIDATES]
    before = {s.place - 1 for s in best if s.leans}
    return sorted({*best, *(s for s in sentences if s.place in before)}, key=lambda s: s.place)


def _sets(sentences: Sequence[Sentence], limits: Limits) -> Iterable[tuple[Sentence, ...]]:
    for size in range(1, min(limits.sentences, MOST) + 1):
        for chosen in combinations(sentences, size):
            if sum(len(s.short) for s in chosen) + size - 1 <= limits.characters:
                yield chosen


def _stands(chosen: Sequence[Sentence]) -> bool:
    places = {s.place for s in chosen}
    return all(not s.leans or s.place - 1 in places for s in chosen)


def _value(chosen: Sequence[Sentence], worth: Sequence[float]) -> float:
    lost = sum(_shared(a, b) * min(worth[a.place], worth[b.place]) for a, b in combinations(chosen, 2))
    return sum(worth[s.place] for s in chosen) - REPETITION * lost


def _shared(a: Sentence, b: Sentence) -> float:
    return len(a.stems & b.stems) / max(1, min(len(a.stems), len(b.stems)))
