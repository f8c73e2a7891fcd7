"""What a sentence asserts, verb by verb: done or planned, denied or not.

Light rules instead of a parser: endings in Kazakh, particles and auxiliaries in Russian and English. They
know too little to say what a sentence means, but enough to see that two sentences with the same verb
differ.
"""

import re
from collections.abc import Sequence

from summarizer.text.lexicon import entries
from summarizer.writing import verbs_en, verbs_kk, verbs_ru
from summarizer.writing.marks import mark
from summarizer.writing.predicate import Predicate

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_READERS = {"kk": verbs_kk.read, "ru": verbs_ru.read, "en": verbs_en.read}
_PLANNED = {lang: entries(f"planned_{lang}") for lang in _READERS}


def words(sentence: str) -> list[str]:
    """The words of a sentence, lower case."""
    return [word.lower().replace("ё", "е").replace("’", "'") for word in _WORD.findall(sentence)]


def predicates(tokens: Sequence[str], lang: str) -> list[Predicate]:
    """The verb forms among a sentence's `words`, in order; none for a language without rules."""
    return list(_READERS[lang](tokens)) if lang in _READERS else []


def is_denial(token: str, lang: str) -> bool:
    """Whether a word denies something somewhere near."""
    return bool(mark(lang, "denial").fullmatch(token))


def is_planned(token: str, lang: str) -> bool:
    """Whether a word makes a plan, a duty or a wish of something near."""
    return lang in _PLANNED and token.startswith(_PLANNED[lang])


def same_verb(one: Predicate, other: Predicate, lang: str) -> bool:
    """Whether two forms are of one verb, whatever the voice or aspect; a light verb counts with its word."""
    if one.complement != other.complement:
        return False
    return one.root == other.root or (verbs_kk.same_root if lang == "kk" else _same_stem)(
        one.root, other.root
    )


def _same_stem(one: str, other: str) -> bool:
    least = max(4, len(one) - 3, len(other) - 3)
    return one[:least] == other[:least] and len(one[:least]) == least
