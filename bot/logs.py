"""Logs on stderr, for people or as JSON; a bot's token never reaches them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

#: Telegram's tokens: they stand in every Bot API address, so in many an exception's text.
_TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{20,}")
_QUIET = {
    "aiogram": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "htmldate": logging.CRITICAL,
    "trafilatura": logging.CRITICAL,
}


def configure(level: str, form: str) -> None:
    """Set up logging for the whole process; `form` is console or json."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    colours = sys.stderr.isatty()
    last = structlog.processors.JSONRenderer(ensure_ascii=False)
    console = structlog.dev.ConsoleRenderer(colors=colours)
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last if form == "json" else console,
        ],
        foreign_pre_chain=shared,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, logging.getLevelName(level)))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take Telegram tokens out of every value of a log line."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("[token]", value)
    return event


def without_token(text: str) -> str:
    """The text with Telegram tokens taken out, for errors shown to an operator."""
    return _TOKEN.sub("[token]", text)
