"""Commands that only look change nothing."""

import sqlite3

from bot.cli import main


def sources(path):
    """Name and whether it is asked, of each stored source."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, enabled FROM sources").fetchall()
    connection.close()
    return rows


def run(*words):
    """A command's exit status."""
    try:
        main(words)
    except SystemExit as stopped:
        return stopped.code


def test_looking_with_other_settings_leaves_a_running_bots_sources_alone(tmp_path, monkeypatch, capsys):
    """`articles`, `digest` and `subscribers list` don't disable what another SOURCES file names."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text('[[source]]\nname = "Mine"\nurl = "https://mine.example/rss"\n')
    monkeypatch.setenv("HABARSHY_SOURCES", "mine.toml")
    assert run("sources", "list") == 0
    monkeypatch.delenv("HABARSHY_SOURCES")
    for words in (("articles",), ("digest",), ("subscribers", "list")):
        assert run(*words) == 0
    assert sources(tmp_path / "habarshy.db") == [("Mine", 1)]


def test_a_mistyped_database_is_not_called_sound(tmp_path, monkeypatch, capsys):
    """`db check` and `db backup` say that there is none, and make none."""
    monkeypatch.chdir(tmp_path)
    for words in (("db", "check"), ("db", "backup", "copy.db")):
        assert run(*words) == 1
        assert "there is no database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
