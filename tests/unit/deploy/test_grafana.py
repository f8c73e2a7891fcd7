"""The Grafana dashboard asks for metrics that exist, by labels that they have."""

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics.catalogue import ALL
from bot.metrics.meter import Meter

ROOT = Path(__file__).parents[3]
DASHBOARD = json.loads((ROOT / "deploy/grafana/habarshy.json").read_text(encoding="utf-8"))
EXPRESSIONS = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
#: What PromQL's own words are not.
_NAME = re.compile(r"\b(?:habarshy|process)_[a-z_]+")


def exposed() -> set[str]:
    """Names of all samples that a process exposes."""
    meter = Meter()
    for one in ALL:
        labels = dict.fromkeys(one.labels, "x")
        {"counter": meter.add, "gauge": meter.set, "histogram": meter.observe}[one.kind](one, 1, **labels)
    families = text_string_to_metric_families(meter.text().decode())
    return {sample.name for family in families for sample in family.samples}


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_name_is_exposed(expression):
    """Each of the names in a panel's query is one that a process prints."""
    names = set(_NAME.findall(expression))
    assert names
    assert names <= exposed()


def test_every_label_is_one_of_its_metric():
    """What is grouped by or selected exists; `le` is every histogram's, `instance` Prometheus's own."""
    labels = {one.name: {*one.labels, "le", "instance"} for one in ALL}
    for expression in EXPRESSIONS:
        used = {label for found in re.findall(r"by \(([^)]*)\)", expression) for label in found.split(", ")}
        used |= set(re.findall(r"[{,]\s*([a-z_]+)\s*[!=]", expression))
        known = {
            label for name in _NAME.findall(expression) for label in labels.get(_family(name), {"instance"})
        }
        assert used <= known, expression


def _family(name: str) -> str:
    return next((one.name for one in ALL if name in {one.name, f"{one.name}_bucket"}), name)


def test_every_metric_is_on_the_dashboard():
    """None is counted that nobody looks at."""
    shown = {_family(name) for expression in EXPRESSIONS for name in _NAME.findall(expression)}
    assert {one.name for one in ALL} <= shown


def test_panels_do_not_cover_each_other():
    """Each cell of the grid belongs to one panel."""
    cells: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        mine = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not mine & cells, panel["title"]
        assert at["x"] + at["w"] <= 24
        cells |= mine
