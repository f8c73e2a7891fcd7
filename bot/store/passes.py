"""Ways into the dashboard: a link that opens once, a session that ends. Of each only its digest is kept."""

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from bot.newsroom.control import Pass
from bot.store.engine import Database
from bot.store.tables import passes


class PassStore:
    """Satisfies newsroom.control.Passes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def issue(self, kind: Pass, secret: str, admin: int, until: datetime, now: datetime) -> None:
        """Let `secret` count until then, and forget what has expired."""
        row = {"digest": _digest(secret), "kind": kind, "admin": admin, "expires_at": until}
        async with self._database.write() as connection:
            await connection.execute(delete(passes).where(passes.c.expires_at <= now))
            await connection.execute(insert(passes).values(row))

    async def spend(self, kind: Pass, secret: str, now: datetime) -> int | None:
        """Whose secret it was, which counts no more; None where it does not count."""
        async with self._database.write(durable=True) as connection:
            used = delete(passes).where(_is(kind, secret, now)).returning(passes.c.admin)
            admin = (await connection.execute(used)).scalar_one_or_none()
        return None if admin is None else int(admin)

    async def holder(self, kind: Pass, secret: str, now: datetime) -> int | None:
        """Whose secret it is; None where it does not count."""
        async with self._database.read() as connection:
            found = select(passes.c.admin).where(_is(kind, secret, now))
            admin = (await connection.execute(found)).scalar_one_or_none()
        return None if admin is None else int(admin)


def _is(kind: Pass, secret: str, now: datetime) -> ColumnElement[bool]:
    return (passes.c.digest == _digest(secret)) & (passes.c.kind == kind) & (passes.c.expires_at > now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
