"""When news comes, as readers say it."""

from datetime import time

import pytest

from bot.domain import timing
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Breaking, Preferences, Weekly
from bot.domain.timing import DAYS


def test_times_alone_mean_every_day_and_days_alone_keep_the_times():
    """A bare "/time 8" after weekdays is daily again; "/time weekdays" keeps the hour."""
    weekly = timing.times("08:30 weekdays", DAYS, Preferences())
    assert (weekly.slots, weekly.days) == ((time(8, 30),), WEEKDAYS)
    assert timing.times("8", DAYS, weekly).days == EVERY_DAY
    assert timing.times("weekends", DAYS, weekly).slots == (time(8, 30),)


@pytest.mark.parametrize("text", ["24:00", "9:60", "９:00", "08:30:00", "1 2 3 4 5 6 7", "-1", "noon"])
def test_impossible_times_are_refused(text):
    """The answer can name what would be understood."""
    with pytest.raises(NotUnderstood) as caught:
        timing.times(text, DAYS, Preferences())
    assert caught.value.expected


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
    assert timing.quiet_hours(text, {"жоқ"}) == hours


def test_breaking_news_and_its_quiet_hours_are_set_apart():
    """Each leaves the other as it is."""
    have = Preferences(breaking=Breaking.ALL)
    quiet = timing.breaking("quiet 23-7", have)
    assert (quiet.breaking, quiet.quiet) == (Breaking.ALL, (time(23), time(7)))
    assert timing.breaking("OFF", quiet).quiet == (time(23), time(7))
    assert timing.breaking("нет", quiet, {"нет"}).breaking is Breaking.OFF
    assert timing.breaking("тихо нет", quiet, {"нет"}, {"тихо"}).quiet is None


@pytest.mark.parametrize("text", ["", "quiet", "quiet 22", "quiet 7-7", "quiet 24-7", "quiet 22-7-8", "loud"])
def test_breaking_that_means_nothing_is_not_understood(text):
    """Nothing is half taken."""
    with pytest.raises(NotUnderstood):
        timing.breaking(text, Preferences())


def test_a_weekly_has_one_day_and_one_hour():
    """What is not said stays, or is Sunday evening."""
    days = {"sunday": 7, "friday": 5}
    friday = timing.weekly("19:30 friday", Preferences(), days)
    assert friday.weekly == Weekly(5, time(19, 30))
    assert timing.weekly("sunday", friday, days).weekly == Weekly(7, time(19, 30))
    assert timing.weekly("on", friday, days).weekly == Weekly(5, time(19, 30))
    assert timing.weekly("on", Preferences(), days).weekly == timing.DEFAULT_WEEKLY
    assert timing.weekly("қосу", friday, days, (), {"қосу"}).weekly == Weekly(5, time(19, 30))
    assert timing.weekly("off", friday, days).weekly is None
    for text in ("", "sunday friday", "8 9", "someday", "on off"):
        with pytest.raises(NotUnderstood):
            timing.weekly(text, friday, days)
