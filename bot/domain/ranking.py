"""How much a story matters now: publishers, speed, freshness, fit; and when it is breaking.

Each factor is between 0 and 1, so weights read as shares. What counts as many publishers depends on how
many are live: three outlets are half of a small market and nothing in a large one.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from bot.domain.story import StoryCard
from summarizer.topic import Topic

#: Shares of the four factors. Publishers lead: they are the editors' own votes.
PUBLISHERS, FRESHNESS, SPEED, FIT = 0.5, 0.25, 0.15, 0.1
#: Freshness halves in this time: yesterday evening's story still competes at breakfast.
HALF_LIFE = timedelta(hours=12)
#: Publishers that arrive within this time of the first tell of an event, not of an echo.
SPEED_WINDOW = timedelta(hours=3)
#: A story older than this is not breaking, however many tell it.
BREAKING_YOUTH = timedelta(hours=3)
#: What publishers × speed × youth must reach.
BREAKING_SCORE = 0.5
#: No publisher has more than this share of a digest.
MOST_OF_ONE = 1 / 3


def weight(card: StoryCard, topics: Collection[Topic], now: datetime, live: int) -> float:
    """A story's weight for one reader, 0–1; `live` is the number of publishers that published lately."""
    return (
        PUBLISHERS * _spread(len(card.publishers), live)
        + FRESHNESS * freshness(now - card.latest)
        + SPEED * _speed(card, live)
        + FIT * _fit(card, topics)
    )


def importance(card: StoryCard, topics: Collection[Topic], now: datetime, live: int) -> float:  # noqa: ARG001  (as `weight`)
    """What a story weighs looking back: how many told it, and how fast; without a limit to how many."""
    told = math.log1p(len(card.publishers) - 1) / math.log1p(max(breaking_publishers(live) - 1, 1))
    return PUBLISHERS * told + SPEED * _speed(card, live) + FIT * _fit(card, topics)


def breaking_score(card: StoryCard, now: datetime, live: int) -> float:
    """Distinct publishers × speed × youth, 0–1."""
    age = now - card.tellings[0].published
    youth = max(0.0, 1 - age / BREAKING_YOUTH)
    reached = len(card.publishers) / breaking_publishers(live)
    return min(1.0, reached) * _speed(card, live) * math.sqrt(youth)


def is_breaking(card: StoryCard, now: datetime, live: int) -> bool:
    """Whether a reader should hear of it before the next digest."""
    return (
        len(card.publishers) >= breaking_publishers(live)
        and breaking_score(card, now, live) >= BREAKING_SCORE
    )


def breaking_publishers(live: int) -> int:
    """Distinct publishers a breaking story needs: 3 of 10 live ones, 5 of 30, 9 of 100; never below 3."""
    return max(3, round(0.9 * math.sqrt(max(live, 0))))


def freshness(age: timedelta) -> float:
    """1 for this moment, a half after HALF_LIFE."""
    return float(0.5 ** (max(age, timedelta(0)) / HALF_LIFE))


def _spread(publishers: int, live: int) -> float:
    # Logarithmic: the second publisher says more than the tenth.
    return min(1.0, math.log1p(publishers - 1) / math.log1p(max(breaking_publishers(live) - 1, 1)))


def _speed(card: StoryCard, live: int) -> float:
    """Share of the breaking number of publishers that told the story within SPEED_WINDOW of the first."""
    start = card.tellings[0].published
    quick = {one.publisher.name for one in card.tellings if one.published - start <= SPEED_WINDOW}
    return min(1.0, len(quick) / breaking_publishers(live))


def _fit(card: StoryCard, topics: Collection[Topic]) -> float:
    """1 where the story's first topic is wanted, a half where only its second is."""
    return 1.0 if card.topics and card.topics[0] in topics else 0.5


class Offered(Protocol):
    """Anything that a publisher offers."""

    @property
    def publisher(self) -> str:
        """The publisher that a reader would be sent to."""


T = TypeVar("T", bound=Offered)


def diverse(ranked: Sequence[T], most: int) -> list[T]:
    """The best `most` offers, no publisher with more than a third of what is chosen, others giving way.

    With fewer than three publishers there is no fair third. Where keeping to it would cost more than half
    of what there is, the loudest publishers keep as much as half a digest takes.
    """
    counts = Counter(offer.publisher for offer in ranked)
    size = min(len(ranked), most)
    if len(counts) < 3:
        return list(ranked[:size])
    fewest = math.ceil(size / 2)
    fair = ((size, math.floor(size * MOST_OF_ONE)) for size in range(size, fewest - 1, -1))
    unfair = ((fewest, share) for share in range(1, size + 1))
    chosen, share = next(
        (size, share)
        for size, share in (*fair, *unfair)
        if sum(min(count, share) for count in counts.values()) >= size
    )
    return _shared(ranked, chosen, share)


def _shared(ranked: Sequence[T], most: int, share: int) -> list[T]:
    taken: Counter[str] = Counter()
    chosen: list[T] = []
    for offer in ranked:
        if taken[offer.publisher] < share and len(chosen) < most:
            taken[offer.publisher] += 1
            chosen.append(offer)
    return chosen
