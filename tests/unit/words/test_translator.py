"""Words in three languages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

import bot
from bot.domain.subscriber import LANGUAGES
from bot.words.translator import (
    date_span,
    days_by_name,
    languages_by_name,
    long_date,
    short_moment,
    topic_emoji,
    topic_name,
    topics_by_name,
    translate,
    weekday_meant,
    weekday_name,
    weekdays_by_name,
    words_for,
)
from summarizer.topic import Topic

ROOT = Path(bot.__file__).parent


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the parser's hook
        self.names.add(node.id.name)


def _messages(lang: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "words" / lang).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                variables = _Variables()
                variables.visit(entry)
                found[entry.id.name] = variables.names
    return found


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_all_languages_have_the_same_keys_and_placeholders(lang):
    """What one language can say, each can, with the same figures in it."""
    assert _messages(lang) == _messages("kk")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_can_be_formatted(lang):
    """Each message takes its placeholders and leaves none open, for one, few and many."""
    for key, names in _messages(lang).items():
        for count in (1, 3, 5):
            assert "{" not in translate(lang, key, **dict.fromkeys(names, count))


def test_a_missing_key_or_language_is_an_error():
    """A key's name must never reach a reader."""
    with pytest.raises(KeyError):
        translate("kk", "no-such-key")
    with pytest.raises(KeyError):
        translate("de", "help")


def test_no_text_for_readers_stands_in_code():
    """Chat and delivery hold no Cyrillic literal: words live in the locale files."""
    cyrillic = {chr(code) for code in range(0x400, 0x530)}
    for path in [*(ROOT / "chat").rglob("*.py"), *(ROOT / "delivery").rglob("*.py")]:
        assert not cyrillic & set(path.read_text(encoding="utf-8")), path


def test_dates_are_those_of_newspapers():
    """Babel's Kazakh is what is printed in Kazakhstan."""
    day = date(2026, 11, 22)
    assert long_date("kk", day) == "2026 ж. 22 қараша, жексенбі"
    assert long_date("ru", day) == "воскресенье, 22 ноября 2026 г."
    assert long_date("en", day) == "Sunday, 22 November 2026"


def test_times_of_other_days_name_the_day():
    """Yesterday evening is not this evening."""
    moment = datetime(2026, 11, 21, 15, 5, tzinfo=UTC)
    assert short_moment("kk", moment, "Asia/Almaty", date(2026, 11, 21)) == "20:05"
    assert short_moment("kk", moment, "Asia/Almaty", date(2026, 11, 22)) == "21 қараша, 20:05"


def test_plurals_follow_the_language():
    """Russian has three forms, English two, Kazakh one."""
    assert [translate("ru", "paused-until", days=n).split()[4] for n in (1, 3, 5)] == [
        "день.",
        "дня.",
        "дней.",
    ]
    assert [translate("en", "paused-until", days=n).split()[6] for n in (1, 3)] == ["day.", "days."]
    assert {translate("kk", "paused-until", days=n).split()[2] for n in (1, 3)} == {"күнге"}


def test_topics_and_languages_are_understood_by_every_name():
    """A reader may write a topic or a language in any of the three languages, as one word."""
    for topic in Topic:
        assert topic_emoji(topic)
        for lang in LANGUAGES:
            name = topic_name(lang, topic)
            assert len(name.split()) == 1
            assert topics_by_name()[name.casefold()] is topic
    assert languages_by_name()["қазақша"] == "kk"
    assert days_by_name()["будни"] == {1, 2, 3, 4, 5}


def test_weekdays_are_understood_in_any_form():
    """By every name and ending; no other word is a day."""
    assert weekdays_by_name()["жексенбі"] == weekdays_by_name()["вс"] == weekdays_by_name()["sunday"] == 7
    for word, day in (("Пятницу", 5), ("жұмада", 5), ("сенбіде", 6), ("Sundays", 7), ("средам", 3)):
        assert weekdays_by_name()[weekday_meant(word)] == day
    assert [weekday_meant(word) for word in ("08:30", "on", "сенім", "")] == [None] * 4
    assert {weekday_name(lang, 7) for lang in LANGUAGES} == {"жексенбі", "воскресенье", "Sunday"}


def test_a_span_of_days_names_the_month_once():
    """As newspapers print it."""
    assert date_span("kk", date(2026, 11, 16), date(2026, 11, 22)) == "16–22 қараша"
    assert date_span("ru", date(2026, 11, 28), date(2026, 12, 4)) == "28 ноября – 4 декабря"
    assert date_span("en", date(2025, 12, 28), date(2026, 1, 3)) == "28 December – 3 January"


def test_words_of_all_languages_mean_off():
    """A reader answers in the language they think in."""
    assert {"жоқ", "нет", "none"} <= words_for("off")
