"""A new database is what the migrations would have made of it."""

import asyncio
import sqlite3
from contextlib import closing

from bot.store.blank import SCHEMA
from bot.store.engine import Database, open_database
from bot.store.schema import migrate_sqlite
from dev.schema import dump


def lines(statements):
    """What is declared: Alembic names a table's constraints and indexes in an order that chance decides."""
    return sorted(line.strip(", \t") for line in statements.splitlines())


def contents(path):
    """Everything in a database: what is declared, and every row."""
    with closing(sqlite3.connect(path)) as connection:
        declared = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        tables = [name for kind, name, _ in declared if kind == "table" and name != "sqlite_sequence"]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        settings = [
            connection.execute(f"PRAGMA {name}").fetchone()
            for name in ("journal_mode", "page_size", "encoding", "auto_vacuum")
        ]
    return [(kind, name, lines(sql or "")) for kind, name, sql in declared], rows, settings


def test_the_script_is_up_to_date():
    """Otherwise: make schema."""
    assert lines(SCHEMA.read_text(encoding="utf-8")) == lines(dump())


async def test_a_database_made_at_once_is_one_that_was_migrated(tmp_path):
    """Tables, indexes, triggers, the full-text index and every row."""
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/made.db"):
        pass
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/migrated.db")
    async with database.read() as connection:
        await migrate_sqlite(connection)
    await database.close()
    assert contents(tmp_path / "made.db") == contents(tmp_path / "migrated.db")


async def test_two_who_make_it_at_once_make_one(tmp_path):
    """Both find nothing; the second waits for the first, and finds all."""
    url = f"sqlite+aiosqlite:///{tmp_path}/made.db"

    async def opened():
        async with open_database(url) as database:
            await database.ping()

    await asyncio.gather(*(opened() for _ in range(8)))
