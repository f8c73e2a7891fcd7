"""Counts what is told, and prints it as Prometheus reads it."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.gc_collector import GCCollector
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.process_collector import ProcessCollector

from bot.metrics.catalogue import ALL, Metric

#: Values of a label set that one metric may have; further ones are counted as "other".
MOST_SERIES = 60
#: Content-Type of `Meter.text`.
MEDIA_TYPE = CONTENT_TYPE_LATEST


class Meter:
    """The metrics of one process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._metrics = {one.name: _made(one, self._registry) for one in ALL}
        self._series: dict[str, set[tuple[str, ...]]] = {one.name: set() for one in ALL}

    def add(self, metric: Metric, amount: float = 1, **labels: str) -> None:
        """Count; `amount` is not negative."""
        counter = self._of(metric, labels)
        assert isinstance(counter, Counter)
        counter.inc(amount)

    def observe(self, metric: Metric, value: float, **labels: str) -> None:
        """Put a value into a histogram, in the metric's unit."""
        histogram = self._of(metric, labels)
        assert isinstance(histogram, Histogram)
        histogram.observe(value)

    def set(self, metric: Metric, value: float, **labels: str) -> None:
        """Say how much there is."""
        gauge = self._of(metric, labels)
        assert isinstance(gauge, Gauge)
        gauge.set(value)

    def replace(self, metric: Metric, values: Mapping[str, float]) -> None:
        """Say how much there is of each; `metric` has one label, and what is not named is gone."""
        gauge = self._metrics[metric.name]
        gauge.clear()
        self._series[metric.name].clear()
        for value, number in values.items():
            self.set(metric, number, **{metric.labels[0]: value})

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self._registry)

    def _of(self, metric: Metric, labels: Mapping[str, str]) -> MetricWrapperBase:
        """The series; labels come from outside now and then, and must not fill the memory of who scrapes."""
        made = self._metrics[metric.name]
        if not metric.labels:
            return made
        values, known = tuple(labels[name] for name in metric.labels), self._series[metric.name]
        if values not in known and len(known) >= MOST_SERIES:
            values = ("other",) * len(values)
        known.add(values)
        return made.labels(*values)


def _made(one: Metric, registry: CollectorRegistry) -> MetricWrapperBase:
    if one.kind == "histogram":
        return Histogram(one.name, one.help, one.labels, buckets=one.buckets, registry=registry)
    kind = Counter if one.kind == "counter" else Gauge
    return kind(one.name, one.help, one.labels, registry=registry)
