"""Russian verbs, by their endings and the particles before them."""

from collections.abc import Iterator, Sequence

from summarizer.text.lexicon import entries
from summarizer.text.stems import STOP, stem
from summarizer.writing.marks import mark
from summarizer.writing.predicate import Predicate, Tense

_PLANNED = entries("planned_ru")
#: Nouns with a verb's ending.
_NOUNS = frozenset(entries("nouns_ru"))


def read(tokens: Sequence[str]) -> Iterator[Predicate]:
    """The verb forms among lower-case words, in order."""
    for place, token in enumerate(tokens):
        before = tokens[max(0, place - 3) : place]
        if tense := _tense(token, before):
            meant = tense is Tense.PLANNED and any(map(mark("ru", "intention").fullmatch, before[-2:]))
            yield Predicate(stem(token, "ru"), _is_denied(before), tense, place, meant)


def _is_denied(before: Sequence[str]) -> bool:
    if before[-2:-1] == ["не"]:
        return bool(mark("ru", "auxiliary").fullmatch(before[-1]))
    return before[-1:] == ["не"]


def _tense(token: str, before: Sequence[str]) -> Tense | None:
    if token in STOP or len(token) < 4 or token in _NOUNS:
        return None
    if mark("ru", "infinitive").fullmatch(token):
        return Tense.PLANNED if any(word.startswith(_PLANNED) for word in before) else Tense.OPEN
    if mark("ru", "done").fullmatch(token):
        return Tense.PLANNED if {"будет", "будут"} & set(before) else Tense.DONE
    if mark("ru", "now").fullmatch(token):
        return Tense.OPEN
    return Tense.PLANNED if mark("ru", "ahead").fullmatch(token) else None
