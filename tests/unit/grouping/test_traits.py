"""What is read of an article beside its vector."""

from datetime import UTC, datetime

import pytest

from summarizer.article import Article
from summarizer.grouping.traits import READ, Traits, opening, skeleton, traits


def _read(title: str, text: str = "", lang: str = "ru", **more) -> Traits:
    return traits(opening(Article(id="1", title=title, text=text, lang=lang, **more)))


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("тоқаев", "tokayev"), ("шымкент", "shymkent"), ("чехов", "chekhov"), ("жезқазған", "zhezkazgan")],
)
def test_a_name_has_one_skeleton_in_both_scripts(cyrillic, latin) -> None:
    """Outlets in Kazakh, Russian and English spell one name alike enough."""
    assert skeleton(cyrillic) == skeleton(latin)


def test_a_capital_at_the_start_of_a_sentence_makes_no_name() -> None:
    """Only the town is a name here."""
    assert _read("Сегодня в Караганде открыли мост").title_names == {skeleton("караганд")}


def test_a_short_quotation_is_a_name() -> None:
    """Contests and companies are told apart by what stands in quotation marks."""
    assert skeleton("спорт") in _read("Голосуйте за фото конкурса «На спорте»").title_names


def test_figures_are_equal_however_they_are_grouped() -> None:
    """Thousands and decimals are written by three habits."""
    for text in ("6 760 школ и 5,2 балла", "6,760 schools and 5.2 points"):
        assert {"6760", "5.2"} <= _read(text).title_figures


def test_a_number_in_words_is_a_figure_too() -> None:
    """Three people are three people in each language."""
    assert "3" in _read("Үш адам құтқарылды", lang="kk").figures
    assert "3" in _read("Three people rescued", lang="en").figures


def test_the_days_of_a_title_come_first() -> None:
    """The text's first lines are asked only where the title names no day."""
    assert _read("Погода на 8 ноября", "Прогноз от 7 ноября. " * 9).days == {"8"}
    assert _read("Погода", "Прогноз от 7 ноября. " * 9).days == {"7"}


def test_the_outlet_is_the_source_or_else_the_host() -> None:
    """An address that can't be read names no outlet."""
    assert _read("А", source="Alpha").outlet == "Alpha"
    assert _read("А", url="https://www.alpha.example/news/1").outlet == "alpha.example"
    assert _read("А", url="https://[broken").outlet == ""


def test_a_megabyte_is_read_in_part() -> None:
    """Words beyond the first code points leave no trace."""
    found = _read("Тест", "слово " * (READ // 6) + "редкость " * 200_000)
    assert len(found.stems) < 5
    assert found.length > 1_000_000


def test_sentences_stand_in_for_a_missing_text() -> None:
    """An article may come split already."""
    article = Article(id="1", title="А", text="", lang="ru", sentences=("Мост открыли.", "Пришли люди."))
    assert traits(opening(article)).length == len("Мост открыли. Пришли люди.")


def test_the_hour_is_kept() -> None:
    """Time is evidence."""
    hour = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert _read("А", published=hour).published == hour


def test_a_scale_belongs_to_its_number() -> None:
    """«92 мың» and "92,000" are one figure, whatever the language."""
    ours = _read("", "Теңізде 92 мың итбалық бар, 1,75 млн теңге бөлінді.", "kk").figures
    theirs = _read("", "The sea has 92,000 seals; 1,750,000 tenge were given.", "en").figures
    assert ours == theirs == {"92000", "1750000"}
