"""The exact search among the days around an article."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from summarizer.grouping.shelf import EXACT, Shelf

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
EAST, NORTH = np.eye(2, dtype=np.float32)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(2, timedelta(days=4))


def test_the_likest_comes_first(shelf) -> None:
    """Numbers count up in the order of adding."""
    shelf.add(NORTH, NOON)
    shelf.add((EAST + NORTH) / np.float32(2**0.5), NOON)
    shelf.add(EAST, NOON)
    assert [number for number, _ in shelf.nearest(EAST, NOON, 5, 0.1)] == [2, 1]


def test_no_more_than_asked_for_are_found(shelf) -> None:
    """A thousand equal rows answer with as many as were asked for."""
    for _ in range(1000):
        shelf.add(EAST, NOON)
    assert len(shelf.nearest(EAST, NOON, 8, 0.1)) == 8
    assert len(shelf) == 1000


def test_another_month_is_not_looked_at(shelf) -> None:
    """Rows further away in time than twice the window stay out, future ones too."""
    shelf.add(EAST, NOON - timedelta(days=30))
    shelf.add(EAST, NOON + timedelta(days=3650))
    assert shelf.nearest(EAST, NOON, 8, 0.1) == []


def test_within_the_window_all_are_looked_at(shelf) -> None:
    """Wherever the borders of blocks lie, no pair within the window is missed."""
    for hours in range(0, 24 * 9, 7):
        fresh = Shelf(2, timedelta(days=4))
        fresh.add(EAST, NOON + timedelta(hours=hours))
        assert fresh.nearest(EAST, NOON + timedelta(hours=hours + 95), 1, 0.1)


def test_a_shortlist_finds_the_likest_of_many() -> None:
    """Beyond the exact search's limit, rows as alike as two tellings of an event are still found."""
    random = np.random.default_rng(1)
    rows = random.standard_normal((3 * EXACT, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    crowd = Shelf(384, timedelta(days=4))
    for row in rows:
        crowd.add(row, NOON)
    noise = random.standard_normal((100, 384)).astype(np.float32) / np.float32(384**0.5)
    wanted = rows[:100] + np.float32(0.8) * noise
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    found = [crowd.nearest(row, NOON, 1, 0.25)[0][0] for row in wanted]
    assert sum(number == place for place, number in enumerate(found)) >= 98


def test_undated_rows_meet_everything(shelf) -> None:
    """A missing date excludes nobody."""
    shelf.add(EAST, None)
    shelf.add(EAST, NOON)
    assert len(shelf.nearest(EAST, None, 8, 0.1)) == 2
    assert len(shelf.nearest(EAST, NOON + timedelta(days=99), 8, 0.1)) == 1
