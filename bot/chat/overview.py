"""What a reader chose, in words."""

from zoneinfo import ZoneInfo

from bot.chat.buttons import Open, View
from bot.chat.layout import Screen, button, keyboard
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Preferences, State, Subscriber
from bot.words.places import city_name
from bot.words.translator import long_date, topic_name, translate
from summarizer.topic import Topic


def summary(reader: Subscriber) -> str:
    """What the reader chose, a line each."""
    lang, preferences = reader.lang, reader.preferences
    languages = ", ".join(translate(lang, f"language-{code}") for code in preferences.languages)
    lines = [
        translate(lang, "settings-languages", languages=languages),
        translate(lang, "settings-topics", topics=_topics(lang, preferences)),
        _times(lang, preferences),
        *_filters(lang, preferences),
    ]
    return "\n".join(lines + _pause(reader))


def settings(reader: Subscriber) -> Screen:
    """The overview, with a way to each of the screens."""
    lang = reader.lang
    breaking = translate(lang, f"breaking-{reader.preferences.breaking}")
    shown = f"{summary(reader)}\n{translate(lang, 'settings-breaking', mode=breaking)}"
    views = [view for view in View if view is not View.SETTINGS]
    choices = (button(translate(lang, f"button-{view}"), Open(view=view)) for view in views)
    return Screen(f"{translate(lang, 'settings-title')}\n\n{shown}", keyboard(choices, 2))


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
    days = translate(lang, key)
    zone = f"{city_name(lang, preferences.zone)}, {preferences.zone}"
    return translate(lang, "settings-times", times=times, days=days, zone=zone)


def _filters(lang: str, preferences: Preferences) -> list[str]:
    filters = {"settings-muted": preferences.muted, "settings-followed": preferences.followed}
    return [translate(lang, key, words=", ".join(terms)) for key, terms in filters.items() if terms]


def _pause(reader: Subscriber) -> list[str]:
    if reader.state is not State.PAUSED:
        return []
    if reader.next_at is None:
        return [translate(reader.lang, "settings-paused")]
    day = reader.next_at.astimezone(ZoneInfo(reader.preferences.zone)).date()
    return [translate(reader.lang, "settings-paused-until", date=long_date(reader.lang, day))]
