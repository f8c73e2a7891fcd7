"""What each engine's connections need, and how to tell that one is lost."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

_BUSY_MILLISECONDS = 15_000

#: A few connections: each is a thread with a page cache of its own, and SQLite has one writer anyway.
SQLITE: dict[str, Any] = {"pool_size": 5, "max_overflow": 3}
#: Seconds that a statement may take on PostgreSQL: a server that hangs must not hold a job for ever.
_LONGEST_STATEMENT = 60
#: SQLSTATE classes and codes: connection exception, too many connections, shut down or starting up.
_LOST = ("08", "53300", "57P")


def postgresql(*, patient: bool) -> dict[str, Any]:
    """How to connect to PostgreSQL; `patient`: a statement may take as long as it takes.

    A connection is tried before it is used (one trip): those a restarted server closed are replaced unseen.
    Compiling plans (jit) costs more than our short queries.
    """
    return {
        "pool_size": 5,
        "max_overflow": 15,
        "pool_pre_ping": True,
        "connect_args": {
            "timeout": 10,
            "command_timeout": None if patient else _LONGEST_STATEMENT,
            "server_settings": {"application_name": "habarshy", "jit": "off"},
        },
    }


def is_lost(error: BaseException | None) -> bool:
    """Whether the server could not be reached or went away, so that the same work may succeed later."""
    if isinstance(error, DBAPIError):
        code = str(getattr(error.orig, "sqlstate", None) or "")
        return error.connection_invalidated or code.startswith(_LOST)
    return isinstance(error, OSError)


def reason(error: BaseException | None) -> str:
    """What the driver says, in one line and without its own names."""
    said = str(getattr(error, "orig", None) or error or "").splitlines() or [""]
    return said[0].rpartition("'>: ")[2] or type(error).__name__


def touch(path: Path) -> None:
    """Make a database's file where there is none.

    Chat ids and reading habits are nobody's but the operator's; SQLite's side files follow this mode.
    """
    if str(path) != ":memory:":
        path.touch(mode=0o600, exist_ok=True)


def prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set up a new SQLite connection."""
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


def begin_sqlite(connection: Connection) -> None:
    """Begin a transaction that writes."""
    options = connection.get_execution_options()
    if not options.get("reading"):
        # In WAL mode NORMAL never corrupts, but may forget the last commits at a power failure.
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def drop_nul(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    """PostgreSQL keeps no U+0000 in a text, and a page may hold one: it is left out."""
    if parameters and isinstance(parameters[0], tuple | list):
        return statement, [_clean(row) for row in parameters]
    return statement, _clean(parameters)


def _clean(row: Any) -> Any:
    if not any(isinstance(value, str) and "\0" in value for value in row):
        return row
    return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)


async def orphans(connection: AsyncConnection) -> list[str]:
    """Rows of a SQLite database that point nowhere, a line each; PostgreSQL allows none."""
    rows = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    return [f"{row[0]} row {row[1]} points to a missing {row[2]}" for row in rows]
