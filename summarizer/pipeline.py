"""The public face: read a page's text, sort it, and say in three sentences what it tells."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from summarizer.article import Article, Summary
from summarizer.errors import ModelUnavailable
from summarizer.grouping.clustering import Grouper, group
from summarizer.grouping.topics import Classifier, classify
from summarizer.text.reading import read
from summarizer.writing.extractive import ExtractiveWriter
from summarizer.writing.faithfulness import check
from summarizer.writing.headline import HEADLINE_LIMIT, headline
from summarizer.writing.novelty import new_fact
from summarizer.writing.writer import Draft, Limits, Writer

__all__ = [
    "Classifier",
    "Grouper",
    "Limits",
    "Writer",
    "check",
    "classify",
    "group",
    "new_fact",
    "read",
    "summarize",
]

logger = logging.getLogger(__name__)

_EXTRACTIVE = ExtractiveWriter()


def summarize(
    articles: Sequence[Article], writer: Writer | None = None, limits: Limits | None = None
) -> list[Summary]:
    """One checked summary an article, in order; an unusable text gets an empty one with its reason.

    A draft that the guard turns down is written once more, then the extractive writer takes over, whose
    sentences are the article's own; the reasons stay in `Summary.rejected`. A model that is not available
    is not asked again in this call.
    """
    limits = limits or Limits()
    tasks = [_Task(article) for article in articles]
    for attempt in () if writer is None or writer.name == _EXTRACTIVE.name else (writer, writer):
        try:
            _attempt(tasks, attempt, limits)
        except ModelUnavailable as error:
            _say_once(str(error))
            for task in _pending(tasks):
                task.rejected.append(f"unavailable:{error.model}")
            break
    _attempt(tasks, _EXTRACTIVE, limits)
    return [task.summary() for task in tasks]


def _pending(tasks: "list[_Task]") -> "list[_Task]":
    return [task for task in tasks if task.accepted is None]


def _attempt(tasks: "list[_Task]", writer: Writer, limits: Limits) -> None:
    if pending := _pending(tasks):
        drafts = writer.write([task.article for task in pending], limits)
        for task, draft in zip(pending, drafts, strict=True):
            task.judge(draft, writer.name, limits)


@lru_cache(maxsize=64)
def _say_once(trouble: str) -> None:
    logger.warning("%s; the extractive writer goes on", trouble)


@dataclass
class _Task:
    article: Article
    rejected: list[str] = field(default_factory=list)
    accepted: Draft | None = None
    backend: str = _EXTRACTIVE.name

    def judge(self, draft: Draft, backend: str, limits: Limits) -> None:
        said = bool(draft.text.strip())
        reasons = check(draft.text, self.article, limits) if said else (draft.reason or "empty",)
        self.rejected.extend(reasons)
        # The guard's doubts about the article's own sentences are noted, but a reader is not left without.
        if not reasons or (said and backend == _EXTRACTIVE.name):
            self.accepted, self.backend = draft, backend

    def summary(self) -> Summary:
        draft = self.accepted or Draft("", ())
        return Summary(
            text=draft.text,
            lang=self.article.lang,
            backend=self.backend,
            headline=self._headline(draft.headline),
            picked=draft.picked,
            rejected=tuple(self.rejected),
        )

    def _headline(self, written: str) -> str:
        """The writer's own headline where it passes the guard, else the title."""
        faithful = written and not check(written, self.article, Limits(HEADLINE_LIMIT, 1))
        title = written if faithful else self.article.title
        return headline(title, self.article.source, lang=self.article.lang)
