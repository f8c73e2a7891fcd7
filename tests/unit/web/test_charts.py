"""Numbers as rectangles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.operator.charts import HEIGHT, WIDTH, Column, chart, sparkline

COUNTS = st.lists(st.integers(0, 10**7), max_size=60)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), max_size=60))
def test_every_bar_lies_within_the_drawing(pairs):
    """However many and however high, and bars of one column stand on each other."""
    columns = [Column("x", [("sent", one), ("failed", other)]) for one, other in pairs]
    found = chart(columns)
    for bar in found.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.1
        assert -0.1 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.1
    assert found.top >= max((one + other for one, other in pairs), default=0)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (3, 5), (6, 10), (51, 100), (101, 200), (9999, 10000)]
)
def test_the_scale_ends_at_a_round_number(highest, top):
    """One, two or five with noughts."""
    assert chart([Column("", [("bar", highest)])]).top == top


@given(COUNTS)
def test_a_sparkline_fills_its_height_and_not_more(counts):
    """Nothing is drawn for nothing."""
    bars = sparkline(counts)
    assert len(bars) == len([one for one in counts if round(20 * one / max(*counts, 1), 2)])
    assert all(0 <= bar.y <= 20 and bar.y + bar.height == pytest.approx(20, abs=0.02) for bar in bars)
