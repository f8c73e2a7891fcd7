"""Words of a command as preferences."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import preferences
from bot.domain.errors import NotUnderstood
from bot.domain.preferences import DAYS
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Preferences
from summarizer.topic import Topic

NAMES = {topic.value: topic for topic in Topic}


def test_topics_are_a_set_in_any_order_by_comma_or_space():
    """Case and separators don't matter."""
    assert preferences.topics("Energy,ECONOMY  energy", NAMES) == {Topic.ECONOMY, Topic.ENERGY}


def test_languages_keep_their_order():
    """The first is the interface's."""
    assert preferences.languages("ru kk ru", {"kk": "kk", "ru": "ru"}) == ("ru", "kk")


def test_times_alone_mean_every_day_and_days_alone_keep_the_times():
    """A bare "/time 8" after weekdays is daily again; "/time weekdays" keeps the hour."""
    weekly = preferences.times("08:30 weekdays", DAYS, Preferences())
    assert (weekly.slots, weekly.days) == ((time(8, 30),), WEEKDAYS)
    assert preferences.times("8", DAYS, weekly).days == EVERY_DAY
    assert preferences.times("weekends", DAYS, weekly).slots == (time(8, 30),)


def test_a_deep_link_names_topics():
    """Payloads come from strangers' links: unknown ones are refused whole."""
    assert preferences.preset("t_economy_energy") == {Topic.ECONOMY, Topic.ENERGY}
    for payload in ("t_", "t", "x_economy", "t_economy_", "", "ref123"):
        with pytest.raises(NotUnderstood):
            preferences.preset(payload)


@pytest.mark.parametrize("text", ["24:00", "9:60", "９:00", "08:30:00", "1 2 3 4 5 6 7", "-1", "noon"])
def test_impossible_times_are_refused(text):
    """The answer can name what would be understood."""
    with pytest.raises(NotUnderstood) as caught:
        preferences.times(text, DAYS, Preferences())
    assert caught.value.expected


def test_separators_alone_choose_nothing():
    """A lone comma must not empty a reader's languages."""
    with pytest.raises(NotUnderstood):
        preferences.languages(" , ", {"kk": "kk"})


@pytest.mark.parametrize(("text", "days"), [("", None), ("7", 7), (" 365 ", 365)])
def test_a_pause_is_a_number_of_days_or_open(text, days):
    """Up to a year."""
    assert preferences.pause(text) == days


@pytest.mark.parametrize("text", ["0", "366", "-3", "1.5", "٣", "7 days"])
def test_other_pauses_are_refused(text):
    """Nothing is guessed."""
    with pytest.raises(NotUnderstood):
        preferences.pause(text)


@given(st.text(max_size=80))
def test_no_text_breaks_a_parser(text):
    """Whatever a reader writes is understood or refused."""
    for parse in (
        lambda: preferences.topics(text, NAMES),
        lambda: preferences.languages(text, {"kk": "kk"}),
        lambda: preferences.times(text, DAYS, Preferences()),
        lambda: preferences.zone(text, {}),
        lambda: preferences.pause(text),
        lambda: preferences.preset(text),
    ):
        try:
            parse()
        except NotUnderstood as error:
            assert error.expected  # noqa: PT017 - either outcome is right, an unhelpful refusal is not
