"""The settings message: what it asks and offers for a reader as they are now.

Languages, topics and time lead to each other with «next»: that is a newcomer's way through.
"""

from collections.abc import Callable, Sequence

from bot.chat.buttons import (
    Erase,
    Filter,
    LanguageTick,
    LayoutPick,
    TopicTick,
    Unlist,
    View,
    key_of,
)
from bot.chat.clock_screens import breaking, times, weekly, zone
from bot.chat.layout import Screen, button, keyboard, ticked, way
from bot.chat.overview import settings, summary
from bot.domain.subscriber import LANGUAGES, Subscriber
from bot.words.translator import topic_emoji, topic_name, translate
from summarizer.topic import Topic

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
    return Screen(text, keyboard(choices, 1, way(lang, View.TOPICS)))


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
    return Screen(translate(lang, "screen-topics"), keyboard(choices, 2, way(lang, View.TIME)))


def _layout(reader: Subscriber) -> Screen:
    lang, chosen = reader.lang, reader.preferences.rich
    choices = [
        button(ticked(translate(lang, f"layout-{name}"), rich is chosen), LayoutPick(rich=rich))
        for name, rich in (("plain", False), ("rich", True))
    ]
    return Screen(translate(lang, "screen-layout"), keyboard(choices, 1, way(lang)))


def _mute(reader: Subscriber) -> Screen:
    return _filter(reader, View.MUTE, Filter.MUTED)


def _follow(reader: Subscriber) -> Screen:
    return _filter(reader, View.FOLLOW, Filter.FOLLOWED)


_SCREENS: dict[View, Callable[[Subscriber], Screen]] = {
    View.SETTINGS: settings,
    View.LANGUAGES: _languages,
    View.TOPICS: _topics,
    View.TIME: times,
    View.ZONE: zone,
    View.MUTE: _mute,
    View.FOLLOW: _follow,
    View.BREAKING: breaking,
    View.WEEKLY: weekly,
    View.LAYOUT: _layout,
}


def _filter(reader: Subscriber, view: View, words: Filter) -> Screen:
    terms: Sequence[str] = getattr(reader.preferences, words)
    choices = [button(f"✖ {term[:_SHOWN_TERM]}", Unlist(of=words, key=key_of(term))) for term in terms]
    return Screen(translate(reader.lang, f"screen-{view}"), keyboard(choices, 2, way(reader.lang)))
