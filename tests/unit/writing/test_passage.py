"""An article as the extractive writer sees it."""

import pytest

from summarizer.article import Article
from summarizer.writing.passage import Sentence, passage


def read(text: str, lang: str = "kk", *sentences: str) -> tuple[Sentence, ...]:
    return passage(Article(id="1", title="Тақырып", text=text, lang=lang, sentences=sentences)).sentences


def test_given_sentences_are_kept_as_they_were_split() -> None:
    """Their indexes are what a summary's `picked` means."""
    assert [s.full for s in read("", "kk", "Бірінші.", "Екінші. Үшінші.")] == ["Бірінші.", "Екінші. Үшінші."]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Ол жаңа мектепті аралап көрді."),
        ("kk", "Аталған жоба келер жылы басталады."),
        ("ru", "Она выступила на открытии школы."),
        ("ru", "По его итогам приняли решение о ремонте."),
        ("en", "He opened the new school in May."),
    ],
)
def test_a_pronoun_at_the_start_leans(lang: str, text: str) -> None:
    """It stands for something in the sentence before."""
    assert read(text, lang)[0].leans


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Жаңа мектеп қашан ашылады?"),
        ("kk", "Еске салсақ, былтыр да мектеп ашылған."),
        ("kk", "Біз бұл мектепті көптен күттік."),
        ("ru", "Напомним, в прошлом году школу закрыли."),
        ("ru", "Об этом сообщили в министерстве."),
        ("en", "We are happy with the new school."),
    ],
)
def test_what_no_digest_prints_is_set_apart(lang: str, text: str) -> None:
    """Questions, old news, attribution alone and a nameless speaker's "we"."""
    assert read(text, lang)[0].apart


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "Ақтөбеде жаңа мектеп ашылды."),
        ("ru", "В Актобе открыли новую школу."),
        ("en", "A new school opened in Aktobe."),
        ("kk", "«Мектепті біз салдық», - деді әкім Ерлан Сәбитов."),
    ],
)
def test_plain_news_stands(lang: str, text: str) -> None:
    """News with a subject, or with a speaker who is named, needs no neighbour."""
    assert not read(text, lang)[0].leans
    assert not read(text, lang)[0].apart
