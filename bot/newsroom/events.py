"""What the verbs tell whoever counts and logs; what becomes of it is not theirs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.delivery import Outcome, Part, PartState
from bot.newsroom.collect import Collected


@dataclass(frozen=True, slots=True)
class Filed:
    """An article found its story."""

    article: int
    story: int
    #: It started the story.
    new: bool
    #: It repeats an earlier article's text.
    repeat: bool
    #: Stories that turned out to be this one.
    merges: tuple[int, ...] = ()
    #: Where it came from; OWN for a reader's own feed.
    source: str = ""


@dataclass(frozen=True, slots=True)
class Condensed:
    """A story has a summary."""

    story: int
    #: The article it was made from.
    article: int
    lang: str
    #: "extractive", "transformers:NAME", "endpoint:NAME".
    backend: str
    #: Reason words of the drafts that the guard turned down before this one.
    rejected: tuple[str, ...] = ()
    #: It replaces one that its source corrected.
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """Digests were put into the outbox."""

    editions: int


@dataclass(frozen=True, slots=True)
class Attempted:
    """One part was tried once."""

    part: Part
    outcome: Outcome
    #: What the attempt made of it.
    state: PartState
    #: From the digest's posting to this answer.
    after: timedelta


Event = Collected | Filed | Condensed | Posted | Attempted

#: Takes an event at once, and never fails.
Hear = Callable[[Event], None]


def unheard(_: Event) -> None:
    """Nobody listens."""
