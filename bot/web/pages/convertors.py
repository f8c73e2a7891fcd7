"""What may stand in the places of a public address; anything else is no address of ours."""

from typing import Any

from starlette.convertors import Convertor, IntegerConvertor, StringConvertor, register_url_convertor

from bot.domain.subscriber import LANGUAGES
from summarizer.topic import Topic


class _Language(StringConvertor):
    regex = "|".join(LANGUAGES)


class _Day(StringConvertor):
    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class _Topic(StringConvertor):
    regex = "|".join(Topic)


class _Story(IntegerConvertor):
    # What fits into the store's 64 bits.
    regex = "[1-9][0-9]{0,17}"


def register() -> None:
    """Make `lang`, `day`, `topic` and `story` known to Starlette's routes."""
    places: dict[str, Convertor[Any]] = {
        "lang": _Language(),
        "day": _Day(),
        "topic": _Topic(),
        "story": _Story(),
    }
    for name, convertor in places.items():
        register_url_convertor(name, convertor)
