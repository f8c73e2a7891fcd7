"""Which local slot is due, across daylight saving time, restarts and second clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import GRACE, Edition, at, current_edition, edition_due, next_slot, weekly_due
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Chat, Preferences, Subscriber, Weekly

ZONES = (
    "Asia/Almaty",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "UTC",
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone itself
SLOTS = st.sets(st.times().map(lambda one: one.replace(second=0, microsecond=0)), min_size=1, max_size=6)
PREFERENCES = st.builds(
    Preferences,
    slots=SLOTS.map(lambda slots: tuple(sorted(slots))),
    days=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    zone=st.sampled_from(ZONES),
)


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def wanting(*slots, zone="Asia/Almaty", days=EVERY_DAY):
    return Preferences(slots=tuple(time.fromisoformat(slot) for slot in slots), days=days, zone=zone)


@pytest.mark.parametrize(
    ("zone", "day", "slot", "moment"),
    [
        ("Asia/Almaty", date(2026, 3, 29), "02:30", utc(2026, 3, 28, 21, 30)),
        ("Asia/Almaty", date(2026, 10, 25), "02:30", utc(2026, 10, 24, 21, 30)),
        ("Europe/Berlin", date(2026, 3, 29), "02:30", utc(2026, 3, 29, 1, 30)),
        ("Europe/Berlin", date(2026, 3, 29), "08:30", utc(2026, 3, 29, 6, 30)),
        ("Europe/Berlin", date(2026, 10, 25), "02:30", utc(2026, 10, 25, 0, 30)),
        ("Europe/Berlin", date(2026, 10, 25), "08:30", utc(2026, 10, 25, 7, 30)),
    ],
    ids=["no gap", "no repeat", "in the gap", "after the gap", "the first of two", "after the repeat"],
)
def test_a_slot_begins_at_the_reader_s_local_time(zone, day, slot, moment):
    """A slot inside a spring gap moves forward by the gap; one that comes twice counts the first time."""
    assert at(day, time.fromisoformat(slot), zone) == moment


def test_a_slot_that_comes_twice_makes_one_edition():
    """02:30 in Berlin in autumn: due at the first, and the second is the same edition, not another."""
    berlin = wanting("02:30", zone="Europe/Berlin")
    first, second = utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)
    assert (
        edition_due(1, berlin, first)
        == edition_due(1, berlin, second)
        == Edition(1, date(2026, 10, 25), "02:30")
    )
    assert next_slot(berlin, first) == utc(2026, 10, 26, 1, 30)


def test_a_slot_in_the_gap_still_comes_that_day():
    """02:30 does not exist on 29 March in Berlin, and its digest comes at 03:30."""
    berlin = wanting("02:30", zone="Europe/Berlin")
    assert next_slot(berlin, utc(2026, 3, 28, 12)) == utc(2026, 3, 29, 1, 30)
    assert edition_due(1, berlin, utc(2026, 3, 29, 1, 30)) == Edition(1, date(2026, 3, 29), "02:30")


def test_the_next_of_several_slots():
    """Slots follow each other within the day and into the next, the begun one never again."""
    twice = wanting("20:00", "08:30")
    assert next_slot(twice, utc(2026, 11, 22, 3, 29)) == utc(2026, 11, 22, 3, 30)
    assert next_slot(twice, utc(2026, 11, 22, 3, 30)) == utc(2026, 11, 22, 15)
    assert next_slot(twice, utc(2026, 11, 22, 15)) == utc(2026, 11, 23, 3, 30)


def test_days_are_the_reader_s_days():
    """Weekdays at 00:30 in Almaty: Monday's slot begins on Sunday evening UTC."""
    early = wanting("00:30", days=WEEKDAYS)
    friday, monday = utc(2026, 11, 19, 19, 30), utc(2026, 11, 22, 19, 30)
    assert next_slot(early, friday) == monday
    assert edition_due(1, early, monday) == Edition(1, date(2026, 11, 23), "00:30")
    assert edition_due(1, early, friday + timedelta(days=1)) is None


def test_one_day_a_week_comes_again_after_a_week():
    """The slot that has just begun is a whole week away from the next."""
    sundays = wanting("09:00", days=frozenset({7}))
    assert next_slot(sundays, utc(2026, 11, 22, 4)) == utc(2026, 11, 29, 4)


def test_without_slots_or_days_nothing_is_due():
    """Such a reader asks by hand."""
    for quiet in (wanting(), wanting("09:00", days=frozenset())):
        assert next_slot(quiet, utc(2026, 11, 22)) is None
        assert edition_due(1, quiet, utc(2026, 11, 22, 4)) is None


@pytest.mark.parametrize(
    ("late", "slot"),
    [
        (timedelta(seconds=-1), None),
        (timedelta(0), "09:00"),
        (GRACE, "09:00"),
        (GRACE + timedelta(seconds=1), None),
    ],
    ids=["not yet", "begins", "just in time", "too late"],
)
def test_a_missed_slot_is_made_up_for_within_the_grace(late, slot):
    """A clock that was down for less than the grace loses nobody's digest; later it waits for the next."""
    due = edition_due(1, wanting("09:00"), utc(2026, 11, 22, 4) + late)
    assert (due and due.slot) == slot


