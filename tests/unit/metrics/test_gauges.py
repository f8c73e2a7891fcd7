"""What is read from the store when somebody asks."""

from datetime import UTC, datetime, timedelta

from bot.domain.delivery import Flooded, Unsent
from bot.domain.watch import Kind, Trouble, Vitals
from bot.metrics import gauges
from bot.metrics.meter import Meter
from tests.unit.metrics.test_meter import read

NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_counts_become_gauges_by_state():
    """As the store names them: a table alone, or with a state."""
    meter = Meter()
    gauges.show_counts(meter, {"articles": 7, "parts sent": 3, "parts failed": 1, "subscribers active": 2})
    found = read(meter)
    assert found["habarshy_stored_rows", ("articles",)] == 7
    assert found["habarshy_outbox_parts", ("failed",)] == 1
    assert found["habarshy_subscribers", ("active",)] == 2


def test_ages_are_counted_from_now_and_never_negative():
    """A clock that was put back makes nothing younger than new."""
    meter = Meter()
    ahead = Vitals(
        newest=NOON, waiting=NOON - timedelta(minutes=2), overdue=NOON + timedelta(hours=1), disk=9
    )
    gauges.show_vitals(meter, ahead, NOON)
    found = read(meter)
    assert found["habarshy_outbox_oldest_seconds", ()] == 120
    assert found["habarshy_compose_overdue_seconds", ()] == 0
    assert found["habarshy_last_article_timestamp_seconds", ()] == NOON.timestamp()
    assert found["habarshy_disk_free_bytes", ()] == 9


def test_troubles_that_are_gone_are_nought():
    """Each kind has its series, so that an alarm can end."""
    meter = Meter()
    gauges.show_troubles(meter, [Trouble(Kind.SILENT, "a"), Trouble(Kind.SILENT, "b")])
    gauges.show_troubles(meter, [Trouble(Kind.LATE)])
    found = read(meter)
    assert found["habarshy_troubles", ("silent",)] == 0
    assert found["habarshy_troubles", ("late",)] == 1


def test_floods_are_counted_beside_what_failed_otherwise():
    """By method and by what the error means."""
    meter = Meter()
    for failure in (None, Flooded(timedelta(seconds=3)), Unsent("no connection")):
        gauges.count_request(meter, "sendMessage", failure)
    found = read(meter)
    assert found["habarshy_telegram_floods_total", ()] == 1
    for result in ("ok", "flooded", "unsent"):
        assert found["habarshy_telegram_requests_total", ("sendMessage", result)] == 1
