"""The settings message: what it says and offers for a reader as they are now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.buttons import DaysTick, LanguageTick, Open, SlotTick, TopicTick, View, ZonePick
from bot.domain.subscriber import EVERY_DAY, LANGUAGES, WEEKDAYS, Preferences, State, Subscriber
from bot.words.translator import long_date, topic_emoji, topic_name, translate
from summarizer.topic import Topic

_OFFERED_SLOTS = tuple(map(time, (7, 8, 9, 12, 18, 19, 20, 21)))
_OFFERED_ZONES = ("Asia/Almaty", "Asia/Tashkent", "Europe/Moscow", "Europe/Istanbul", "Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Screen:
    """One state of a message: plain text and its buttons."""

    text: str
    keyboard: InlineKeyboardMarkup


def screen(view: View, reader: Subscriber) -> Screen:
    """The screen of a view for this reader."""
    return _SCREENS[view](reader)


def summary(reader: Subscriber) -> str:
    """What the reader chose, a line each."""
    lang, preferences = reader.lang, reader.preferences
    languages = ", ".join(translate(lang, f"language-{code}") for code in preferences.languages)
    lines = [
        translate(lang, "settings-languages", languages=languages),
        translate(lang, "settings-topics", topics=_topics(lang, preferences)),
        _times(lang, preferences),
    ]
    return "\n".join(lines + _pause(reader))


def settings(reader: Subscriber) -> Screen:
    """The overview, with a way to each of the others."""
    text = translate(reader.lang, "settings-title") + "\n\n" + summary(reader)
    return Screen(text, settings_keyboard(reader.lang))


def settings_keyboard(lang: str) -> InlineKeyboardMarkup:
    """A button for each screen."""
    views = (View.TOPICS, View.LANGUAGES, View.TIME, View.ZONE)
    return _keyboard((_button(translate(lang, f"button-{view}"), Open(view=view)) for view in views), 2)


def _topics_screen(reader: Subscriber) -> Screen:
    lang, wanted = reader.lang, reader.preferences.topics
    ticks = [
        _button(
            _tick(f"{topic_emoji(topic)} {topic_name(lang, topic)}", topic in wanted),
            TopicTick(topic=topic, on=topic not in wanted),
        )
        for topic in Topic
    ]
    everything = _button(translate(lang, "button-all-topics"), TopicTick(topic="all", on=True))
    nothing = _button(translate(lang, "button-no-topics"), TopicTick(topic="all", on=False))
    return _with_back(lang, "screen-topics", [*ticks, everything, nothing], 2)


def _languages_screen(reader: Subscriber) -> Screen:
    lang, read = reader.lang, reader.preferences.languages
    ticks = [
        _button(
            _tick(translate(lang, f"language-{code}"), code in read),
            LanguageTick(lang=code, on=code not in read),
        )
        for code in LANGUAGES
    ]
    return _with_back(lang, "screen-languages", ticks, 1)


def _time_screen(reader: Subscriber) -> Screen:
    lang, slots = reader.lang, reader.preferences.slots
    ticks = [
        _button(_tick(f"{slot:%H:%M}", slot in slots), SlotTick(slot=f"{slot:%H%M}", on=slot not in slots))
        for slot in sorted({*_OFFERED_SLOTS, *slots})
    ]
    weekdays = reader.preferences.days == WEEKDAYS
    days = _button(
        translate(lang, "button-every-day" if weekdays else "button-weekdays"),
        DaysTick(weekdays=not weekdays),
    )
    return _with_back(lang, "screen-time", ticks, 4, days)


def _zone_screen(reader: Subscriber) -> Screen:
    lang, zone = reader.lang, reader.preferences.zone
    picks = [_button(_tick(name, name == zone), ZonePick(zone=name)) for name in _OFFERED_ZONES]
    return _with_back(lang, "screen-zone", picks, 2, zone=zone)


_SCREENS: dict[View, Callable[[Subscriber], Screen]] = {
    View.SETTINGS: settings,
    View.TOPICS: _topics_screen,
    View.LANGUAGES: _languages_screen,
    View.TIME: _time_screen,
    View.ZONE: _zone_screen,
}


def _with_back(
    lang: str,
    key: str,
    buttons: list[InlineKeyboardButton],
    width: int,
    *below: InlineKeyboardButton,
    **values: str,
) -> Screen:
    back = _button(translate(lang, "button-back"), Open(view=View.SETTINGS))
    return Screen(translate(lang, key, **values), _keyboard(buttons, width, *below, back))


def _keyboard(
    buttons: Iterable[InlineKeyboardButton], width: int, *below: InlineKeyboardButton
) -> InlineKeyboardMarkup:
    row = list(buttons)
    rows = [row[start : start + width] for start in range(0, len(row), width)]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *([button] for button in below)])


def _button(
    text: str, data: Open | TopicTick | LanguageTick | SlotTick | DaysTick | ZonePick
) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _tick(text: str, on: bool) -> str:
    return f"✅ {text}" if on else text


def _topics(lang: str, preferences: Preferences) -> str:
    if len(preferences.topics) == len(Topic):
        return translate(lang, "all-topics")
    chosen = ", ".join(topic_name(lang, topic) for topic in Topic if topic in preferences.topics)
    return chosen or translate(lang, "no-topics")


def _times(lang: str, preferences: Preferences) -> str:
    if not preferences.slots:
        return translate(lang, "settings-no-times")
    times = ", ".join(f"{slot:%H:%M}" for slot in preferences.slots)
    key = {EVERY_DAY: "every-day", WEEKDAYS: "weekdays"}.get(preferences.days, "weekends")
    return translate(lang, "settings-times", times=times, days=translate(lang, key), zone=preferences.zone)


def _pause(reader: Subscriber) -> list[str]:
    if reader.state is not State.PAUSED:
        return []
    if reader.next_at is None:
        return [translate(reader.lang, "settings-paused")]
    day = reader.next_at.astimezone(ZoneInfo(reader.preferences.zone)).date()
    return [translate(reader.lang, "settings-paused-until", date=long_date(reader.lang, day))]
