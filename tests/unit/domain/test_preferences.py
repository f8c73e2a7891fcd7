"""Words of a command as preferences."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import preferences
from bot.domain.errors import NotUnderstood
from bot.domain.preferences import DAYS
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Breaking, Preferences, Weekly
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


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22:00-07:00", (time(22), time(7))),
        ("13–14", (time(13), time(14))),
        ("23:30 6", (time(23, 30), time(6))),
        ("2300-0615", (time(23), time(6, 15))),
        ("off", None),
        ("жоқ", None),
    ],
)
def test_quiet_hours_are_two_times_of_day(text, hours):
    """With a dash or without, over midnight too, or none."""
    assert preferences.quiet_hours(text, {"жоқ"}) == hours


def test_breaking_news_and_its_quiet_hours_are_set_apart():
    """Each leaves the other as it is."""
    have = Preferences(breaking=Breaking.ALL)
    quiet = preferences.breaking("quiet 23-7", have)
    assert (quiet.breaking, quiet.quiet) == (Breaking.ALL, (time(23), time(7)))
    assert preferences.breaking("OFF", quiet).quiet == (time(23), time(7))
    assert preferences.breaking("нет", quiet, {"нет"}).breaking is Breaking.OFF


@pytest.mark.parametrize("text", ["", "quiet", "quiet 22", "quiet 7-7", "quiet 24-7", "quiet 22-7-8", "loud"])
def test_breaking_that_means_nothing_is_not_understood(text):
    """Nothing is half taken."""
    with pytest.raises(NotUnderstood):
        preferences.breaking(text, Preferences())


def test_a_weekly_has_one_day_and_one_hour():
    """What is not said stays, or is Sunday evening."""
    days = {"sunday": 7, "friday": 5}
    friday = preferences.weekly("19:30 friday", Preferences(), days)
    assert friday.weekly == Weekly(5, time(19, 30))
    assert preferences.weekly("sunday", friday, days).weekly == Weekly(7, time(19, 30))
    assert preferences.weekly("on", friday, days).weekly == Weekly(5, time(19, 30))
    assert preferences.weekly("on", Preferences(), days).weekly == preferences.DEFAULT_WEEKLY
    assert preferences.weekly("off", friday, days).weekly is None
    for text in ("", "sunday friday", "8 9", "someday", "on off"):
        with pytest.raises(NotUnderstood):
            preferences.weekly(text, friday, days)
