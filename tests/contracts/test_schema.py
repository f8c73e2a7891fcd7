"""The schema: migrations, pragmas, opening."""

import asyncio
import sqlite3
from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Date, DateTime, Float, Integer, LargeBinary, MetaData, UniqueConstraint, text

from bot.domain.errors import StoreError
from bot.store.backups import backup
from bot.store.checking import check
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database, upgrade
from bot.store.revision import newest
from bot.store.schema import COMPARED, DERIVED, MIGRATIONS, upgrade_to
from bot.store.tables import metadata

_DAY = "'2026-11-22', '09:00', '2026-11-22 04:00:00'"
_READER = (
    "(id, chat_id, languages, topics, slots, days, zone, state, created_at) VALUES "
    "({0}, {0}, '[\"kk\"]', '[]', '[]', '[]', 'UTC', 'active', '2026-11-22 04:00:00')"
)
_PART = "(edition_id, subscriber_id, ordinal, last, html, state) VALUES ({0}, {0}, 0, false, 'x', '{1}')"


async def test_migrations_lead_to_the_tables(database):
    """A migrated database and tables.py describe the same schema."""

    def differences(connection):
        context = MigrationContext.configure(connection, opts=COMPARED)
        return [found for found in compare_metadata(context, metadata) if "modify_comment" not in found[0]]

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_opening_twice_changes_nothing(bare_url):
    """A second start finds the schema current and the database sound."""
    for _ in range(2):
        async with open_database(bare_url) as database:
            assert await check(database) == []


def test_the_newest_revision_is_told_from_the_names_of_files():
    """As Alembic tells it, which has to be loaded first."""
    assert newest() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


async def test_an_outbox_with_open_parts_goes_on_after_an_upgrade(bare_url):
    """Each reader's first part that is not done is found by the new version; the rest waits behind it."""
    database = Database(bare_url)
    states = ("sent", "unknown", "pending", "pending")
    async with database.write() as connection:
        await connection.run_sync(upgrade_to, "0005")
        for reader in (1, 2):
            await connection.execute(text(f"INSERT INTO subscribers {_READER.format(reader)}"))
            await connection.execute(text(f"INSERT INTO editions VALUES ({reader}, {reader}, {_DAY})"))
            for state in states[reader - 1 :]:
                await connection.execute(text(f"INSERT INTO parts {_PART.format(reader, state)}"))
    await upgrade(database)
    ready = await OutboxStore(database).ready(datetime(2026, 11, 22, tzinfo=UTC), 9)
    assert [(part.subscriber, part.id) for part in ready] == [(1, 3), (2, 6)]
    await database.close()


async def test_sqlite_runs_with_wal_and_foreign_keys(on_sqlite):
    """Readers never wait for the writer, and rows never point nowhere."""
    async with on_sqlite.read() as connection:
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


