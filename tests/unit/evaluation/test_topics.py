"""`evaluate topics`: figures as the public scorer gives them, and who is taken for whom."""

import json
import random

import pytest

from summarizer.article import Classification
from summarizer.evaluation.gold import read_topics
from summarizer.evaluation.topics import evaluate_topics, score_outputs, score_topics
from summarizer.topic import Topic

FILES = ["summaries_kk", "summaries_ru", "summaries_en", "topics_tgcontest"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("right", [0.0, 0.6, 1.0])
def test_figures_agree_with_the_public_scorer(name, right, eval_folder, scorer):
    """Key for key and digit for digit on chance topics with a given share right, some missing."""
    path = eval_folder / f"{name}.jsonl"
    gold = read_topics(path)
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(5)
    outputs = {
        row.id: [
            *(row.topics[:1] if chance.random() < right else ()),
            *chance.sample(list(map(str, Topic)), 2),
        ]
        for row in gold
        if chance.random() < 0.95
    }

    assert score_topics(gold, outputs) == scorer("score_topics").score(raw, outputs)


def _row(name, *topics, source="Herald"):
    return {"id": name, "title": name, "text": name, "lang": "en", "topics": topics, "source": source}


def test_confusion_is_told_per_source(gold_file):
    """A source whose sport is taken for culture shows up by name."""
    path = gold_file(_row("a", "sport"), _row("b", "sport", source="Dala"), _row("c", "economy", "world"))
    row = score_outputs(path, {"a": ["culture"], "b": ["sport"], "c": ["world", "economy"]})

    assert row.more["confusion"] == {
        "Herald": {"sport": {"culture": 1}, "world": {"world": 1}},
        "Dala": {"sport": {"sport": 1}},
    }


def test_a_classifier_is_run_on_articles(gold_file):
    """The gold topics are not among what the classifier gets."""

    def classify(articles):
        return [Classification((Topic.SPORT,)) for _ in articles]

    (row,) = evaluate_topics([gold_file(_row("a", "sport"), _row("b", "world"))], classify, "mine")

    assert row.scores["first_right"] == 0.5
    assert row.system == "mine"
