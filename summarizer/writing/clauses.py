"""The head of a sentence that is too long, cut at a clause border."""

import re

from summarizer.text.numbers import spans
from summarizer.writing.marks import mark

_COMMA = re.compile(r"(?=,\s)")
#: A shorter head says too little of its sentence.
_LEAST = 60


def head(sentence: str, lang: str, limit: int) -> str:
    """The longest head of at most `limit` code points that ends at a clause border, with a point.

    Without such a border it ends at a comma or behind a whole word, never inside a number, with «…».
    """
    if len(sentence) <= limit:
        return sentence
    if end := _last(mark(lang, "border"), sentence, limit):
        return sentence[:end].rstrip(" ,;:-–—") + "."
    return whole_words(sentence, _last(_COMMA, sentence, limit) or limit - 1) + "…"


def _last(border: re.Pattern[str], sentence: str, limit: int) -> int:
    ends = (found.end() for found in border.finditer(sentence, 0, limit))
    return max((end for end in ends if _LEAST <= end < limit), default=0)


def whole_words(text: str, end: int) -> str:
    """At most `end` code points, without a broken word or number."""
    inside = [start for start, stop in spans(text[: end + 40]) if start < end < stop]
    end = min(inside, default=end)
    if text[end - 1 : end].isalnum() and text[end : end + 1].isalnum():
        end = text.rfind(" ", 0, end) + 1 or end
    return text[:end].rstrip(' .,;:-–—«"(')
