"""A filled-in form as preferences, by the same decisions as words written in the chat."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import time

from bot.domain import filters, preferences, timing
from bot.domain.errors import NotUnderstood
from bot.domain.spoken import known
from bot.domain.subscriber import EVERY_DAY, Preferences, Subscriber
from bot.words.places import zones_by_name
from bot.words.translator import languages_by_name
from summarizer.topic import Topic

#: A form's fields, each with all its values.
Fields = Mapping[str, Sequence[str]]
#: How digests may look, by the word for it; and whether they are rich messages then.
LAYOUTS = {"plain": False, "rich": True}
#: What a form says where something is not wanted.
OFF = "off"
#: Sources named to who asked for one that is not there.
_NAMED = 5
_WEEKDAYS = {str(day): day for day in sorted(EVERY_DAY)}


def wished(fields: Fields, have: Preferences, outlets: Collection[str]) -> Preferences:
    """`have` with everything the form asks for. Raises NotUnderstood where a value means nothing.

    `outlets` are the names of the sources everybody hears. What the form does not ask about stays as it is.
    """
    spoken = [*fields.get("interface", ()), *fields.get("languages", ())]
    return replace(
        have,
        languages=preferences.languages(" ".join(spoken), languages_by_name()),
        topics=_topics(fields),
        slots=_slots(fields),
        days=_days(fields),
        zone=preferences.zone(_one(fields, "zone"), zones_by_name()),
        muted=_terms(_one(fields, "muted")),
        followed=_terms(_one(fields, "followed")),
        breaking=timing.breaking(_one(fields, "breaking"), have).breaking,
        quiet=timing.quiet_hours(_quiet(fields)),
        weekly=timing.weekly(_weekly(fields), have, _WEEKDAYS).weekly,
        rich=known(_one(fields, "layout"), LAYOUTS, tuple(LAYOUTS)),
        muted_sources=_outlets(fields, {*outlets, *have.muted_sources}),
    )


def edition_of(reader: Subscriber) -> str:
    """Another text when the reader's settings have changed: a form that shows older ones must not win."""
    have = asdict(reader.preferences).values()
    shown = repr(([sorted(one) if isinstance(one, frozenset) else one for one in have], reader.state.value))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def phrased(terms: Sequence[str]) -> str:
    """Filter terms as they are written: газ "екі сөз" !матч."""
    return " ".join(_quoted(term) for term in terms)


def _quoted(term: str) -> str:
    words = term.removeprefix("!")
    return term if " " not in words else f'{"!" if term != words else ""}"{words}"'


def _one(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _topics(fields: Fields) -> frozenset[Topic]:
    names = {topic.value: topic for topic in Topic}
    chosen = " ".join(fields.get("topics", ()))
    return preferences.topics(chosen, names) if chosen else frozenset()


def _slots(fields: Fields) -> tuple[time, ...]:
    chosen = " ".join(value for value in fields.get("slots", ()) if value)
    return timing.times(chosen, {}, Preferences()).slots if chosen.strip() else ()


def _days(fields: Fields) -> frozenset[int]:
    chosen = fields.get("days", ()) or ("",)
    return frozenset(known(word, _WEEKDAYS, tuple(_WEEKDAYS)) for word in chosen)


def _quiet(fields: Fields) -> str:
    if "quiet" not in fields:
        return OFF
    return f"{_one(fields, 'quiet_from')}-{_one(fields, 'quiet_until')}"


def _weekly(fields: Fields) -> str:
    day = _one(fields, "weekly")
    if day == OFF:
        return OFF
    known(day, _WEEKDAYS, (OFF, *_WEEKDAYS))
    return f"{day} {_one(fields, 'weekly_time')}"


def _outlets(fields: Fields, names: Collection[str]) -> frozenset[str]:
    chosen = frozenset(fields.get("muted_sources", ()))
    for unknown in sorted(chosen.difference(names)):
        raise NotUnderstood(unknown, tuple(sorted(names)[:_NAMED]))
    return chosen


def _terms(text: str) -> tuple[str, ...]:
    return filters.added((), filters.terms(text)) if text.strip() else ()
