"""What Telegram's answer, or its absence, means for a message."""

from datetime import timedelta

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.domain.delivery import Ambiguous, Flooded, Migrated, Outcome, Refused, Rejected, Sent, Unsent

# Answers of status 400 that mean the same as a 403: nothing we write will reach this chat.
_CLOSED = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "chat_restricted",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "group chat was deactivated",
)


def outcome(error: AiogramError) -> Outcome:  # noqa: PLR0911 - one line for each kind of error
    """The outcome of a request that raised `error`; reasons carry no address and so no token."""
    match error:
        case TelegramRetryAfter():
            return Flooded(timedelta(seconds=error.retry_after))
        case TelegramMigrateToChat():
            return Migrated(error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Refused(error.message)
        case TelegramBadRequest():
            return _bad_request(error.message)
        case TelegramEntityTooLarge():
            return Rejected("too large")
        case TelegramNetworkError():
            return _lost(error)
        case ClientDecodeError():
            return _undecodable(error)
        case TelegramAPIError():
            return Unsent(error.message)
        case _:
            return Ambiguous(type(error).__name__)


def closes_chat(message: str) -> bool:
    """Whether a 400 speaks of the chat, not of what was to be sent there."""
    return any(phrase in message.lower() for phrase in _CLOSED)


def _bad_request(message: str) -> Outcome:
    return Refused(message) if closes_chat(message) else Rejected(message)


def _lost(error: TelegramNetworkError) -> Outcome:
    """Without a connection nothing was sent; with one, nobody knows."""
    cause = error.__cause__
    if isinstance(cause, ClientConnectorError | ConnectionTimeoutError):
        return Unsent("no connection")
    return Ambiguous("time-out" if isinstance(cause, TimeoutError) else type(cause).__name__)


def _undecodable(error: ClientDecodeError) -> Outcome:
    """A gateway's error page is no answer of Telegram's; a confirmation we can't read whole still is one."""
    if isinstance(error.data, dict) and error.data.get("ok"):
        result = error.data.get("result")
        if isinstance(result, dict) and isinstance(result.get("message_id"), int):
            return Sent(result["message_id"])
    page = isinstance(error.data, str) and error.data.lstrip().startswith("<")
    late = page and "504" in error.data[:1000]
    return Unsent("gateway error") if page and not late else Ambiguous("unreadable answer")
