"""The same text again: syndicated, re-published, or edited a little, whatever its address or publisher."""

import re
import zlib

from datasketch import MinHash, MinHashLSH

from summarizer.article import Article

#: Share of three-word shingles that two near duplicates have in common.
NEAR = 0.6
#: Words read: enough to tell texts apart, and a bound for a text of a megabyte.
WORDS_READ = 200
#: Low, since candidates are verified: with 10 % of words changed recall is measured at .95.
_LSH_THRESHOLD = 0.3
_PERMUTATIONS = 64
_WORD = re.compile(r"\w+")


def shingles(article: Article) -> frozenset[int]:
    """Hashes of the runs of three words in the body's first WORDS_READ words, or in a lone title."""
    body = article.text or " ".join(article.sentences) or article.title
    words = [m.group().casefold() for m, _ in zip(_WORD.finditer(body), range(WORDS_READ), strict=False)]
    width = min(3, len(words))
    return frozenset(
        zlib.crc32(" ".join(words[i : i + width]).encode("utf-8", "replace"))
        for i in range(len(words) - width + 1)
        if width
    )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the two sets' members that both have; 0 for two empty sets."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0


class DuplicateIndex:
    """Finds the earlier article that a new one repeats."""

    def __init__(self) -> None:
        self._lsh = MinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_PERMUTATIONS)
        self._shingles: dict[str, frozenset[int]] = {}
        self._exact: dict[frozenset[int], str] = {}

    def find(self, article: Article) -> str | None:
        """Id of the earlier article with the same or nearly the same text, else None."""
        ours = shingles(article)
        if not ours:
            return None
        if ours in self._exact:
            return self._exact[ours]
        candidates = [c for c in self._lsh.query(_sketch(ours)) if jaccard(ours, self._shingles[c]) >= NEAR]
        return max(candidates, key=lambda c: jaccard(ours, self._shingles[c]), default=None)

    def add(self, article: Article) -> None:
        """Remember an article; one known already is left as it is."""
        ours = shingles(article)
        if not ours or article.id in self._shingles or ours in self._exact:
            return
        self._shingles[article.id] = ours
        self._exact[ours] = article.id
        self._lsh.insert(article.id, _sketch(ours))


def _sketch(hashes: frozenset[int]) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
    sketch.update_batch(sorted(hashes))
    return sketch
