"""Summaries made false on purpose."""

import pytest

from summarizer.article import Article
from summarizer.evaluation.corruption import KINDS, falsehoods

TRUE = [
    (
        Article(
            id=str(number),
            title="Тақырып",
            text=f"Әкім {name} арнайы {place} жиын өткізді. Келер жылы {number}00 үй салынбақ.",
            lang="kk",
        ),
        f"Кеше әкім {name} арнайы {place} келді, келер жылы {number}00 үй салынбақ.",
    )
    for number, name, place in [(3, "Серіков", "Ақтауда"), (7, "Оспанов", "Семейде")]
]


def test_makes_every_kind_of_falsehood() -> None:
    """A number, a name, two names exchanged, a denial, a plan told as done."""
    made = list(falsehoods(TRUE))
    assert {lie.kind for lie in made} == set(KINDS)
    assert all(lie.text != lie.truth for lie in made)


def test_the_same_summaries_give_the_same_falsehoods() -> None:
    """Nothing is random but the seed."""
    assert list(falsehoods(TRUE, 1)) == list(falsehoods(TRUE, 1))


@pytest.mark.parametrize(
    ("lang", "truth", "kind", "lie"),
    [
        ("kk", "Мектеп ашылды.", "negation", "Мектеп ашылмады."),
        ("kk", "Жиын басталады.", "negation", "Жиын басталмайды."),
        ("kk", "Мектеп ашылмады.", "negation", "Мектеп ашылды."),
        ("kk", "Мектеп салынбақ.", "modality", "Мектеп салынды."),
        ("ru", "Школу построили.", "negation", "Школу не построили."),
        ("ru", "Город планирует построить школу.", "modality", "Город построил школу."),
        ("en", "The town will open a school.", "modality", "The town opened a school."),
        ("en", "The town was told.", "negation", "The town was not told."),
    ],
)
def test_rewords_by_rule(lang: str, truth: str, kind: str, lie: str) -> None:
    """The result is a sentence of the language."""
    article = Article(id="1", title="", text=truth, lang=lang)
    assert [f.text for f in falsehoods([(article, truth)]) if f.kind == kind] == [lie]
