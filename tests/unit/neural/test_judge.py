"""An inference model tells how far a claim follows from its source."""

import pytest

from summarizer.errors import ModelUnavailable
from summarizer.neural.judge import TransformersJudge

CLAIMS = [
    ("Көпір ашылды, оның ұзындығы 120 метр.", "Көпір ашылды."),
    ("Мост открыли.", "Мост не открыли."),
    ("A", "B"),
]


def test_support_is_a_probability_for_each_claim(nli):
    """In the order of the claims, whatever their lengths."""
    judge = TransformersJudge(nli)

    found = judge.support(CLAIMS)

    assert all(0 <= share <= 1 for share in found)
    assert found == pytest.approx([judge.support([claim])[0] for claim in CLAIMS], abs=1e-5)


def test_no_claims_cost_nothing(nli):
    """The model is not even loaded."""
    assert TransformersJudge(nli).support([]) == []


def test_a_model_without_entailment_is_refused(bert):
    """An encoder without such a head would give chance as a judgement."""
    with pytest.raises(ModelUnavailable, match="entailment"):
        TransformersJudge(bert).support(CLAIMS)
