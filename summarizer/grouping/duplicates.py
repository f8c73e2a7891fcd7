"""The same text again: syndicated, re-published, or edited a little, whatever its address or publisher."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from summarizer.article import Article
from summarizer.grouping.traits import SHORT

#: Share of three-word shingles that two near duplicates have in common.
NEAR = 0.5
#: Words and code points read: enough to tell texts apart, and a bound for a text of a megabyte.
WORDS_READ, _READ = 200, 2000

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

_WORD = re.compile(r"\w+")
#: Odd, so that multiplying by them loses nothing of a word's hash.
_SECOND, _THIRD = np.uint32(2654435761), np.uint32(2246822519)

Shingles: TypeAlias = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to know it again."""

    #: Ordered hashes of its runs of three words, without repeats; empty for a text without words.
    shingles: Shingles
    #: The hashes in their order: equal for texts that differ in case, spaces and punctuation only.
    whole: bytes


class DuplicateIndex:
    """Finds the earlier article whose text a new one repeats."""

    def __init__(self) -> None:
        # A threshold below NEAR, since candidates are verified: with 10 % of words changed recall is .95.
        self._lsh: MinHashLSH = _datasketch().MinHashLSH(threshold=0.3, num_perm=64)
        self._known: dict[str, Fingerprint] = {}
        self._whole: dict[bytes, str] = {}

    def exact(self, text: Fingerprint) -> str | None:
        """Id of the first article with the very same words, else None."""
        return self._whole.get(text.whole)

    def near(self, text: Fingerprint) -> str | None:
        """Id of the article that shares the most, at least NEAR, of the text's shingles, else None."""
        if not len(text.shingles):
            return None
        likest = {name: resemblance(text, self._known[name]) for name in self._lsh.query(_sketch(text))}
        best = max(likest, key=likest.__getitem__, default=None)
        return best if best is not None and likest[best] >= NEAR else None

    def add(self, article: str, text: Fingerprint) -> None:
        """Remember an article's text; one that repeats another to the letter adds nothing."""
        if not len(text.shingles) or article in self._known or text.whole in self._whole:
            return
        self._known[article] = text
        self._whole[text.whole] = article
        self._lsh.insert(article, _sketch(text))


def fingerprint(article: Article) -> Fingerprint:
    """Read the body's first WORDS_READ words; a body too short to be told by itself, with its title."""
    body = article.text or " ".join(article.sentences)
    text = body if len(body) >= SHORT else f"{article.title[:_READ]} {body}"
    words = _WORD.findall(text[:_READ].lower())[:WORDS_READ]
    hashes = np.array([crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint32)
    if len(words) > 2:
        hashes = hashes[:-2] ^ hashes[1:-1] * _SECOND ^ hashes[2:] * _THIRD
    return Fingerprint(np.unique(hashes), hashes.tobytes())


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """Share of the two texts' shingles that both have (Jaccard); 0 without any."""
    both = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    return both / (len(one.shingles) + len(other.shingles) - both) if both else 0.0


@cache
def _datasketch() -> Any:
    """Loaded when a text is first compared: with scipy it takes 40 MB, which collecting never needs."""
    return import_module("datasketch")


@cache
def _empty() -> "MinHash":
    """Made once: drawing the permutations anew for each text takes ten times longer than applying them."""
    return _datasketch().MinHash(num_perm=64, hashfunc=int)


def _sketch(text: Fingerprint) -> "MinHash":
    sketch = _empty().copy()
    sketch.update_batch(text.shingles.tolist())
    return sketch
