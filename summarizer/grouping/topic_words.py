"""Words that speak for a topic: beginnings of words in Kazakh, Russian and English, kept by language.

The languages stay apart, since one's ending is another's beginning: «сот» is a court in Kazakh and begins
«сотрудник» in Russian.
"""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

from summarizer.topic import Topic

_WORD = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 14


def named(text: str, lang: str) -> Counter[Topic]:
    """How many different words of a text speak for each topic; every language is tried for an unknown one."""
    found = (_topic(word, lang) for word in {*_WORD.findall(text.lower())})
    return Counter(topic for topic in found if topic is not None)


def stem_lines(lang: str) -> list[str]:
    """One text of beginnings of words for each topic, in one language."""
    return [languages[lang] for languages in _table().values()]


@lru_cache(maxsize=1 << 15)
def _topic(word: str, lang: str) -> Topic | None:
    stems = _stems(lang)
    for size in range(min(len(word), _LONGEST), 1, -1):
        if word[:size] in stems:
            return stems[word[:size]]
    return None


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("summarizer.grouping") / "topic_stems.toml").read_text("utf-8"))


@cache
def _stems(lang: str) -> dict[str, Topic]:
    return {
        stem: Topic(topic)
        for topic, languages in _table().items()
        for key, line in languages.items()
        if key == lang or lang not in languages
        for stem in line.split()
    }
