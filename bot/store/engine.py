"""Opening the database: connections, write transactions, migrations."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from bot.domain.errors import StoreError

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_MILLISECONDS = 15_000
#: What is under way may end within this time when the database is closed.
_LAST_SECONDS = 2


class Database:
    """One database with short read and write transactions."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        # Errors go to the log, and what readers wrote must not.
        # A few connections: each is a thread with a page cache of its own, and SQLite has one writer anyway.
        few = {"pool_size": 5, "max_overflow": 3} if self.url.get_backend_name() == "sqlite" else {}
        self.engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True, **few)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
        self._turn = asyncio.Lock()
        # On SQLite the driver is in autocommit as long as nobody begins; setting it each time costs a trip.
        option = {"reading": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reading = self.engine.execution_options(**option)
        self._durable = self.engine.execution_options(durable=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite (else PostgreSQL)."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for single statements that change nothing."""
        async with self._reading.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection for several statements that must see the same state; it changes nothing."""
        async with self._reading.connect() as connection:
            await connection.exec_driver_sql(
                "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )
            try:
                yield connection
            finally:
                await connection.exec_driver_sql("ROLLBACK")

    @asynccontextmanager
    async def write(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end; on SQLite it holds the writer's lock from the start.

        Writers of this process queue for it: SQLite's own waiting sleeps, up to 100 ms at a time. A `durable`
        transaction survives a power failure too (on SQLite at the price of an fsync).
        """
        turn = self._turn if self.is_sqlite else nullcontext()
        async with turn, (self._durable if durable else self.engine).begin() as connection:
            yield connection

    async def ping(self) -> None:
        """Ask the database something. Raises SQLAlchemyError when it does not answer."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections, those in use as soon as they are given back."""
        pool = self.engine.pool
        with suppress(TimeoutError):
            # One that came back after this would be closed by nobody.
            async with asyncio.timeout(_LAST_SECONDS):
                while isinstance(pool, QueuePool) and pool.checkedout():  # noqa: ASYNC110 - a pool has no event
                    await asyncio.sleep(0.01)
        await self.engine.dispose()


@asynccontextmanager
async def open_database(url: str, *, as_it_is: bool = False) -> AsyncIterator[Database]:
    """A database, closed at the end: made and migrated where need be, or `as_it_is`.

    Raises StoreError with the remedy.
    """
    database = Database(url)
    try:
        if as_it_is:
            await asyncio.to_thread(_must_exist, database)
        else:
            await upgrade(database)
        yield database
    finally:
        await database.close()


async def upgrade(database: Database) -> None:
    """Bring the schema to this program's version. Raises StoreError where it can't be opened or is newer."""
    try:
        await asyncio.to_thread(_probe, database)
        await _migrate(database)
    except CommandError as error:
        raise StoreError(
            f"{_shown(database)} was made by a newer Habarshy: {error}; upgrade Habarshy"
        ) from error
    except (SQLAlchemyError, OSError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreError(
            f"{_shown(database)} can't be opened: {reason}; check HABARSHY_DATABASE_URL"
        ) from error


async def _migrate(database: Database) -> None:
    async with database.read() as connection:
        if await connection.run_sync(is_current):
            return
        if not database.is_sqlite:
            await connection.run_sync(_upgrade)
            return
        # Altering a table rebuilds it in SQLite, and dropping the old one would cascade to every row that
        # points there. Only outside a transaction can that be switched off.
        await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            await connection.run_sync(_upgrade)
            _refuse_loss(await _orphans(connection))
            await connection.exec_driver_sql("COMMIT")
        except BaseException:
            await connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            await connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _refuse_loss(orphans: list[str]) -> None:
    if orphans:
        raise StoreError(f"the upgrade would lose data ({orphans[0]}); nothing was changed, please report it")


async def _orphans(connection: AsyncConnection) -> list[str]:
    rows = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    return [f"{row[0]} row {row[1]} points to a missing {row[2]}" for row in rows]


async def check(database: Database) -> list[str]:
    """What is wrong with the database, a line each; empty when all is well."""
    try:
        return await _problems(database)
    except SQLAlchemyError as error:
        return [f"{_shown(database)} can't be read: {getattr(error, 'orig', None) or type(error).__name__}"]


async def _problems(database: Database) -> list[str]:
    async with database.read() as connection:
        problems = (
            [] if await connection.run_sync(is_current) else ["schema is not at this program's version"]
        )
        if database.is_sqlite:
            found = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
            problems += [str(line) for line in found if line != "ok"]
            problems += await _orphans(connection)
    return problems


async def backup(database: Database, target: Path) -> None:
    """A consistent copy of a running SQLite database. Raises StoreError."""
    if not database.is_sqlite:
        raise StoreError("backup is for SQLite; use pg_dump for PostgreSQL")
    if await asyncio.to_thread(target.exists):
        raise StoreError(f"{target} exists already; name a new file")
    try:
        await asyncio.to_thread(_touch, target)
        async with database.read() as connection:
            await connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(f"{target} can't be written: {getattr(error, 'orig', error)}") from error


def is_current(connection: Connection) -> bool:
    """Whether the schema is at this program's version."""
    head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def _upgrade(connection: Connection) -> None:
    if not is_current(connection):
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _probe(database: Database) -> None:
    # A failed connect leaves aiosqlite's thread behind, to complain on stderr after our one line.
    if database.is_sqlite and database.url.database:
        _touch(Path(database.url.database))
        connection = sqlite3.connect(database.url.database)
        try:
            connection.execute("PRAGMA schema_version")
        finally:
            connection.close()


def _touch(path: Path) -> None:
    # Chat ids and reading habits are nobody's but the operator's; SQLite's side files follow this mode.
    if str(path) != ":memory:":
        path.touch(mode=0o600, exist_ok=True)


def _must_exist(database: Database) -> None:
    if database.is_sqlite and not Path(database.url.database or "").is_file():
        raise StoreError(f"there is no {_shown(database)}; check HABARSHY_DATABASE_URL")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own implicit BEGIN is deferred and upgrades late: two writers then deadlock.
    connection.isolation_level = None
    pragmas = (
        "journal_mode=WAL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MILLISECONDS}",
    )
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except Exception:
        # The pool does not know this connection yet: its thread would outlive the event loop.
        connection.close()
        raise


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("reading"):
        # In WAL mode NORMAL never corrupts, but may forget the last commits at a power failure.
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _shown(database: Database) -> str:
    return f"database {database.url.render_as_string(hide_password=True)}"
