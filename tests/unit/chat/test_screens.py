"""The settings message."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.chat.buttons import View
from bot.chat.overview import summary
from bot.chat.screens import screen
from bot.domain.subscriber import LANGUAGES, WEEKDAYS, Chat, Preferences, State, Subscriber
from summarizer.topic import Topic

READER = Subscriber(1, Chat(5), Preferences(languages=("en", "kk"), slots=(time(8, 30),)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", View)
def test_every_screen_exists_in_every_language(lang, view):
    """Each has text and buttons within Telegram's limits."""
    reader = replace(
        READER, preferences=Preferences(languages=(lang,), zone="America/Argentina/ComodRivadavia")
    )
    shown = screen(view, reader)
    buttons = [button for row in shown.keyboard.inline_keyboard for button in row]
    assert shown.text
    assert buttons
    assert all(1 <= len((button.callback_data or "").encode()) <= 64 for button in buttons)


def test_the_overview_says_what_was_chosen():
    """Languages in order, topics by name, hours, days and zone."""
    chosen = replace(READER.preferences, topics=frozenset({Topic.SPORT}), days=WEEKDAYS)
    text = summary(replace(READER, preferences=chosen))
    assert text.splitlines() == [
        "Languages: English, Қазақша",
        "Topics: Sport",
        "Time: 08:30, on weekdays (Almaty, Asia/Almaty)",
    ]


def test_a_pause_is_shown_with_its_end():
    """By the reader's own calendar."""
    until = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    paused = replace(READER, state=State.PAUSED, next_at=until)
    assert "Monday, 23 November 2026" in summary(paused)
    assert "resume with /start" in summary(replace(paused, next_at=None))


def test_an_hour_of_ones_own_can_be_unticked():
    """08:30 is not among the offered hours, yet has its button while chosen."""
    buttons = [b for row in screen(View.TIME, READER).keyboard.inline_keyboard for b in row]
    assert ("✅ 08:30", "h:0830:0") in [(b.text, b.callback_data) for b in buttons]
