"""Dates as sources write them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.dates import read_date

ALMATY = "Asia/Almaty"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-04T15:23:00+05:00", "2026-03-04T10:23:00+00:00"),
        ("2026-03-04T15:23+05", "2026-03-04T10:23:00+00:00"),
        ("2026-03-04 15:23", "2026-03-04T10:23:00+00:00"),
        ("2026-03-04T10:23:00.123456Z", "2026-03-04T10:23:00+00:00"),
        ("Wed, 04 Mar 2026 15:23:00 +0500", "2026-03-04T10:23:00+00:00"),
        ("04 Mar 2026 15:23", "2026-03-04T10:23:00+00:00"),
        ("Wed, 04 Mar 2026 13:23:00 MSK", "2026-03-04T10:23:00+00:00"),
        ("Wed, 04 Mar 2026 15:23 ALMT", "2026-03-04T10:23:00+00:00"),
        ("Wed, 04 Mar 2026 24:00:00 GMT", "2026-03-05T00:00:00+00:00"),
        ("Wed, 04 Mar 2026 14:24:00 GMT", "2026-03-04T14:24:00+00:00"),
        ("Ср, 04 мар 2026 13:23:00 +0300", "2026-03-04T10:23:00+00:00"),
        ("1772619780", "2026-03-04T10:23:00+00:00"),
        ("1772619780000", "2026-03-04T10:23:00+00:00"),
        ("04.03.2026, 15:23", "2026-03-04T10:23:00+00:00"),
        ("04.03.2026", "2026-03-03T19:00:00+00:00"),
        ("4 наурыз 2026, 15:23", "2026-03-04T10:23:00+00:00"),
        ("15:23, 4 наурыз 2026", "2026-03-04T10:23:00+00:00"),
        ("4 марта 2026, 15:23", "2026-03-04T10:23:00+00:00"),
        ("March 4, 2026 3:23 pm", "2026-03-04T10:23:00+00:00"),
    ],
)
def test_a_date_is_the_moment_its_writer_meant(text, moment):
    """Zone-less times are Almaty's; day comes before month; 24:00 is the next day's midnight."""
    assert read_date(text, ALMATY).astimezone(UTC).isoformat() == moment


def test_almaty_has_been_five_hours_ahead_since_march_2024():
    """Six hours before: old feeds keep their moments."""
    assert read_date("01.02.2024, 12:00", ALMATY).utcoffset() == timedelta(hours=6)
    assert read_date("02.03.2024, 12:00", ALMATY).utcoffset() == timedelta(hours=5)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "жаңалықтар", "30000-03-04", "Wed, 04 Mar 30000 15:23:00 GMT",
     "Mon, 01 Jan 0001 00:00:00 +0000", "2026-13-45", "99.99.2026", "0000000000", "2026-03-04T99:99",
     "9" * 5000, "\0"],
)  # fmt: skip
def test_what_is_no_date_of_this_age_is_none(text):
    """Nonsense, the year one and the year 30000."""
    assert read_date(text, ALMATY) is None


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("2 сағат бұрын", timedelta(hours=2)),
        ("2 часа назад", timedelta(hours=2)),
        ("вчера", timedelta(days=1)),
    ],
)
def test_relative_dates_count_from_now(text, ago):
    """They are read anew each time."""
    age = datetime.now(UTC) - read_date(text, ALMATY)
    assert ago - timedelta(minutes=1) < age < ago + timedelta(minutes=1)
