"""The schema: migrations, pragmas, opening."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.domain.errors import StoreError
from bot.store.engine import backup, check, open_database
from bot.store.tables import metadata


async def test_migrations_lead_to_the_tables(database):
    """A migrated database and tables.py describe the same schema."""

    def differences(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        return compare_metadata(context, metadata)

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_opening_twice_changes_nothing(tmp_path):
    """A second start finds the schema current and the database sound."""
    url = f"sqlite+aiosqlite:///{tmp_path}/twice.db"
    for _ in range(2):
        async with open_database(url) as database:
            assert await check(database) == []


async def test_sqlite_runs_with_wal_and_foreign_keys(database):
    """Readers never wait for the writer, and rows never point nowhere."""
    async with database.read() as connection:
        journal = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
        keys = (await connection.execute(text("PRAGMA foreign_keys"))).scalar_one()
        patience = (await connection.execute(text("PRAGMA busy_timeout"))).scalar_one()
    assert (journal, keys) == ("wal", 1)
    assert patience >= 5000


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be looked at" * 40, None])
async def test_a_file_that_is_no_database_is_named_with_the_remedy(tmp_path, content):
    """Garbage, or a folder that does not exist: one line, the path and what to check."""
    path = tmp_path / "no-such-folder" / "x.db" if content is None else tmp_path / "garbage.db"
    if content:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"can't be opened: .*; check HABARSHY_DATABASE_URL"):
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass


async def test_a_newer_database_is_refused_untouched(tmp_path):
    """A schema from the future is not guessed at."""
    path = tmp_path / "newer.db"
    async with open_database(f"sqlite+aiosqlite:///{path}"):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="newer Habarshy"):
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass


async def test_backup_of_a_running_database_opens(database, tmp_path):
    """`habarshy db backup` gives a database of its own; an existing file is never overwritten."""
    target = tmp_path / "copy.db"
    await backup(database, target)
    async with open_database(f"sqlite+aiosqlite:///{target}") as copy:
        assert await check(copy) == []
    with pytest.raises(StoreError, match="exists already"):
        await backup(database, target)
