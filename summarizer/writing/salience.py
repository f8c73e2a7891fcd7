"""How much of the news each sentence of an article carries: a linear model over cheap features."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from operator import mul

from summarizer.writing.marks import mark
from summarizer.writing.passage import Passage, Sentence

#: The features, in the order of `features`.
NAMES = (
    "position",
    "title",
    "centrality",
    "figures",
    "has_figure",
    "length",
    "commas",
    "about",
    "leans",
)


@dataclass(frozen=True, slots=True)
class Model:
    """A bias and one weight a feature."""

    bias: float
    weights: tuple[float, ...]

    def worth(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """For each row of features the share (about 0–1) of the article's news its sentence should carry."""
        return [self.bias + sum(map(mul, self.weights, row)) for row in rows]


def features(text: Passage) -> list[list[float]]:
    """One row a sentence, a column for each of `NAMES`."""
    return [_row(sentence, text) for sentence in text.sentences]


def _row(sentence: Sentence, text: Passage) -> list[float]:
    own = sentence.stems
    shared = sum(text.spread[stem] - 1 for stem in own)
    return [
        1 / math.sqrt(1 + sentence.place),
        len(own & text.title) / max(1, len(text.title)),
        shared / max(1, len(text.sentences)) / 4,
        min(len(sentence.numbers), 4) / 4,
        float(bool(sentence.numbers)),
        math.log(max(len(sentence.short), 10) / 100),
        min(sentence.short.count(","), 8) / 8,
        float(bool(mark(text.lang, "about").search(sentence.full))),
        float(sentence.leans),
    ]


@cache
def fitted() -> Model:
    """The weights that `python -m summarizer.evaluation.fit` wrote."""
    model = json.loads(resources.files("summarizer.writing").joinpath("salience.json").read_text("utf-8"))
    return Model(model["bias"], tuple(model["weights"][name] for name in NAMES))
