"""Who may change what."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from aiogram.exceptions import ClientDecodeError
from aiogram.types import Chat, Message, User

from bot.chat.readers import may_change


@dataclass
class OtherServer:
    """A client of a Bot API server whose members the library can't read whole."""

    data: object

    async def get_chat_member(self, chat: int, user: int) -> None:
        """Raise what the library raises."""
        raise ClientDecodeError("no", ValueError(), self.data)


@pytest.mark.parametrize(
    ("data", "may"),
    [
        ({"ok": True, "result": {"status": "administrator"}}, True),
        ({"ok": True, "result": {"status": "member"}}, False),
        ({"ok": False}, False),
        ("<html>", False),
    ],
)
async def test_a_server_of_another_version_still_says_who_is_an_administrator(data, may):
    """The status counts, whatever rights are missing beside it; without it nobody may."""
    message = Message(
        message_id=1,
        date=datetime(2026, 11, 22, tzinfo=UTC),
        chat=Chat(id=-5, type="group"),
        from_user=User(id=7, is_bot=False, first_name="A"),
    )
    assert await may_change(message, OtherServer(data)) is may