REVISIONS = sorted(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def _value(column):  # noqa: PLR0911 - a type a line
    """Something that fits the column."""
    if column.name == "state":
        return "pending"
    if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
        return 1
    if isinstance(column.type, DateTime):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(column.type, LargeBinary):
        return b"x"
    if isinstance(column.type, Date):
        return date(2026, 1, 1)
    if isinstance(column.type, Boolean):
        return True
    return 1 if isinstance(column.type, Integer | Float) else "[]"


def _filled(connection, revision):
    """Bring an empty database to a revision and put a row into every table; returns the tables."""
    upgrade_to(connection, revision)
    found = MetaData()
    found.reflect(connection)
    tables = [table for table in found.sorted_tables if not table.name.startswith(("alembic", *DERIVED))]
    for table in tables:
        row = {column.name: _value(column) for column in table.columns if not column.nullable}
        connection.execute(table.insert().values(row))
    return [table.name for table in tables]


@pytest.mark.parametrize("revision", REVISIONS)
async def test_upgrading_loses_no_row_of_any_table(bare_url, revision):
    """Every table has a row at every revision, and has it still at the newest."""
    database = Database(bare_url)
    async with database.write() as connection:
        names = await connection.run_sync(_filled, revision)
    await database.close()
    async with open_database(bare_url) as opened, opened.read() as connection:
        counts = {
            name: (await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one()
            for name in names
        }
        assert counts == dict.fromkeys(names, 1)
        assert await check(opened) == []


def _contents(connection):
    """All of a SQLite database: what is declared, by kind and name, and the rows of our tables."""
    found = connection.execute(text("SELECT type, name, sql FROM sqlite_schema")).all()
    ours = [
        name
        for kind, name, _ in found
        if kind == "table" and name not in {"alembic_version", "sqlite_sequence"}
    ]
    rows = {name: connection.execute(text(f"SELECT * FROM {name}")).all() for name in ours}
    return {f"{kind} {name}": sql for kind, name, sql in found}, rows


async def test_a_table_made_anew_keeps_all_that_hangs_on_it(tmp_path):
    """Its rows, indexes and triggers, and the rows of others that point to it, are what they were."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    async with database.write() as connection:
        await connection.run_sync(_filled, "0015")
    async with database.read() as connection:
        declared, rows = await connection.run_sync(_contents)
        await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        await connection.run_sync(upgrade_to, "0016")
        await connection.exec_driver_sql("COMMIT")
        anew, kept = await connection.run_sync(_contents)
    await database.close()
    changed = {key for key in {*declared, *anew} if declared.get(key) != anew.get(key)}
    assert changed == {"table subscribers", "table editions", "table parts"}
    assert kept == rows


async def test_a_missing_database_is_not_made_by_looking_at_it(tmp_path):
    """`db check` and `db backup` name the path instead."""
    path = tmp_path / "typo.db"
    with pytest.raises(StoreError, match=r"there is no database .*typo\.db; check HABARSHY_DATABASE_URL"):
        async with open_database(f"sqlite+aiosqlite:///{path}", as_it_is=True):
            pass
    assert not path.exists()


async def test_only_the_operator_may_read_the_database(on_sqlite, tmp_path):
    """It holds chat ids and reading habits; so does a backup."""
    await backup(on_sqlite, tmp_path / "copy.db", lambda *_: None)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes


async def test_a_snapshot_sees_one_state(database):
    """What another connection commits meanwhile stays out of sight."""
    count = text("SELECT count(*) FROM stories")
    row = text(
        "INSERT INTO stories (topics, created_at, updated_at) VALUES ('[]', '2026-01-01', '2026-01-01')"
    )
    async with database.snapshot() as before:
        assert (await before.execute(count)).scalar_one() == 0
        async with database.write() as connection:
            await connection.execute(row)
        assert (await before.execute(count)).scalar_one() == 0
    async with database.read() as after:
        assert (await after.execute(count)).scalar_one() == 1


async def test_closing_waits_for_what_is_under_way(url):
    """A connection given back late is closed too, not left to the garbage collector."""
    database = Database(url)
    begun = asyncio.Event()

    async def work():
        async with database.read() as connection:
            begun.set()
            await asyncio.sleep(0.1)
            return (await connection.execute(text("SELECT 1"))).scalar_one()

    working = asyncio.create_task(work())
    await begun.wait()
    await database.close()
    assert working.done()
    assert await working == 1


@pytest.mark.parametrize(
    "key", sorted(str(key.parent) for t in metadata.tables.values() for key in t.foreign_keys)
)
def test_what_points_to_a_row_is_found_by_an_index(key):
    """Forgetting a row looks for what points to it: without an index it would read a table each time."""
    table, column = key.split(".")
    found = metadata.tables[table]
    uniques = [one for one in found.constraints if isinstance(one, UniqueConstraint)]
    leading = {next(iter(one.columns)).name for one in (found.primary_key, *uniques, *found.indexes)}
    assert column in leading
