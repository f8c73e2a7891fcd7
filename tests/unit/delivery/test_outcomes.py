"""What Telegram's answers mean."""

from datetime import timedelta

import pytest
from aiogram import exceptions
from aiogram.methods import SendMessage
from aiohttp import ClientConnectionError, ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.delivery.outcomes import outcome
from bot.domain.delivery import Ambiguous, Flooded, Migrated, Refused, Rejected, Sent, Unsent

METHOD = SendMessage(chat_id=1, text="x")


def network(cause):
    """Aiogram's error for a broken request."""
    error = exceptions.TelegramNetworkError(method=METHOD, message=str(type(cause)))
    error.__cause__ = cause
    return error


def unreachable():
    """Aiohttp's error where no connection was made."""
    key = ConnectionKey("127.0.0.1", 1, False, True, None, None, None)
    return ClientConnectorError(key, OSError(111, "refused"))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (exceptions.TelegramForbiddenError(METHOD, "Forbidden: bot was blocked by the user"), Refused),
        (exceptions.TelegramForbiddenError(METHOD, "Forbidden: user is deactivated"), Refused),
        (exceptions.TelegramBadRequest(METHOD, "Bad Request: chat not found"), Refused),
        (
            exceptions.TelegramBadRequest(METHOD, "Bad Request: not enough rights to send text messages"),
            Refused,
        ),
        (exceptions.TelegramBadRequest(METHOD, "Bad Request: message thread not found"), Refused),
        (exceptions.TelegramBadRequest(METHOD, "Bad Request: can't parse entities"), Rejected),
        (exceptions.TelegramEntityTooLarge(METHOD, "Request Entity Too Large"), Rejected),
        (exceptions.TelegramServerError(METHOD, "Internal Server Error"), Unsent),
        (exceptions.TelegramUnauthorizedError(METHOD, "Unauthorized"), Unsent),
        (exceptions.ClientDecodeError("no", ValueError(), "<html>502 Bad Gateway</html>"), Unsent),
        (exceptions.ClientDecodeError("no", ValueError(), "<html>504 Gateway Time-out</html>"), Ambiguous),
        (exceptions.ClientDecodeError("no", ValueError(), '{"ok": tr'), Ambiguous),
        (network(unreachable()), Unsent),
        (network(TimeoutError()), Ambiguous),
        (network(ServerDisconnectedError()), Ambiguous),
        (network(ClientConnectionError()), Ambiguous),
    ],
)
def test_each_error_has_its_outcome(error, kind):
    """Closed chats, bad messages, certain and uncertain losses are told apart."""
    assert isinstance(outcome(error), kind)


def test_figures_are_carried():
    """A flood's pause, a group's new id, and the id in a confirmation that could not be read whole."""
    flood = exceptions.TelegramRetryAfter(METHOD, "Too Many Requests", retry_after=7)
    assert outcome(flood) == Flooded(timedelta(seconds=7))
    assert outcome(exceptions.TelegramMigrateToChat(METHOD, "upgraded", -1009)) == Migrated(-1009)
    strange = exceptions.ClientDecodeError(
        "no", ValueError(), {"ok": True, "result": {"message_id": 5, "x": {}}}
    )
    assert outcome(strange) == Sent(5)


def test_reasons_carry_no_address():
    """The token stands in every address; what goes into the store is our own word for it."""
    assert "127.0.0.1" not in repr(outcome(network(unreachable())))
