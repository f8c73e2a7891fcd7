"""Words as the search index has them: what an article is filed under, and the engine's query for a search.

Neither engine knows Kazakh, so both are given words that are stemmed already (summarizer.text.inflection),
with the language's first letter before each: «kтеңге».
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import RowMapping

from summarizer.text.inflection import keys, sought, tokens
from summarizer.text.stems import STOP

#: Characters of an article that are indexed: what comes later is not what it is about.
INDEXED = 10_000
#: Words of a query that count, and characters of a word: no published one is longer.
MOST_WORDS, LONGEST_WORD = 12, 40


class Words(NamedTuple):
    """What an article is filed under."""

    article: int
    title: Sequence[str]
    body: Sequence[str]

    def row(self, engine: str) -> Mapping[str, Any]:
        """As the engine's index takes them."""
        if engine == "sqlite":
            return {"id": self.article, "title": " ".join(self.title), "body": " ".join(self.body)}
        marked = [f"'{key}':1A" for key in self.title] + [f"'{key}':1" for key in self.body]
        return {"id": self.article, "words": " ".join(marked)}


def words_of(rows: Iterable[RowMapping]) -> list[Words]:
    """What articles are filed under: once each, with the headline where a word stands in both."""
    found = []
    for row in rows:
        title, body = (_filed(row[name][:INDEXED], row["lang"]) for name in ("title", "text"))
        found.append(Words(row["id"], tuple(title), tuple(key for key in body if key not in title)))
    return found


def query_of(terms: Sequence[str], languages: Sequence[str], engine: str) -> str:
    """The engine's own query: every word in one of its forms, and none of the exceptions; "" for nothing."""
    wanted = [word for term in terms if not term.startswith("!") for word in _said(term)][:MOST_WORDS]
    # An excluded phrase is looked for word by word later: either word alone is welcome.
    barred = [word for term in terms if term.startswith("!") and " " not in term for word in _said(term)]
    either, both, but = (" OR ", " AND ", " NOT ") if engine == "sqlite" else (" | ", " & ", " & !")
    quote = '"' if engine == "sqlite" else "'"

    def any_of(words: Iterable[str]) -> str:
        forms = {lang[:1] + key for word in words for lang in languages for key in sought(word, lang)}
        return f"({either.join(f'{quote}{form}{quote}' for form in sorted(forms))})"

    if not wanted or not languages:
        return ""
    asked = both.join(any_of([word]) for word in wanted)
    return f"({asked}){but}{any_of(barred[:MOST_WORDS])}" if barred else asked


def _said(said: str) -> list[str]:
    """Words and numbers that mean something."""
    return [word for part in tokens(said) for word in part.split("_") if _counts(word)]


def _counts(word: str) -> bool:
    return 0 < len(word) <= LONGEST_WORD and word not in STOP


def _filed(said: str, lang: str) -> dict[str, None]:
    return dict.fromkeys(key for word in _said(said) for key in _keys(word, lang))


@lru_cache(maxsize=65536)
def _keys(word: str, lang: str) -> tuple[str, ...]:
    return tuple(lang[:1] + key for key in keys(word, lang))
