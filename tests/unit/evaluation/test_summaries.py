"""`evaluate summaries`: the public scorer's figures, and ours beside them."""

import json
from itertools import count

import pytest

from summarizer.article import Summary
from summarizer.evaluation.baselines import baselines
from summarizer.evaluation.gold import read_summaries
from summarizer.evaluation.summaries import evaluate_summaries, score_outputs, score_summaries

LANGUAGES = ["kk", "ru", "en"]


def _lead(articles):
    return [Summary(article.sentences[0], article.lang, "lead") for article in articles]


def _mangled(gold):
    """Outputs with every fault a figure looks for: missing, empty, too long, wrong numbers, other words."""
    makers = [
        lambda row: row.reference.replace("1", "7") + " 3 000 000",
        lambda row: " ".join(row.sentences)[:700],
        lambda _: "",
        lambda row: row.title.upper(),
        lambda row: row.sentences[-1],
    ]
    chosen = [row for number, row in enumerate(gold) if number % 7]
    return {row.id: makers[number % len(makers)](row) for number, row in enumerate(chosen)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_agree_with_the_public_scorer(lang, eval_folder, scorer):
    """Key for key and digit for digit, on good outputs and on mangled ones."""
    path = eval_folder / f"summaries_{lang}.jsonl"
    public = scorer("score_summaries")
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    gold = read_summaries(path)
    for outputs in (_mangled(gold), {row.id: row.reference for row in gold}, {}):
        assert score_summaries(gold, outputs) == public.score(raw, outputs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_baselines_agree_with_the_public_scorer(lang, eval_folder, scorer):
    """The same leads, the same random pick, the same oracle."""
    path = eval_folder / f"summaries_{lang}.jsonl"
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    published = [outputs for _, outputs in scorer("score_summaries").baselines(raw)]
    gold = read_summaries(path)
    ours = [
        {row.id: write(row) for row in gold}
        for name, write in baselines().items()
        if name not in {"textrank", "lexrank"}
    ]

    assert ours == published


def test_each_system_and_baseline_is_a_row(gold_file, summary_row):
    """Speed is articles per second of the given timer."""
    ticks = count(step=0.5)
    rows = evaluate_summaries([gold_file(summary_row)], {"mine": _lead}, timer=lambda: next(ticks))

    assert [row.system for row in rows][:2] == ["mine", "lead-1"]
    assert rows[0].more["articles_per_s"] == 2.0
    assert rows[0].scores == rows[1].scores


def test_baselines_can_be_left_out(gold_file, summary_row):
    """A benchmark of one writer prints one row."""
    rows = evaluate_summaries([gold_file(summary_row)], {"mine": _lead}, with_baselines=False)

    assert [row.system for row in rows] == ["mine"]


def test_an_article_without_a_summary_counts_as_empty(gold_file, summary_row):
    """Nothing written tells no fact and is not within the limit."""
    (row,) = evaluate_summaries(
        [gold_file(summary_row)], {"none": lambda articles: [None] * len(articles)}, with_baselines=False
    )

    assert (row.scores["facts"], row.scores["within300"]) == (0.0, 0.0)


def test_wrong_numbers_and_names_cost_precision(gold_file, summary_row):
    """Half of the numbers and one of two names stand in the article."""
    text = "A bridge opened in Friday, Omsk, it cost 40.5 million, 99 people."
    row = score_outputs(gold_file(summary_row), {"a1": text})

    assert row.more["number_precision"] == 50.0
    assert row.more["name_precision"] == 50.0
    assert row.scores["numbers_ok"] == 0.0


def test_drift_into_another_language_costs_its_share(gold_file, summary_row):
    """A Russian summary of an English article is told apart; a missing one is not counted."""
    path = gold_file(summary_row, {**summary_row, "id": "a2"}, {**summary_row, "id": "a3"})
    outputs = {
        "a1": summary_row["reference"],
        "a2": "В пятницу в городе открыли новый мост через реку Тобол.",
    }

    assert score_outputs(path, outputs).more["in_language"] == 50.0
