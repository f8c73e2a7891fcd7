"""A database as one file that can be kept: written while the bot runs, and put back."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreError
from bot.store.connections import reason, touch
from bot.store.copying import Progress, copy
from bot.store.engine import Database, open_database
from bot.store.revision import newest


async def backup(database: Database, target: Path, progress: Progress) -> None:
    """A consistent copy of a running database as a new SQLite file, of PostgreSQL too. Raises StoreError."""
    try:
        await asyncio.to_thread(target.touch, mode=0o600, exist_ok=False)
        with _whole_or_gone(target):
            await _write(database, target, progress)
    except FileExistsError as error:
        raise StoreError(f"{target} exists already; name a new file") from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(f"{target} can't be written: {reason(error)}") from error


async def _write(database: Database, target: Path, progress: Progress) -> None:
    if database.is_sqlite:
        async with database.read() as connection:
            await connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    else:
        async with open_database(_url(target)) as made:
            await copy(database, made, progress)


@contextmanager
def _whole_or_gone(file: Path) -> Iterator[None]:
    """Half a backup would pass for one, and refuse the next of its name; its log would be read into that."""
    try:
        yield
    except BaseException:
        for log in ("", "-wal", "-shm"):
            file.with_name(file.name + log).unlink(missing_ok=True)
        raise


async def restore(database: Database, file: Path, now: datetime, progress: Progress) -> Path | None:
    """Put a backup in the place of the database, which nobody may use meanwhile.

    The backup is looked at first and stays what it is. Returns where the old SQLite file is kept; None where
    there was none. A PostgreSQL database must be empty.

    Raises:
        StoreError: the file is no backup, is damaged or from a newer version; the database is in use or not
            empty. Nothing has changed then.
    """
    await asyncio.to_thread(_must_be_whole, file)
    if not database.is_sqlite:
        await _into(database, file, progress)
        return None
    return await asyncio.to_thread(_replace, Path(database.url.database or ""), file, now)


def _must_be_whole(file: Path) -> None:
    if not file.is_file():
        raise StoreError(f"there is no {file}; name a file that `habarshy db backup` wrote")
    try:
        with closing(sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)) as connection:
            damage = connection.execute("PRAGMA integrity_check").fetchone()[0]
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{file} is no backup of Habarshy: {error}; name another") from error
    if damage != "ok":
        raise StoreError(f"{file} is damaged: {damage}; name an older backup")
    if revision is None or revision[0] > newest():
        raise StoreError(f"{file} was made by a newer Habarshy; upgrade Habarshy, then restore")


def _replace(path: Path, file: Path, now: datetime) -> Path | None:
    fresh = path.with_name(f"{path.name}.restoring")
    aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%S}")
    try:
        _close(path)
        fresh.unlink(missing_ok=True)
        touch(fresh)
        shutil.copyfile(file, fresh)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        kept = path.exists()
        if kept:
            aside.hardlink_to(path)
        for log in ("-wal", "-shm"):
            # Only a damaged database has one left; it must not be read into the new one.
            if (left := path.with_name(path.name + log)).exists():
                left.replace(aside.with_name(aside.name + log))
        # At no moment is there no database.
        fresh.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} can't be replaced: {error}; stop Habarshy first") from error
    return aside if kept else None


def _close(path: Path) -> None:
    """Fold the log into the file, so that the file is all; SQLite refuses where anybody has it open."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            # It is damaged: that is why a backup is put in its place.
            return


async def _into(database: Database, file: Path, progress: Progress) -> None:
    """A backup may be of an older version: a copy of it is upgraded and copied."""
    folder = await asyncio.to_thread(file.resolve)
    working = folder.with_name(f"{file.name}.restoring")
    try:
        await asyncio.to_thread(shutil.copyfile, file, working)
        async with open_database(_url(working)) as opened:
            await copy(opened, database, progress)
    finally:
        for path in await asyncio.to_thread(lambda: list(working.parent.glob(f"{working.name}*"))):
            await asyncio.to_thread(path.unlink)


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"
