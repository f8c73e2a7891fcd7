"""When breaking news may come."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.alerts import alert, is_quiet, wanted_topics
from bot.domain.subscriber import Breaking, Preferences
from summarizer.topic import Topic


@pytest.mark.parametrize(
    ("zone", "hour", "quiet"),
    [
        ("Asia/Almaty", 17, True),
        ("Asia/Almaty", 16, False),
        ("Asia/Almaty", 1, True),
        ("Asia/Almaty", 2, False),
        ("Europe/Berlin", 17, False),
    ],
)
def test_nobody_is_woken_at_their_night(zone, hour, quiet):
    """From 22:00 to 07:00 by the reader's own clock; `hour` is UTC."""
    assert is_quiet(Preferences(zone=zone), datetime(2026, 11, 22, hour, 30, tzinfo=UTC)) is quiet


@pytest.mark.parametrize(
    ("quiet", "hours"),
    [((time(22), time(7)), {22, 23, *range(7)}), ((time(13), time(15)), {13, 14}), (None, set())],
)
def test_a_reader_chooses_when_it_is_quiet(quiet, hours):
    """Over midnight, within a day, or never; the end itself is not quiet any more."""
    chosen = Preferences(quiet=quiet, zone="UTC")
    assert {hour for hour in range(24) if is_quiet(chosen, datetime(2026, 11, 22, hour, tzinfo=UTC))} == hours


def test_topics_follow_the_readers_choice():
    """Off is nothing, on is the reader's topics, all is all."""
    sport = Preferences(topics=frozenset({Topic.SPORT}))
    assert wanted_topics(sport) == {Topic.SPORT}
    assert not wanted_topics(Preferences(breaking=Breaking.OFF))
    assert wanted_topics(Preferences(topics=frozenset(), breaking=Breaking.ALL)) == set(Topic)


def test_an_alert_is_an_edition_of_the_local_day_and_no_digest():
    """At 20:00 UTC it is tomorrow in Almaty."""
    edition = alert(1, 77, "Asia/Almaty", datetime(2026, 11, 22, 20, 0, tzinfo=UTC))
    assert (edition.day, edition.slot, edition.is_digest) == (date(2026, 11, 23), "alert-77", False)
