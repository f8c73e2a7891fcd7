"""The digest's line: a title that fits."""

import re

from summarizer.text.titles import clean_title
from summarizer.writing.clauses import whole_words
from summarizer.writing.marks import mark

#: Code points; a digest's line that is longer wraps to a third line on a phone.
HEADLINE_LIMIT = 90
#: Where two titles in one meet: «Что сказано - Кто сказал это и где».
_PARTS = re.compile(r"\s[-–—]\s|[:;]\s|(?<=[^\W\d_]{5})[.!?]\s")
#: A shorter part names its topic only.
_LEAST = 25
_NAME_OR_FIGURE = re.compile(r"(?<=\s)[«“\"]?(?:[^\W\d_]|\d)[^\s]*")


def headline(title: str, source: str = "", limit: int = HEADLINE_LIMIT, lang: str = "") -> str:
    """The title without outlet tags, at most `limit` code points: whole, or the part of it that says more.

    A title of one part ends at a clause border of its language, else behind a whole word, with «…».
    """
    title = clean_title(title, source)
    if len(title) <= limit:
        return title
    if part := _better_part(title, limit):
        return part
    ends = [found.end() for found in mark(lang, "border").finditer(title, 0, limit)]
    if ends and ends[-1] >= limit // 2:
        return title[: ends[-1]].rstrip(" ,;")
    return whole_words(title, limit - 1) + "…"


def _better_part(title: str, limit: int) -> str:
    """The longest first or last part that fits, whichever says clearly more; "" where neither will do."""
    borders = list(_PARTS.finditer(title))
    if not borders:
        return ""
    heads = [part for border in borders if len(part := title[: border.start()]) <= limit]
    tails = [part for border in borders if len(part := title[border.end() :]) <= limit]
    head, tail = max(heads, key=len, default=title), max(tails, key=len, default="")
    if len(tail) >= _LEAST and _says(tail) > _says(head) + 1:
        return tail[0].upper() + tail[1:]
    return head if _LEAST <= len(head) <= limit else ""


def _says(part: str) -> float:
    """How much a part tells: its names and figures, and a little for its length."""
    told = (found.group().strip('«“"') for found in _NAME_OR_FIGURE.finditer(f" {part}"))
    return sum(word[0].isdigit() or word[0].isupper() for word in told) + 2 * len(part) / HEADLINE_LIMIT
