"""Logs on stderr, for people or as JSON; a bot's token never reaches them."""

import logging
import re
import sys
from typing import Any

import structlog

#: Telegram's tokens: they stand in every Bot API address, so in many an exception's text.
_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_QUIET = {
    "aiogram": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "htmldate": logging.CRITICAL,
    "httpx": logging.WARNING,
    "openai": logging.WARNING,
    "trafilatura": logging.CRITICAL,
}


def configure(level: str, form: str) -> None:
    """Set up logging for the whole process; `form` is console or json."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    colours = sys.stderr.isatty()
    last = structlog.processors.JSONRenderer(ensure_ascii=False)
    console = structlog.dev.ConsoleRenderer(colors=colours)
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last if form == "json" else console,
            _redact,
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


def _redact(_logger: Any, _method: str, line: Any) -> str:
    # On the finished line: tokens hide in values of any type and in tracebacks.
    return without_token(str(line))


def without_token(text: str) -> str:
    """The text with Telegram tokens taken out, for logs and for errors shown to an operator."""
    return _TOKEN.sub("[token]", text)
