"""Lengths of time as operators write them."""

from datetime import timedelta

import pytest

from bot.domain.duration import read_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), (" 2 h ", 7_200), ("1d", 86_400), ("2w", 1_209_600), ("0m", 0)],
)
def test_a_number_and_a_unit_are_a_length_of_time(text, seconds):
    """Seconds to weeks, with blanks or without."""
    assert read_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "15", "m", "1.5h", "-1h", "1y", "15 minutes", "1" * 7 + "s"])
def test_anything_else_is_none(text):
    """The caller says what would be understood."""
    assert read_duration(text) is None
