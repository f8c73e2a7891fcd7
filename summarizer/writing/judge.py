"""A second opinion on drafts that were written anew: does each sentence follow from the article's own?

The guard sees numbers, names and verbs; a judge is a model that reads both sides. It is optional, costs time,
and only ever turns a draft down.
"""

import logging
from collections.abc import Sequence
from typing import Protocol

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.text.sentences import split
from summarizer.text.stems import stems
from summarizer.writing.writer import Draft, Limits, Writer

logger = logging.getLogger(__name__)

#: Source sentences that a claim is laid beside.
EVIDENCE = 2
#: Below this probability a claim counts as not borne out.
FLOOR = 0.5
#: Sentences of an article that are looked through.
_MOST = 200


class Judge(Protocol):
    """Tells how far claims follow from their sources."""

    @property
    def name(self) -> str:
        """What a reader of the log sees."""
        ...

    def support(self, claims: Sequence[tuple[str, str]]) -> list[float]:
        """For each (source, claim): the probability that the claim follows, 0 to 1.

        Raises:
            ModelUnavailable: the judge's model can't be had; the guard alone decides then.
        """
        ...


def doubted(drafts: Sequence[tuple[str, Article]], judge: Judge, floor: float = FLOOR) -> list[bool]:
    """For each draft: whether the judge finds a sentence in it that its article does not bear out.

    Raises ModelUnavailable with the judge.
    """
    found = [(place, claim) for place, draft in enumerate(drafts) for claim in claims(*draft)]
    support = judge.support([claim for _, claim in found])
    doubts = {place for (place, _), share in zip(found, support, strict=True) if share < floor}
    return [place in doubts for place in range(len(drafts))]


def claims(draft: str, article: Article) -> list[tuple[str, str]]:
    """(source sentences, claim) for each sentence of a draft that the article does not have word for word."""
    sentences = [article.title, *(article.sentences or split(article.text))][:_MOST]
    known = [{*stems(sentence, article.lang)} for sentence in sentences]
    own = {*sentences}
    return [
        (_evidence({*stems(claim, article.lang)}, sentences, known), claim)
        for claim in split(draft)
        if claim not in own
    ]


def _evidence(claim: set[str], sentences: Sequence[str], known: Sequence[set[str]]) -> str:
    """The sentences that have most of the claim's words, in the article's order."""
    best = sorted(range(len(sentences)), key=lambda place: -len(claim & known[place]))[:EVIDENCE]
    return " ".join(sentences[place] for place in sorted(best))


class JudgedWriter:
    """A writer whose drafts a judge has heard; what it doubts comes back empty, for the reason "judge"."""

    def __init__(self, writer: Writer, judge: Judge) -> None:
        self.name = writer.name
        self._writer = writer
        self._judge = judge

    def write(self, articles: Sequence[Article], limits: Limits) -> list[Draft]:
        """One draft an article, in order. Raises ModelUnavailable with the writer, never with the judge."""
        drafts = self._writer.write(articles, limits)
        pairs = [(draft.text, article) for draft, article in zip(drafts, articles, strict=True)]
        try:
            doubts = doubted(pairs, self._judge)
        except ModelUnavailable as error:
            logger.warning("%s; the guard alone decides", error)
            return drafts
        return [
            Draft("", reason="judge") if doubt else draft for draft, doubt in zip(drafts, doubts, strict=True)
        ]
