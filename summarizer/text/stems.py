"""Words and their stems: what two inflected forms of one word have in common."""

import re
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from summarizer.text.lexicon import entries

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

#: Function words that say nothing about what a text is about.
STOP = frozenset(entries("stop"))

#: Longest first. No published Kazakh stemmer runs, so this is a light one: two endings at most, and four
#: letters always stay.
_ENDINGS = tuple(sorted(entries("endings_kk"), key=len, reverse=True))

_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")


def words(text: str) -> Iterator[str]:
    """Lower-case words of a text, digits left out, «ё» as «е»."""
    return (match.group().lower().replace("ё", "е") for match in WORD.finditer(text))


@lru_cache(maxsize=65536)
def stem(word: str, lang: str) -> str:
    """The stem of one word, lower case, by the rules of `lang` (kk, ru, en; others keep the word)."""
    word = word.lower().replace("ё", "е")
    if lang == "ru":
        return str(_RUSSIAN.stemWord(word))
    if lang == "en":
        return str(_ENGLISH.stemWord(word.removesuffix("’s").removesuffix("'s")))
    return _strip(_strip(word)) if lang == "kk" else word


def stems(text: str, lang: str) -> list[str]:
    """Stems of the content words of a text, in order, repeats kept."""
    return [stem(word, lang) for word in words(text) if word not in STOP]


def _strip(word: str) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word
