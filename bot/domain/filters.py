"""A reader's own words: what to leave out, what to follow. Literal words and phrases, never patterns.

A filter is a list of terms. A term is a word or a phrase of words in a row, in any of their forms; a term
with "!" before it is an exception. A text passes when any term stands in it and no exception does.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.domain.errors import NotUnderstood
from summarizer.text.inflection import same_word, tokens

#: Terms in one filter, words in one term, characters in one term.
MOST_TERMS = 50
MOST_WORDS = 6
LONGEST_TERM = 60

_TERM = re.compile(r"(!?)(?:[\"“”«„]([^\"“”«»„]*)[\"“”»]|([^\s\"“”«»„!]+))")
_EXPECTED = ("word", '"two words"', "!word")


def terms(text: str) -> tuple[str, ...]:
    """The terms of a command's text: «газ "екі сөз" !матч». Raises NotUnderstood where there are none."""
    found = [(mark, tokens(phrase or word)) for mark, phrase, word in _TERM.findall(text.replace(",", " "))]
    wanted = tuple(dict.fromkeys(mark + " ".join(words) for mark, words in found if words))
    if not wanted or any(len(term) > LONGEST_TERM or len(term.split()) > MOST_WORDS for term in wanted):
        raise NotUnderstood(text[:LONGEST_TERM], _EXPECTED)
    return wanted


def added(filter_: Sequence[str], more: Iterable[str]) -> tuple[str, ...]:
    """The filter with more terms, each once; the oldest make room beyond MOST_TERMS."""
    return tuple(dict.fromkeys([*filter_, *more]))[-MOST_TERMS:]


def matches(filter_: Sequence[str], texts: Iterable[tuple[str, str]]) -> bool:
    """Whether texts, each with its language before it, pass the filter; an empty filter passes nothing."""
    wanted, exceptions = _sorted(filter_)
    if not wanted:
        return False
    spoken = [(lang, _tokens(text)) for lang, text in texts]
    return _any(wanted, spoken) and not _any(exceptions, spoken)


def holds(query: Sequence[str], texts: Iterable[tuple[str, str]]) -> bool:
    """Whether every term of a query stands in the texts, and no exception does."""
    wanted, exceptions = _sorted(query)
    # Whole articles, of which nothing is kept: 150 kB each.
    spoken = [(lang, tokens(text)) for lang, text in texts]
    return all(_any([term], spoken) for term in wanted) and not _any(exceptions, spoken)


def _sorted(filter_: Iterable[str]) -> tuple[list[str], list[str]]:
    terms_ = list(filter_)
    wanted = [term for term in terms_ if not term.startswith("!")]
    return wanted, [term.removeprefix("!") for term in terms_ if term.startswith("!")]


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[str, ...]:
    """Many readers' words are looked for in the same few headlines of a day."""
    return tuple(tokens(text))


def _any(terms_: Iterable[str], spoken: Sequence[tuple[str, Sequence[str]]]) -> bool:
    return any(_stands(term.split(), words, lang) for term in terms_ for lang, words in spoken)


def _stands(term: Sequence[str], words: Sequence[str], lang: str) -> bool:
    # Forms differ at their ends only: most words are told apart by their first letter.
    first = term[0][0]
    starts = [start for start in range(len(words) - len(term) + 1) if words[start][0] == first]
    return any(
        all(same_word(mine, theirs, lang) for mine, theirs in zip(term, words[start:], strict=False))
        for start in starts
    )
