"""Do two articles tell one event? Vectors alone do not say: names, numbers, dates and outlets have a say.

A logistic regression with four rows of weights, since the same likeness means different things between two
languages, two outlets, and two texts of one outlet, which seldom tells an event twice (nyan multiplies such
distances by five). training/fit_pairs.py fits the weights.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from summarizer.grouping.traits import Traits

#: Shared words that count, rarest first, and the information one may carry, in nats.
_RAREST, _RARE_ENOUGH = 15, 5.0
#: Evidence.gap of twelve hours.
_HALF_DAY = math.log(2)


class Evidence(NamedTuple):
    """What speaks for (positive weight) and against one event; what can't be told is 0."""

    #: Cosine of the centred vectors.
    likeness: float
    #: Share of the one title's words that the other article has, the better way round.
    title: float = 0.0
    #: Information in the rarest words that both have, 1 for fifteen very rare ones.
    rare: float = 0.0
    #: Cosine of the two sets of names; names of one title the other article lacks; names both titles share.
    names: float = 0.0
    names_missing: float = 0.0
    names_shared: float = 0.0
    #: Figures of one title that the other article lacks.
    figures_missing: float = 0.0
    #: 1 where both name days and none of them is the same.
    days_apart: float = 0.0
    #: Logarithm of the half days between them.
    gap: float = 0.0
    #: 1 where an outlet uses one title again after half a day: a bulletin, a rate, a forecast.
    recurring: float = 0.0
    #: How alike length, number of sentences and digits are: a translation keeps them.
    length: float = 0.0
    figures: float = 0.0
    #: 1 where one of them is hardly more than a title.
    short: float = 0.0


#: Rows of the table of weights.
REGIMES = ("languages", "outlets", "outlet", "unknown")


class Rarity:
    """How rare a word is among the articles seen so far, and a background of news in its language."""

    def __init__(self, background: Mapping[str, Mapping[str, int]]) -> None:
        self._articles: Counter[str] = Counter()
        self._holding: Counter[str] = Counter()
        for lang, counts in background.items():
            self._articles[lang] = counts[""]
            self._holding.update({word: count for word, count in counts.items() if word})

    def learn(self, seen: Traits) -> None:
        """Count an article's words."""
        self._articles[seen.lang] += 1
        self._holding.update(seen.stems)

    def information(self, words: Iterable[str], lang: str) -> float:
        """Nats in the rarest of some words of one language; 0 for none."""
        rarest = sorted(map(self._holding.__getitem__, words))[:_RAREST]
        articles = math.log(self._articles[lang] + 1)
        return sum(min(_RARE_ENOUGH, max(0.0, articles - math.log(count + 1))) for count in rarest)


def regime(new: Traits, old: Traits) -> str:
    """Which row of weights a pair is judged by."""
    if new.lang != old.lang:
        return "languages"
    if not (new.outlet and old.outlet):
        return "unknown"
    return "outlet" if new.outlet == old.outlet else "outlets"


def evidence(new: Traits, old: Traits, likeness: float, rarity: Rarity) -> Evidence:
    """Weigh nothing yet: only what two articles share and where they contradict."""
    own = _words(new, old, rarity) if new.lang == old.lang else _translation(new, old)
    gap = _gap(new, old)
    both_titles = len(new.title_names & old.title_names)
    return Evidence(
        likeness=likeness,
        names=_cosine(len(new.names & old.names), len(new.names), len(old.names)),
        names_missing=_missing(new.title_names, old.names) + _missing(old.title_names, new.names),
        names_shared=both_titles / (1 + min(len(new.title_names), len(old.title_names))),
        figures_missing=_missing(new.title_figures, old.figures) + _missing(old.title_figures, new.figures),
        days_apart=float(bool(new.days and old.days) and not new.days & old.days),
        gap=gap,
        recurring=float(gap > _HALF_DAY and new.outlet == old.outlet and _same_title(new, old)),
        short=float(new.short or old.short),
        **own,
    )


def odds(pair: Evidence, row: str) -> float:
    """Logarithm of the odds that the pair tells one event."""
    bias, weights = _weights()[row]
    return bias + sum(map(float.__mul__, weights, pair))


def _words(new: Traits, old: Traits, rarity: Rarity) -> dict[str, float]:
    shared = frozenset(new.stems).intersection(old.stems)
    return {
        "title": max(_share(new.title_stems, shared), _share(old.title_stems, shared)),
        "rare": rarity.information(shared, new.lang) / (_RAREST * _RARE_ENOUGH),
    }


def _translation(new: Traits, old: Traits) -> dict[str, float]:
    if new.short or old.short:
        return {"length": 0.5, "figures": 0.5}
    lengths = abs(math.log(new.length / old.length))
    sentences = abs(math.log(new.sentences / old.sentences))
    return {
        "length": max(0.0, 1 - 2 * lengths) * max(0.0, 1 - 2 * sentences),
        "figures": (len(new.figures & old.figures) + 0.5) / (len(new.figures | old.figures) + 1),
    }


def _share(of: frozenset[str], held: frozenset[str]) -> float:
    return len(of & held) / (len(of) + 1)


def _missing(wanted: frozenset[str], held: frozenset[str]) -> float:
    return min(3, len(wanted - held)) / 3


def _cosine(shared: int, one: int, other: int) -> float:
    return shared / math.sqrt((one + 1) * (other + 1))


def _gap(new: Traits, old: Traits) -> float:
    if new.published is None or old.published is None:
        return 0.0
    return math.log1p(abs((new.published - old.published).total_seconds()) / 43_200)


def _same_title(new: Traits, old: Traits) -> bool:
    shared = len(new.title_stems & old.title_stems)
    return shared >= 0.6 * max(len(new.title_stems), len(old.title_stems), 1)


def background() -> dict[str, dict[str, int]]:
    """Common words of news by language, with how many articles hold each; "" holds how many were counted."""
    text = (resources.files("summarizer.grouping") / "common_words.json").read_text("utf-8")
    return dict(json.loads(text))


@cache
def _weights() -> dict[str, tuple[float, tuple[float, ...]]]:
    text = (resources.files("summarizer.grouping") / "pair_weights.json").read_text("utf-8")
    rows = json.loads(text)
    return {
        name: (row["bias"], tuple(float(row[field]) for field in Evidence._fields))
        for name, row in rows.items()
    }
