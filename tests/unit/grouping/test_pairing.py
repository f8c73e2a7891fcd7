"""Evidence for and against one event."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summarizer.article import Article
from summarizer.grouping.pairing import (
    REGIMES,
    Evidence,
    Rarity,
    evidence,
    odds,
    regime,
    stored_weights,
)
from summarizer.grouping.traits import Traits, background, opening, traits

MORNING = datetime(2026, 3, 4, 9, tzinfo=UTC)


def _read(title: str, text: str = "", lang: str = "ru", source: str = "alpha") -> Traits:
    article = Article(id="1", title=title, text=text, lang=lang, source=source, published=MORNING)
    return traits(opening(article))


def _odds(row: str, **found: float) -> float:
    return odds(Evidence(**found), row, stored_weights())


def _pair(one: Traits, other: Traits) -> Evidence:
    return evidence(one, other, 0.6, Rarity(background()))


def test_the_row_of_weights_follows_language_and_outlet() -> None:
    """An outlet's second text is judged by other weights than another outlet's."""
    one = _read("Мост")
    rows = [
        regime(one, _read("Көпір", lang="kk")),
        regime(one, _read("Мост", source="beta")),
        regime(one, _read("Мост")),
        regime(one, _read("Мост", source="")),
    ]
    assert tuple(rows) == REGIMES


@pytest.mark.parametrize("row", REGIMES)
def test_more_likeness_never_speaks_against(row) -> None:
    """The fitted weights keep the direction of the evidence."""
    assert _odds(row, likeness=0.9) > _odds(row, likeness=0.5)


@pytest.mark.parametrize("field", ["names_missing", "figures_missing", "days_apart", "recurring"])
@pytest.mark.parametrize("row", REGIMES)
def test_contradictions_never_speak_for(row, field) -> None:
    """A missing name or another day can't bring two texts together."""
    assert _odds(row, likeness=0.7, **{field: 1.0}) <= _odds(row, likeness=0.7)


def test_two_towns_contradict() -> None:
    """The name that only one title has is missed in the other text."""
    here = _read("Паводок в Караганде", "Вода прибывает в Караганде. " * 9)
    there = _read("Паводок в Павлодаре", "Вода прибывает в Павлодаре. " * 9)
    assert _pair(here, there).names_missing > _pair(here, here).names_missing == 0


def test_two_days_contradict() -> None:
    """Forecasts for different days stay apart."""
    assert _pair(_read("Погода на 8 ноября"), _read("Погода на 18 ноября")).days_apart == 1


def test_one_title_again_a_day_later_is_a_bulletin() -> None:
    """The same outlet's regular report is not one event, the same hour's is."""
    today = _read("Паводки: что известно к этому часу")
    tomorrow = replace(today, published=MORNING + timedelta(days=1))
    assert _pair(today, tomorrow).recurring == 1
    assert _pair(today, today).recurring == 0


def test_a_translation_keeps_length_and_figures() -> None:
    """What the two languages share without sharing a word."""
    ours = _read("Көпір ашылды", "Ұзындығы 120 метр көпірді 45 жұмысшы салды. " * 4, "kk")
    theirs = _read("Открыт мост", "Мост длиной 120 метров строили 45 рабочих. " * 4)
    other = _read("Открыт парк", "Парк площадью 17 гектаров высадили 300 жителей города и гостей. " * 2)
    assert _pair(ours, theirs).figures > _pair(ours, other).figures
    assert _pair(ours, theirs).length > _pair(ours, other).length


def test_rare_words_inform_and_common_ones_do_not() -> None:
    """A word that each article has says nothing of any, be it common in all news or in this week's."""
    rarity = Rarity({"ru": {"": 99, "обычн": 60}})
    for number in range(50):
        rarity.learn(_read(f"Сегодня слово{chr(1072 + number % 30)}аб"))
    assert rarity.information(["сегодн"], "ru") < 0.5 < rarity.information(["невиданн"], "ru")
    assert rarity.information(["обычн"], "ru") < 0.6
    assert rarity.information([], "ru") == 0


def test_the_only_text_with_a_word_does_not_make_it_common() -> None:
    """In a young stream a word that one earlier article has is as rare as in an old one."""
    rarity = Rarity({})
    rarity.learn(_read("Невиданный"))
    young = rarity.information(["невида", "невиданн"], "ru")
    for _ in range(50):
        rarity.learn(_read("Сегодня"))
    assert rarity.information(["невида", "невиданн"], "ru") == young


def test_a_name_in_a_derived_word_is_not_missing() -> None:
    """«Подмосковье» is told of by a text that says «подмосковный»."""
    one = _read("Пожар в Подмосковье", "Горел склад. " * 9)
    other = _read("Сгорел склад", "В подмосковном городе горел склад. " * 4)
    assert _pair(one, other).names_missing == 0


def test_without_dates_time_says_nothing() -> None:
    """A missing date makes no bulletin of a title told twice."""
    assert _pair(_read("Мост"), replace(_read("Мост"), published=None)).recurring == 0
