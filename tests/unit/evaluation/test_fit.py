"""Fitting the extractive writer's weights."""

import json
from pathlib import Path

import pytest

from summarizer.evaluation.fit import WEIGHTS, example, fit, validate
from summarizer.evaluation.gold import read_summaries
from summarizer.writing.salience import NAMES

EVAL = Path(__file__).parents[3].parent / "shared" / "eval"
GOLD = [EVAL / f"summaries_{lang}.jsonl" for lang in ("kk", "ru", "en")]
pytestmark = pytest.mark.skipif(not EVAL.is_dir(), reason="the shared development sets are not here")


def test_the_stored_weights_are_those_of_the_script() -> None:
    """The data file is made by fit, not by hand."""
    model = fit([example(gold) for path in GOLD for gold in read_summaries(path)])
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    assert stored["bias"] == pytest.approx(model.bias, abs=0.005)
    assert [stored["weights"][name] for name in NAMES] == pytest.approx(model.weights, abs=0.005)


def test_unseen_articles_are_summarized_better_than_by_their_lead() -> None:
    """Cross-validated figures stay above what the product promises."""
    figures = list(validate([example(gold) for path in GOLD for gold in read_summaries(path)]))
    for lang, facts, likeness in (("kk", 0.38, 0.48), ("ru", 0.30, 0.423), ("en", 0.324, 0.471)):
        own = [figure for figure in figures if figure[0] == lang]
        assert sum(figure[1] for figure in own) / len(own) >= facts
        assert sum(figure[2] for figure in own) / len(own) >= likeness
