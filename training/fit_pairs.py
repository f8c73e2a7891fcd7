"""Fits the weights by which summarizer/grouping/pairing.py judges a pair of articles.

    python training/fit_pairs.py GOLD_FOLDER

One logistic regression for each row of weights; the rows are drawn towards their mean, and a weight may not
turn against its evidence (SIGNS). A set's headlines alone count too, lightly, so that texts of one line are
judged as well, and the most alike unlabelled pairs count as different. training/held_out.py says what to
expect of the weights. Writes summarizer/grouping/pair_weights.json.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gold import HEADLINES, PAIRS, STREAM, Gold, centred, encoded, events, gold, labelled, unlabelled
from scipy.optimize import minimize

from summarizer.grouping.embeddings import Vectors
from summarizer.grouping.pairing import REGIMES, Evidence, Rarity, evidence, regime
from summarizer.grouping.traits import Traits, background, opening, traits

OUT = Path(__file__).parent.parent / "summarizer" / "grouping" / "pair_weights.json"
SETS = (*PAIRS, STREAM, HEADLINES)
#: Which way each evidence may count: for (1), against (-1), either (0).
SIGNS = Evidence(
    likeness=1, rare=1, names_missing=-1, figures_missing=-1, days_apart=-1, recurring=-1, length=1,
    figures=1, short=0,
)  # fmt: skip
#: Weight of a pair by its set, and of an equal pair beside an unequal one.
WEIGHTS = {PAIRS[0]: 3.0, PAIRS[1]: 3.0, PAIRS[2]: 3.0, STREAM: 0.3, HEADLINES: 0.6}
EQUAL = {PAIRS[1]: 1.5, PAIRS[2]: 2.0, HEADLINES: 3.0}
TITLES = 0.02


@dataclass(frozen=True)
class Strength:
    """What is chosen on held-out pairs."""

    #: Variances of the rows' mean and of a row around it.
    shared: float = 3.0
    own: float = 3.0
    #: Weight of an unlabelled pair beside a labelled one.
    unlabelled: float = 0.1


@dataclass
class Examples:
    """Evidence of shape (pairs, fields), labels, rows of weights, weights of the pairs and their events."""

    found: np.ndarray
    same: np.ndarray
    row: np.ndarray
    weight: np.ndarray
    #: Whether people labelled the pair.
    gold: np.ndarray
    #: Events of both articles, shape (pairs, 2).
    events: np.ndarray

    def __getitem__(self, kept: np.ndarray) -> "Examples":
        return Examples(*(getattr(self, field)[kept] for field in self.__dataclass_fields__))


def examples(of: Gold, vectors: Vectors) -> Examples:
    """What the pairs of one set show."""
    rows = centred(of.articles, vectors)
    read = [traits(opening(article)) for article in of.articles]
    known = labelled(of, rows)
    guessed = unlabelled(of, rows) if of.name in PAIRS else []
    pairs = known + guessed
    found = arriving(read, rows, [(i, j) for i, j, _ in pairs])
    same = np.array([float(label) for *_, label in pairs])
    row = np.array([REGIMES.index(regime(read[i], read[j])) for i, j, _ in pairs])
    gold = np.arange(len(pairs)) < len(known)
    weight = WEIGHTS.get(of.name, TITLES) * np.where(gold & (same > 0), EQUAL.get(of.name, 1.0), 1.0)
    told = np.array(events(of))
    return Examples(np.array(found), same, row, weight, gold, told[[(i, j) for i, j, _ in pairs]])


def arriving(read: list[Traits], rows: Vectors, pairs: list[tuple[int, int]]) -> list[Evidence]:
    """What pairs show when the later of the two arrives, in the order of the articles."""
    rarity, found = Rarity(background()), {}
    waiting = defaultdict(set)
    for pair in pairs:
        waiting[max(pair)].add(min(pair))
    for later, article in enumerate(read):
        for earlier in waiting[later]:
            likeness = float(rows[later] @ rows[earlier])
            found[later, earlier] = evidence(article, read[earlier], likeness, rarity)
        rarity.learn(article)
    return [found[max(pair), min(pair)] for pair in pairs]


def together(parts: Iterable[Examples]) -> Examples:
    """Several sets as one."""
    whole = list(parts)
    fields = Examples.__dataclass_fields__
    return Examples(*(np.concatenate([getattr(part, field) for part in whole]) for field in fields))


def fit(on: Examples, strength: Strength) -> np.ndarray:
    """Weights, shape (rows, fields + 1), the bias last."""
    spread = on.found.std(axis=0) + 1e-3
    many, wide = len(REGIMES), on.found.shape[1]
    weight = on.weight * np.where(on.gold, 1.0, strength.unlabelled)
    inputs = [(on.found[rows] / spread, on.same[rows], weight[rows]) for rows in on.row == _column(many)]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(many, wide + 1)
        weights, mean = table[:, :wide], table[:, :wide].mean(axis=0)
        value = many * (mean**2).sum() / (2 * strength.shared)
        value += ((weights - mean) ** 2).sum() / (2 * strength.own) + 0.01 * (table[:, wide] ** 2).sum()
        slope = np.empty_like(table)
        slope[:, :wide] = mean / strength.shared + (weights - mean) / strength.own
        slope[:, wide] = 0.02 * table[:, wide]
        for index, (found, same, worth) in enumerate(inputs):
            logit = found @ weights[index] + table[index, wide]
            value += (worth * (np.logaddexp(0, logit) - same * logit)).sum()
            missed = worth * (1 / (1 + np.exp(-logit)) - same)
            slope[index] += np.append(found.T @ missed, missed.sum())
        return value, slope.ravel()

    return _least(loss, many, wide).reshape(many, wide + 1) / np.append(spread, 1.0)


def _column(many: int) -> np.ndarray:
    return np.arange(many)[:, None]


def _least(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], many: int, wide: int) -> np.ndarray:
    limits = [{1: (0, None), -1: (None, 0), 0: (None, None)}[sign] for sign in SIGNS] + [(None, None)]
    start = np.zeros(many * (wide + 1))
    options = {"maxiter": 3000}
    return minimize(loss, start, jac=True, bounds=limits * many, method="L-BFGS-B", options=options).x


def named(table: np.ndarray) -> dict[str, dict[str, float]]:
    """Fitted weights as pair_weights.json holds them."""
    names = (*Evidence._fields, "bias")
    return {
        row: {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}
        for row, values in zip(REGIMES, table, strict=True)
    }


def read_sets(folder: Path) -> tuple[dict[str, Gold], dict[str, Examples]]:
    """Every set and its headlines alone, and what their pairs show."""
    whole = {name: gold(folder, name) for name in SETS}
    titles = [of.titles_only() for of in whole.values() if of.name != HEADLINES]
    return whole, {of.name: examples(of, encoded(of.articles)) for of in [*whole.values(), *titles]}


def main() -> None:
    """Fit on all sets, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    _, sets = read_sets(parser.parse_args().folder)
    OUT.write_text(json.dumps(named(fit(together(sets.values()), Strength())), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
