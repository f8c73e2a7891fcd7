"""A title without what an outlet hangs on it: its own name, «(ФОТО)», «- ВИДЕО»."""

import re

from summarizer.text.characters import plain, unglued
from summarizer.text.lexicon import lines

_TAGS = frozenset(lines("title_tags"))
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]]{2,30})[)\]]\s?")
_TAIL = re.compile(r"\s[|–—•·-]\s?([^|–—•·]{2,40})$|\s[+/]\s?([^\s+/]{2,20})$")
_HEAD = re.compile(r"^([^|:–—]{2,30})\s?[|:–—]\s")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+\.(?:kz|ru|com|org|net|info|uz|kg)", re.IGNORECASE)
_OUTLETS = frozenset(lines("outlets"))


def clean_title(title: str, source: str = "") -> str:
    """The title's own words; `source`, the publisher's name, is taken off where the title ends with it.

    Brackets, signs and emoji that belong to the title stay as they are.
    """
    title = _BRACKETS.sub(lambda found: " " if _is_tag(found[1]) else found[0], unglued(plain(title))).strip()
    own = {source.casefold().strip()} - {""} | _OUTLETS
    for _ in range(3):
        tail = _TAIL.search(title)
        if tail and (_is_tag(word := (tail[1] or tail[2])) or _is_outlet(word, own)):
            title = title[: tail.start()].rstrip(" ,")
        elif (head := _HEAD.match(title)) and (_is_tag(head[1]) or _is_outlet(head[1], own)):
            title = title[head.end() :]
        else:
            break
    return title.strip()


def _is_tag(words: str) -> bool:
    return words.strip(" !:").casefold() in _TAGS


def _is_outlet(words: str, own: frozenset[str] | set[str]) -> bool:
    return words.strip().casefold() in own or bool(_DOMAIN.fullmatch(words.strip()))
