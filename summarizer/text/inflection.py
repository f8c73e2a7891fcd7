"""Whether two words are forms of one: stricter than stems, for a reader's own filters.

A stem is made to bring forms together and may be shared by strangers («Алматыдағы» and «алма» have one).
Here a form is the word itself with endings that may follow its last letter: Kazakh ones in a chain, by
the sound rules of the language; a Russian one in place of another; an English one by its stem.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from summarizer.text.lexicon import entries
from summarizer.text.stems import stem

_WORD = re.compile(r"\w+")

_VOICELESS = "пфкқтсшщчцхһ"
# Russian loans end in letters that Kazakh hears as voiceless or not: both kinds of endings follow them.
_EITHER = "бвгд"
# «у» and «и» close a syllable and take the endings of consonants.
_VOWELS = "аәеёоөұүыіэяю"
_NASALS = "мнң"
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}
_VOICELESS_OF = {voiced: voiceless for voiceless, voiced in _VOICED.items()}
#: Endings in one word: number, possession, case and one more.
_LONGEST_CHAIN = 4
_SHORTEST = 2
#: What must be left of a reader's word to be taken for its dictionary form.
_SHORTEST_CUT = 4
#: The same of a word in a text: «тауы» is filed under «тау».
_SHORTEST_KEY = 3

_KAZAKH = frozenset(entries("endings_kk"))
_RUSSIAN = frozenset({"", *entries("endings_ru")})


def tokens(text: str) -> list[str]:
    """Words and numbers in order, lower case, «ё» as «е»."""
    return [match.group().lower().replace("ё", "е") for match in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def same_word(wanted: str, found: str, lang: str) -> bool:
    """Whether `found`, in a text of `lang`, is a form of `wanted`; both as `tokens` gives them."""
    if wanted == found:
        return True
    if len(wanted) < _SHORTEST or wanted.isdigit() or found.isdigit():
        return False
    match lang:
        case "kk":
            return any(_extends(base, found) for base in _bases(wanted))
        case "ru":
            return stem(wanted, "ru") == stem(found, "ru") or _declined(wanted, found)
        case _:
            return stem(wanted, lang) == stem(found, lang)


def _bases(word: str) -> Iterator[str]:
    """The word, and what is left of it without its last endings."""
    yield word
    for cut in range(_SHORTEST_CUT, len(word)):
        if _chain(word[:cut], word[cut:]):
            yield word[:cut]


def _extends(base: str, found: str) -> bool:
    if found == base:
        return True
    shapes = [base]
    if base[-1] in _VOICED:
        shapes.append(base[:-1] + _VOICED[base[-1]])
    if len(base) > 3 and base[-2] in "ыі":
        shapes.append(base[:-2] + base[-1])
    changed = [shape for shape in shapes[1:] if found.startswith((shape + "ы", shape + "і"))]
    return any(
        found.startswith(shape) and _chain(shape, found.removeprefix(shape)) for shape in (base, *changed)
    )


def _chain(base: str, rest: str, depth: int = _LONGEST_CHAIN) -> bool:
    """Whether `rest` is a chain of endings that may follow `base`."""
    if not rest:
        return True
    return depth > 0 and any(
        rest[:cut] in _KAZAKH
        and _joins(base, rest[:cut])
        and _chain(base + rest[:cut], rest[cut:], depth - 1)
        for cut in range(1, len(rest) + 1)
    )


def _joins(base: str, ending: str) -> bool:
    last, first = base[-1], ending[0]
    if first in "ткқп":
        return last in _VOICELESS + _EITHER
    if first in "дгғблм":
        return last not in _VOICELESS
    if first == "н":
        return last in _VOWELS + _NASALS
    if first == "с":
        return last in _VOWELS
    return last not in _VOWELS


def _declined(wanted: str, found: str) -> bool:
    """Whether two Russian words are one beginning of at least three letters with two endings."""
    shared = 0
    for mine, theirs in zip(wanted, found, strict=False):
        if mine != theirs:
            break
        shared += 1
    return any(
        wanted[cut:] in _RUSSIAN and found[cut:] in _RUSSIAN for cut in range(max(3, shared - 2), shared + 1)
    )


def keys(word: str, lang: str) -> tuple[str, ...]:
    """What a word of a text is filed under in an index; `word` as `tokens` gives it.

    Of Kazakh, which stacks endings, all dictionary forms it may be of; else its stem. A reader's word finds
    it when one of `sought` is among them.
    """
    if lang != "kk":
        return (stem(word, lang),)
    cuts = (word[:cut] for cut in range(_SHORTEST_KEY, len(word)) if _chain(word[:cut], word[cut:]))
    return tuple(dict.fromkeys((_unvoiced(word), *map(_unvoiced, cuts))))


def sought(word: str, lang: str) -> tuple[str, ...]:
    """What to look for in the index for a reader's word, as `tokens` gives it."""
    return tuple(dict.fromkeys(map(_unvoiced, _bases(word)))) if lang == "kk" else (stem(word, lang),)


def _unvoiced(base: str) -> str:
    """«кітаб» of «кітабы» is «кітап»."""
    return base[:-1] + _VOICELESS_OF[base[-1]] if base[-1] in _VOICELESS_OF else base
