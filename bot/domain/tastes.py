"""What one reader likes beyond topics and languages: their filters and their votes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.filters import matches
from bot.domain.subscriber import Preferences
from summarizer.topic import Topic

T = TypeVar("T")
#: A topic or publisher voted down this many times more than up ranks lower.
PERSISTENT = 3


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote with what it was about."""

    #: 1 or -1.
    value: int
    #: The story's first topic.
    topics: tuple[Topic, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tastes:
    """Filters and dislikes, ready to weigh a story."""

    muted: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    disliked_topics: frozenset[Topic] = frozenset()
    disliked_publishers: frozenset[str] = frozenset()

    def weigh(
        self, texts: Sequence[tuple[str, str]], topics: Sequence[Topic], publishers: Iterable[str]
    ) -> int | None:
        """1 for a followed story, 0, -1 for a disliked one; None for one to leave out.

        `texts` come with their language before each; `topics` best first.
        """
        if matches(self.muted, texts):
            return None
        if matches(self.followed, texts):
            return 1
        disliked = not self.disliked_topics.isdisjoint(topics[:1])
        return -1 if disliked or set(publishers) <= self.disliked_publishers else 0


NO_TASTES = Tastes()


def tastes(preferences: Preferences, votes: Iterable[Vote]) -> Tastes:
    """A reader's tastes."""
    topics: Counter[Topic] = Counter()
    publishers: Counter[str] = Counter()
    for vote in votes:
        topics.update(dict.fromkeys(vote.topics, vote.value))
        publishers.update(dict.fromkeys(vote.publishers, vote.value))
    return Tastes(preferences.muted, preferences.followed, _disliked(topics), _disliked(publishers))


def _disliked(counts: Counter[T]) -> frozenset[T]:
    return frozenset(key for key, count in counts.items() if count <= -PERSISTENT)
