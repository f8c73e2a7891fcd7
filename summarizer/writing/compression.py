"""A sentence without what a digest can do without: who reported it, connectives, asides, stray quotes.

Every cut ends at a clause border, so that what is left is a sentence still; nothing is reworded.
"""

import re

from summarizer.writing.marks import marks

#: Not between two figures: they would become one.
_ASIDE = re.compile(r"(?<!\d)\s\([^()\d]{1,120}\)")
_CLOSING = {'"': '"', "«": "»", "“": "”", "„": "“"}
#: A longer text is no sentence, and asides and stray marks without number would take minutes.
_LONGEST = 5_000
#: A shorter rest is no sentence of its own: the attribution was the news.
_LEAST = 20
_QUOTES = frozenset('«»„“”"')


def compress(sentence: str, lang: str) -> str:
    """The sentence without attribution, leading connectives and asides; itself where nothing can go."""
    if len(sentence) > _LONGEST:
        return sentence
    short = _ASIDE.sub(lambda aside: aside[0] if _is_quoted(sentence[: aside.start()]) else "", sentence)
    for tail in marks(lang, "tails"):
        found = tail.search(short[-260:])
        if found and (cut := max(0, len(short) - 260) + found.start()) >= _LEAST:
            short = _closed(short[:cut])
            break
    for head in marks(lang, "heads"):
        found = head.match(short)
        if found and len(short) - found.end() >= _LEAST:
            short = short[found.end() :]
    return _capitalised(_unquoted(short))


def _is_quoted(before: str) -> bool:
    """Whether a quotation is open here: its words are not ours to cut."""
    return before.count('"') % 2 == 1 or before.count("«") > before.count("»")


def _closed(clause: str) -> str:
    clause = clause.rstrip(" ,-–—")
    return clause if clause.endswith((".", "!", "?", "…")) else f"{clause}."


def _capitalised(sentence: str) -> str:
    """A capital at the start, but for names that begin small (iPhone)."""
    return sentence if sentence[1:2].isupper() else sentence[:1].upper() + sentence[1:]


def _unquoted(sentence: str) -> str:
    """Quotation marks that have lost their other half, or that enclose the whole sentence, taken off."""
    open_marks: list[int] = []
    strays: list[int] = []
    for place, mark in enumerate(sentence):
        if mark not in _QUOTES:
            continue
        before, after = sentence[place - 1 : place], sentence[place + 1 : place + 2]
        if mark in "«„" or (mark in '"“' and after.isalnum() and not before.isalnum()):
            open_marks.append(place)
        elif open_marks:
            open_marks.pop()
        else:
            strays.append(place)
    if len(open_marks) == 1 and not strays and sentence[open_marks[0] - 2 : open_marks[0]] == ": ":
        return f"{sentence.rstrip('.')}{_CLOSING[sentence[open_marks[0]]]}."
    for place in sorted(strays + open_marks, reverse=True):
        sentence = sentence[:place] + sentence[place + 1 :]
    return _without_frame(sentence)


def _without_frame(sentence: str) -> str:
    framed = re.fullmatch(r'["«“„]([^"«»“”„]{20,})(?:["»”“]([.!?]?)|([.!?])["»”“])', sentence)
    if not framed:
        return sentence
    return _closed(framed[1] + (framed[2] or framed[3] or ""))
