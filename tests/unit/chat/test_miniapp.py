"""The way from the chat to the Mini App."""

import pytest

from bot.chat.buttons import View
from bot.chat.miniapp import with_app
from bot.chat.screens import screen
from bot.domain.subscriber import Chat, Preferences, Subscriber


def settings(chat, site):
    """The first row of the settings of a reader in this chat."""
    reader = Subscriber(1, Chat(chat), Preferences(("kk",)))
    return with_app(screen(View.SETTINGS, reader), reader, site).keyboard.inline_keyboard[0]


def test_a_private_chat_leads_to_the_app():
    """The first row opens the Mini App inside Telegram."""
    (button,) = settings(100, "https://news.example.kz")
    assert button.web_app.url == "https://news.example.kz/app"
    assert button.text == "Баптауларды ашу"


@pytest.mark.parametrize(
    ("chat", "site"),
    [(-100, "https://news.example.kz"), (100, "http://127.0.0.1:8080"), (100, "")],
    ids=["a group", "no https", "no address"],
)
def test_where_telegram_would_refuse_the_button_there_is_none(chat, site):
    """Telegram takes it in private chats only, and opens https only."""
    assert all(button.web_app is None for button in settings(chat, site))
