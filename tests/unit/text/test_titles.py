"""Titles without what outlets hang on them."""

import pytest

from summarizer.text.titles import clean_title


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Мост открыли в Актау (ФОТО)", "Мост открыли в Актау"),
        ("Мост открыли в Актау - ВИДЕО", "Мост открыли в Актау"),
        ("Мост открыли в Актау | Tengrinews.kz", "Мост открыли в Актау"),
        ("Ақтауда көпір ашылды - Kazakhstan Today", "Ақтауда көпір ашылды"),
        ("Видео: мост открыли", "мост открыли"),
        ("AT&amp;T &laquo;новости&raquo;", "AT&T «новости»"),
        ("Цена < 5 & > 3 \x07“да” 🚀", "Цена < 5 & > 3 “да” 🚀"),
        ("Алматы - Астана пойызы жолға шықты", "Алматы - Астана пойызы жолға шықты"),
        ("Тоқаев: «Бұл маңызды»", "Тоқаев: «Бұл маңызды»"),
    ],
)
def test_keeps_the_titles_own_words(raw: str, clean: str) -> None:
    """Tags, outlets, entities and control characters go; signs, dashes and emoji stay."""
    assert clean_title(raw) == clean


def test_takes_the_publishers_name_off() -> None:
    """A publisher unknown to the list is taken off when the caller names it."""
    assert clean_title("Көпір ашылды — Дала үні", "Дала үні") == "Көпір ашылды"
