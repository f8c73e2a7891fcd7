"""Opening the database: connections, transactions, what to do when it can't be reached."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Table, event, func, make_url, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from bot.domain.errors import StoreError, StoreUnreachable
from bot.store import blank, connections
from bot.store.revision import NewerSchema, is_current

#: What is under way may end within this time when the database is closed.
_LAST_SECONDS = 2


class Database:
    """One database with short read and write transactions.

    Where the server can't be reached, or goes away meanwhile, they raise StoreUnreachable: nothing of the
    transaction is stored, and the next one opens a connection of its own.
    """

    def __init__(self, url: str | URL, *, patient: bool = False) -> None:
        """Nothing is opened yet; `patient`: a statement may take as long as it takes.

        Raises StoreError where the driver is not installed.
        """
        self.url = make_url(url)
        arguments = connections.SQLITE if self.is_sqlite else connections.postgresql(patient=patient)
        try:
            # Errors go to the log, and what readers wrote must not.
            self.engine: AsyncEngine = create_async_engine(self.url, hide_parameters=True, **arguments)
        except ModuleNotFoundError as error:
            raise StoreError(
                f"{self.shown} needs {error.name}: install the extra, pip install 'habarshy[cluster]'"
            ) from error
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", connections.prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", connections.begin_sqlite)
        else:
            event.listen(self.engine.sync_engine, "before_cursor_execute", connections.drop_nul, retval=True)
        self._turn = asyncio.Lock()
        # On SQLite the driver is in autocommit as long as nobody begins; setting it each time costs a trip.
        option = {"reading": True} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._reading = self.engine.execution_options(**option)
        self._durable = self.engine.execution_options(durable=True)
        self._still = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite (else PostgreSQL)."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def shown(self) -> str:
        """The database as an operator may read it: no password."""
        return f"database {self.url.render_as_string(hide_password=True)}"

    def insert(self, table: Table) -> Any:
        """An INSERT that can say `on_conflict_…`: each engine has its own class with the same methods."""
        if self.is_sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - most never need it

        return postgresql.insert(table)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for single statements that change nothing."""
        async with self._reached(), self._reading.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection for several statements that must see the same state; it changes nothing."""
        if not self.is_sqlite:
            async with self._reached(), self._still.connect() as connection:
                yield connection
            return
        async with self._reading.connect() as connection:
            await connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                await connection.exec_driver_sql("ROLLBACK")

    @asynccontextmanager
    async def write(self, *, durable: bool = False) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end; on SQLite it holds the writer's lock from the start.

        Writers of this process queue for it: SQLite's own waiting sleeps, up to 100 ms at a time. A `durable`
        transaction survives a power failure too (on SQLite at the price of an fsync; PostgreSQL's always do).
        On PostgreSQL writers do not wait for each other: who reads what it is about to change, locks the row.
        """
        turn = self._turn if self.is_sqlite else nullcontext()
        engine = self._durable if durable else self.engine
        async with self._reached(), turn, engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def alone(self, work: str) -> AsyncIterator[bool]:
        """Whether nobody else is at this work; if so, nobody will be until the block ends.

        PostgreSQL's advisory lock: it ends with the connection, so a process that dies leaves none behind.
        SQLite's users are on one machine and know of each other: always True there.
        """
        if self.is_sqlite:
            yield True
            return
        key = func.hashtext(f"habarshy {work}")
        async with self._reached():
            connection = await self._reading.connect()
        try:
            async with self._reached():
                mine = (await connection.execute(select(func.pg_try_advisory_lock(key)))).scalar_one()
            yield mine
        finally:
            # Closed for good, not given back: the lock ends with it, whatever state it is in.
            await connection.invalidate()
            await connection.close()

    async def ping(self) -> None:
        """Ask the database something. Raises StoreUnreachable or SQLAlchemyError when it does not answer."""
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
    async def _reached(self) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if self.is_sqlite or not connections.is_lost(error):
                raise
            raise StoreUnreachable(
                f"{self.shown} is out of reach: {connections.reason(error)}; work goes on when it is back"
            ) from error


@asynccontextmanager
async def open_database(
    url: str, *, as_it_is: bool = False, patient: bool = False
) -> AsyncIterator[Database]:
    """A database, closed at the end: made and migrated where need be, or `as_it_is`.

    `patient` for what looks at every row. Raises StoreError with the remedy.
    """
    database = Database(url, patient=patient)
    try:
        if as_it_is:
            await _must_exist(database)
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
    except NewerSchema as error:
        raise StoreError(
            f"{database.shown} was made by a newer Habarshy: {error}; upgrade Habarshy"
        ) from error
    except (SQLAlchemyError, OSError, StoreUnreachable, sqlite3.Error) as error:
        raise _closed(database, error) from error


async def _migrate(database: Database) -> None:
    async with database.read() as connection:
        if await connection.run_sync(is_current):
            return
    # Alembic takes longer to load than most commands to run.
    from bot.store import schema  # noqa: PLC0415 - as above

    if database.is_sqlite:
        async with database.read() as connection:
            await schema.migrate_sqlite(connection)
        return
    # To index a large archive anew takes longer than a statement usually may.
    patient = Database(database.url, patient=True)
    try:
        async with patient.write() as connection:
            await schema.migrate_postgresql(connection)
    finally:
        await patient.close()


async def _must_exist(database: Database) -> None:
    if not database.is_sqlite:
        try:
            await database.ping()
        except (SQLAlchemyError, StoreUnreachable) as error:
            raise _closed(database, error) from error
    elif not await asyncio.to_thread(Path(database.url.database or "").is_file):
        raise StoreError(f"there is no {database.shown}; check HABARSHY_DATABASE_URL")


def _closed(database: Database, error: Exception) -> StoreError:
    reason = connections.reason(error.__cause__ if isinstance(error, StoreUnreachable) else error)
    return StoreError(f"{database.shown} can't be opened: {reason}; check HABARSHY_DATABASE_URL")


def _probe(database: Database) -> None:
    # A failed connect leaves aiosqlite's thread behind, to complain on stderr after our one line.
    if database.is_sqlite and database.url.database:
        connections.touch(Path(database.url.database))
        with closing(sqlite3.connect(database.url.database, isolation_level=None)) as connection:
            (changes,) = connection.execute("PRAGMA schema_version").fetchone()
            if not changes:
                blank.make(connection)
