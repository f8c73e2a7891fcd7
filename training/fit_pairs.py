"""Fits the weights by which summarizer/grouping/pairing.py judges a pair of articles.

    python training/fit_pairs.py GOLD_FOLDER [--report]

One logistic regression for each row of weights; the rows are drawn towards their mean, and a weight may not
turn against its evidence (SIGNS). A set's headlines alone count too, lightly, so that texts of one line are
judged as well. --report adds F1 of the pairs in five-fold cross-validation, and without the set altogether.
Writes summarizer/grouping/pair_weights.json.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gold import HEADLINES, PAIRS, STREAM, Gold, centred, encoded, gold, labelled
from scipy.optimize import minimize

from summarizer.grouping.pairing import REGIMES, Evidence, Rarity, background, evidence, regime
from summarizer.grouping.traits import opening, traits

OUT = Path(__file__).parent.parent / "summarizer" / "grouping" / "pair_weights.json"
#: Which way each evidence may count: for (1), against (-1), either (0).
SIGNS = Evidence(
    likeness=1, title=1, rare=1, names=1, names_missing=-1, names_shared=1, figures_missing=-1, days_apart=-1,
    gap=-1, recurring=-1, length=1, figures=1, short=0,
)  # fmt: skip
#: Weight of a pair by its set, and of an equal pair beside an unequal one.
WEIGHTS = {PAIRS[0]: 3.0, PAIRS[1]: 3.0, PAIRS[2]: 3.0, STREAM: 0.3, HEADLINES: 0.6}
EQUAL = {PAIRS[0]: 0.5, PAIRS[1]: 1.5, PAIRS[2]: 2.0, HEADLINES: 3.0}
TITLES = 0.02
#: Variances of the rows' mean and of a row around it.
SHARED, OWN = 3.0, 3.0


@dataclass
class Examples:
    """Evidence of shape (pairs, fields), labels, rows of weights and weights of the pairs."""

    found: np.ndarray
    same: np.ndarray
    row: np.ndarray
    weight: np.ndarray

    def __getitem__(self, kept: np.ndarray) -> "Examples":
        return Examples(self.found[kept], self.same[kept], self.row[kept], self.weight[kept])


def examples(of: Gold) -> Examples:
    """What the pairs of one set show."""
    rows = centred(of.articles, encoded(of.articles))
    read = [traits(opening(article)) for article in of.articles]
    rarity = Rarity(background())
    for article in read:
        rarity.learn(article)
    pairs = labelled(of, rows)
    found = [evidence(read[i], read[j], float(rows[i] @ rows[j]), rarity) for i, j, _ in pairs]
    same = np.array([float(label) for *_, label in pairs])
    row = np.array([REGIMES.index(regime(read[i], read[j])) for i, j, _ in pairs])
    weight = WEIGHTS.get(of.name, TITLES) * np.where(same > 0, EQUAL.get(of.name, 1.0), 1.0)
    return Examples(np.array(found), same, row, weight)


def together(parts: list[Examples]) -> Examples:
    """Several sets as one."""
    fields = ("found", "same", "row", "weight")
    return Examples(*(np.concatenate([getattr(part, field) for part in parts]) for field in fields))


def fit(on: Examples) -> np.ndarray:
    """Weights, shape (rows, fields + 1), the bias last."""
    spread = on.found.std(axis=0) + 1e-3
    many, wide = len(REGIMES), on.found.shape[1]
    inputs = [on[on.row == index] for index in range(many)]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(many, wide + 1)
        weights, mean = table[:, :wide], table[:, :wide].mean(axis=0)
        value = many * (mean**2).sum() / (2 * SHARED) + ((weights - mean) ** 2).sum() / (2 * OWN)
        slope = np.zeros_like(table)
        slope[:, :wide] = mean / SHARED + (weights - mean) / OWN
        for index, part in enumerate(inputs):
            logit = (part.found / spread) @ weights[index] + table[index, wide]
            value += (part.weight * (np.logaddexp(0, logit) - part.same * logit)).sum()
            missed = part.weight * (1 / (1 + np.exp(-logit)) - part.same)
            slope[index] += np.append((part.found / spread).T @ missed, missed.sum())
        value += 0.01 * (table[:, wide] ** 2).sum()
        slope[:, wide] += 0.02 * table[:, wide]
        return value, slope.ravel()

    limits = [{1: (0, None), -1: (None, 0), 0: (None, None)}[sign] for sign in SIGNS] + [(None, None)]
    start = np.zeros(many * (wide + 1))
    found = minimize(
        loss, start, jac=True, bounds=limits * many, method="L-BFGS-B", options={"maxiter": 3000}
    )
    return found.x.reshape(many, wide + 1) / np.append(spread, 1.0)


def judged(weights: np.ndarray, on: Examples) -> np.ndarray:
    """Log odds of each pair."""
    rows = weights[on.row]
    return (on.found * rows[:, :-1]).sum(axis=1) + rows[:, -1]


def f1(logits: np.ndarray, same: np.ndarray) -> float:
    """F1 of pairs with odds above even."""
    joined = logits > 0
    return round(float(2 * (joined & (same > 0)).sum() / max(1, joined.sum() + same.sum())), 3)


def report(sets: dict[str, Examples]) -> None:
    """How well pairs of each set are judged by weights that have not seen them."""
    for name in WEIGHTS:
        ours = sets[name]
        others = [part for key, part in sets.items() if name not in key]
        fold = np.random.default_rng(0).permutation(len(ours.same)) % 5
        logits = np.zeros(len(ours.same))
        for index in range(5):
            weights = fit(together([*others, ours[fold != index]]))
            logits[fold == index] = judged(weights, ours[fold == index])
        unseen = judged(fit(together(others)), ours)
        seen = judged(fit(together(list(sets.values()))), ours)
        figures = {
            "fitted": f1(seen, ours.same),
            "5-fold": f1(logits, ours.same),
            "left out": f1(unseen, ours.same),
        }
        print(f"{name:24} {figures}")


def main() -> None:
    """Fit on all sets, write, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    whole = [gold(options.folder, name) for name in WEIGHTS]
    titles = [of.titles_only() for of in whole if of.name != HEADLINES]
    sets = {of.name: examples(of) for of in whole + titles}
    table = fit(together(list(sets.values())))
    names = (*Evidence._fields, "bias")
    rows = {
        row: {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}
        for row, values in zip(REGIMES, table, strict=True)
    }
    OUT.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    if options.report:
        report(sets)


if __name__ == "__main__":
    main()
