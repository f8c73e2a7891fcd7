"""What every command promises: help with an example, one line for a mistake, the right exit status."""

import json
import shlex
import sqlite3
from pathlib import Path

import click
import pytest

from bot.cli import cli, main

TOKEN = "123456789:AAH-notARealTokenButLooksLikeOne_12345"


def commands(group=cli, path=()):
    """Every command with its path, groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield pytest.param((*path, name), command, id=" ".join((*path, name)))
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = list(commands())


def one_line(ran):
    """A mistake is one line on stderr, nothing on stdout, and no traceback."""
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("habarshy: ")
    assert "Traceback" not in ran.err
    return ran.err


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_command_has_help_with_an_example_that_works(habarshy, path, command):
    """The example's words and options are ones the command understands."""
    ran = habarshy(*path, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert command.help
    assert "Example:" in ran.out
    example = command.epilog.removeprefix("Example: ")
    own = next(part for part in example.split("|") if " ".join(("habarshy", *path)) in part)
    words = shlex.split(own.partition(">")[0])
    for name in ("gold.jsonl", "mine.jsonl", "pairs.jsonl", "feeds.opml", "sources.toml"):
        Path(name).touch()
    while isinstance(command, click.Group):
        path = (*path, words[words.index(path[-1]) + 1])
        command = command.get_command(click.Context(command), path[-1])
    command.make_context(path[-1], words[words.index(path[-1]) + 1 :], resilient_parsing=False).close()


def test_every_command_of_the_interface_is_there():
    """Scripts rely on these names."""
    names = {" ".join(parameters.values[0]) for parameters in ALL}
    assert names >= {
        *(
            "demo",
            "run",
            "collect",
            "articles",
            "digest",
            "deliver",
            "summarize",
            "group",
            "classify",
            "stats",
        ),
        *("evaluate summaries", "evaluate stories", "evaluate topics", "db upgrade", "db check", "db backup"),
        *("sources list", "sources add", "sources remove"),
        *("subscribers list", "subscribers show", "subscribers export", "subscribers delete"),
    }


@pytest.mark.parametrize("words", [(), ("db",), ("sources",)])
def test_no_command_at_all_shows_the_help_and_is_a_mistake(habarshy, words):
    """As it is laid out, on stderr, so that a pipe gets nothing wrong."""
    ran = habarshy(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: habarshy")
    assert ran.err.count("\n") > 5


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("colect",), "colect"),
        (("collect", "--everything"), "--everything"),
        (("digest", "--topics", "economy,sports"), "«sports» is not one of: politics, economy, society"),
        (("digest", "--lang", "kz"), "«kz» is not one of: kk, ru, en"),
        (("digest", "--since", "yesterday"), "write 90m, 24h, 7d or 2w"),
        (("digest", "--since", "0h"), "0h"),
        (("digest", "--since", "999999w"), "999999w"),
        (("digest", "--format", "pdf"), "'text', 'html', 'json'"),
        (("demo", "--topics", "weather"), "weather"),
        (("demo", "--lang", "kz"), "'kk', 'ru', 'en'"),
        (("run", "--roles", "bot,cook"), "«cook» is not one of: all, bot, clock, worker, web"),
        (("summarize", "--max-chars", "many"), "many"),
        (("evaluate", "summaries", "nowhere.jsonl"), "nowhere.jsonl"),
        (("subscribers", "show", "me"), "me"),
        (("db", "backup"), "FILE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_word_is_a_usage_error_that_names_it(habarshy, words, named):
    """Exit status 2, with what would be understood."""
    ran = habarshy(*words)
    assert ran.status == 2
    assert named in one_line(ran)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("HABARSHY_TOKEN", TOKEN, "HABARSHY_BOT_TOKEN"),
        ("HABARSHY_TIMEZONE", "Almaty", "Asia/Almaty"),
        ("HABARSHY_SOURCES", "nowhere.toml", "nowhere.toml"),
    ],
)
def test_a_wrong_setting_is_a_usage_error_of_every_command(habarshy, monkeypatch, variable, value, named):
    """Exit status 2, and the token is not repeated."""
    monkeypatch.setenv(variable, value)
    ran = habarshy("collect")
    assert ran.status == 2
    assert named in one_line(ran)
    assert TOKEN not in ran.err


@pytest.mark.parametrize("command", ["run", "deliver"])
@pytest.mark.parametrize(
    ("token", "remedy"), [("", "HABARSHY_BOT_TOKEN is not set"), ("my-token", "copy it whole")]
)
def test_what_needs_a_token_says_where_to_get_one(habarshy, monkeypatch, command, token, remedy):
    """Neither starts anything without."""
    monkeypatch.setenv("HABARSHY_BOT_TOKEN", token)
    ran = habarshy(command)
    assert ran.status == 2
    assert remedy in one_line(ran)
    assert "@BotFather" in ran.err


