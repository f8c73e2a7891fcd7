"""A judge is shown each new sentence beside the sentences of the article that speak of it."""

from collections.abc import Sequence

import pytest

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.writing.judge import claims, doubted

ARTICLE = Article(
    "1",
    "В Жанатасе открыли мост",
    "Погода была ясной. В городе Жанатас открыли мост. Его длина 120 метров. Аким поздравил строителей.",
    "ru",
)


class Believer:
    """Takes a claim for true when all its words stand in the source."""

    name = "believer"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def support(self, asked: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += asked
        return [
            float({*claim.lower().strip(".").split()} <= {*source.lower().split()}) for source, claim in asked
        ]


def test_a_claim_stands_beside_what_speaks_of_it():
    """The title is a source as well; inflected words count as the same."""
    ((source, claim),) = claims("Жанатасский мост длиной 120 метров открыт.", ARTICLE)

    assert claim.startswith("Жанатасский")
    assert "мост" in source
    assert "Погода" not in source


def test_the_articles_own_sentences_need_no_judge():
    """What is copied is not asked about, so the extractive writer costs nothing."""
    judge = Believer()

    assert claims("Его длина 120 метров.", ARTICLE) == []
    assert doubted([("Его длина 120 метров.", ARTICLE)], judge) == [False]


def test_one_doubtful_sentence_costs_the_draft():
    """All drafts go in one batch, and the answers find their way back."""
    judge = Believer()
    drafts = [
        ("Открыли мост.", ARTICLE),
        ("Его длина 120 метров. Аким уволил строителей.", ARTICLE),
        ("Погода была ясной.", ARTICLE),
    ]

    assert doubted(drafts, judge) == [False, True, False]
    assert len(judge.asked) == 2


def test_a_missing_judge_is_told():
    """The guard alone decides then."""

    class Missing:
        name = "missing"

        def support(self, _: Sequence[tuple[str, str]]) -> list[float]:
            raise ModelUnavailable("missing", "nobody there")

    with pytest.raises(ModelUnavailable):
        doubted([("Мост закрыли.", ARTICLE)], Missing())
