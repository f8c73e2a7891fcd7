"""`habarshy db`: what an operator types, and reads."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture
def kept(habarshy):
    """A database with one marked row, and its backup."""
    assert habarshy("db", "upgrade").status == 0
    _mark("before")
    assert habarshy("db", "backup", "kept.db").out == "kept.db written\n"
    _mark("after")


def _mark(url):
    with closing(sqlite3.connect("habarshy.db")) as connection, connection:
        connection.execute("DELETE FROM passed_over")
        connection.execute("INSERT INTO passed_over VALUES (?, '2026-11-22 04:00:00.000000')", (url,))


def _marked(path="habarshy.db"):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT url FROM passed_over").fetchone()[0]


def test_a_backup_is_put_back_and_the_old_file_kept(habarshy, kept):
    """Its path is said; both are only the operator's to read."""
    ran = habarshy("db", "restore", "kept.db")
    assert (ran.status, ran.err) == (0, "")
    assert "restored from kept.db" in ran.out
    (aside,) = Path().glob("habarshy.db.before-*")
    assert f"the old one is kept as {aside}" in ran.out
    assert (_marked(), _marked(aside), _marked("kept.db")) == ("before", "after", "before")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (aside, Path("habarshy.db"))} == {0o600}
    assert habarshy("db", "check").out == "ok\n"


def test_a_damaged_database_can_be_replaced(habarshy, kept):
    """That is when a backup is needed; the damaged file is kept for whoever can mend it."""
    Path("habarshy.db").write_bytes(b"scribble" * 9999)
    assert habarshy("db", "check").status == 1
    ran = habarshy("db", "restore", "kept.db")
    assert (ran.status, ran.err) == (0, "")
    assert _marked() == "before"
    (aside,) = Path().glob("habarshy.db.before-*")
    assert aside.read_bytes().startswith(b"scribble")


def test_a_file_that_is_no_backup_is_refused_in_one_line(habarshy, kept):
    """Nothing has changed then."""
    Path("diary.txt").write_text("dear diary " * 99)
    ran = habarshy("db", "restore", "diary.txt")
    assert (ran.status, ran.err.count("\n"), "is no backup of Habarshy" in ran.err) == (1, 1, True)
    assert _marked() == "after"


def test_a_copy_is_proved_table_by_table(habarshy, kept):
    """Rows and checksum for people, and as JSON; a second copy to the same place is refused."""
    ran = habarshy("db", "copy", "sqlite+aiosqlite:///there.db")
    assert (ran.status, ran.err) == (0, "")
    assert "the same rows on both sides; now set HABARSHY_DATABASE_URL to the copy" in ran.out
    assert _marked("there.db") == "after"
    again = habarshy("db", "copy", "sqlite+aiosqlite:///there.db")
    assert (again.status, "is not empty: there are passed_over; name an empty one" in again.err) == (1, True)
    ran = habarshy("db", "copy", "sqlite+aiosqlite:///elsewhere.db", "--json")
    told = json.loads(ran.out)
    assert told["passed_over"]["rows"] == 1
    assert len(told["passed_over"]["checksum"]) == 64


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres://me:hunter2@here/x", "must start with"),
        ("postgresql+asyncpg://me:hunter2@127.0.0.1:9/x", "can't be opened: "),
    ],
)
def test_a_copy_to_nowhere_is_one_line(habarshy, kept, url, said):
    """What is wrong with the address, without its password."""
    ran = habarshy("db", "copy", url)
    assert ran.status in {1, 2}
    assert (ran.err.count("\n"), said in ran.err, "hunter2" in ran.err) == (1, True, False)


def test_a_server_that_is_away_is_one_line(habarshy, monkeypatch):
    """For every command that needs the database."""
    monkeypatch.setenv("HABARSHY_DATABASE_URL", "postgresql+asyncpg://me:hunter2@127.0.0.1:9/x")
    for words in (("stats",), ("db", "check"), ("collect",), ("articles",)):
        ran = habarshy(*words)
        assert (ran.status, ran.err.count("\n"), "can't be opened: " in ran.err) == (1, 1, True), words
        assert "hunter2" not in ran.err


def test_an_archive_is_indexed_at_once_where_asked(habarshy, kept):
    """And says how many articles it were."""
    with closing(sqlite3.connect("habarshy.db")) as connection, connection:
        connection.executescript(
            """
            INSERT INTO sources (id, name, url, kind, every, topics, "drop", origin, health, etag,
                last_modified, errors, message)
            VALUES (1, 'x', 'x', 'feed', 900, '[]', '[]', 'catalogue', 'ok', '', '', 0, '');
            INSERT INTO articles (source_id, url, content_hash, title, text, lang, categories, found_at,
                appeared_at)
            VALUES (1, 'https://x/1', '1', 'Мұнай', '', 'kk', '[]', '2026-11-22 04:00:00.000000',
                '2026-11-22 04:00:00.000000');
            """
        )
    assert habarshy("db", "index").out == "articles indexed: 1\n"
    assert habarshy("db", "index").out == "articles indexed: 0\n"
