"""English verbs, by the words before them; any content word may be one, and a noun does no harm."""

from collections.abc import Iterator, Sequence

from summarizer.text.lexicon import entries, pairs
from summarizer.text.stems import STOP, stem
from summarizer.writing.marks import mark
from summarizer.writing.predicate import Predicate, Tense

_PAST = pairs("past_en")
_PLANNED = frozenset(entries("planned_en"))


def read(tokens: Sequence[str]) -> Iterator[Predicate]:
    """The content words among lower-case words, in order, as if each were a verb."""
    for place, token in enumerate(tokens):
        if token not in STOP and len(token) > 2:
            before = tokens[max(0, place - 4) : place]
            negated = any(map(mark("en", "no").fullmatch, before[-3:]))
            tense = _tense(token, before)
            meant = tense is Tense.PLANNED and _is_meant(before[-2:])
            yield Predicate(stem(_PAST.get(token, token), "en"), negated, tense, place, meant)


def _tense(token: str, before: Sequence[str]) -> Tense:
    if any(map(mark("en", "ahead").fullmatch, before[-2:])) or _PLANNED & set(before):
        return Tense.PLANNED
    return Tense.DONE if token.endswith("ed") or token in _PAST else Tense.OPEN


def _is_meant(before: Sequence[str]) -> bool:
    """Whether what follows is intended: "will open", "will be opened", "plans to open"."""
    return "will" in before or (before[-1:] == ["to"] and before[0] in _PLANNED)
