"""A database as a file that can be kept: written while the bot runs, and put back."""

import asyncio
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreError
from bot.store.connections import touch
from bot.store.engine import Database


async def backup(database: Database, target: Path) -> None:
    """A consistent copy of a running SQLite database. Raises StoreError."""
    if not database.is_sqlite:
        raise StoreError("backup is for SQLite; use pg_dump for PostgreSQL")
    if await asyncio.to_thread(target.exists):
        raise StoreError(f"{target} exists already; name a new file")
    try:
        await asyncio.to_thread(touch, target)
        async with database.read() as connection:
            await connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(f"{target} can't be written: {getattr(error, 'orig', error)}") from error
