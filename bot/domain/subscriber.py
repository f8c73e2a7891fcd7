"""Who reads, and what they asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from summarizer.topic import Topic

LANGUAGES = ("kk", "ru", "en")
EVERY_DAY = frozenset(range(1, 8))
WEEKDAYS = frozenset(range(1, 6))


class State(StrEnum):
    """Whether digests are sent."""

    ACTIVE = "active"
    PAUSED = "paused"
    #: Blocked, kicked or deactivated: kept with its settings until it comes back.
    GONE = "gone"


class Breaking(StrEnum):
    """Which breaking news may come outside the slots."""

    OFF = "off"
    TOPICS = "topics"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Chat:
    """Where messages go."""

    #: Telegram's chat id.
    id: int
    #: Forum topic (message_thread_id); None outside forums.
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """When the week's most important stories come."""

    #: ISO weekday (Monday is 1).
    day: int
    #: Local time of day.
    slot: time


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a subscriber chose; the defaults are what /start alone gives."""

    #: Reading languages; the first is also the interface's.
    languages: tuple[str, ...] = ("kk",)
    topics: frozenset[Topic] = frozenset(Topic)
    #: Local times of day at which a digest is due, in order.
    slots: tuple[time, ...] = (time(9),)
    #: ISO weekdays (Monday is 1) on which the slots count.
    days: frozenset[int] = EVERY_DAY
    #: IANA time zone.
    zone: str = "Asia/Almaty"
    #: Filters (see domain.filters): stories that match `muted` are left out, those that match `followed`
    #: come first, whatever their topic.
    muted: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    breaking: Breaking = Breaking.TOPICS
    #: Local hours in which breaking news waits, from the first to the second; None: it never does.
    quiet: tuple[time, time] | None = (time(22), time(7))
    #: Names of sources that tell this reader nothing.
    muted_sources: frozenset[str] = frozenset()
    #: None: no weekly.
    weekly: Weekly | None = None
    #: Digests as rich messages, where Telegram takes them.
    rich: bool = False


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat with its preferences."""

    id: int
    chat: Chat
    preferences: Preferences
    state: State = State.ACTIVE
    #: Start of the next slot, or end of the pause, UTC; None while paused without end or gone.
    next_at: datetime | None = None
    #: Digests tell what came after this time.
    told_until: datetime | None = None
    #: Names of the feeds this reader added; nobody else hears of them.
    own: frozenset[str] = frozenset()

    @property
    def lang(self) -> str:
        """Language of the interface."""
        return self.preferences.languages[0]


def interface_language(code: str | None) -> str:
    """The interface language for a client's code ("ru-RU"); Kazakh where it is none of ours."""
    primary = (code or "").replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else LANGUAGES[0]


def reconciled(before: Subscriber, after: Subscriber, current: Subscriber) -> Subscriber:
    """`current` with what changed from `before` to `after`: two quick taps must not undo each other."""
    wished = _changes(before.preferences, after.preferences, current.preferences)
    preferences = replace(current.preferences, **wished)
    changed = {name: value for name, value in _differing(before, after) if name != "preferences"}
    return replace(current, **changed, preferences=preferences)


def _changes(before: Preferences, after: Preferences, current: Preferences) -> dict[str, Any]:
    found = dict(_differing(before, after))
    for name, value in found.items():
        if isinstance(value, frozenset):
            old, now = getattr(before, name), getattr(current, name)
            # Where everything was switched off meanwhile, the last wish stands as it is.
            found[name] = ((now | (value - old)) - (old - value)) or value
    return found


def _differing(before: Any, after: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(after):
        value = getattr(after, field.name)
        if value != getattr(before, field.name):
            yield field.name, value
