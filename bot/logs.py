"""Logs on stderr, for people or as JSON; no secret ever reaches them."""

import logging
import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from structlog.typing import Processor

#: Telegram's tokens: they stand in every Bot API address, so in many an exception's text.
_TOKEN = re.compile(r"\d{6,20}:[A-Za-z0-9_-]{20,}")
#: What opens a door elsewhere: a login's link, what Telegram signed for the Mini App, a secret in a header.
_KEYS = re.compile(
    r"(\b(?:pass|hash|signature|tgWebAppData|initData|secret_token|X-Telegram-Bot-Api-Secret-Token|Authorization)"
    r"[\"']?\s*(?:=|:|%3D)\s*[\"']?(?:Bearer\s+|tma\s+)?)[^\s\"',}&]+",
    re.IGNORECASE,
)
#: Name and password before the host of an address, with a slash or an at that nobody escaped; Valkey asks
#: for no name; a port is none. What nobody escaped is of bounded length: a line may quote a megabyte.
_PASSWORD = re.compile(r"(?<=://)[^/\s@\"':]{0,200}:(?!\d{1,5}/)(?:[^\s\"']{1,300}|[^/\s@\"']+)(?=@)")
#: Shorter values of settings are too common in lines to be taken for secrets.
_SHORTEST = 6
_QUIET = {
    "aiogram": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "htmldate": logging.CRITICAL,
    "httpx": logging.WARNING,
    "openai": logging.WARNING,
    "taskiq": logging.WARNING,
    "trafilatura": logging.CRITICAL,
}


def configure(level: str, form: str, *, structured: bool = True, hidden: "Collection[str]" = ()) -> None:
    """Set up logging for the whole process; `form` is console or json, `hidden` are values never written.

    Without `structured` only the standard library's loggers are set up, and structlog, which takes as long
    to load as a short command to run, is loaded for the first line there is to write.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines(form, hidden, colours=sys.stderr.isatty()))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, quiet in _QUIET.items():
        logging.getLogger(name).setLevel(max(quiet, logging.getLevelName(level)))
    if structured:
        _set_up_structlog()


class _Lines(logging.Formatter):
    """structlog's lines, for the loggers of libraries too."""

    def __init__(self, form: str, hidden: "Collection[str]" = (), *, colours: bool) -> None:
        super().__init__()
        self._form = form
        self._hidden = tuple(value for value in hidden if len(value) >= _SHORTEST)
        self._colours = colours

    def format(self, record: logging.LogRecord) -> str:
        return self._formatter.format(record)

    @cached_property
    def _formatter(self) -> logging.Formatter:
        import structlog  # noqa: PLC0415 - see `configure`

        last = (
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if self._form == "json"
            else structlog.dev.ConsoleRenderer(colors=self._colours)
        )
        meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        return structlog.stdlib.ProcessorFormatter(
            processors=[meta, last, self._redact], foreign_pre_chain=_said_by_all()
        )

    def _redact(self, _logger: Any, _method: str, line: Any) -> str:
        # On the finished line: secrets hide in values of any type and in tracebacks.
        text = without_secrets(str(line))
        for value in self._hidden:
            text = text.replace(value, "[secret]")
        return text


def _set_up_structlog() -> None:
    import structlog  # noqa: PLC0415 - see `configure`

    structlog.configure(
        processors=[*_said_by_all(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _said_by_all() -> "list[Processor]":
    import structlog  # noqa: PLC0415 - see `configure`

    return [
        # What a job, a source or an edition was bound to stands on each line that is written for it.
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def without_secrets(text: str) -> str:
    """The text with everything taken out that looks like a secret of this program's."""
    return _PASSWORD.sub("[secret]", _KEYS.sub(r"\1[secret]", without_token(text)))


def without_token(text: str) -> str:
    """The text with Telegram tokens taken out, for logs and for errors shown to an operator."""
    return _TOKEN.sub("[token]", text)
