"""What is read from the store when somebody asks for the metrics."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.delivery import Flooded, Outcome
from bot.domain.watch import Kind, Trouble, Vitals
from bot.metrics import catalogue
from bot.metrics.meter import Meter

_BY_STATE = {"parts": catalogue.OUTBOX, "subscribers": catalogue.SUBSCRIBERS}


def show_counts(meter: Meter, counts: Mapping[str, int]) -> None:
    """Rows by table and state, as `bot.store.counts` names them."""
    for table, metric in _BY_STATE.items():
        states = {key.partition(" ")[2]: n for key, n in counts.items() if key.startswith(f"{table} ")}
        meter.replace(metric, states)
    meter.replace(catalogue.STORED, {key: n for key, n in counts.items() if " " not in key})


def show_vitals(meter: Meter, vitals: Vitals, now: datetime) -> None:
    """Ages and room."""
    meter.set(catalogue.WAITING, _age(vitals.waiting, now))
    meter.set(catalogue.OVERDUE, _age(vitals.overdue, now))
    meter.set(catalogue.LAST_ARTICLE, vitals.newest.timestamp() if vitals.newest else 0)
    meter.set(catalogue.DISK, vitals.disk)


def show_troubles(meter: Meter, found: Sequence[Trouble]) -> None:
    """How many of each kind."""
    meter.replace(catalogue.TROUBLES, {kind: sum(one.kind is kind for one in found) for kind in Kind})


def count_request(meter: Meter, method: str, failure: Outcome | None) -> None:
    """One request to the Bot API."""
    result = type(failure).__name__.lower() if failure else "ok"
    meter.add(catalogue.REQUESTS, method=method, result=result)
    meter.add(catalogue.FLOODS, isinstance(failure, Flooded))


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
