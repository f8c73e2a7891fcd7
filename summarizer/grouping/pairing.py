"""Do two articles tell one event? Vectors alone do not say: names, numbers, dates and outlets have a say.

A logistic regression with four rows of weights, since the same likeness means different things between two
languages, two outlets, and two texts of one outlet, which seldom tells an event twice (nyan multiplies such
distances by five). Its evidence is kept to what pairs that it had not seen were judged better with: shares of
common title words, all names' cosine and the hours between two texts made it worse. training/fit_pairs.py
fits the weights, training/held_out.py prints what they are worth on pairs held out.
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple, TypeAlias

from summarizer.grouping.traits import Traits

#: Shared words that count, rarest first, and the information one may carry, in nats.
_RAREST, _RARE_ENOUGH = 15, 5.0
#: Bias and weights of Evidence by regime.
Weights: TypeAlias = Mapping[str, tuple[float, tuple[float, ...]]]
#: Letters by which a name is known again in a derived word: «Подмосковье», «подмосковный».
_HEAD = 5
#: Articles seen before which the counts of those seen say little, and the least share of them that counts.
_FEW, _LEAST = 25, 1e-3
#: Seconds after which an outlet's same title is another issue of a bulletin.
_HALF_DAY = 43_200


class Evidence(NamedTuple):
    """What speaks for (positive weight) and against one event; what can't be told is 0."""

    #: Cosine of the centred vectors.
    likeness: float
    #: Information in the rarest words that both have, 1 for fifteen very rare ones.
    rare: float = 0.0
    #: Names, and figures, of one title that the other article lacks.
    names_missing: float = 0.0
    figures_missing: float = 0.0
    #: 1 where both name days and none of them is the same.
    days_apart: float = 0.0
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
    """How rare a word is in a background of news in its language, and among the articles seen so far.

    The commoner of the two counts: a name that the whole week's news repeats tells nothing of one event.
    """

    def __init__(self, background: Mapping[str, Mapping[str, int]]) -> None:
        self._common = {
            lang: {word: (count + 1) / (counts[""] + 1) for word, count in counts.items()}
            for lang, counts in background.items()
        }
        self._articles: Counter[str] = Counter()
        self._holding: dict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, seen: Traits) -> None:
        """Count an article's words."""
        self._articles[seen.lang] += 1
        self._holding[seen.lang].update(seen.stems)

    def information(self, words: Collection[str], lang: str) -> float:
        """Nats in the rarest of some words that an article seen before has; 0 for none."""
        common, holding = self._common.get(lang, {}).get, self._holding[lang].get
        articles = self._articles[lang] + _FEW
        # That one article does not make its words common.
        seen = [(holding(word, 0) - 1) / articles for word in words]
        known = [common(word, _LEAST) for word in words]
        shares = sorted(map(max, seen, known))[:_RAREST]
        return sum([min(_RARE_ENOUGH, -math.log(share)) for share in shares])


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
    return Evidence(
        likeness=likeness,
        names_missing=_names_missing(new, old) + _names_missing(old, new),
        figures_missing=_missing(new.title_figures, old.figures) + _missing(old.title_figures, new.figures),
        days_apart=float(bool(new.days and old.days) and not new.days & old.days),
        recurring=float(_apart(new, old) and new.outlet == old.outlet and _same_title(new, old)),
        short=float(new.short or old.short),
        **own,
    )


def odds(pair: Evidence, row: str, weights: Weights) -> float:
    """Logarithm of the odds that the pair tells one event."""
    bias, worth = weights[row]
    return bias + sum(map(float.__mul__, worth, pair))


def _words(new: Traits, old: Traits, rarity: Rarity) -> dict[str, float]:
    shared = frozenset(new.stems).intersection(old.stems)
    return {"rare": rarity.information(shared, new.lang) / (_RAREST * _RARE_ENOUGH)}


def _translation(new: Traits, old: Traits) -> dict[str, float]:
    if new.short or old.short:
        return {"length": 0.5, "figures": 0.5}
    lengths = abs(math.log(new.length / old.length))
    sentences = abs(math.log(new.sentences / old.sentences))
    return {
        "length": max(0.0, 1 - 2 * lengths) * max(0.0, 1 - 2 * sentences),
        "figures": (len(new.figures & old.figures) + 0.5) / (len(new.figures | old.figures) + 1),
    }


def _names_missing(of: Traits, told: Traits) -> float:
    missing = of.title_names - told.names
    if missing and of.lang == told.lang:
        heads = [of.roots[name][:_HEAD] for name in missing]
        missing = frozenset(head for head in heads if not any(word.startswith(head) for word in told.stems))
    return min(3, len(missing)) / 3


def _missing(wanted: frozenset[str], held: frozenset[str]) -> float:
    return min(3, len(wanted - held)) / 3


def _apart(new: Traits, old: Traits) -> bool:
    if new.published is None or old.published is None:
        return False
    return abs((new.published - old.published).total_seconds()) > _HALF_DAY


def _same_title(new: Traits, old: Traits) -> bool:
    shared = len(new.title_stems & old.title_stems)
    return shared >= 0.6 * max(len(new.title_stems), len(old.title_stems), 1)


@cache
def stored_weights() -> Weights:
    """The weights that ship with the package (training/fit_pairs.py)."""
    text = (resources.files("summarizer.grouping") / "pair_weights.json").read_text("utf-8")
    return weights_of(json.loads(text))


def weights_of(rows: Mapping[str, Mapping[str, float]]) -> Weights:
    """A table of weights by regime and evidence, with each row's "bias", ready to be used."""
    return {
        name: (row["bias"], tuple(float(row[field]) for field in Evidence._fields))
        for name, row in rows.items()
    }
