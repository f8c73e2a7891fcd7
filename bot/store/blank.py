"""A new SQLite database, made at once.

To run the whole history of migrations on a file that has nothing in it takes longer than most commands.
What it makes of such a file stands in schema.sql: dev/schema.py writes that, and a test compares.
"""

import sqlite3
import time
from collections.abc import Iterator

from bot.store.revision import MIGRATIONS

SCHEMA = MIGRATIONS / "schema.sql"
#: Seconds for which another's change is waited for.
_PATIENCE = 15.0


def make(connection: sqlite3.Connection) -> None:
    """Make all tables in a database that has none: another process may be about to do the same."""
    _log_ahead(connection)
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        for statement in _statements():
            connection.execute(statement)
    connection.execute("COMMIT")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Change the journal's mode now: of two who do so, SQLite refuses one at once instead of waiting."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _statements() -> Iterator[str]:
    statement = ""
    for line in SCHEMA.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
