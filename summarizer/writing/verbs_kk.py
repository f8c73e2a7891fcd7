"""Kazakh verbs, by their endings: root, denial, tense."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarizer.text.lexicon import entries
from summarizer.text.stems import STOP
from summarizer.writing.marks import mark
from summarizer.writing.predicate import Predicate, Tense

_PLANNED = entries("planned_kk")


def read(tokens: Sequence[str]) -> Iterator[Predicate]:
    """The verb forms among lower-case words, in order."""
    found = list(_forms(tokens))
    done = bool(found) and found[-1].tense is Tense.DONE
    for predicate in found:
        converb = predicate.bound and predicate.tense is Tense.OPEN
        yield replace(predicate, tense=Tense.DONE) if converb and done else predicate


def same_root(one: str, other: str) -> bool:
    """Whether two roots differ in voice at most: «сал», «салын»."""
    short, long = sorted((one, other), key=len)
    rest = long[len(short) :]
    return len(short) >= 3 and long.startswith(short) and bool(mark("kk", "voice").fullmatch(rest))


def _forms(tokens: Sequence[str]) -> Iterator[Predicate]:
    for place, token in enumerate(tokens):
        form = mark("kk", "form").fullmatch(token)
        # «Болды» says nothing of a text's topic, but all of a sentence's polarity.
        if (
            form
            and (form["root"] == "бол" or token not in STOP)
            and not mark("kk", "adverb").fullmatch(token)
        ):
            behind = list(tokens[place + 1 : place + 3])
            light = place > 0 and mark("kk", "light").fullmatch(form["root"])
            yield Predicate(
                root=form["root"],
                negated=bool(form["no"]) or behind[:1] == ["жоқ"] or "емес" in behind,
                tense=_tense(form, behind),
                place=place,
                meant=(form["plan"] or "-")[0] in "мбп" and form["root"] != "бол",
                complement=tokens[place - 1][:5] if light else "",
                bound=bool(form["converb"] or form["habit"]),
            )


def _tense(form: re.Match[str], behind: Sequence[str]) -> Tense:
    token = form.group()
    if form["done"] or mark("kk", "past").fullmatch(token):
        return Tense.DONE
    if form["plan"]:
        return Tense.OPEN if mark("kk", "either").fullmatch(token) else Tense.PLANNED
    if form["habit"]:
        return Tense.PLANNED
    planned = form["open"] and any(word.startswith(_PLANNED) for word in behind)
    return Tense.PLANNED if planned else Tense.OPEN
