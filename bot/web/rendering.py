"""Templates: everything put into them is text and is escaped, whoever wrote it."""

from datetime import date, datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.domain import pages
from bot.domain.subscriber import LANGUAGES
from bot.web.assets import asset
from bot.words.translator import long_date, topic_name, translate, weekday_name
from summarizer.topic import Topic


def render(template: str, lang: str, **values: Any) -> str:
    """A template of `bot/web/templates` in a language.

    It knows beside `values`: `t(key, …)`, `topic_name(topic)`, `day_name(date)`, `weekday(number)`,
    `tongue(code)`, `asset(name)`, the addresses of `bot.domain.pages`, `languages` and `topics`. Raises
    jinja2.UndefinedError for a value that is missing.
    """
    words = {
        "lang": lang,
        "t": partial(translate, lang),
        "topic_name": partial(topic_name, lang),
        "day_name": partial(day_name, lang),
        "tongue": partial(tongue, lang),
        "weekday": lambda number: capitalized(weekday_name(lang, number)),
    }
    return _environment().get_template(template).render(words | values)


def day_name(lang: str, day: date) -> str:
    """A date as a headline: weekday and all, with a capital letter."""
    return capitalized(long_date(lang, day))


def capitalized(text: str) -> str:
    """The text with a capital letter at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def tongue(lang: str, code: str) -> str:
    """A language's own name where it is one of ours, else what `lang` calls it."""
    if code in LANGUAGES:
        return translate(code, f"language-{code}")
    return capitalized(Locale(lang).languages.get(code, code))


def outward(url: str) -> str:
    """An address that a link may lead to; "" where following it would do something else than open a page."""
    return url if url.startswith(("https://", "http://")) else ""


def clock(moment: datetime, zone: str) -> str:
    """Local time of day, "14:05"."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"outward": outward, "clock": clock}
    made.globals |= {
        "asset": asset,
        "page": pages.page,
        "story_page": pages.story_page,
        "feed": pages.feed,
        "languages": LANGUAGES,
        "topics": tuple(Topic),
    }
    return made
