"""A text's sentences, kept whole where a point is only an abbreviation's."""

import re
from collections.abc import Iterator

from razdel import sentenize

from summarizer.text.lexicon import table

#: What may follow each abbreviation without an end: 1 a name or a number, 2 a number, 3 a country.
_ABBREVIATIONS = table("abbreviations")
_LAST_WORD = re.compile(r"(?:^|[\s(«\"“.,/-])([^\W\d_]{1,6}(?:[.-][^\W\d_]{1,2})?)\.$")
#: «Жел 15-20 м/с. Температура …»: razdel takes «с.» for a page.
_PER_SECOND = re.compile(r"(?<=\d\sм/с\.)\s(?=[^\W\d_a-zа-яё])")
#: «5 ... 10 градус»
_RANGE = re.compile(r"\d\s?(?:\.\.\.|…)$")
#: A name that begins small: iPhone, eGov.
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
_COUNTRY = re.compile(r"(?:АҚШ|США|US|USD|EUR|ЕО|ЕС|ҚР|РК|РФ|ET|EST|EDT|PT|GMT|UTC|BST)\b")
#: Digits that razdel took for a list's number: «көш. 10. Телефоны жоқ.»
_FIGURE_THEN_SENTENCE = re.compile(r"(\d[\d\s,./-]{0,20}(?:[^\W\d_]\b)?\.)\s+(?=[\w«\"“])")


def split(text: str) -> list[str]:
    """The sentences of a text, in order, without surrounding blanks; a newline always ends one."""
    return [sentence for line in text.splitlines() for sentence in _line(line)]


def _line(line: str) -> list[str]:
    sentences: list[str] = []
    for piece in _pieces(line):
        if sentences and piece and _goes_on(sentences[-1], piece):
            sentences[-1:] = _joined(sentences[-1], piece)
        elif piece:
            sentences.append(piece)
    return sentences


def _pieces(line: str) -> Iterator[str]:
    return (part.strip() for found in sentenize(line) for part in _PER_SECOND.split(found.text))


def _goes_on(left: str, right: str) -> bool:
    tail = left[-16:]
    if right[0].islower():
        return not _BRAND.match(right)
    if right[0].isdigit() and _RANGE.search(tail):
        return True
    if left.endswith(".)"):
        # A bracket inside a sentence: «министрі (1940-1945 жж.) Черчилль».
        before = left.rpartition("(")[0].rstrip()
        return bool(before) and before[-1] not in ".!?…"
    word = _LAST_WORD.search(tail)
    kind = _ABBREVIATIONS.get(word[1].lower(), 0) if word else 0
    if kind == 3:
        return bool(_COUNTRY.match(right))
    return kind > 0 and (right[0].isdigit() or right[0] == "№" or (kind == 1 and right[0].isalpha()))


def _joined(left: str, right: str) -> Iterator[str]:
    figure = _FIGURE_THEN_SENTENCE.match(right)
    if figure:
        yield f"{left} {figure[1]}"
        yield right[figure.end() :]
    else:
        yield f"{left} {right}"
