"""Whether a text has a word, in whatever form."""

import pytest

from summarizer.text.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("kk", "Семей қаласы", "Семейдегі"),
        ("kk", "Тоқаевтың сөзі", "Тоқаев"),
        ("kk", "Қазақстан", "қазақстандық"),
        ("ru", "в Петропавловске", "Петропавловск"),
        ("ru", "Алматы", "алматинцев"),
        ("ru", "Казахстан", "казахстанские"),
        ("en", "Wales", "wales"),
    ],
)
def test_another_form_of_a_word_counts(lang: str, text: str, word: str) -> None:
    """Cases, adjectives of places and their people."""
    assert word in Vocabulary(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("kk", "Назарбаев келді", "Назаров"),
        ("kk", "Қостанай", "Қостанов"),
        ("ru", "Иванов приехал", "Иваненко"),
        ("ru", "Павлодар", "Петропавловск"),
        ("en", "Johnson spoke", "Johnston"),
        ("kk", "", "Алматы"),
    ],
)
def test_another_name_does_not(lang: str, text: str, word: str) -> None:
    """Names that only begin alike are others."""
    assert word not in Vocabulary(text, lang)


def test_initials_stand_for_words_in_a_row() -> None:
    """An abbreviation is known when the text spells it out."""
    assert Vocabulary("Төтенше жағдайлар министрлігі", "kk").abbreviates("ТЖМ")
    assert not Vocabulary("Төтенше жағдайлар министрлігі", "kk").abbreviates("ІІМ")


def test_prepositions_have_no_initial() -> None:
    """«МЧС» is the ministry for (по) emergencies."""
    assert Vocabulary("Министерство по чрезвычайным ситуациям", "ru").abbreviates("МЧС")


def test_a_blend_is_known_by_the_heads_of_its_words() -> None:
    """«Нацбанк» stands for the national bank, another bank's name doesn't."""
    text = Vocabulary("Национальный банк и министерство здравоохранения", "ru")
    assert text.blends("Нацбанк")
    assert text.blends("Минздрав")
    assert not text.blends("Альфабанк")
