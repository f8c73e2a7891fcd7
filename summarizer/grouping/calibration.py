"""Another encoder's cosines, made to mean what the default one's mean, to which the weights were fitted.

Its language means are taken from a sample of news about invented events. On the same sample two articles on
one event are nearer than two on different ones by so and so much: the default encoder's lead, divided by the
other's, is what the other's cosines are multiplied by. An encoder whose translations have no lead is left at
its own scale. docs/models.md has what this is worth.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from summarizer.grouping.centring import Centring, stored_centring
from summarizer.grouping.embeddings import Encoder, Vectors
from summarizer.grouping.topic_words import stem_lines

_LANGUAGES = ("kk", "ru", "en")


class Lead(NamedTuple):
    """How much nearer two articles on one event are than two on different ones, as centred cosines."""

    #: Between two languages, and within one.
    across: float
    within: float


#: The default encoder's on the sample (tests/unit/grouping/test_calibration.py measures it again).
LEAD = Lead(0.590, 0.757)
#: Multiples outside which the sample says nothing of an encoder: three is a third of the default's lead.
_LEAST, _MOST = 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is done to an encoder's vectors and cosines before pairs are judged."""

    centring: Centring
    #: What a centred cosine is multiplied by, between two languages and within one.
    across: float = 1.0
    within: float = 1.0

    @classmethod
    def of(cls, encoder: Encoder) -> "Calibration":
        """The stored means of the default encoder; another is measured, once a process."""
        stored = stored_centring(encoder.name)
        return _measured(encoder) if stored is None else cls(stored)  # type: ignore[arg-type] # by identity

    def likeness(self, cosine: float, lang: str, other: str) -> float:
        """What the default encoder would say of two texts in these languages."""
        return min(1.0, cosine * (self.within if lang == other else self.across))

    def cosine(self, likeness: float) -> float:
        """The least cosine that may mean so much."""
        return likeness / max(self.within, self.across)


def lead(encoder: Encoder) -> Lead:
    """An encoder's on the sample, each text centred by the texts on other events in its language."""
    sample = _sample()
    rows = encoder.encode(sample.texts)
    one_lang = sample.langs[:, None] == sample.langs
    one_event = sample.events[:, None] == sample.events
    others = (one_lang & ~one_event).astype(np.float32)
    centred = rows - others @ rows / others.sum(axis=1, keepdims=True)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    cosines, once = centred @ centred.T, np.triu(np.ones_like(one_lang), 1)
    across, within = (
        float(cosines[kind & one_event & once].mean() - cosines[kind & ~one_event & once].mean())
        for kind in (~one_lang, one_lang)
    )
    return Lead(across, within)


def uncalibrated(encoder: Encoder) -> Calibration:
    """An encoder at its own scale, centred by the topics' words."""
    return Calibration(Centring({lang: _mean(encoder, stem_lines(lang)) for lang in _LANGUAGES}))


# A process has one encoder, whose first use may take seconds; a grouper is made at every filing.
@lru_cache(maxsize=1)
def _measured(encoder: Encoder) -> Calibration:
    own = lead(encoder)
    across, within = (usual / max(found, 1e-9) for usual, found in zip(LEAD, own, strict=True))
    if not (_LEAST <= across <= _MOST and _LEAST <= within <= _MOST):
        return uncalibrated(encoder)
    sample = _sample()
    texts = {lang: [sample.texts[i] for i in np.flatnonzero(sample.langs == lang)] for lang in _LANGUAGES}
    return Calibration(Centring({lang: _mean(encoder, told) for lang, told in texts.items()}), across, within)


def _mean(encoder: Encoder, texts: list[str]) -> Vectors:
    mean: Vectors = encoder.encode(texts).mean(axis=0, dtype=np.float32)
    return mean


class _Sample(NamedTuple):
    texts: list[str]
    #: Of each text, shape (texts,).
    langs: "np.ndarray[tuple[int], np.dtype[np.str_]]"
    events: "np.ndarray[tuple[int], np.dtype[np.str_]]"


@cache
def _sample() -> _Sample:
    """The texts that ship with the package (training/calibration_news.py)."""
    rows = json.loads((resources.files("summarizer.grouping") / "calibration.json").read_text("utf-8"))
    langs, events = (np.array([row[key] for row in rows]) for key in ("lang", "event"))
    return _Sample([row["text"] for row in rows], langs, events)
