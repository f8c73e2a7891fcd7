"""What an article is about: one or two of the twelve topics, «society» where nothing speaks for another."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import numpy as np

from summarizer.article import Article, Classification
from summarizer.grouping.embeddings import Vectors
from summarizer.topic import Topic

#: Code points of body read for words.
_READ = 3000
_WORD = re.compile(r"\w+")
_LONGEST_STEM = 12


def classify(article: Article, vector: Vectors | None = None) -> Classification:
    """One or two topics, best first, with a probability for each of the twelve.

    `vector` is the article's unit vector from the default encoder; the words alone decide without it.
    """
    del vector
    weights = dict.fromkeys(Topic, 0.0)
    weights[Topic.SOCIETY] = 1.0
    for text, worth in ((article.title, 3.0), (_body(article), 1.0), (" ".join(article.categories), 6.0)):
        for topic in _named(text):
            weights[topic] += worth
    odds = np.sqrt(np.array(list(weights.values()))) * 1.5
    shares = np.exp(odds - odds.max())
    scores = dict(zip(weights, (shares / shares.sum()).tolist(), strict=True))
    best, second = sorted(scores, key=lambda topic: -scores[topic])[:2]
    return Classification((best, second) if scores[second] > 0.6 * scores[best] else (best,), scores)


def _body(article: Article) -> str:
    return (article.text or " ".join(article.sentences))[:_READ]


def _named(text: str) -> Iterator[Topic]:
    stems = _stems()
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        for size in range(min(len(word), _LONGEST_STEM), 2, -1):
            if word[:size] in stems:
                yield stems[word[:size]]
                break


def stem_lines(lang: str) -> list[str]:
    """One text of beginnings of words for each topic, in one language."""
    return [languages[lang] for languages in _table().values()]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("summarizer.grouping") / "topic_stems.toml").read_text("utf-8"))


@cache
def _stems() -> dict[str, Topic]:
    return {
        stem: Topic(topic)
        for topic, languages in _table().items()
        for line in languages.values()
        for stem in line.split()
    }
