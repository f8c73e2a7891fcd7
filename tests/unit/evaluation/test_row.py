"""One line of an evaluation."""

from summarizer.evaluation.row import Row


def test_a_row_leads_with_the_scorers_keys():
    """A script that reads the public scorer's output reads ours."""
    row = Row("summaries_kk.jsonl", "extractive", {"n": 46, "facts": 40.0}, {"articles_per_s": 120.0})

    assert list(row.flat()) == ["n", "facts", "gold", "system", "articles_per_s"]
