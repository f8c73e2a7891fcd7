"""Names in a text, at stem level: «Тоқаевтың» and «Тоқаев» are one name."""

import re

from summarizer.text.sentences import split
from summarizer.text.stems import STOP, stem

_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SURNAME = re.compile(r"\w{2,}(?:ов|ев|ова|ева|ин|ина|ский|ская|бек|бай|ұлы|қызы|ич|вна)\w{0,4}")


def names(text: str, lang: str) -> frozenset[str]:
    """Stems of the names of people, places and bodies, lower case; parts of a name count one by one.

    A capital letter inside a sentence makes a name; at a sentence's start the word must be one elsewhere too,
    or be followed by another capital, or look like a surname.
    """
    inside: set[str] = set()
    first: set[str] = set()
    for sentence in split(text):
        tokens = _TOKEN.findall(sentence)
        for place, token in enumerate(tokens):
            if not token[0].isupper() or len(token) < 2 or token.lower() in STOP:
                continue
            follows = place + 1 < len(tokens) and tokens[place + 1][0].isupper()
            sure = place > 0 or follows or token.isupper() or _SURNAME.fullmatch(token.lower())
            (inside if sure else first).add(stem(token, lang))
    elsewhere = {stem(word, lang) for word in _TOKEN.findall(text) if word[0].islower()}
    return frozenset(inside | {name for name in first if name in inside and name not in elsewhere})
