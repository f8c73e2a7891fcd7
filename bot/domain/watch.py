"""When an administrator should look: what counts as trouble, and when to speak of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

#: A source is silent after its longest pause times this, and never before SHORTEST_SILENCE.
PATIENCE = 1.5
SHORTEST_SILENCE = timedelta(hours=3)
#: Articles that make a habit.
HABITUAL = 10
#: Without any article for this long by day something is wrong here, not in the news.
STILL = timedelta(hours=1)
#: Local hours in which outlets publish.
DAY = (time(9), time(22))
#: A digest that waits for this long is late: an hour's slot of 27,000 readers takes a quarter of an hour.
LATE = timedelta(minutes=15)
#: Bytes.
LEAST_DISK = 1 << 30
#: Of the latest drafts asked of a model, how many must have failed, and of how many at least.
MOST_FALLEN, FEWEST_DRAFTS = 0.5, 10
#: What comes back within this time after it was well is the same trouble.
FLICKER = timedelta(hours=1)


class Kind(StrEnum):
    """What can be wrong."""

    #: A source that used to publish does not.
    SILENT = "silent"
    #: Nothing came from any source.
    STILL = "still"
    #: Digests are late.
    LATE = "late"
    #: The disk is nearly full.
    DISK = "disk"
    #: The model's summaries are replaced by the article's own sentences.
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Habit:
    """When one source's latest articles were found."""

    source: str
    #: Newest first.
    found: tuple[datetime, ...]
    #: Its last failure; empty when it answers.
    message: str = ""

    @property
    def patience(self) -> timedelta:
        """How long it may be silent."""
        gaps = (later - earlier for later, earlier in pairwise(self.found))
        return max(SHORTEST_SILENCE, PATIENCE * max(gaps, default=timedelta(0)))


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is looked at."""

    habits: tuple[Habit, ...] = ()
    #: When the newest article of what everybody hears was found; None: there is none.
    newest: datetime | None = None
    #: When the oldest digest that is not sent was posted.
    waiting: datetime | None = None
    #: When the earliest slot began that has no digest yet.
    overdue: datetime | None = None
    #: Free bytes where the database is.
    disk: int = 1 << 62
    #: Of the latest summaries asked of a model, newest first: whether the article's own sentences stood in.
    fallen: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something is wrong."""

    kind: Kind
    #: A source's name; empty for the whole.
    subject: str = ""
    #: What a message says of it, by the names of its words.
    facts: Mapping[str, str | int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """A trouble that administrators were told of."""

    kind: Kind
    subject: str
    since: datetime
    #: When it was well again; None: it is not.
    well_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it has been well for long enough to be believed."""
        return self.well_at is not None and now - self.well_at >= FLICKER


def troubles(vitals: Vitals, zone: str, now: datetime, up_since: datetime) -> tuple[Trouble, ...]:
    """What is wrong now; a process that began at `up_since` has had no time to see some of it."""
    return (
        *_late(vitals, now),
        *_still(vitals, zone, now, up_since),
        *_silent(vitals, now, up_since),
        *_short(vitals),
        *_fallen(vitals),
    )


def _silent(vitals: Vitals, now: datetime, up_since: datetime) -> Iterator[Trouble]:
    for habit in vitals.habits:
        if len(habit.found) < HABITUAL:
            continue
        silence = now - habit.found[0]
        if silence > habit.patience and now - up_since > STILL:
            facts = {"hours": _hours(silence), "usual": _hours(habit.patience / PATIENCE)}
            yield Trouble(Kind.SILENT, habit.source, {**facts, "reason": habit.message})


def _still(vitals: Vitals, zone: str, now: datetime, up_since: datetime) -> Iterator[Trouble]:
    clock = now.astimezone(ZoneInfo(zone)).time()
    if vitals.newest is None or not DAY[0] <= clock < DAY[1]:
        return
    if now - max(vitals.newest, up_since) > STILL:
        yield Trouble(Kind.STILL, facts={"minutes": _minutes(now - vitals.newest)})


def _late(vitals: Vitals, now: datetime) -> Iterator[Trouble]:
    oldest = min((moment for moment in (vitals.waiting, vitals.overdue) if moment), default=now)
    if now - oldest > LATE:
        yield Trouble(Kind.LATE, facts={"minutes": _minutes(now - oldest)})


def _short(vitals: Vitals) -> Iterator[Trouble]:
    if vitals.disk < LEAST_DISK:
        yield Trouble(Kind.DISK, facts={"megabytes": vitals.disk >> 20})


def _fallen(vitals: Vitals) -> Iterator[Trouble]:
    drafts = len(vitals.fallen)
    share = sum(vitals.fallen) / max(drafts, 1)
    if drafts >= FEWEST_DRAFTS and share > MOST_FALLEN:
        yield Trouble(Kind.FALLBACK, facts={"percent": round(100 * share)})


def _hours(span: timedelta) -> int:
    return round(span.total_seconds() / 3600)


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look changed."""

    #: To be told now.
    raised: tuple[Trouble, ...]
    #: Told before, and well again for a while.
    mended: tuple[Known, ...]
    #: All that is to be remembered when that is told.
    remembered: tuple[Known, ...]


def changes(known: Sequence[Known], found: Sequence[Trouble], now: datetime) -> Changes:
    """Each trouble is told once until it is well again; one that flickers is the same trouble."""
    before = {(one.kind, one.subject) for one in known}
    there = {(one.kind, one.subject) for one in found}
    raised = tuple(one for one in found if (one.kind, one.subject) not in before)
    seen = [_seen(one, (one.kind, one.subject) in there, now) for one in known]
    mended = tuple(one for one in seen if one.is_over(now))
    begun = (Known(one.kind, one.subject, now) for one in raised)
    return Changes(raised, mended, (*(one for one in seen if one not in mended), *begun))


def _seen(one: Known, there: bool, now: datetime) -> Known:
    return replace(one, well_at=None if there else one.well_at or now)
