"""Which stories answer a search best."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.search import FLOOR, HALF_LIFE, Hit, best, score

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def hit(number, relevance=1.0, age=timedelta(0), story=None):
    return Hit(number, story or number, relevance, NOW - age)


def test_what_is_fresh_counts_more():
    """Half of its freshness is gone in a week, and something always stays."""
    assert score(hit(1), NOW) == 1
    assert score(hit(1, age=HALF_LIFE), NOW) == pytest.approx(FLOOR + (1 - FLOOR) / 2)
    assert score(hit(1, age=timedelta(days=9999)), NOW) == pytest.approx(FLOOR)
    assert score(hit(1, age=timedelta(days=-9)), NOW) == 1


def test_the_best_come_first_each_story_once():
    """With its best article; of equals the newer one."""
    hits = [hit(1, 0.5, story=7), hit(2, 0.9, story=7), hit(3, 0.7), hit(4, 0.7), hit(5, 0.1)]
    assert [found.article for found in best(hits, NOW, 3)] == [2, 4, 3]


def test_an_old_report_about_it_beats_a_fresh_mention():
    """Where the engine finds it far more relevant."""
    about, mention = hit(1, 10, timedelta(days=60)), hit(2, 1)
    assert [found.article for found in best([mention, about], NOW, 9)] == [1, 2]
