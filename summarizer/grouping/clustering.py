"""Articles join stories as they arrive: one event, in whatever language, is one story."""

from collections.abc import Iterable, Iterator

import numpy as np

from summarizer.article import Article, Placement
from summarizer.grouping.duplicates import DuplicateIndex
from summarizer.grouping.embeddings import Encoder, Vectors, default_encoder, document

#: Cosine from which two articles tell one event.
_SAME_EVENT = 0.9


class Grouper:
    """Stories of the articles seen so far; an article's place is decided once, when it arrives."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or default_encoder()
        self._duplicates = DuplicateIndex()
        self._rows: list[Vectors] = []
        self._stories: list[str] = []
        self._story_of: dict[str, str] = {}

    def vector(self, article: Article) -> Vectors:
        """The encoder's unit vector of an article, shape (dimensions,): kept beside encoder.name."""
        row: Vectors = self.encoder.encode([document(article)])[0]
        return row

    def add(self, article: Article, vector: Vectors | None = None) -> Placement:
        """Place an article; `vector` saves encoding it again. An id seen before keeps its first place."""
        if article.id in self._story_of:
            return Placement(article.id, self._story_of[article.id], new=False)
        row = self.vector(article) if vector is None else vector
        duplicate = self._duplicates.find(article)
        story = self._story_of[duplicate] if duplicate else self._nearest(row) or article.id
        self.restore(article, row, story)
        return Placement(article.id, story, new=story == article.id, duplicate_of=duplicate)

    def restore(self, article: Article, vector: Vectors, story: str) -> None:
        """Load an article that was placed in an earlier run."""
        self._duplicates.add(article)
        self._rows.append(vector)
        self._stories.append(story)
        self._story_of[article.id] = story

    def _nearest(self, row: Vectors) -> str | None:
        if not self._rows:
            return None
        likeness = np.stack(self._rows) @ row
        best = int(likeness.argmax())
        return self._stories[best] if likeness[best] >= _SAME_EVENT else None


def group(articles: Iterable[Article], encoder: Encoder | None = None) -> Iterator[Placement]:
    """One placement for each article, as soon as it is read."""
    grouper = Grouper(encoder)
    for article in articles:
        yield grouper.add(article)