def test_missed_slots_merge_into_the_latest():
    """A clock that slept through two slots sends one digest."""
    assert edition_due(1, wanting("08:00", "09:00"), utc(2026, 11, 22, 4, 30)) == Edition(
        1, date(2026, 11, 22), "09:00"
    )


def test_midnight_belongs_to_the_day_that_begins():
    """00:00 is the new day's slot, due into the small hours, and 23:59 keeps the old day after midnight."""
    assert edition_due(1, wanting("00:00"), utc(2026, 11, 21, 20)) == Edition(1, date(2026, 11, 22), "00:00")
    assert edition_due(1, wanting("23:59"), utc(2026, 11, 21, 20)) == Edition(1, date(2026, 11, 21), "23:59")


@pytest.mark.parametrize(
    ("hour", "slot"), [(1, "08:30"), (3, "08:30"), (4, "08:30"), (15, "20:00"), (18, "20:00")]
)
def test_the_current_edition_is_the_last_begun_today_or_the_first(hour, slot):
    """`deliver --now` has an edition at any hour, the same however often it is asked."""
    now = utc(2026, 11, 22, hour)
    assert current_edition(1, wanting("20:00", "08:30"), now) == Edition(1, date(2026, 11, 22), slot)


def test_the_current_edition_without_slots_is_the_morning_s():
    """A reader without slots still gets today's edition once."""
    assert current_edition(1, wanting(), utc(2026, 11, 22, 12)) == Edition(1, date(2026, 11, 22), "09:00")


@given(PREFERENCES, MOMENTS)
def test_the_next_slot_is_later_within_eight_days_on_a_chosen_day(preferences, after):
    """Strictly later, so that a clock which stores it never stands still; and one the reader chose."""
    following = next_slot(preferences, after)
    assert following is not None
    assert after < following <= after + timedelta(days=8)
    # A slot in a gap begins up to an hour later by the wall, still on its own day or just after midnight.
    local = following.astimezone(ZoneInfo(preferences.zone))
    days = {local.isoweekday(), (local - timedelta(hours=1)).isoweekday()}
    assert days & preferences.days
    assert at(local.date(), local.timetz().replace(tzinfo=None), preferences.zone) == following


@given(PREFERENCES, MOMENTS, st.integers(0, 600))
def test_two_clocks_agree_on_the_edition(preferences, moment, seconds):
    """Between two slots every clock, late or restarted, names the same edition: the store takes it once."""
    begun = next_slot(preferences, moment)
    following = next_slot(preferences, begun)
    late = min(begun + timedelta(seconds=seconds), following - timedelta(seconds=1), begun + GRACE)
    assert edition_due(7, preferences, late) == edition_due(7, preferences, begun) is not None


@given(PREFERENCES, MOMENTS)
def test_each_slot_is_an_edition_of_its_own(preferences, moment):
    """Following the clock for twenty slots gives twenty different editions."""
    editions = set()
    for _ in range(20):
        moment = next_slot(preferences, moment)
        editions.add(edition_due(1, preferences, moment))
    assert len(editions) == 20
    assert None not in editions


SUNDAY_EVENING = Preferences(slots=(), weekly=Weekly(7, time(18)), zone="Europe/Berlin")


def reading(preferences, next_at):
    return Subscriber(1, Chat(5), preferences, next_at=next_at)


def test_the_weekly_is_a_slot_of_its_own_across_daylight_saving_time():
    """18:00 in Berlin is 17:00 UTC in winter and 16:00 in summer; without digests there is still a next."""
    winter, summer = datetime(2026, 3, 22, 17, tzinfo=UTC), datetime(2026, 3, 29, 16, tzinfo=UTC)
    assert next_slot(SUNDAY_EVENING, winter - timedelta(days=1)) == winter
    assert next_slot(SUNDAY_EVENING, winter) == summer
    daily = Preferences(slots=(time(9),), weekly=Weekly(7, time(18)), zone="Europe/Berlin")
    assert next_slot(daily, winter) == datetime(2026, 3, 23, 8, tzinfo=UTC)


def test_the_weekly_is_due_once_it_has_begun_and_no_digest():
    """As an edition of its local day; a digest does not begin where it ends."""
    begun = datetime(2026, 3, 22, 17, tzinfo=UTC)
    edition = weekly_due(reading(SUNDAY_EVENING, begun), begun + timedelta(minutes=1))
    assert edition == Edition(1, date(2026, 3, 22), "weekly-18:00")
    assert not edition.is_digest
    assert weekly_due(reading(SUNDAY_EVENING, begun), begun - timedelta(minutes=1)) is None


@pytest.mark.parametrize(
    ("next_at", "now", "due"),
    [
        (0, 5, True),  # the process was down when it began
        (0, 25, False),  # for too long
        (1, 1, True),  # composing had failed, and is tried again
        (15, 15, False),  # chosen after it had begun: it comes in a week
    ],
)
def test_a_weekly_is_made_up_for_and_not_sent_for_a_week_nobody_asked_about(next_at, now, due):
    """Hours after it began."""
    begun = datetime(2026, 3, 22, 17, tzinfo=UTC)
    reader = reading(SUNDAY_EVENING, begun + timedelta(hours=next_at))
    assert bool(weekly_due(reader, begun + timedelta(hours=now))) is due
