"""Telling Kazakh, Russian, English and Kazakh's neighbours apart."""

import pytest

from summarizer.text.language import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Алматыда жаңа көпір салынып жатыр, құрылыс күзде аяқталады", "kk"),
        ("В Алматы строят новый мост, работы завершатся осенью", "ru"),
        ("A new bridge is being built in Almaty and will open in autumn", "en"),
        ("Бишкекте жаңы көпүрө курулуп жатат, курулуш күзүндө бүтөт", "ky"),
    ],
)
def test_tells_languages_apart(text: str, lang: str) -> None:
    """A line of a dozen words is enough."""
    assert detect(text) == lang


def test_the_sources_language_decides_for_too_short_a_text() -> None:
    """One word can't tell; nothing at all is undetermined without a hint."""
    assert detect("Алматы", "kk") == "kk"
    assert detect("123", "ru") == "ru"
    assert detect("123") == "und"
