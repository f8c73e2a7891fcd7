"""The same text again: syndicated, re-published, or edited a little, whatever its address or publisher."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from summarizer.grouping.traits import SHORT, Opening

#: Share of three-word shingles that two near duplicates have in common.
NEAR = 0.5
#: Words read: enough to tell texts apart.
WORDS_READ = 200

#: Odd, so that multiplying by them loses nothing of a word's hash.
_SECOND, _THIRD = np.uint32(2654435761), np.uint32(2246822519)

Shingles: TypeAlias = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to know it again."""

    #: Ordered hashes of its runs of three words, without repeats; empty for a text without words.
    shingles: Shingles
    #: Equal for texts whose words are the same in the same order; empty for a text without words.
    whole: bytes


def fingerprint(of: Opening) -> Fingerprint:
    """Read the body's first WORDS_READ words; a body too short to be told by itself, with its title."""
    words = (of.words if of.length >= SHORT else of.title_words + of.words)[:WORDS_READ]
    # Python's own hash, since a fingerprint never leaves the process that made it.
    hashes = np.fromiter(map(hash, words), dtype=np.int64, count=len(words)).astype(np.uint32)
    if len(words) > 2:
        hashes = hashes[:-2] ^ hashes[1:-1] * _SECOND ^ hashes[2:] * _THIRD
    whole = blake2b(hashes.tobytes(), digest_size=12).digest() if words else b""
    return Fingerprint(np.unique(hashes), whole)


def resemblance(one: Shingles, other: Shingles) -> float:
    """Share of two texts' shingles that both have (Jaccard); 0 without any."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both) if both else 0.0
