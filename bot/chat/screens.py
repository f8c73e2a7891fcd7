"""The settings message: what it asks and offers for a reader as they are now.

Languages, topics and time lead to each other with «next»: that is a newcomer's way through.
"""

from collections.abc import Callable, Sequence
from datetime import time

from aiogram.types import InlineKeyboardButton

from bot.chat.buttons import (
    BreakingPick,
    DaysTick,
    Erase,
    Filter,
    LanguageTick,
    LayoutPick,
    Open,
    QuietPick,
    SlotTick,
    TopicTick,
    Unlist,
    View,
    WeeklyPick,
    ZonePick,
    key_of,
)
from bot.chat.layout import Screen, button, keyboard, ticked
from bot.chat.overview import quiet_hours, settings, summary
from bot.domain.preferences import DEFAULT_WEEKLY
from bot.domain.subscriber import LANGUAGES, WEEKDAYS, Breaking, Subscriber
from bot.words.places import city_name
from bot.words.translator import topic_emoji, topic_name, translate, weekday_name
from summarizer.topic import Topic

_OFFERED_SLOTS = tuple(map(time, (7, 8, 9, 12, 18, 19, 20, 21)))
_OFFERED_WEEKLY = tuple(map(time, (10, 12, 18, 20)))
_OFFERED_QUIET = ((time(21), time(8)), (time(22), time(7)), (time(23), time(7)), (time(0), time(8)))
_OFFERED_ZONES = ("Asia/Almaty", "Asia/Tashkent", "Europe/Moscow", "Europe/Istanbul", "Europe/Berlin")
#: Characters of a term on its button.
_SHOWN_TERM = 30


def screen(view: View, reader: Subscriber) -> Screen:
    """The screen of a view for this reader."""
    return _SCREENS[view](reader)


def welcome(reader: Subscriber) -> Screen:
    """A newcomer's first message: what was set up, and the first of three screens."""
    text = translate(reader.lang, "welcome", settings=summary(reader))
    return Screen(text, _languages(reader).keyboard)


def farewell(lang: str) -> Screen:
    """The question before everything is deleted."""
    answers = [
        button(translate(lang, "button-delete"), Erase(sure=True)),
        button(translate(lang, "button-keep"), Erase(sure=False)),
    ]
    return Screen(translate(lang, "delete-question"), keyboard(answers, 1))


def _languages(reader: Subscriber) -> Screen:
    lang, read = reader.lang, reader.preferences.languages
    choices = [
        button(
            ticked(translate(lang, f"language-{code}"), code in read),
            LanguageTick(lang=code, on=code not in read),
        )
        for code in LANGUAGES
    ]
    text = translate(lang, "screen-languages")
    return Screen(text, keyboard(choices, 1, _way(lang, View.TOPICS)))


def _topics(reader: Subscriber) -> Screen:
    lang, wanted = reader.lang, reader.preferences.topics
    choices = [
        button(
            ticked(f"{topic_emoji(topic)} {topic_name(lang, topic)}", topic in wanted),
            TopicTick(topic=topic, on=topic not in wanted),
        )
        for topic in Topic
    ]
    choices += [
        button(translate(lang, "button-all-topics"), TopicTick(topic="all", on=True)),
        button(translate(lang, "button-no-topics"), TopicTick(topic="all", on=False)),
    ]
    return Screen(translate(lang, "screen-topics"), keyboard(choices, 2, _way(lang, View.TIME)))


def _time(reader: Subscriber) -> Screen:
    lang, slots = reader.lang, reader.preferences.slots
    choices = [
        button(ticked(f"{slot:%H:%M}", slot in slots), SlotTick(slot=f"{slot:%H%M}", on=slot not in slots))
        for slot in sorted({*_OFFERED_SLOTS, *slots})
    ]
    weekdays = reader.preferences.days == WEEKDAYS
    days = button(
        translate(lang, "button-every-day" if weekdays else "button-weekdays"),
        DaysTick(weekdays=not weekdays),
    )
    weekly = button(translate(lang, "button-weekly"), Open(view=View.WEEKLY))
    done = button(translate(lang, "button-done"), Open(view=View.SETTINGS))
    return Screen(translate(lang, "screen-time"), keyboard(choices, 4, [days, weekly], [done]))


