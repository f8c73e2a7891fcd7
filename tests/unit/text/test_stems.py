"""Stems that inflected forms share."""

import pytest

from summarizer.text.stems import stem, stems


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("kk", "мектептерінің", "мектеп"),
        ("kk", "балаларына", "бала"),
        ("kk", "қаласында", "қала"),
        ("kk", "Тоқаевтың", "Тоқаев"),
        ("ru", "министерства", "министерству"),
        ("ru", "ещё", "еще"),
        ("en", "schools", "school"),
    ],
)
def test_forms_of_one_word_share_a_stem(lang: str, one: str, other: str) -> None:
    """Endings go, whatever the language's way of adding them."""
    assert stem(one, lang) == stem(other, lang)


def test_different_words_keep_different_stems() -> None:
    """Four letters of a Kazakh word always stay."""
    assert len({stem(word, "kk") for word in ("қала", "қалам", "балық", "бала", "мектеп")}) >= 4


def test_function_words_and_figures_are_left_out() -> None:
    """Stems are those of content words, in order, repeats kept."""
    assert stems("Бұл мектеп пен мектептер 12", "kk") == ["мектеп", "мектеп"]
