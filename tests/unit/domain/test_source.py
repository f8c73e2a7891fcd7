"""When a source is asked again."""

from datetime import UTC, datetime, timedelta
from math import inf

import pytest

from bot.domain.errors import SourceGone, SourceUnreachable, SourceUnusable
from bot.domain.source import (
    JITTER,
    LONGEST_BACKOFF,
    SLOWEST,
    Entry,
    FetchState,
    Health,
    Listing,
    Source,
    after_failure,
    after_success,
    due,
)

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
SOURCE = Source("Құс жолы", "https://example.org/rss")


def failed(times, error=None, source=SOURCE):
    state = FetchState(etag='"a"', last_modified="Sat")
    for _ in range(times):
        state = after_failure(state, error or SourceUnreachable("refused"), source, NOW)
    return state


def waits(state, pause):
    """Whether the next time is the pause away, lengthened by the jitter at most."""
    return pause <= state.next_at - state.checked_at <= pause * (1 + JITTER)


def published(hours):
    """A listing whose entries are so many hours apart."""
    dates = (NOW - timedelta(hours=hours * number) for number in range(20))
    return Listing(tuple(Entry(f"https://example.org/{date:%d%H%M}", published=date) for date in dates))


def test_a_new_source_is_due_at_once_and_a_checked_one_when_its_time_comes():
    """The interval counts from the last check."""
    assert due(FetchState(), NOW)
    checked = after_success(FetchState(), Listing(), SOURCE, NOW)
    assert not due(checked, NOW + SOURCE.every - timedelta(seconds=1))
    assert due(checked, NOW + SOURCE.every * (1 + JITTER))


def test_a_full_answer_replaces_the_validators_and_304_keeps_them():
    """An answer without validators takes the old ones away: they belong to another answer."""
    before = FetchState(etag='"a"', last_modified="Sat")
    kept = after_success(before, Listing(unchanged=True, etag='"b"'), SOURCE, NOW)
    assert (kept.etag, kept.last_modified) == ('"a"', "Sat")
    fresh = after_success(before, Listing(etag='"b"'), SOURCE, NOW)
    assert (fresh.etag, fresh.last_modified) == ('"b"', "")


@pytest.mark.parametrize("listing", [Listing(), Listing(unchanged=True)], ids=["200", "304"])
def test_any_answer_ends_a_failure(listing):
    """Health, count, start and message of the failure are gone."""
    state = after_success(failed(3), listing, SOURCE, NOW)
    assert (state.health, state.errors, state.failing_since, state.message) == (Health.OK, 0, None, "")


@pytest.mark.parametrize(
    ("fresh_for", "wait"),
    [
        (None, SOURCE.every),
        (timedelta(0), SOURCE.every),
        (timedelta(minutes=1), SOURCE.every),
        (timedelta(hours=1), timedelta(hours=1)),
        (timedelta(days=365), LONGEST_BACKOFF),
    ],
)
def test_a_server_s_freshness_lengthens_the_pause_and_never_shortens_it(fresh_for, wait):
    """At most a day: a server can't silence itself for a year."""
    state = after_success(FetchState(), Listing(fresh_for=fresh_for), SOURCE, NOW)
    assert waits(state, wait)


def test_the_pause_doubles_with_each_failure_up_to_a_day():
    """A source that is down for a week is not asked every quarter of an hour, and not forgotten."""
    for times, wait in ((1, 1), (2, 2), (3, 4), (4, 8)):
        assert waits(failed(times), SOURCE.every * wait)
    assert waits(failed(40), LONGEST_BACKOFF)


def test_a_failing_source_is_never_asked_more_often_than_a_healthy_one():
    """A weekly source that fails waits its week, not a day."""
    weekly = Source("Weekly", "https://example.org/w", every=timedelta(days=7))
    assert failed(1, source=weekly).next_at >= NOW + weekly.every


