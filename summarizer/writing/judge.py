"""A second opinion on drafts that were written anew: does each sentence follow from the article's own?

The guard sees numbers, names and verbs; a judge is a model that reads both sides. It is optional, costs time,
and only ever turns a draft down.
"""

from collections.abc import Sequence
from typing import Protocol

from summarizer.article import Article
from summarizer.text.sentences import split
from summarizer.text.stems import stems

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
