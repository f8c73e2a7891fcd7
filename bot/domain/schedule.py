"""Editions: which local slot of a subscriber is due.

Slots are planned in local days and kept as (day, slot), so neither a restart, a second clock nor a
change of daylight saving time makes two of one or none of one. A slot inside a spring gap is moved
forward by the gap; one that happens twice in autumn counts the first time (PEP 495, fold=0).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.subscriber import Preferences, State, Subscriber

#: A digest that comes later than this after its slot is late.
GRACE = timedelta(hours=2)
#: A slot missed by more than this is left to the next one, whatever the policy.
LATEST = timedelta(hours=24)
#: The next slot of a reader who has any is never farther away than this.
FARTHEST = timedelta(days=9)


#: Beginning of an alert's slot, of a weekly's, of a newcomer's sample's; and the slot of a note.
ALERT, WEEKLY, SAMPLE, NOTE = "alert-", "weekly-", "sample-", "note"


@dataclass(frozen=True, slots=True)
class Edition:
    """One subscriber's slot on one local day; unique in the store."""

    subscriber: int
    day: date
    #: "HH:MM" of the slot, "now-…" for a digest asked for; for others what they begin with, see above.
    slot: str

    @property
    def is_digest(self) -> bool:
        """Whether the next digest begins where this one ends."""
        return not self.slot.startswith((ALERT, WEEKLY, SAMPLE, NOTE))


def at(day: date, slot: time, zone: str) -> datetime:
    """The moment (UTC) at which a local slot begins."""
    return datetime.combine(day, slot, ZoneInfo(zone)).astimezone(UTC)


def next_slot(preferences: Preferences, after: datetime) -> datetime | None:
    """The first slot, the weekly's too, that begins strictly later than `after`, UTC; None without any."""
    slots = sorted(_slots(preferences, after) + _weeklies(preferences, after))
    return next((moment for moment, _, _ in slots if moment > after), None)


def replanned(reader: Subscriber, preferences: Preferences, now: datetime) -> datetime | None:
    """When a reader is to be looked at next who is active now and wishes this.

    A slot that has begun stays due until it was composed for: a wish told meanwhile must not cost it. Other
    times move it by a moment, so that a clock which has the reader in hand sees that they changed.
    """
    due, same = reader.next_at, _times(reader.preferences) == _times(preferences)
    if reader.state is not State.ACTIVE or due is None or (due > now and not same):
        return next_slot(preferences, now)
    return due if same else due - timedelta(microseconds=1)


def edition_due(
    subscriber: int, preferences: Preferences, now: datetime, within: timedelta = GRACE
) -> Edition | None:
    """The latest slot that has begun `within` this time; earlier missed ones merge into it."""
    begun = [found for found in _slots(preferences, now) if now - within <= found[0] <= now]
    if not begun:
        return None
    _, day, slot = begun[-1]
    return Edition(subscriber, day, f"{slot:%H:%M}")


def weekly_due(reader: Subscriber, now: datetime) -> Edition | None:
    """The weekly whose slot has begun since the reader was looked at last, up to LATEST ago.

    Asked within GRACE again, where composing failed: an edition is posted once anyway.
    """
    looked = min(reader.next_at or now, now - GRACE)
    begun = [one for one in _weeklies(reader.preferences, now) if max(looked, now - LATEST) <= one[0] <= now]
    return Edition(reader.id, begun[-1][1], f"{WEEKLY}{begun[-1][2]:%H:%M}") if begun else None


def is_late(edition: Edition, zone: str, now: datetime) -> bool:
    """Whether the edition of a slot comes more than GRACE after it."""
    return now - at(edition.day, time.fromisoformat(edition.slot), zone) > GRACE


def current_edition(subscriber: int, preferences: Preferences, now: datetime) -> Edition:
    """The edition a reader would expect at `now`: the last slot begun today, else today's first slot."""
    today = now.astimezone(ZoneInfo(preferences.zone)).date()
    slots = sorted(preferences.slots) or [time(9)]
    begun = [slot for slot in slots if at(today, slot, preferences.zone) <= now]
    return Edition(subscriber, today, f"{(begun or slots[:1])[-1]:%H:%M}")


def _times(preferences: Preferences) -> tuple[object, ...]:
    return preferences.slots, preferences.days, preferences.zone, preferences.weekly


def _slots(preferences: Preferences, around: datetime) -> list[tuple[datetime, date, time]]:
    """Slots of the days around, in order of time."""
    return sorted(
        (at(day, slot, preferences.zone), day, slot)
        for day in _days(preferences, around)
        if day.isoweekday() in preferences.days
        for slot in preferences.slots
    )


def _weeklies(preferences: Preferences, around: datetime) -> list[tuple[datetime, date, time]]:
    """The same for the weekly."""
    weekly = preferences.weekly
    return [
        (at(day, weekly.slot, preferences.zone), day, weekly.slot)
        for day in (_days(preferences, around) if weekly else ())
        if weekly and day.isoweekday() == weekly.day
    ]


def _days(preferences: Preferences, around: datetime) -> list[date]:
    """From the local day before `around` to a week after it."""
    first = around.astimezone(ZoneInfo(preferences.zone)).date() - timedelta(days=1)
    return [first + timedelta(days=offset) for offset in range(9)]
