"""Counting in a registry of one's own."""

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import catalogue
from bot.metrics.meter import MOST_SERIES, Meter


def read(meter: Meter) -> dict[tuple[str, tuple[str, ...]], float]:
    """Samples by name and label values, in order of the labels' names."""
    families = text_string_to_metric_families(meter.text().decode())
    return {(one.name, tuple(one.labels.values())): one.value for each in families for one in each.samples}


def test_what_is_counted_is_printed():
    """Counters, histograms and gauges, in Prometheus's own format, with their help."""
    meter = Meter()
    meter.add(catalogue.ATTEMPTS, 2, outcome="sent")
    meter.observe(catalogue.LATENESS, 3)
    meter.set(catalogue.DISK, 5)
    found = read(meter)
    assert found["habarshy_deliver_attempts_total", ("sent",)] == 2
    assert found["habarshy_deliver_lateness_seconds_sum", ()] == 3
    assert found["habarshy_disk_free_bytes", ()] == 5
    assert catalogue.DISK.help in meter.text().decode()


def test_two_meters_know_nothing_of_each_other():
    """Each has its own registry."""
    one, other = Meter(), Meter()
    one.add(catalogue.FLOODS)
    assert read(other)["habarshy_telegram_floods_total", ()] == 0


def test_labels_that_come_from_outside_end_somewhere():
    """Beyond a number of values, further ones are counted together."""
    meter = Meter()
    for number in range(MOST_SERIES + 500):
        meter.add(catalogue.REJECTED, reason=f"reason-{number}")
    found = {key: value for key, value in read(meter).items() if key[0] == catalogue.REJECTED.name}
    assert len(found) == MOST_SERIES + 1
    assert found[catalogue.REJECTED.name, ("other",)] == 500
    assert sum(found.values()) == MOST_SERIES + 500


def test_what_is_no_more_is_not_printed():
    """A state without rows does not keep the number it had."""
    meter = Meter()
    meter.replace(catalogue.OUTBOX, {"pending": 3, "sent": 1})
    meter.replace(catalogue.OUTBOX, {"sent": 4})
    found = {key: value for key, value in read(meter).items() if key[0] == catalogue.OUTBOX.name}
    assert found == {(catalogue.OUTBOX.name, ("sent",)): 4}
