"""A judge is shown each new sentence beside the sentences of the article that speak of it."""

from collections.abc import Sequence

import pytest

from summarizer.article import Article
from summarizer.errors import ModelUnavailable
from summarizer.writing.judge import JudgedWriter, claims, doubted
from summarizer.writing.writer import Draft, Limits

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


class Doubter:
    """A judge that believes nothing, or can't be had."""

    name = "doubter"

    def __init__(self, *, absent=False):
        self.absent = absent

    def support(self, claims):
        """Zero for every claim."""
        if self.absent:
            raise ModelUnavailable("doubter", "install it")
        return [0.0 for _ in claims]


class Parrot:
    """A model writer with one draft for all."""

    name = "parrot"

    def write(self, articles, limits):
        """A sentence that its article does not have."""
        return [Draft("Мост закрыли.", None) for _ in articles]


def test_what_the_judge_doubts_is_not_a_draft():
    """It comes back empty with its reason, so that the next writer has its turn."""
    article = Article("1", "Мост", "Мост через реку открыли в понедельник.", "ru")
    (draft,) = JudgedWriter(Parrot(), Doubter()).write([article], Limits())
    assert (draft.text, draft.reason) == ("", "judge")


def test_without_its_judge_a_writer_goes_on():
    """The guard alone decides then, and the log says so."""
    article = Article("1", "Мост", "Мост через реку открыли в понедельник.", "ru")
    (draft,) = JudgedWriter(Parrot(), Doubter(absent=True)).write([article], Limits())
    assert draft.text == "Мост закрыли."
