"""The only way to a word a reader sees: Fluent messages, and dates as newspapers print them."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from fluent.runtime import FluentBundle, FluentResource

from bot.domain.subscriber import LANGUAGES
from bot.domain.timing import DAYS
from summarizer.text.inflection import same_word
from summarizer.topic import Topic

#: Locales by which Babel writes dates; English as it is printed outside the United States.
_DATE_LOCALES = {"kk": "kk", "ru": "ru", "en": "en_GB"}

_EMOJI = {
    Topic.POLITICS: "🏛",
    Topic.ECONOMY: "📈",
    Topic.SOCIETY: "👥",
    Topic.EDUCATION: "🎓",
    Topic.HEALTH: "🩺",
    Topic.TECHNOLOGY: "💻",
    Topic.ENERGY: "⚡",
    Topic.ENVIRONMENT: "🌿",
    Topic.INCIDENTS: "🚨",
    Topic.CULTURE: "🎭",
    Topic.SPORT: "🏅",
    Topic.WORLD: "🌍",
}


def translate(lang: str, key: str, **values: str | int) -> str:
    """The message `key` in `lang` (kk, ru, en). Raises KeyError for a key or language we don't have."""
    bundle = _bundle(lang)
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise KeyError(key)
    text, errors = bundle.format_pattern(pattern, values)
    if errors:
        raise errors[0]
    return str(text)


def topic_name(lang: str, topic: Topic) -> str:
    """A topic's name with a capital letter, one word."""
    return translate(lang, f"topic-{topic}")


def topic_emoji(topic: Topic) -> str:
    """The one emoji that stands for a topic."""
    return _EMOJI[topic]


@lru_cache(maxsize=1)
def topics_by_name() -> dict[str, Topic]:
    """Every word that means a topic (its key and its names in all languages), lower case."""
    names = {topic_name(lang, topic).casefold(): topic for lang in LANGUAGES for topic in Topic}
    return names | {topic.value: topic for topic in Topic}


@lru_cache(maxsize=1)
def languages_by_name() -> dict[str, str]:
    """Every word that means a language (its code and its own name), lower case."""
    return {translate(lang, f"language-{lang}").casefold(): lang for lang in LANGUAGES} | {
        lang: lang for lang in LANGUAGES
    }


@lru_cache(maxsize=1)
def days_by_name() -> dict[str, frozenset[int]]:
    """Every word that means a set of weekdays in /time, lower case."""
    return DAYS | {
        word: days
        for lang in LANGUAGES
        for name, days in DAYS.items()
        for word in translate(lang, f"word-{name}").casefold().split()
    }


def long_date(lang: str, day: date) -> str:
    """«2026 ж. 22 қараша, жексенбі», «воскресенье, 22 ноября 2026 г.», "Sunday, 22 November 2026"."""
    return _date(lang, day, "full")


def short_moment(lang: str, moment: datetime, zone: str, today: date) -> str:
    """«14:05» for a moment of `today` in that zone, else with its date: «21 қараша, 14:05»."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return clock
    return f"{_date(lang, local.date(), 'd MMMM')}, {clock}"


def date_span(lang: str, first: date, last: date) -> str:
    """«16–22 қараша», «28 қараша – 4 желтоқсан»: two days and all between them."""
    end = _date(lang, last, "d MMMM")
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day}–{end}" if same else f"{_date(lang, first, 'd MMMM')} – {end}"


def weekday_name(lang: str, day: int) -> str:
    """An ISO weekday (Monday is 1) as the language calls it, lower case but in English."""
    return _weekdays(lang, "wide")[day - 1]


@lru_cache(maxsize=1)
def weekdays_by_name() -> dict[str, int]:
    """Every word that means a weekday, in full or short, lower case."""
    return {
        name.casefold(): day
        for lang in LANGUAGES
        for width in ("abbreviated", "wide")
        for day, name in enumerate(_weekdays(lang, width), start=1)
    }


def weekday_meant(word: str) -> str | None:
    """The name of the weekday that a word is a form of: «пятницу», «жұмада»; None for another word."""
    named = ((lang, name.casefold()) for lang in LANGUAGES for name in _weekdays(lang, "wide"))
    return next((name for lang, name in named if same_word(name, word.casefold(), lang)), None)


@cache
def words_for(name: str) -> frozenset[str]:
    """Every word that means `name` ("off") in a command, lower case."""
    return frozenset(
        word for lang in LANGUAGES for word in translate(lang, f"word-{name}").casefold().split()
    )


def _weekdays(lang: str, width: Literal["abbreviated", "wide"]) -> list[str]:
    names = get_day_names(width, "stand-alone", _DATE_LOCALES[lang])
    return [names[day] for day in range(7)]


def _date(lang: str, day: date, pattern: str) -> str:
    # CLDR puts narrow no-break spaces into Kazakh dates; newspapers and searches know only plain ones.
    return " ".join(format_date(day, pattern, locale=_DATE_LOCALES[lang]).split())


@lru_cache(maxsize=len(LANGUAGES))
def _bundle(lang: str) -> FluentBundle:
    if lang not in LANGUAGES:
        raise KeyError(lang)
    # Isolation marks are for right-to-left text; in a Telegram message they are stray characters.
    bundle = FluentBundle([lang], use_isolating=False)
    for resource in _resources(lang):
        bundle.add_resource(FluentResource(resource))
    return bundle


def _resources(lang: str) -> Iterator[str]:
    folder = files("bot.words") / lang
    return (
        path.read_text(encoding="utf-8")
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".ftl")
    )
