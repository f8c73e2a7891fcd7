"""Words of a command as preferences; what means nothing raises NotUnderstood, and nothing is half taken."""

import re
from collections.abc import Mapping

from bot.domain.errors import NotUnderstood
from bot.domain.spoken import known, words_of
from bot.domain.subscriber import LANGUAGES
from summarizer.topic import Topic

#: The longest pause; who wants a longer one pauses without an end.
LONGEST_PAUSE = 365

_TOPICS = (*(topic.value for topic in Topic), "all")


def topics(text: str, names: Mapping[str, Topic]) -> frozenset[Topic]:
    """Topics named in any order, by comma or space; "all" for all of them. `names` is lower case."""
    words = words_of(text, _TOPICS)
    if words == ["all"]:
        return frozenset(Topic)
    return frozenset(known(word, names, _TOPICS) for word in words)


def languages(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Languages in the order named, each once. `names` is lower case."""
    return tuple(dict.fromkeys(known(word, names, LANGUAGES) for word in words_of(text, LANGUAGES)))


def zone(text: str, names: Mapping[str, str]) -> str:
    """A zone by its IANA name or a city's. `names` is lower case."""
    return known(" ".join(text.split()), names, ("Asia/Almaty", "Europe/Berlin", "Berlin", "Берлин"))


def pause(text: str) -> int | None:
    """Whole days of a pause; None for one without an end."""
    if not text.strip():
        return None
    if not (re.fullmatch(r"[0-9]{1,3}", text.strip()) and 1 <= int(text) <= LONGEST_PAUSE):
        raise NotUnderstood(text.strip(), ("1", "7", "30"))
    return int(text)


def preset(payload: str) -> frozenset[Topic]:
    """Topics of a deep link ("t_economy_energy")."""
    kind, *names = payload.split("_")
    if kind != "t" or not names:
        raise NotUnderstood(payload, ("t_economy_energy",))
    return frozenset(known(name, {topic.value: topic for topic in Topic}, tuple(Topic)) for name in names)
