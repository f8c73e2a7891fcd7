"""Who did what to whom: whether two names of a draft would fit the article better in each other's place.

A name is known by the words on its left and right. When the company that each of two names keeps in the
draft is the other's in the article, they were exchanged, be they a winner and a loser or two ministers and
their titles.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.text.stems import STOP, stem
from summarizer.text.vocabulary import Vocabulary

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|[,.:;!?]")
#: How far on each side words count as a name's company, and what they weigh by distance.
_WEIGHTS = (2.0, 1.5, 1.0, 0.5)
#: Words of a name: in «Асан Серіков Көкшетауда» the third is another's.
_NAME = 2
#: How much better the exchanged names must fit before a draft is turned down.
_MARGIN = 2.5


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name, capitalised words side by side, in its company."""

    words: tuple[str, ...]
    company: Mapping[str, float]
    #: 0-based places among the sentence's tokens, the end not included.
    start: int
    end: int


def exchanged(draft: Sequence[str], source: Sequence[str], lang: str) -> Iterator[tuple[str, str]]:
    """Pairs of names of one draft sentence that stand in each other's place."""
    known = [mention for sentence in source for mention in _mentions(sentence, lang)]
    for sentence in draft:
        found = [(mention, _companies(mention, known, lang)) for mention in _mentions(sentence, lang)]
        for (one, ones), (other, others) in combinations(found, 2):
            # Side by side they may be one long name: «… Халық Республикасындағы Елшілігі».
            if not ones or not others or ones == others or one.end == other.start:
                continue
            given = _fit(one, ones) + _fit(other, others)
            swapped = _fit(one, others) + _fit(other, ones)
            if swapped - given >= _MARGIN:
                yield " ".join(one.words), " ".join(other.words)


def _mentions(sentence: str, lang: str) -> Iterator[_Mention]:
    tokens = _TOKEN.findall(sentence)
    place = 0
    while place < len(tokens):
        end = place
        while end < min(len(tokens), place + _NAME) and _is_name(tokens[end]):
            end += 1
        if place == 0 and end == _NAME and end < len(tokens) and _is_name(tokens[end]):
            # «Премьер Асан Серіков» at a sentence's start: its first word is a title.
            place, end = 1, end + 1
        if end > place:
            yield _Mention(tuple(tokens[place:end]), _company(tokens, place, end, lang), place, end)
        place = max(end, place + 1)


def _is_name(token: str) -> bool:
    return token[0].isupper() and token.lower() not in STOP


def _company(tokens: Sequence[str], start: int, end: int, lang: str) -> dict[str, float]:
    left, right = tokens[max(0, start - len(_WEIGHTS)) : start][::-1], tokens[end : end + len(_WEIGHTS)]
    return {
        side + stem(word, lang)[:4]: weight
        for side, neighbours in (("<", left), (">", right))
        for word, weight in reversed(list(zip(neighbours, _WEIGHTS, strict=False)))
        if word[0].isalpha() and word.lower() not in STOP
    }


def _companies(mention: _Mention, known: Sequence[_Mention], lang: str) -> dict[str, float]:
    """Everything the source has beside this name."""
    name = Vocabulary(" ".join(mention.words[-1:]), lang)
    found: dict[str, float] = {}
    for other in known:
        if any(word in name for word in other.words):
            found |= other.company
    return found


def _fit(mention: _Mention, company: Mapping[str, float]) -> float:
    return sum(weight for word, weight in mention.company.items() if word in company)
