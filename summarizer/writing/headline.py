"""The digest's line: a title that fits."""

import re

from summarizer.text.titles import clean_title

#: Code points; a digest's line that is longer wraps to a third line on a phone.
HEADLINE_LIMIT = 90
#: Where a long title may end: before a dash, colon or semicolon, then at a comma.
_BORDERS = (re.compile(r"\s[-–—]\s|[:;]\s|[.!?]\s"), re.compile(r",\s"))


def headline(title: str, source: str = "", limit: int = HEADLINE_LIMIT) -> str:
    """The title without outlet tags, at most `limit` code points, ended at a clause or a word."""
    title = clean_title(title, source)
    if len(title) <= limit:
        return title
    for border in _BORDERS:
        ends = [found.start() for found in border.finditer(title) if limit // 3 <= found.start() <= limit]
        if ends:
            return title[: ends[-1]].rstrip()
    return _whole_words(title, limit)


def _whole_words(title: str, limit: int) -> str:
    head = title[: limit - 1]
    if title[limit - 1] != " ":
        head = head.rpartition(" ")[0] or head
    # «6 760»: grouped thousands are one word.
    while re.search(r"\d$", head) and re.match(r" ?\d{3}\b", title[len(head) :]):
        head = head.rpartition(" ")[0]
    return head.rstrip(' ,;:-–—«"(') + "…"