def _zone(reader: Subscriber) -> Screen:
    lang, zone = reader.lang, reader.preferences.zone
    choices = [
        button(ticked(city_name(lang, name), name == zone), ZonePick(zone=name)) for name in _OFFERED_ZONES
    ]
    shown = f"{city_name(lang, zone)}, {zone}"
    return Screen(translate(lang, "screen-zone", zone=shown), keyboard(choices, 2, _way(lang)))


def _breaking(reader: Subscriber) -> Screen:
    lang, chosen = reader.lang, reader.preferences.breaking
    modes = [
        [button(ticked(translate(lang, f"breaking-{mode}"), mode is chosen), BreakingPick(mode=mode))]
        for mode in Breaking
    ]
    quiet = reader.preferences.quiet
    hours = [
        button(ticked(f"🌙 {quiet_hours(lang, one)}", one == quiet), QuietPick(hours=_packed(one)))
        for one in dict.fromkeys((*_OFFERED_QUIET, quiet, None))
    ]
    text = translate(lang, "screen-breaking")
    return Screen(text, keyboard((), 1, *modes, *_rows(hours, 2), _way(lang)))


def _weekly(reader: Subscriber) -> Screen:
    lang, chosen = reader.lang, reader.preferences.weekly
    day, slot = (chosen.day if chosen else 0), (chosen or DEFAULT_WEEKLY).slot
    days = [
        button(
            ticked(weekday_name(lang, one).capitalize(), one == day), WeeklyPick(day=one, slot=_clock(slot))
        )
        for one in range(1, 8)
    ]
    hours = [
        button(ticked(f"{one:%H:%M}", one == slot), WeeklyPick(day=day, slot=_clock(one)))
        for one in (sorted({*_OFFERED_WEEKLY, slot}) if chosen else ())
    ]
    never = button(ticked(translate(lang, "weekly-off"), not chosen), WeeklyPick(day=0, slot=_clock(slot)))
    rows = [*_rows(days, 2), *_rows(hours, 5), [never], _way(lang)]
    return Screen(translate(lang, "screen-weekly"), keyboard((), 1, *rows))


def _clock(moment: time) -> str:
    return f"{moment:%H%M}"


def _layout(reader: Subscriber) -> Screen:
    lang, chosen = reader.lang, reader.preferences.rich
    choices = [
        button(ticked(translate(lang, f"layout-{name}"), rich is chosen), LayoutPick(rich=rich))
        for name, rich in (("plain", False), ("rich", True))
    ]
    return Screen(translate(lang, "screen-layout"), keyboard(choices, 1, _way(lang)))


def _packed(hours: tuple[time, time] | None) -> str:
    return "-".join(map(_clock, hours)) if hours else "off"


def _rows(choices: Sequence[InlineKeyboardButton], width: int) -> list[list[InlineKeyboardButton]]:
    return keyboard(choices, width).inline_keyboard


def _mute(reader: Subscriber) -> Screen:
    return _filter(reader, View.MUTE, Filter.MUTED)


def _follow(reader: Subscriber) -> Screen:
    return _filter(reader, View.FOLLOW, Filter.FOLLOWED)


_SCREENS: dict[View, Callable[[Subscriber], Screen]] = {
    View.SETTINGS: settings,
    View.LANGUAGES: _languages,
    View.TOPICS: _topics,
    View.TIME: _time,
    View.ZONE: _zone,
    View.MUTE: _mute,
    View.FOLLOW: _follow,
    View.BREAKING: _breaking,
    View.WEEKLY: _weekly,
    View.LAYOUT: _layout,
}


def _filter(reader: Subscriber, view: View, words: Filter) -> Screen:
    terms: Sequence[str] = getattr(reader.preferences, words)
    choices = [button(f"✖ {term[:_SHOWN_TERM]}", Unlist(of=words, key=key_of(term))) for term in terms]
    return Screen(translate(reader.lang, f"screen-{view}"), keyboard(choices, 2, _way(reader.lang)))


def _way(lang: str, following: View | None = None) -> list[InlineKeyboardButton]:
    """Back to the overview, and on to the next screen."""
    back = button(translate(lang, "button-back"), Open(view=View.SETTINGS))
    if following is None:
        return [back]
    name = translate(lang, f"button-{following}")
    return [back, button(translate(lang, "button-next", screen=name), Open(view=following))]