def test_a_failure_is_kept_with_its_start_and_its_message():
    """The first failure's time stays; the validators stay for the day it comes back."""
    state = after_failure(failed(2), SourceUnusable("an HTML page"), SOURCE, NOW + timedelta(days=1))
    assert (state.health, state.errors, state.message) == (Health.FAILING, 3, "an HTML page")
    assert (state.failing_since, state.checked_at) == (NOW, NOW + timedelta(days=1))
    assert (state.etag, state.last_modified) == ('"a"', "Sat")


@pytest.mark.parametrize(
    ("asked", "wait"),
    [(1, SOURCE.every), (7200, timedelta(hours=2)), (10**30, LONGEST_BACKOFF), (inf, LONGEST_BACKOFF)],
)
def test_a_server_that_asks_for_time_gets_it_up_to_a_day(asked, wait):
    """Retry-After is obeyed within reason, however hostile the number."""
    error = SourceUnreachable("busy", status=429, retry_after=asked)
    assert waits(failed(1, error), wait)


def test_a_source_that_is_gone_is_not_asked_again():
    """410 ends it until an operator does something about it."""
    state = failed(1, SourceGone("410"))
    assert state.health is Health.GONE
    assert not due(state, NOW + timedelta(days=1000))


@pytest.mark.parametrize(
    ("hours", "wait"),
    [(0.1, SOURCE.every), (1, timedelta(minutes=30)), (3, timedelta(minutes=90)), (48, SLOWEST)],
)
def test_a_source_is_asked_as_often_as_it_publishes(hours, wait):
    """Half the usual time between two entries, never below `every`, never beyond two hours."""
    assert waits(after_success(FetchState(), published(hours), SOURCE, NOW), wait)


def test_each_answer_without_news_lengthens_the_pause_a_little():
    """A night's silence spares requests, and the first news in the morning ends it."""
    state = after_success(FetchState(), published(0.1), SOURCE, NOW)
    pauses = []
    for _ in range(10):
        state = after_success(state, Listing(unchanged=True), SOURCE, state.next_at)
        pauses.append(state.next_at - state.checked_at)
    assert pauses[0] < pauses[1] < pauses[2] < pauses[3]
    assert SLOWEST <= pauses[-1] <= SLOWEST * (1 + JITTER)
    assert waits(after_success(state, published(0.1), SOURCE, NOW), SOURCE.every)


def test_a_failures_long_pause_is_no_measure_of_a_source_that_came_back():
    """The first 304 after a failure begins at the source's own interval."""
    state = after_success(failed(9), Listing(unchanged=True), SOURCE, NOW)
    assert waits(state, SOURCE.every * 1.5)


def test_sources_asked_together_drift_apart():
    """The jitter is another for each source, and the same each time it is computed."""
    sources = [Source(str(number), f"https://{number}.example/") for number in range(50)]
    times = {after_success(FetchState(), Listing(), source, NOW).next_at for source in sources}
    assert len(times) == 50
    assert times == {after_success(FetchState(), Listing(), source, NOW).next_at for source in sources}


def test_a_permanent_redirect_is_kept_until_the_new_address_is_lost():
    """After five failures in a row the old address is asked again."""
    moved = after_success(FetchState(), Listing(moved_to="https://new.example/"), SOURCE, NOW)
    assert after_success(moved, Listing(unchanged=True), SOURCE, NOW).moved_to == "https://new.example/"
    for times in range(1, 6):
        moved = after_failure(moved, SourceUnreachable("refused"), SOURCE, NOW)
        assert bool(moved.moved_to) is (times < 5)


def test_a_clock_put_back_leaves_no_source_alone():
    """What was planned by a clock that ran ahead would otherwise hold until that time comes."""
    state = after_success(FetchState(), Listing(), SOURCE, NOW)
    assert due(state, NOW - timedelta(days=365))
    assert not due(state, NOW)


def test_a_source_that_was_never_asked_is_neither_well_nor_ill():
    """Nothing is known of it until it answered or failed."""
    assert FetchState().standing == "new"
    assert FetchState(checked_at=NOW).standing == "ok"
    assert FetchState(Health.GONE).standing == "gone"
