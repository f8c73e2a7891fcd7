"""What every writer has to beat, and the two ceilings it can't pass.

Leads and random picks are the floor, TextRank and LexRank (from `sumy`, where it is installed) the classics;
the editor's sentences, the greedy oracle and the written reference are the ceilings.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from summarizer.evaluation.gold import SummaryGold
from summarizer.evaluation.metrics import STEM, coverage, words

#: Code points a summary may have, and sentences an extractive one is made of.
LIMIT, SENTENCES = 300, 3

Baseline = Callable[[SummaryGold], str]

_GRAPH_METHODS = {
    "textrank": ("sumy.summarizers.text_rank", "TextRankSummarizer"),
    "lexrank": ("sumy.summarizers.lex_rank", "LexRankSummarizer"),
}


def baselines() -> Mapping[str, Baseline]:
    """Every baseline this installation can run, by name; a fresh set (its random pick starts anew)."""
    chance = random.Random(7)  # noqa: S311 - a repeatable pick, not a secret
    return {
        "lead-1": _lead(1),
        "lead-2": _lead(2),
        "lead-3": _lead(3),
        "random-2": lambda gold: clip(chance.sample(gold.sentences, min(2, len(gold.sentences)))),
        **dict(_graph_methods()),
        "annotator": lambda gold: clip(_at(gold, gold.best)),
        "reference": lambda gold: gold.reference,
        "oracle": oracle,
    }


def clip(sentences: Sequence[str], limit: int = LIMIT) -> str:
    """The sentences that fit, in order; a first one that is too long alone is cut at a space."""
    text = ""
    for sentence in sentences:
        if text and len(text) + 1 + len(sentence) > limit:
            break
        text = f"{text} {sentence}".strip()
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0]


def oracle(gold: SummaryGold) -> str:
    """Up to three whole sentences, each added because it tells the most further facts.

    The shorter sentence wins a tie, then the later one. Greedy, so a bound for pickers and not the maximum.
    """
    picked: list[int] = []
    best = 0.0
    while len(picked) < min(SENTENCES, len(gold.sentences)):
        told, _, index = max(
            (_told(gold, [*picked, index]), -len(sentence), index)
            for index, sentence in enumerate(gold.sentences)
            if index not in picked
        )
        if told <= best:
            break
        best = told
        picked.append(index)
    return clip(_at(gold, sorted(picked or [0])))


def _lead(count: int) -> Baseline:
    return lambda gold: clip(gold.sentences[:count])


def _at(gold: SummaryGold, indexes: Sequence[int]) -> list[str]:
    return [gold.sentences[index] for index in indexes if index < len(gold.sentences)]


def _told(gold: SummaryGold, indexes: Sequence[int]) -> float:
    return coverage(clip(_at(gold, sorted(indexes))), [(fact.text, fact.weight) for fact in gold.facts])


class _Words:
    """sumy's tokenizer port, over our own words: its own wants language data from the network."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        return tuple(words(text))


def _graph_methods() -> Iterator[tuple[str, Baseline]]:
    if find_spec("sumy") is None:
        return
    for name, (module, method) in _GRAPH_METHODS.items():
        summarize = getattr(import_module(module), method)(lambda word: word[:STEM])
        yield name, _graph_baseline(summarize)


def _graph_baseline(summarize: Any) -> Baseline:
    dom = import_module("sumy.models.dom")

    def pick(gold: SummaryGold) -> str:
        sentences = [dom.Sentence(sentence, _Words()) for sentence in gold.sentences]
        document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
        return clip([str(sentence) for sentence in summarize(document, SENTENCES)])

    return pick
