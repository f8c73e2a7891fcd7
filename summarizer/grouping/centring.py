"""Each language's mean vector, subtracted before two vectors are compared.

Raw cosines of multilingual-e5 have no one threshold: unrelated Kazakh texts reach .89 while a matching Kazakh
and English pair averages .86. Texts that are hardly more than a title have a mean of their own.
"""

from importlib import resources

import numpy as np

from summarizer.grouping.embeddings import Encoder, Vectors, unit_rows
from summarizer.grouping.topics import stem_lines
from summarizer.grouping.traits import SHORT

_LANGUAGES = ("kk", "ru", "en")


class Centring:
    """Takes an encoder's language means away.

    The means of the default encoder stand in language_means.npz (training/language_means.py makes it); those
    of another are taken from the word lists of the topics when the grouper starts.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._means = _stored(encoder.name) or _measured(encoder)
        #: For a language without a mean of its own.
        self._other: Vectors = np.mean(list(self._means.values()), axis=0)

    def apply(self, vector: Vectors, lang: str, length: int) -> Vectors:
        """The centred unit vector, shape (dimensions,), of a text whose body has `length` code points."""
        mean = self._means.get(f"{lang}-short" if length < SHORT else lang, self._other)
        row: Vectors = unit_rows((np.asarray(vector, dtype=np.float32) - mean)[None])[0]
        return row


def _stored(name: str) -> dict[str, Vectors]:
    with (
        resources.as_file(resources.files("summarizer.grouping") / "language_means.npz") as path,
        np.load(path) as table,
    ):
        if str(table["name"]) != name:
            return {}
        return {key: table[key].astype(np.float32) for key in table.files if key != "name"}


def _measured(encoder: Encoder) -> dict[str, Vectors]:
    means: dict[str, Vectors] = {
        lang: encoder.encode(stem_lines(lang)).mean(axis=0, dtype=np.float32) for lang in _LANGUAGES
    }
    return means | {f"{lang}-short": mean for lang, mean in means.items()}
