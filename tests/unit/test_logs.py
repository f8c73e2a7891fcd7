"""Logs on stderr: for people or as JSON, never with a token."""

import json
import logging
import sys

import pytest
import structlog

from bot.logs import configure, without_token

TOKEN = "123456789:AAH-notARealTokenButLooksLikeOne_12345"
ADDRESS = f"https://api.telegram.example/bot{TOKEN}/getMe"


@pytest.fixture(autouse=True)
def _as_before():
    """Logging is the process's: put back what a test changes."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield
    root.handlers[:] = kept
    root.setLevel(level)
    structlog.reset_defaults()


def fail():
    raise RuntimeError(f"POST {ADDRESS}")


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_token_is_taken_out_wherever_it_hides(form, capsys):
    """In the event, in values of any type, in tracebacks; from structlog and from libraries alike."""
    configure("INFO", form)
    log = structlog.get_logger("bot.somewhere")
    log.info(ADDRESS, plain=TOKEN, nested={"url": [ADDRESS]}, error=ValueError(ADDRESS))
    logging.getLogger("library").warning("asking %s", ADDRESS)
    try:
        fail()
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("library").exception("failed too")
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("[token]") >= 7
    assert "AAH-notAReal" not in written.err
    assert "RuntimeError" in written.err


def test_json_logs_are_one_object_a_line(capsys):
    """With level, UTC time and Kazakh letters as they are."""
    configure("INFO", "json")
    structlog.get_logger("bot.somewhere").warning("collected", source="Құс жолы", new=3)
    logging.getLogger("library").info("line one\nline two")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["event"], first["source"], first["new"]) == ("collected", "Құс жолы", 3)
    assert first["level"] == "warning"
    assert first["timestamp"].endswith("Z")
    assert second["event"] == "line one\nline two"


def test_the_level_holds_for_all(capsys):
    """What is below it is not written, and talkative libraries are held higher still."""
    configure("WARNING", "console")
    structlog.get_logger("bot.somewhere").info("quiet")
    logging.getLogger("library").info("quiet")
    logging.getLogger("apscheduler.scheduler").warning("quiet")
    structlog.get_logger("bot.somewhere").warning("loud")
    written = capsys.readouterr().err
    assert "quiet" not in written
    assert "loud" in written


def test_a_log_that_nobody_watches_has_no_colours(capsys):
    """A file or a journal gets plain text."""
    assert not sys.stderr.isatty()
    configure("INFO", "console")
    structlog.get_logger("bot.somewhere").info("plain", source="x")
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize("text", [TOKEN, ADDRESS, f"token={TOKEN}&x", f"{TOKEN} and {TOKEN}"])
def test_an_error_is_shown_without_its_token(text):
    """The rest of the line stays."""
    assert "AAH" not in without_token(text)
    assert without_token(text).count("[token]") == text.count(TOKEN)


@pytest.mark.parametrize(
    "text", ["at 10:30:00 on 2026-11-22", "port 127.0.0.1:8080", "chat -1001234567890: ok"]
)
def test_what_is_no_token_stays(text):
    """Times, ports and chat ids are not secrets."""
    assert without_token(text) == text
