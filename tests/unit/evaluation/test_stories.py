"""`evaluate stories`: pair and B-cubed figures as the public scorer gives them."""

import json
import random

import pytest

from summarizer.article import Placement
from summarizer.evaluation.gold import read_stories
from summarizer.evaluation.stories import evaluate_stories, score_outputs, score_stories, story_inputs

FILES = ["pairs_tgcontest", "pairs_tengrinews_ru", "pairs_kazinform_kk_ru", "stream_trilingual"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("stories", [1, 3, 60, 10_000])
def test_figures_agree_with_the_public_scorer(name, stories, eval_folder, scorer):
    """Key for key and digit for digit on chance groupings, from one heap to all alone, some missing."""
    path = eval_folder / f"{name}.jsonl"
    public = scorer("score_stories")
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(stories)
    outputs = {
        article["id"]: f"s{chance.randrange(stories)}"
        for article in public.articles(raw)
        if chance.random() < 0.9
    }

    assert score_stories(read_stories(path), outputs) == public.score(raw, outputs)


@pytest.mark.parametrize("name", FILES)
def test_inputs_are_those_of_the_public_scorer(name, eval_folder, scorer):
    """The same articles in the same order of arrival."""
    path = eval_folder / f"{name}.jsonl"
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    published = scorer("score_stories").articles(raw)

    assert [article.id for article in story_inputs(path)] == [article["id"] for article in published]


def _stream(**story_of):
    return [
        {"id": key, "story": story, "lang": lang, "title": key, "text": key}
        for (key, story), lang in zip(story_of.items(), ["kk", "ru", "kk"], strict=True)
    ]


def test_a_perfect_grouping_scores_one(gold_file):
    """The grouping sees articles only: the gold story is not among what it gets."""
    path = gold_file(*_stream(a="s1", b="s1", c="s2"))

    def group(articles):
        return [Placement(a.id, "c" if a.id == "c" else "a", new=a.id != "b") for a in articles]

    (row,) = evaluate_stories([path], group, "mine")

    assert row.scores["all"] == {"P": 1.0, "R": 1.0, "F1": 1.0}
    assert row.scores["b_cubed"]["F1"] == 1.0
    assert row.more["articles_per_s"] > 0


def test_one_heap_has_full_recall_and_little_precision(gold_file):
    """Three articles of two stories in one heap: one right pair of three."""
    row = score_outputs(gold_file(*_stream(a="s1", b="s1", c="s2")), dict.fromkeys("abc", "heap"))

    assert row.scores["all"] == {"P": 0.333, "R": 1.0, "F1": 0.5}
    assert row.scores["kk-ru"]["F1"] == 0.667


def test_a_lone_article_does_not_join_the_story_that_bears_its_name(gold_file):
    """An article without an output is a story of its own, whatever others are called."""
    row = score_outputs(gold_file(*_stream(a="s1", b="s1", c="s2")), {"b": "a"})

    assert row.scores["all"]["R"] == 0.0


def test_wrongly_joined_pairs_are_counted_by_label(gold_file):
    """«related» joined by mistake is told apart from «different»."""
    a, b = ({"id": name, "title": name, "text": name} for name in "ab")
    row = score_outputs(gold_file({"a": a, "b": b, "label": "related"}), {"a": "x", "b": "x"})

    assert row.scores["joined_wrongly"] == {"related": 1}
