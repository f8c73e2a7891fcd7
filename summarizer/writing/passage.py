"""An article as the extractive writer sees it: its sentences, shortened, and what is known about them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.text.numbers import numbers
from summarizer.text.sentences import split
from summarizer.text.stems import stems
from summarizer.writing.compression import compress
from summarizer.writing.marks import mark

#: What a digest could use stands among an article's first sentences; the rest only costs time.
MOST_SENTENCES = 60
_OUTLET = re.compile(r"\w\.(?:kz|ru|com)\b")
_FIGURE = re.compile(r"\d")
_ENDS = re.compile(r"[.!?…][»”\"’')]?$")
#: A longer "sentence" is a list or a text without points.
LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article and what is known about it."""

    #: 0-based, among the article's sentences.
    place: int
    #: As the article has it, and as a digest would print it.
    full: str
    short: str
    stems: frozenset[str]
    numbers: frozenset[str]
    #: Starts with a word that stands for something in the sentence before.
    leans: bool
    #: No sentence of a digest: a question, old news, the outlet on itself, somebody's "we" without his name.
    apart: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences of an article, in its order."""

    title: frozenset[str]
    sentences: tuple[Sentence, ...]
    #: In how many of the sentences each stem stands.
    spread: Mapping[str, int]
    lang: str


def passage(article: Article) -> Passage:
    """Read an article: its own sentences where it has them, else its text split."""
    texts: Sequence[str] = article.sentences or split(article.text)
    sentences = tuple(
        _sentence(place, text, article.lang) for place, text in enumerate(texts[:MOST_SENTENCES])
    )
    spread = Counter(stem for sentence in sentences for stem in sentence.stems)
    return Passage(frozenset(stems(article.title, article.lang)), sentences, spread, article.lang)


def _sentence(place: int, text: str, lang: str) -> Sentence:
    text = text[:LONGEST]
    short = compress(text, lang)
    return Sentence(
        place=place,
        full=text,
        short=short if _ENDS.search(short) else short.rstrip(" ,;:") + ".",
        stems=frozenset(stems(short, lang)),
        numbers=numbers(short, lang),
        leans=bool(mark(lang, "pronoun").match(short)),
        apart=_is_apart(text, short, lang),
    )


def _is_apart(full: str, short: str, lang: str) -> bool:
    voice = mark(lang, "person").search(short) and not mark(lang, "spoken").search(short)
    return bool(
        voice
        or full.endswith("?")
        or _OUTLET.search(short)
        or mark(lang, "unnamed").search(short)
        or mark(lang, "background").search(full)
        or (mark(lang, "attribution").search(full) and not _FIGURE.search(full))
    )
