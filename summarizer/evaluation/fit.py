"""Fit the extractive writer's weights: `python -m summarizer.evaluation.fit GOLD.jsonl…`.

Ridge regression over all gold files, one row a sentence. The target is what a sentence gives towards the
two measures that summaries are judged by: the facts it tells, and the reference's character 4-grams it has.
Prints the figures of ten-fold cross-validation over articles, five times with other folds, then writes the
weights of all articles. Nothing is random but the seeded folds: the same files give the same weights.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

import summarizer.writing
from summarizer.evaluation.gold import SummaryGold, read_summaries
from summarizer.evaluation.metrics import TOLD, chrf, content_stems, coverage
from summarizer.writing.passage import Passage, passage
from summarizer.writing.salience import NAMES, Model, features
from summarizer.writing.selection import select
from summarizer.writing.writer import Limits

#: Strength of the ridge: chosen on a flat top between 100 and 300.
RIDGE = 200.0
#: The reference's share in the target; the rest is facts, half of it counted as told or not, half by degree.
REFERENCE_SHARE = 0.3
#: Below this share of its words a fact isn't told even by degree: chance gives as much.
CHANCE = 0.15
FOLDS, ROUNDS = 10, 5
WEIGHTS = Path(summarizer.writing.__file__).with_name("salience.json")

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One gold article, its features and what each sentence was worth."""

    gold: SummaryGold
    passage: Passage
    #: Sentences × features, and one target a sentence.
    rows: Matrix
    target: Matrix


def example(gold: SummaryGold) -> Example:
    """What can be learned from one gold article."""
    text = passage(gold.article())
    target = [_target(sentence.short, gold) for sentence in text.sentences]
    return Example(gold, text, np.array(features(text)), np.array(target))


def fit(examples: Sequence[Example]) -> Model:
    """Weights for raw features; each article counts with the root of its length."""
    rows, target = np.vstack([e.rows for e in examples]), np.concatenate([e.target for e in examples])
    share = np.concatenate([np.full(len(e.target), len(e.target) ** -0.5) for e in examples])
    share /= share.mean()
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled, mean = (rows - middle) / spread, float(np.average(target, weights=share))
    gram = scaled.T @ (scaled * share[:, None]) + RIDGE * np.eye(len(NAMES))
    weights = np.linalg.solve(gram, scaled.T @ (share * (target - mean))) / spread
    return Model(mean - float(middle @ weights), tuple(float(weight) for weight in weights))


def validate(examples: Sequence[Example]) -> Iterator[tuple[str, float, float]]:
    """(language, fact coverage, chrF) of each article in each round, by weights that never saw it."""
    for seed in range(ROUNDS):
        fold = np.random.default_rng(seed).permutation(len(examples)) % FOLDS
        for held_out in range(FOLDS):
            model = fit([e for e, number in zip(examples, fold, strict=True) if number != held_out])
            for e in (e for e, number in zip(examples, fold, strict=True) if number == held_out):
                chosen = select(e.passage.sentences, model.worth(features(e.passage)), Limits())
                summary = " ".join(sentence.short for sentence in chosen)
                facts = [(fact.text, fact.weight) for fact in e.gold.facts]
                yield e.gold.lang, coverage(summary, facts), chrf(summary, e.gold.reference)


def main(paths: Sequence[str]) -> None:
    """Print the cross-validated figures, write the weights."""
    examples = [example(gold) for path in paths for gold in read_summaries(Path(path))]
    for lang, figures in groupby(sorted(validate(examples)), key=lambda figure: figure[0]):
        facts, likeness = (100 * np.mean(column) for column in list(zip(*figures, strict=True))[1:])
        sys.stdout.write(f"{lang}  facts {facts:.1f}  chrF {likeness:.1f}\n")
    model = fit(examples)
    weights = {name: round(weight, 5) for name, weight in zip(NAMES, model.weights, strict=True)}
    WEIGHTS.write_text(
        json.dumps({"bias": round(model.bias, 5), "weights": weights}, indent=2) + "\n", "utf-8"
    )


def _target(sentence: str, gold: SummaryGold) -> float:
    said = content_stems(sentence)
    told = coverage(sentence, [(fact.text, fact.weight) for fact in gold.facts])
    partly = sum(fact.weight * _degree(content_stems(fact.text), said) for fact in gold.facts)
    partly /= sum(fact.weight for fact in gold.facts) or 1
    ours, theirs = _fourgrams(sentence), _fourgrams(gold.reference)
    same = (ours & theirs).total() / max(1, theirs.total())
    return (1 - REFERENCE_SHARE) * (told + partly) / 2 + REFERENCE_SHARE * same


def _degree(wanted: set[str], said: set[str]) -> float:
    share = len(wanted & said) / max(1, len(wanted))
    return min(1.0, max(0.0, (share - CHANCE) / (TOLD - CHANCE)))


def _fourgrams(text: str) -> Counter[str]:
    letters = "".join(text.lower().split())
    return Counter(letters[start : start + 4] for start in range(len(letters) - 3))


if __name__ == "__main__":
    main(sys.argv[1:])
