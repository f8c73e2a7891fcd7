"""Whether the draft's verbs say what the article's do.

Each verb of the draft is set beside the article's occurrences of the same verb, those in the likest
company. A draft that denies what is asserted there, or tells as done what is planned there, is turned down.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.text.stems import STOP, stem
from summarizer.writing.predicate import Predicate, Tense
from summarizer.writing.predicates import is_denial, is_planned, predicates, same_verb, words

T = TypeVar("T")

#: How many words on each side are a verb's company.
_REACH = 8
#: How many words on each side a denial reaches.
_NEAR = 3
#: With fewer words in common, two verbs speak of different things.
_LEAST = 2
#: A source occurrence this much less alike than the best one says nothing about the draft.
_SLACK = 0.6


@dataclass(frozen=True, slots=True)
class _Use:
    """A verb in its company."""

    predicate: Predicate
    company: frozenset[str]
    #: How many words deny something, near the verb and in its whole sentence.
    denials: int
    all_denials: int
    #: It, or something near, is still to come.
    ahead: bool


def contradictions(draft: Sequence[str], source: Sequence[str], lang: str) -> Iterator[str]:
    """Yield "negation" or "modality" for each verb of the draft that the source's sentences contradict."""
    known = [use for sentence in source for use in _uses(sentence, lang)]
    for use in (use for sentence in draft for use in _uses(sentence, lang)):
        same = [other for other in known if same_verb(use.predicate, other.predicate, lang)]
        if reason := _contradiction(use, _likest(use, same), known):
            yield reason


def _contradiction(use: _Use, likest: Sequence[_Use], known: Sequence[_Use]) -> str:
    if likest and all(_contrary(use, other) for other in likest):
        return "negation"
    if likest and not use.predicate.bound and all(_conflict(use, other) for other in likest):
        return "modality"
    # Another verb may say it there; a denial or an intention that nothing near bears out is the draft's own.
    nearby = _likest(use, known)
    if nearby and not likest and use.predicate.negated and all(use.denials > o.all_denials for o in nearby):
        return "negation"
    if nearby and use.predicate.meant and not any(other.ahead for other in (*likest, *nearby)):
        return "modality"
    return ""


def _uses(sentence: str, lang: str) -> list[_Use]:
    tokens = words(sentence)
    stems = [stem(token, lang) if token not in STOP else "" for token in tokens]
    found = predicates(tokens, lang)
    denials = [is_denial(token, lang) for token in tokens]
    planned = [is_planned(token, lang) for token in tokens]
    return [
        _Use(
            predicate=verb,
            company=frozenset(_around(stems, verb, _REACH)) - {""},
            denials=sum(_around(denials, verb, _NEAR)),
            all_denials=sum(denials),
            ahead=verb.tense is Tense.PLANNED or any(_around(planned, verb, _REACH)),
        )
        for verb in found
    ]


def _around(words: Sequence[T], verb: Predicate, reach: int) -> Sequence[T]:
    return words[max(0, verb.place - reach) : verb.place + reach + 1]


def _likest(use: _Use, others: Sequence[_Use]) -> list[_Use]:
    """Those of the others in the company most like this one's, none when all are strangers."""
    alike = [len(use.company & other.company) for other in others]
    best = max(alike, default=0)
    return [o for o, count in zip(others, alike, strict=True) if best >= _LEAST and count >= _SLACK * best]


def _contrary(one: _Use, other: _Use) -> bool:
    """Whether one is denied and the other is not, nor denied in other words."""
    if one.predicate.negated == other.predicate.negated:
        return False
    denied, asserted = (one, other) if one.predicate.negated else (other, one)
    return denied.denials > asserted.denials


def _conflict(one: _Use, other: _Use) -> bool:
    return {one.predicate.tense, other.predicate.tense} == {Tense.DONE, Tense.PLANNED}
