"""The list of metrics that the reference, the code and the dashboard share."""

import re

import pytest

from bot.metrics.catalogue import ALL, reference


@pytest.mark.parametrize("metric", ALL, ids=lambda one: one.name)
def test_names_follow_prometheus_conventions(metric):
    """One prefix, snake case, base units; a counter ends in _total and nothing else does."""
    assert re.fullmatch(r"habarshy(_[a-z]+)+", metric.name)
    assert metric.name.endswith("_total") == (metric.kind == "counter")
    assert bool(metric.buckets) == (metric.kind == "histogram")
    assert metric.help.endswith(".")


def test_every_label_is_explained():
    """A label's name, or the values it has, stand in the help."""
    for metric in ALL:
        for label in metric.labels:
            assert label in metric.help or label in {"lang", "backend", "table"}, metric.name


def test_the_reference_has_a_row_a_metric():
    """A table of Markdown with every name, once."""
    rows = reference().splitlines()
    assert len(rows) == len(ALL) + 2
    assert len({row.split("|")[1] for row in rows}) == len(rows)
