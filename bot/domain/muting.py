"""What a reader may want to hear no more of, seeing one story: its topic, an outlet, a name in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.digest import Item
from bot.domain.filters import added, terms
from bot.domain.subscriber import Preferences
from summarizer.text.names import names
from summarizer.text.stems import STOP, stem
from summarizer.topic import Topic

#: Outlets and words offered for one story.
MOST_OUTLETS, MOST_WORDS = 3, 3
_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


class Mutable(StrEnum):
    """What can be muted."""

    TOPIC = "topic"
    OUTLET = "outlet"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Muting:
    """One thing to hear no more of."""

    of: Mutable
    #: The topic's key, the outlet's name or the word.
    value: str


def offers(item: Item) -> list[Muting]:
    """What can be muted about a story, in the order of how much it takes away."""
    outlets = [Muting(Mutable.OUTLET, one.name) for one in item.publishers if not one.private]
    words = [Muting(Mutable.WORD, word) for word in _words(item)]
    return [Muting(Mutable.TOPIC, item.topic), *outlets[:MOST_OUTLETS], *words[:MOST_WORDS]]


def muted(have: Preferences, muting: Muting) -> Preferences:
    """The preferences without it."""
    match muting.of:
        case Mutable.TOPIC:
            return replace(have, topics=have.topics - {Topic(muting.value)})
        case Mutable.OUTLET:
            return replace(have, muted_sources=have.muted_sources | {muting.value})
        case Mutable.WORD:
            return replace(have, muted=added(have.muted, terms(f'"{muting.value}"')))


def _words(item: Item) -> Iterator[str]:
    """Names in the headline, each in the shortest form that headline or summary has.

    What a headline begins with is most often whom or what it is about, and can't be told from a name.
    """
    known = names(f"{item.headline}. {item.summary}", item.lang)
    forms: dict[str, str] = {}
    for place, word in enumerate(_WORD.findall(item.headline)):
        base = stem(word, item.lang)
        if base in known or (place == 0 and len(word) >= _SHORTEST and word.lower() not in STOP):
            forms.setdefault(base, word)
    for word in _WORD.findall(item.summary):
        base = stem(word, item.lang)
        if base in forms and len(word) < len(forms[base]):
            forms[base] = word
    return iter(forms.values())
