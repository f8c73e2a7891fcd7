"""What the weights of pairs are worth on events that they have not seen.

    python training/held_out.py GOLD_FOLDER [--repeats 3]

Five folds by event: no event, and no text of it, is on both sides. In each fold the strength of the fit is
chosen by another five folds inside (nested), the weights are fitted anew, and the whole set is grouped as a
stream by them; only pairs of the fold's events are scored. "left out": by weights of the other sets alone.
These are the figures to expect of unseen sets.
"""

import argparse
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import numpy as np
from fit_pairs import PAIRS, STREAM, Examples, Strength, fit, named, read_sets, together
from gold import Gold, encoded, events

from summarizer.grouping.clustering import Grouper
from summarizer.grouping.embeddings import Vectors
from summarizer.grouping.pairing import Weights, weights_of

FOLDS = 5
GRID = [Strength(3.0, own, weak) for own, weak in product((1.0, 3.0), (0.1, 0.3))]


class Counts:
    """True positives, predicted and wanted pairs."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = 0.0

    def add(self, *, given: bool, wanted: bool, weight: float = 1.0) -> None:
        """Count one pair."""
        self.right += weight * (given and wanted)
        self.given += weight * given
        self.wanted += weight * wanted

    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return round(float(2 * self.right / max(1.0, self.given + self.wanted)), 3)


def folds(of: np.ndarray, seed: int) -> np.ndarray:
    """The fold of each event in an array of events, in its shape."""
    known, place = np.unique(of, return_inverse=True)
    drawn = np.random.default_rng(seed).permutation(len(known)) % FOLDS
    return np.asarray(drawn[place].reshape(of.shape))


def judged(weights: np.ndarray, on: Examples) -> np.ndarray:
    """Log odds of each pair."""
    rows = weights[on.row]
    return np.asarray((on.found * rows[:, :-1]).sum(axis=1) + rows[:, -1])


def chosen(others: Examples, ours: Examples, seed: int) -> Strength:
    """The strength of least loss on our labelled pairs in folds of them."""
    fold = folds(ours.events, seed + 100)

    def loss(strength: Strength) -> float:
        total = 0.0
        for index in range(FOLDS):
            inside = (fold != index).all(axis=1)
            tested = ours[(fold == index).all(axis=1) & ours.gold]
            logit = judged(fit(together([others, ours[inside]]), strength), tested)
            total += float((np.logaddexp(0, logit) - tested.same * logit).sum())
        return total

    return min(GRID, key=loss)


def stories(of: Gold, vectors: Vectors, weights: Weights) -> list[str]:
    """The story of each article of a set that is grouped as a stream."""
    grouper = Grouper(weights=weights)
    return [grouper.add(article, vector).story for article, vector in zip(of.articles, vectors, strict=True)]


def pairs(of: Gold) -> Iterator[tuple[int, int, bool]]:
    """Places of the pairs that the public scorer counts."""
    place = {article.id: index for index, article in enumerate(of.articles)}
    if of.pairs:
        return ((place[a], place[b], same) for a, b, same in of.pairs)
    told = events(of)
    return ((i, j, told[i] == told[j]) for i, j in combinations(range(len(told)), 2))


def streamed(of: Gold, vectors: Vectors, others: Examples, ours: Examples, repeats: int) -> float:
    """F1 of all repeats' held-out pairs, grouped as streams."""
    counts, told = Counts(), np.array(events(of))
    for seed in range(repeats):
        # One draw for articles and pairs alike.
        drawn = folds(np.concatenate([told, ours.events.ravel()]), seed)
        article, pair = drawn[: len(told)], drawn[len(told) :].reshape(-1, 2)
        for index in range(FOLDS):
            known = ours[(pair != index).all(axis=1)]
            table = fit(together([others, known]), chosen(others, known, seed))
            given = stories(of, vectors, weights_of(named(table)))
            for i, j, same in pairs(of):
                share = ((article[i] == index) + (article[j] == index)) / 2
                if share:
                    counts.add(given=given[i] == given[j], wanted=same, weight=share)
    return counts.f1()


def left_out(of: Gold, vectors: Vectors, others: Examples) -> float:
    """F1 of a set's pairs by the weights of all other sets."""
    counts = Counts()
    given = stories(of, vectors, weights_of(named(fit(others, Strength()))))
    for i, j, same in pairs(of):
        counts.add(given=given[i] == given[j], wanted=same)
    return counts.f1()


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    whole, sets = read_sets(options.folder)
    table = weights_of(named(fit(together(sets.values()), Strength())))
    for name in (*PAIRS, STREAM):
        of, vectors = whole[name], encoded(whole[name].articles)
        others = together(part for key, part in sets.items() if name not in key)
        counts = Counts()
        given = stories(of, vectors, table)
        for i, j, same in pairs(of):
            counts.add(given=given[i] == given[j], wanted=same)
        figures = {
            "fitted": counts.f1(),
            "held out": streamed(of, vectors, others, sets[name], options.repeats),
            "left out": left_out(of, vectors, others),
        }
        print(f"{name:24} {figures}")


if __name__ == "__main__":
    main()
