"""How delivering goes and who reads, in numbers, read from the newest rows."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import PartState
from bot.domain.subscriber import State
from bot.newsroom.dashboard import LATENESS, Deliveries, Doubt, Readership
from bot.store.engine import Database
from bot.store.hours import hour_of, read_hour
from bot.store.tables import editions, parts, subscribers
from summarizer.topic import Topic

#: Parts that say how delivering goes; two broadcasts to ten thousand readers.
_PARTS = 20_000
_MOST_DOUBTS = 40


class LedgerStore:
    """Satisfies newsroom.dashboard.Ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def deliveries(self, now: datetime) -> Deliveries:
        """What became of the latest parts; those settled in the last two days by hour."""
        async with self._database.read() as connection:
            last = (await connection.execute(select(func.max(parts.c.id)))).scalar() or 0
            # One look serves all: twenty thousand short rows.
            lately = select(
                parts.c.state,
                hour_of(self._database, parts.c.settled_at).label("hour"),
                self._late().label("late"),
                func.count(),
            ).join_from(parts, editions, editions.c.id == parts.c.edition_id)
            grouped = lately.where(parts.c.id > last - _PARTS).group_by("state", "hour", "late")
            rows = [tuple(row) for row in await connection.execute(grouped)]
            doubts = await _doubts(connection, last)
        return _deliveries(rows, doubts, now)

    async def readership(self) -> Readership:
        """Who reads: as many rows as there are different wishes."""
        wishes = (
            subscribers.c.state,
            cast(subscribers.c.topics, String),
            cast(subscribers.c.languages, String),
        )
        by_wish = select(
            subscribers.c.state, func.min(wishes[1]).label("topics"), func.min(wishes[2]), func.count()
        ).group_by(*wishes)
        async with self._database.read() as connection:
            return _readership([tuple(row) for row in await connection.execute(by_wish)])

    def _late(self) -> ColumnElement[int]:
        """Whole seconds from posting to settling."""
        if self._database.is_sqlite:
            since = func.unixepoch(parts.c.settled_at) - func.unixepoch(editions.c.created_at)
        else:
            since = func.floor(func.extract("epoch", parts.c.settled_at - editions.c.created_at))
        return since.label("late")


async def _doubts(connection: AsyncConnection, last: int) -> tuple[Doubt, ...]:
    columns = [parts.c[name] for name in ("id", "edition_id", "state", "reason", "attempts", "settled_at")]
    # Said without an index's column on the left, the range of ids is what is walked.
    wrong = parts.c.state.concat("").in_([PartState.FAILED, PartState.UNKNOWN])
    latest = select(*columns).where(parts.c.id > last - _PARTS, wrong).order_by(parts.c.id.desc())
    rows = await connection.execute(latest.limit(_MOST_DOUBTS))
    return tuple(Doubt(*row) for row in rows)


def _deliveries(rows: Sequence[tuple[Any, ...]], doubts: tuple[Doubt, ...], now: datetime) -> Deliveries:
    states, hours = Counter[str](), dict[datetime, Counter[str]]()
    late = Counter[int]()
    for state, hour, seconds, number in rows:
        states[state] += number
        if hour and now - read_hour(hour) < timedelta(hours=48):
            hours.setdefault(read_hour(hour), Counter())[state] += number
        if state == PartState.SENT and seconds is not None:
            late[max(0, int(seconds))] += number
    return Deliveries(
        looked=states.total(),
        states=states,
        hours=hours,
        median=_quantile(late, 0.5),
        slowest=_quantile(late, 0.95),
        lateness=_buckets(late),
        doubts=doubts,
    )


def _quantile(late: Counter[int], share: float) -> float | None:
    seconds = sorted(late)
    reached = accumulate(late[second] for second in seconds)
    wanted = share * late.total()
    return next((float(s) for s, n in zip(seconds, reached, strict=True) if n >= wanted), None)


def _buckets(late: Counter[int]) -> tuple[int, ...]:
    bounds = (0, *LATENESS, float("inf"))
    return tuple(
        sum(number for second, number in late.items() if low <= second < high)
        for low, high in pairwise(bounds)
    )


def _readership(rows: Sequence[tuple[Any, ...]]) -> Readership:
    states, topics, languages = Counter[str](), Counter[Topic](), Counter[str]()
    for state, wanted, read, number in rows:
        states[state] += number
        if state == State.ACTIVE:
            topics.update({Topic(topic): number for topic in json.loads(wanted)})
            languages.update(dict.fromkeys(json.loads(read), number))
    return Readership(
        active=states[State.ACTIVE],
        paused=states[State.PAUSED],
        gone=states[State.GONE],
        topics=topics,
        languages=languages,
    )
