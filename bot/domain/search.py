"""Which stories answer a search best: the engine's relevance and freshness together."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Of two articles that say the same about a word, one this much younger counts twice …
HALF_LIFE = timedelta(days=7)
#: … down to this share: an old report that is about the word beats a fresh one that mentions it.
FLOOR = 0.2


@dataclass(frozen=True, slots=True)
class Hit:
    """An article in which a query's words stand."""

    article: int
    story: int
    #: As the engine measures it; higher is better, comparable within one search only.
    relevance: float
    published: datetime


def score(hit: Hit, now: datetime) -> float:
    """Relevance with its age taken off."""
    age = max(now - hit.published, timedelta(0))
    return hit.relevance * (FLOOR + (1 - FLOOR) * math.exp2(-(age / HALF_LIFE)))


def best(hits: Iterable[Hit], now: datetime, limit: int) -> Sequence[Hit]:
    """The best hit of each story, the best story first."""
    found: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda one: (score(one, now), one.article), reverse=True):
        found.setdefault(hit.story, hit)
    return list(found.values())[:limit]
