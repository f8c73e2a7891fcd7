"""Bringing the schema to this program's version, on a connection somebody else has opened."""

from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.store.connections import orphans
from bot.store.revision import MIGRATIONS, NewerSchema, is_current

#: Of PostgreSQL's advisory lock that one migrating process holds: the letters of "habarshy" as a number.
_LOCK = int.from_bytes(b"habarshy", "big")

#: What tables begin with that are made from others, by triggers; they are neither compared nor copied.
DERIVED = ("search", "tallies")


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    # The search index and the tallies are each engine's own (bot/store/search.py, counts.py).
    return not (kind in {"table", "index"} and (name or "").removeprefix("ix_").startswith(DERIVED))


#: What Alembic looks at when it compares a database with the tables.
COMPARED: dict[str, Any] = {"compare_type": True, "render_as_batch": True, "include_name": _is_ours}


def upgrade_to(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision in the transaction that is open. Raises NewerSchema."""
    if revision == "head" and is_current(connection):
        return
    try:
        command.upgrade(config(connection), revision)
    except CommandError as error:
        raise NewerSchema(str(error)) from error


def config(connection: Connection) -> Config:
    """What Alembic needs to work on this connection."""
    found = Config(attributes={"connection": connection})
    found.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return found


async def migrate_postgresql(connection: AsyncConnection) -> None:
    """All or nothing, one process at a time; the lock ends with the transaction that is open."""
    await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    await connection.run_sync(upgrade_to)


async def migrate_sqlite(connection: AsyncConnection) -> None:
    """All or nothing, holding the writer's lock.

    Altering a table rebuilds it in SQLite, and dropping the old one would cascade to every row that points
    there. Only outside a transaction can that be switched off.
    """
    await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    await connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        await connection.run_sync(upgrade_to)
        _refuse_loss(await orphans(connection))
        await connection.exec_driver_sql("COMMIT")
    except BaseException:
        await connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        await connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _refuse_loss(lost: list[str]) -> None:
    if lost:
        raise StoreError(f"the upgrade would lose data ({lost[0]}); nothing was changed, please report it")