@pytest.mark.parametrize("command", ["run", "deliver"])
def test_a_telegram_that_does_not_answer_is_a_failed_job(habarshy, monkeypatch, command):
    """Exit status 1 before anything is composed; the line names the address and the setting."""
    monkeypatch.setenv("HABARSHY_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("HABARSHY_TELEGRAM_API", "http://127.0.0.1:9")
    ran = habarshy(command)
    assert ran.status == 1
    assert "http://127.0.0.1:9 does not answer (TelegramNetworkError)" in one_line(ran)
    assert "HABARSHY_TELEGRAM_API" in ran.err
    assert TOKEN not in ran.err


@pytest.mark.parametrize("command", ["collect", "articles", "digest", "stats", "deliver"])
def test_a_database_that_cannot_be_opened_is_a_failed_job(habarshy, monkeypatch, command):
    """Exit status 1; the line names the database, the reason and the setting."""
    monkeypatch.setenv("HABARSHY_DATABASE_URL", "sqlite+aiosqlite:///nowhere/at/all.db")
    ran = habarshy(command)
    assert ran.status == 1
    assert "nowhere/at/all.db can't be opened: " in one_line(ran)
    assert "HABARSHY_DATABASE_URL" in ran.err


def test_a_file_that_is_no_database_is_a_failed_job(habarshy):
    """And stays as it is."""
    Path("habarshy.db").write_text("my diary\n" * 999)
    ran = habarshy("stats")
    assert ran.status == 1
    assert "not a database" in one_line(ran)
    assert Path("habarshy.db").read_text().startswith("my diary")


def test_a_newer_database_asks_for_a_newer_habarshy(habarshy):
    """It is not touched."""
    assert habarshy("db", "upgrade").status == 0
    connection = sqlite3.connect("habarshy.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    ran = habarshy("stats")
    assert ran.status == 1
    assert "newer Habarshy" in one_line(ran)


def test_debug_shows_where_it_happened(monkeypatch):
    """Anywhere on the line; without it a defect is one line too."""
    monkeypatch.setenv("HABARSHY_DATABASE_URL", "sqlite+aiosqlite:///nowhere/at/all.db")
    with pytest.raises(Exception, match="can't be opened"):
        main(["stats", "--debug"])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"POST /bot{TOKEN}/getMe", "POST /bot[token]/getMe"),
        ("connecting to redis://:hunter22@valkey:6379/0.", "connecting to redis://[secret]@valkey:6379/0."),
    ],
)
def test_a_defect_is_one_line_without_secrets(habarshy, monkeypatch, said, shown):
    """Whatever a library puts into its message."""

    def break_down(*_):
        raise RuntimeError(f"{said}\nmore")

    monkeypatch.setattr("bot.cli.database.open_database", break_down)
    ran = habarshy("stats")
    assert ran.status == 1
    assert one_line(ran) == (
        f"habarshy: unexpected RuntimeError: {shown}; run again with --debug to see where\n"
    )


def test_the_database_is_kept_by_three_commands(habarshy, tmp_path):
    """Upgrade makes it, check finds nothing, backup copies it once; stats counts for people and programs."""
    assert "is at this version" in habarshy("db", "upgrade").out
    assert habarshy("db", "check").out == "ok\n"
    assert habarshy("db", "backup", "copy.db").status == 0
    again = habarshy("db", "backup", "copy.db")
    assert again.status == 1
    assert "copy.db exists already" in one_line(again)
    counts = json.loads(habarshy("stats", "--json").out)
    assert counts["articles"] == 0
    assert all(name in habarshy("stats").out for name in counts)


def test_an_empty_store_is_no_mistake(habarshy):
    """A first `digest` or `articles` before any `collect` simply has nothing to tell."""
    assert habarshy("articles").out == ""
    found = json.loads(habarshy("digest", "--lang", "kk,ru", "--topics", "economy", "--format", "json").out)
    assert (found["langs"], found["topics"], found["stories"]) == (["kk", "ru"], ["economy"], [])
    for form in ("text", "html"):
        assert habarshy("digest", "--format", form).status == 0


def test_subscribers_who_are_not_there(habarshy):
    """Nobody to list or export; somebody unknown is a failed job with the remedy."""
    assert habarshy("subscribers", "list").out == habarshy("subscribers", "export").out == ""
    for command in ("show", "delete"):
        ran = habarshy("subscribers", command, "7")
        assert ran.status == 1
        assert "no subscriber 7; see `habarshy subscribers list`" in one_line(ran)
