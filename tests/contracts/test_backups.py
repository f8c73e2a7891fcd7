"""Backups of a running database, and putting them back."""

import asyncio
import resource
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.domain.errors import StoreError
from bot.store.backups import backup, restore
from bot.store.checking import check
from bot.store.engine import Database, open_database, upgrade
from bot.store.revision import newest
from bot.store.schema import upgrade_to
from bot.store.tables import articles, metadata
from tests.contracts.filling import ROWS, fill


def _step(*_):
    """Nobody watches."""


async def _titles(database):
    async with database.read() as connection:
        return (await connection.execute(select(articles.c.title).order_by(articles.c.id))).scalars().all()


@pytest.fixture
async def kept(database, tmp_path):
    """A backup of a full, running database of each engine; (database, file, its titles)."""
    await fill(database)
    file = tmp_path / "kept.db"
    await backup(database, file, _step)
    return database, file, await _titles(database)


async def test_a_backup_holds_everything_and_opens_by_itself(kept):
    """Of either engine it is a SQLite file, only the operator's to read."""
    _, file, titles = kept
    async with open_database(f"sqlite+aiosqlite:///{file}") as opened, opened.read() as connection:
        assert await _titles(opened) == titles
        for table in metadata.sorted_tables:
            assert len((await connection.execute(select(table))).all()) == ROWS
    assert file.stat().st_mode & 0o777 == 0o600


async def test_a_file_that_exists_is_never_written_over(database, tmp_path):
    """Yesterday's backup is not today's to lose."""
    (tmp_path / "kept.db").write_text("precious")
    with pytest.raises(StoreError, match="exists already; name a new file"):
        await backup(database, tmp_path / "kept.db", _step)
    assert (tmp_path / "kept.db").read_text() == "precious"


@contextmanager
def _full_disk(room=64 * 1024):
    """No file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_backup_that_failed_leaves_nothing_and_may_be_tried_again(database, tmp_path):
    """On a full disk, say: half a file must neither pass for a backup nor stand in the way of the next."""
    await fill(database)
    folder = tmp_path / "backups"
    await asyncio.to_thread(folder.mkdir)
    with _full_disk(), pytest.raises(StoreError, match=r"kept\.db can't be (written|opened)"):
        await backup(database, folder / "kept.db", _step)
    assert list(folder.iterdir()) == []
    await backup(database, folder / "kept.db", _step)
    assert [path.name for path in folder.iterdir()] == ["kept.db"]


async def test_a_restored_database_is_what_it_was_and_the_old_one_is_kept(on_sqlite, tmp_path, now):
    """The backup stays, too."""
    await fill(on_sqlite)
    file, path = tmp_path / "kept.db", Path(on_sqlite.url.database)
    await backup(on_sqlite, file, _step)
    titles = await _titles(on_sqlite)
    async with on_sqlite.write() as connection:
        await connection.execute(update(articles).values(title="later"))
    await on_sqlite.close()
    aside = await restore(on_sqlite, file, now, _step)
    assert await _titles(on_sqlite) == titles
    assert aside == path.with_name(f"{path.name}.before-20261122T040000")
    async with open_database(f"sqlite+aiosqlite:///{aside}") as old:
        assert set(await _titles(old)) == {"later"}
    assert file.exists()
    assert {one.stat().st_mode & 0o777 for one in (aside, path)} == {0o600}


async def test_a_backup_moves_into_an_empty_postgresql_only(kept, bare_postgres_url, now):
    """Made by either engine; no working copy is left behind."""
    _, file, titles = kept
    target = Database(bare_postgres_url)
    assert await restore(target, file, now, _step) is None
    assert await _titles(target) == titles
    with pytest.raises(StoreError, match="is not empty"):
        await restore(target, file, now, _step)
    assert not list(file.parent.glob("*.restoring*"))
    await target.close()


async def test_an_older_backup_is_upgraded_when_it_is_put_back(tmp_path, now, on_postgres):
    """On either engine."""
    old = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    async with old.write() as connection:
        await connection.run_sync(upgrade_to, "0006")
    await old.close()
    target = Database(f"sqlite+aiosqlite:///{tmp_path}/target.db")
    assert await restore(target, tmp_path / "old.db", now, _step) is None
    await upgrade(target)
    assert await check(target) == []
    await target.close()
    await restore(on_postgres, tmp_path / "old.db", now, _step)
    assert await check(on_postgres) == []


async def test_a_database_in_use_is_not_replaced(on_sqlite, tmp_path, now):
    """Whoever has it open would write into a file that is no longer there."""
    await fill(on_sqlite)
    await backup(on_sqlite, tmp_path / "kept.db", _step)
    with pytest.raises(StoreError, match=r"can't be replaced: .*locked; stop Habarshy first"):
        await restore(on_sqlite, tmp_path / "kept.db", now, _step)
    assert len(await _titles(on_sqlite)) == ROWS


def _cut(file):
    content = bytearray(file.read_bytes())
    for place in range(8192, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    file.write_bytes(content)


def _advance(file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (f"{int(newest()) + 1:04}",))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut, "is damaged|is no backup"),
        (_advance, "made by a newer Habarshy; upgrade Habarshy, then restore"),
        (lambda file: file.write_bytes(b"not a database, but long enough" * 99), "is no backup of Habarshy"),
        (lambda file: file.unlink(), "there is no .*kept.db; name a file"),
    ],
)
async def test_what_is_no_good_backup_is_refused_before_anything_changes(
    on_sqlite, tmp_path, now, harm, said
):
    """Damaged, newer, something else, not there: one line with the remedy."""
    await fill(on_sqlite)
    await backup(on_sqlite, tmp_path / "kept.db", _step)
    await asyncio.to_thread(harm, tmp_path / "kept.db")
    await on_sqlite.close()
    path = Path(on_sqlite.url.database)
    before = await asyncio.to_thread(path.read_bytes)
    with pytest.raises(StoreError, match=said):
        await restore(on_sqlite, tmp_path / "kept.db", now, _step)
    assert await asyncio.to_thread(path.read_bytes) == before
