"""Three invented readers, one for each language."""

from dataclasses import dataclass

from bot.domain.subscriber import Preferences
from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone the demo makes a digest for."""

    name: str
    preferences: Preferences


READERS = (
    Reader("Айсұлу", Preferences(("kk",), frozenset({Topic.ECONOMY, Topic.TECHNOLOGY}))),
    Reader("Вадим", Preferences(("ru",), frozenset({Topic.SOCIETY, Topic.INCIDENTS}))),
    Reader("Grace", Preferences(("en",), frozenset(Topic))),
)
