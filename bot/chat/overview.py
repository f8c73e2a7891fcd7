"""What a reader chose, in words."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.chat.buttons import Open, SourcesPage, View
from bot.chat.layout import Screen, button, keyboard
from bot.domain.subscriber import EVERY_DAY, WEEKDAYS, Breaking, Preferences, State, Subscriber
from bot.words.places import city_name
from bot.words.translator import long_date, topic_name, translate, weekday_name
from summarizer.topic import Topic

#: Muted sources that are named; of the others only the number is said.
_MOST_NAMED = 5


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
    shown = "\n".join((summary(reader), *_more(lang, reader.preferences)))
    views = [view for view in View if view is not View.SETTINGS]
    choices = [button(translate(lang, f"button-{view}"), Open(view=view)) for view in views]
    sources = button(translate(lang, "button-sources"), SourcesPage(page=0))
    return Screen(f"{translate(lang, 'settings-title')}\n\n{shown}", keyboard([*choices, sources], 2))


def quiet_hours(lang: str, hours: tuple[time, time] | None) -> str:
    """Hours in which breaking news waits, or that there are none."""
    return "–".join(f"{moment:%H:%M}" for moment in hours) if hours else translate(lang, "quiet-off")


def _more(lang: str, preferences: Preferences) -> list[str]:
    """What only the settings show: a newcomer has the defaults."""
    lines = [translate(lang, "settings-breaking", mode=translate(lang, f"breaking-{preferences.breaking}"))]
    if preferences.breaking is not Breaking.OFF:
        lines.append(translate(lang, "settings-quiet", hours=quiet_hours(lang, preferences.quiet)))
    if weekly := preferences.weekly:
        day = weekday_name(lang, weekly.day)
        lines.append(translate(lang, "settings-weekly", day=day, time=f"{weekly.slot:%H:%M}"))
    if preferences.muted_sources:
        muted = ", ".join(sorted(preferences.muted_sources)[:_MOST_NAMED])
        hidden = len(preferences.muted_sources) - _MOST_NAMED
        more = f", {translate(lang, 'and-more', count=hidden)}" if hidden > 0 else ""
        lines.append(translate(lang, "settings-sources", names=muted + more))
    return [*lines, *([translate(lang, "settings-layout")] if preferences.rich else [])]


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
