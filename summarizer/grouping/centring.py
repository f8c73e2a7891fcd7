"""Each language's mean vector, subtracted before two vectors are compared.

Raw cosines of multilingual-e5 have no one threshold: unrelated Kazakh texts reach .89 while a matching Kazakh
and English pair averages .86. Texts that are hardly more than a title have a mean of their own.
"""

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np

from summarizer.grouping.embeddings import Vectors
from summarizer.grouping.traits import SHORT


class Centring:
    """Takes an encoder's language means, of shape (dimensions,) each, away.

    Keys of `means` are languages, and languages with "-short" for texts of hardly more than a title.
    """

    def __init__(self, means: Mapping[str, Vectors]) -> None:
        self._means = means
        #: For a language without a mean of its own.
        self._other: Vectors = np.mean(list(means.values()), axis=0)

    def apply(self, vector: Vectors, lang: str, length: int) -> Vectors:
        """The centred unit vector, shape (dimensions,), of a text whose body has `length` code points."""
        mean = self._means.get(lang, self._other)
        if length < SHORT:
            mean = self._means.get(f"{lang}-short", mean)
        row: Vectors = np.asarray(vector, dtype=np.float32) - mean
        norm = math.sqrt(float(row @ row))
        # A vector that is broken, or has no direction, is like nothing.
        return row / norm if 0 < norm < math.inf else np.zeros_like(row)


@cache
def stored_centring(encoder: str) -> Centring | None:
    """The centring that ships with the package (training/language_means.py), if it is for this encoder."""
    file = resources.files("summarizer.grouping") / "language_means.npz"
    with file.open("rb") as stream, np.load(stream) as table:
        if str(table["name"]) != encoder:
            return None
        return Centring({key: table[key].astype(np.float32) for key in table.files if key != "name"})
