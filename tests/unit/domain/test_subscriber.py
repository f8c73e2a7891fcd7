"""Defaults and the interface language of a subscriber."""

from datetime import time

import pytest

from bot.domain.subscriber import Chat, Preferences, Subscriber, interface_language
from summarizer.topic import Topic


@pytest.mark.parametrize(
    ("code", "lang"),
    [
        ("kk", "kk"),
        ("ru-RU", "ru"),
        ("EN_us", "en"),
        ("uk", "kk"),
        ("de", "kk"),
        ("", "kk"),
        (None, "kk"),
    ],
)
def test_the_interface_speaks_the_client_s_language_or_kazakh(code, lang):
    """A regional code counts as its language; unknown ones and none mean Kazakh."""
    assert interface_language(code) == lang


def test_start_alone_means_all_topics_at_nine_in_almaty():
    """The defaults of the outward interface."""
    wanted = Preferences()
    assert (wanted.topics, wanted.slots, wanted.zone) == (frozenset(Topic), (time(9),), "Asia/Almaty")


def test_the_first_reading_language_is_the_interface_s():
    """Whoever reads Russian first is spoken to in Russian."""
    assert Subscriber(1, Chat(1), Preferences(languages=("ru", "kk"))).lang == "ru"
