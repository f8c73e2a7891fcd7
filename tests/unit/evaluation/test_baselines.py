"""The floor and the ceilings that writers are measured against."""

import pytest

from summarizer.evaluation.baselines import baselines, clip, oracle
from summarizer.evaluation.gold import read_summaries


@pytest.fixture
def gold(gold_file, summary_row):
    """One invented gold article."""
    return read_summaries(gold_file(summary_row))[0]


def test_clip_keeps_whole_sentences():
    """A sentence that does not fit ends the summary."""
    assert clip(["Бір.", "Екі.", "Үш."], limit=9) == "Бір. Екі."


def test_clip_cuts_a_single_long_sentence_at_a_space():
    """A lead longer than the limit is a baseline still."""
    assert clip(["жүз елу мың теңге"], limit=10) == "жүз елу"


def test_the_oracle_picks_what_tells_the_facts(gold):
    """Greetings and weather tell none."""
    assert oracle(gold) == " ".join(gold.sentences[1:3])


def test_the_oracle_falls_back_to_the_lead(gold_file, summary_row):
    """Where no sentence tells a fact there is still a summary."""
    (row,) = read_summaries(gold_file({**summary_row, "facts": []}))

    assert oracle(row) == row.sentences[0]


def test_the_random_pick_is_the_same_in_each_run(gold):
    """Figures of two runs can be compared."""
    first, second = (baselines()["random-2"](gold) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("name", ["textrank", "lexrank"])
def test_graph_methods_pick_sentences_of_the_article(name, gold):
    """The classics run on our own words, with no language data to download."""
    pytest.importorskip("sumy", reason="sumy comes with the test extra")

    text = baselines()[name](gold)

    assert text
    assert all(sentence in gold.sentences for sentence in text.replace(". ", ".\n").split("\n"))


def test_a_best_index_beyond_the_article_is_left_out(gold_file, summary_row):
    """A slip of the editor's pen costs that sentence and no crash."""
    (row,) = read_summaries(gold_file({**summary_row, "best": [1, 99]}))

    assert baselines()["annotator"](row) == row.sentences[1]
