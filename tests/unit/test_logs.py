"""Logs on stderr: for people or as JSON, never with a token."""

import json
import logging
import sys

import pytest
import structlog

from bot.logs import configure, without_secrets, without_token

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


def fail(said: str = f"POST {ADDRESS}"):
    raise RuntimeError(said)


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


def test_a_short_command_logs_without_loading_structlog_first(capsys):
    """The standard library's loggers write the same lines; structlog comes with the first of them."""
    configure("INFO", "json", structured=False)
    try:
        fail()
    except RuntimeError:
        logging.getLogger("bot.newsroom.collect").exception("trouble with «%s»", "a")
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["event"], line["level"]) == ("trouble with «a»", "error")
    assert "RuntimeError" in line["exception"]
    assert "[token]" in line["exception"]


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


SECRETS = {
    "a login's link": "https://habarshy.example/operator/login?pass=IjFhYmMi.aSecret-Part_9",
    "what Telegram signed": "auth_date=1&hash=c0ffee00c0ffee00c0ffee00c0ffee00&signature=aSecret-Part_9",
    "a Mini App's address": "/app#tgWebAppData=query_id%3DaSecret-Part_9%26hash%3Dc0ffee00",
    "a webhook's header": "{'X-Telegram-Bot-Api-Secret-Token': 'aSecret-Part_9'}",
    "an endpoint's header": "Authorization: Bearer aSecret-Part_9",
    "a database's password": "postgresql+asyncpg://habarshy:aSecret-Part_9@db/habarshy",
    "a broker's password": "Error 111 connecting to redis://:aSecret-Part_9@valkey:6379/0.",
    "a password that nobody escaped": "postgresql+asyncpg://habarshy:a/b@aSecret-Part_9@db/habarshy",
    "a setting": "the server said that key-from-settings is wrong",
}


@pytest.mark.parametrize("line", SECRETS.values(), ids=SECRETS)
def test_what_opens_a_door_is_not_written(line, capsys):
    """Whatever carries it: a value, an address, an exception; values of settings wherever they stand."""
    configure("INFO", "json", hidden=("key-from-settings", "x"))
    log = structlog.get_logger("bot.somewhere")
    log.warning("seen", what=line, nested=[{"url": line}])
    try:
        fail(line)
    except RuntimeError:
        log.exception("failed")
    written = capsys.readouterr().err
    for secret in ("aSecret-Part_9", "c0ffee00c0ffee00", "key-from-settings"):
        assert secret not in written
    assert "[secret]" in written
    assert "what" in written


@pytest.mark.parametrize(
    "line",
    [
        "https://tau.example:8443/@author",
        "https://tau.example/@author/a:b@c",
        "redis://valkey:6379/0",
        "write to a@b.example: x://y",
    ],
)
def test_an_address_without_a_password_stays(line):
    """Ports, authors and mail addresses are no passwords."""
    assert without_secrets(line) == line


@pytest.mark.parametrize("piece", ["1", "://::", "://a:", "pass ", "a:", "@"])
def test_a_line_of_any_length_is_written_soon(piece):
    """Lines quote what others wrote: a megabyte of what begins like a secret took an hour."""
    line = piece * (1_000_000 // len(piece))
    assert without_secrets(line) == line


def test_lines_name_what_they_were_bound_to(capsys):
    """A job's trace and an edition stand on every line written for them, libraries' too."""
    configure("INFO", "json")
    with structlog.contextvars.bound_contextvars(trace="ab12", edition=7):
        structlog.get_logger("bot.somewhere").info("sent")
        logging.getLogger("library").warning("slow")
    structlog.get_logger("bot.somewhere").info("later")
    first, second, third = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["trace"], first["edition"]) == (second["trace"], second["edition"]) == ("ab12", 7)
    assert "trace" not in third
