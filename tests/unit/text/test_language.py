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


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Ауданда жаңа мектеп ашылды, онда үш жүз оқушы білім алады, құрылысы былтыр күзде басталған. ",
            "kk",
        ),
        (
            "В районе открылась новая школа, в ней учатся триста детей, строить её начали прошлой осенью. ",
            "ru",
        ),
        (
            "A new school was opened in the district for the children, and it is close to the old river. ",
            "en",
        ),
        (
            "Районда жаңы мектеп ачылды, анда үч жүз окуучу билим алат, курулушу былтыр күзүндө башталган. ",
            "ky",
        ),
        (
            "Туманда янги мактаб очилди, унда уч юз ўқувчи таҳсил олади, қурилиш ўтган йили бошланган эди. ",
            "uz",
        ),
        (
            "Районда яңа мәктәп ачылды, анда өч йөз бала белем ала, төзелеш былтыр көз башында башланган. ",
            "tt",
        ),
    ],
)
def test_a_long_text_is_told_by_its_letters_as_by_the_model(text: str, lang: str) -> None:
    """The alphabet spares the model, and never takes a neighbour for Kazakh or Russian."""
    assert detect(text) == detect(text * 6) == lang
