"""What counts as trouble, and when to speak of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.watch import (
    FLICKER,
    LEAST_DISK,
    Habit,
    Kind,
    Known,
    Trouble,
    Vitals,
    changes,
    troubles,
)

#: 14:00 in Almaty.
NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_UP = NOON - timedelta(days=3)


def kinds(vitals: Vitals, now: datetime = NOON, up_since: datetime = LONG_UP) -> list[Kind]:
    return [one.kind for one in troubles(vitals, "Asia/Almaty", now, up_since)]


def habit(last: timedelta, *gaps: float) -> Habit:
    """A source whose newest article is so old, with hours between the earlier ones."""
    found = [NOON - last]
    for gap in gaps:
        found.append(found[-1] - gap * HOUR)
    return Habit("Құс жолы", tuple(found))


def test_all_is_well_where_nothing_is_known():
    """A fresh installation has no troubles."""
    assert kinds(Vitals()) == []


@pytest.mark.parametrize(
    ("last", "gaps", "silent"),
    [
        (2.9, [0.2] * 20, False),
        (3.1, [0.2] * 20, True),
        (14, [0.5] * 15 + [10] + [0.5] * 4, False),
        (15.1, [0.5] * 15 + [10] + [0.5] * 4, True),
        (99, [0.2] * 5, False),
    ],
    ids=["never before three hours", "then yes", "a night is its habit", "more than a night", "no habit yet"],
)
def test_a_source_is_silent_beyond_its_own_habit(last, gaps, silent):
    """Half again as long as its longest pause lately."""
    found = kinds(Vitals(habits=(habit(last * HOUR, *gaps),), newest=NOON))
    assert found == ([Kind.SILENT] if silent else [])


def test_a_process_that_just_began_calls_nobody_silent():
    """After a night of downtime every source looks silent until it was asked."""
    vitals = Vitals(habits=(habit(9 * HOUR, *[0.2] * 20),), newest=NOON - 9 * HOUR)
    assert kinds(vitals, up_since=NOON - timedelta(minutes=5)) == []


@pytest.mark.parametrize(
    ("now", "still"),
    [
        (NOON, True),
        (NOON - timedelta(hours=8), False),
        (NOON + timedelta(hours=9), False),
    ],
    ids=["by day", "at six in the morning", "at eleven in the evening"],
)
def test_an_hour_without_any_article_counts_by_day(now, still):
    """Nobody publishes at night."""
    vitals = Vitals(newest=now - timedelta(minutes=61))
    assert kinds(vitals, now, now - timedelta(days=1)) == ([Kind.STILL] if still else [])


@pytest.mark.parametrize("late", ["waiting", "overdue"])
def test_digests_are_late_when_they_wait_or_are_not_composed(late):
    """A quarter of an hour after posting, or after the slot began."""
    (found,) = troubles(Vitals(**{late: NOON - timedelta(minutes=16)}), "UTC", NOON, LONG_UP)
    assert (found.kind, found.facts) == (Kind.LATE, {"minutes": 16})
    assert kinds(Vitals(**{late: NOON - timedelta(minutes=14)})) == []


def test_a_full_disk_is_told_in_megabytes():
    """Below a gibibyte."""
    (found,) = troubles(Vitals(disk=LEAST_DISK // 2), "UTC", NOON, LONG_UP)
    assert (found.kind, found.facts) == (Kind.DISK, {"megabytes": 512})


@pytest.mark.parametrize(
    ("fallen", "told"),
    [((True,) * 9, False), ((True,) * 6 + (False,) * 4, True), ((True,) * 5 + (False,) * 5, False)],
    ids=["too few to tell", "more than half", "half"],
)
def test_a_model_falls_back_when_most_drafts_fail(fallen, told):
    """One bad draft is no trouble."""
    assert kinds(Vitals(fallen=fallen)) == ([Kind.FALLBACK] if told else [])


STILL = Trouble(Kind.STILL)
TOLD = Known(Kind.STILL, "", NOON)


def test_a_trouble_is_told_once():
    """First it is raised and remembered, later only remembered."""
    first = changes([], [STILL], NOON)
    assert (first.raised, first.remembered) == ((STILL,), (TOLD,))
    later = changes(first.remembered, [STILL], NOON + HOUR)
    assert (later.raised, later.mended, later.remembered) == ((), (), (TOLD,))


def test_well_again_is_told_when_it_lasts():
    """After an hour, and then the trouble is forgotten: the next one is told again."""
    gone = changes([TOLD], [], NOON)
    assert (gone.raised, gone.mended) == ((), ())
    (known,) = gone.remembered
    assert known.well_at == NOON
    believed = changes(gone.remembered, [], NOON + FLICKER)
    assert (believed.mended, believed.remembered) == ((known,), ())
    assert changes(believed.remembered, [STILL], NOON + FLICKER).raised == (STILL,)


def test_a_trouble_that_flickers_is_told_once():
    """Coming back within the hour it is the same one, for as long as it flickers."""
    known = (TOLD,)
    for minute in range(0, 600, 10):
        found = [STILL] if minute % 20 else []
        changed = changes(known, found, NOON + timedelta(minutes=minute))
        assert (changed.raised, changed.mended) == ((), ())
        known = changed.remembered


def test_each_source_is_a_trouble_of_its_own():
    """One silent source does not hide another."""
    first = changes([], [Trouble(Kind.SILENT, "a")], NOON)
    assert changes(first.remembered, [Trouble(Kind.SILENT, "b")], NOON).raised == (Trouble(Kind.SILENT, "b"),)
