"""Whether a text has a word, in whatever form: «Семейдегі» stands in a text that says «Семей»."""

import re
from collections import defaultdict
from collections.abc import Sequence

from summarizer.text.lexicon import entries
from summarizer.text.stems import STOP

WORD = re.compile(r"[^\W\d_]+")
#: Endings that make another form of a word: cases, possessives, plurals, adjectives of a place.
_ENDINGS = {lang: frozenset({"", *entries(f"forms_{lang}")}) for lang in ("kk", "ru", "en")}
#: Two words of other beginnings are other words.
_ROOT = 3


class Vocabulary:
    """The words of a text, found by any of their forms."""

    def __init__(self, text: str, lang: str) -> None:
        self._endings = _ENDINGS.get(lang, _ENDINGS["en"])
        self._exact = {word.lower().replace("ё", "е") for word in WORD.findall(text)}
        self._by_root: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._exact:
            self._by_root[word[:_ROOT]].append(word)
        spoken = [word.lower() for word in WORD.findall(text)]
        self._initials = "".join(word[0] for word in spoken)
        #: Prepositions have no letter in «МЧС».
        self._content = "".join(word[0] for word in spoken if word not in STOP)

    def __contains__(self, word: str) -> bool:
        word = word.lower().replace("ё", "е")
        return word in self._exact or any(self._same(word, own) for own in self._alike(word))

    def abbreviates(self, word: str) -> bool:
        """Whether `word` is made of the initials of words that follow one another in the text."""
        word = word.lower()
        return len(word) > 1 and (word in self._initials or word in self._content)

    def blends(self, word: str) -> bool:
        """Whether `word` joins the heads of two words of the text: «Нацбанк», «Минздрав», «Ленобласть»."""
        word = word.lower().replace("ё", "е")
        halves = ((word[:cut], word[cut:]) for cut in range(_ROOT, min(len(word) - 3, 7)))
        return any(self._begins(head) and (self._begins(tail) or tail in self) for head, tail in halves)

    def _alike(self, word: str) -> Sequence[str]:
        return self._by_root.get(word[:_ROOT], ())

    def _begins(self, head: str) -> bool:
        return any(own.startswith(head) for own in self._alike(head))

    def _same(self, one: str, other: str) -> bool:
        root = _shared(one, other)
        return root >= min(_ROOT, len(one), len(other)) and all(
            any(word[cut:] in self._endings for cut in range(root, max(_ROOT, root - 2) - 1, -1))
            for word in (one, other)
        )


def _shared(one: str, other: str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
