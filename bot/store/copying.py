"""Moving a database to another engine: every row, in the order in which rows point to each other."""

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.store.connections import reason
from bot.store.engine import Database, upgrade
from bot.store.revision import is_current
from bot.store.tables import metadata

#: Rows read and written in one step.
_BATCH = 1000

#: Told of each step: the table, rows so far, rows in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """One table on both sides, the same on both."""

    rows: int
    #: SHA-256 over all rows in the order of their keys.
    checksum: str


async def copy(source: Database, target: Database, progress: Progress) -> Mapping[str, Copied]:
    """Copy all tables; what is written to `source` meanwhile stays behind. All or nothing.

    The search index is not copied: triggers ask for a new one.

    Raises:
        StoreError: the target holds rows, a schema is not at this version, or the copy came out different.
    """
    await upgrade(target)
    try:
        async with source.snapshot() as reading, target.write(durable=True) as writing:
            await _must_be_ready(source, target, reading, writing)
            copied = {
                table.name: await _copy(table, reading, writing, progress) for table in metadata.sorted_tables
            }
            if not target.is_sqlite:
                await _set_sequences(writing)
            for name, done in copied.items():
                await _prove(metadata.tables[name], done, writing)
    except SQLAlchemyError as error:
        raise StoreError(f"nothing was copied to {target.shown}: {reason(error)}") from error
    return copied


async def _must_be_ready(
    source: Database, target: Database, reading: AsyncConnection, writing: AsyncConnection
) -> None:
    if not await reading.run_sync(is_current):
        raise StoreError(f"{source.shown} is not at this program's version: run `habarshy db upgrade` first")
    for table in metadata.sorted_tables:
        if (await writing.execute(select(1).select_from(table).limit(1))).first():
            raise StoreError(f"{target.shown} is not empty: there are {table.name}; name an empty one")


async def _copy(
    table: Table, reading: AsyncConnection, writing: AsyncConnection, progress: Progress
) -> Copied:
    total = (await reading.execute(select(func.count()).select_from(table))).scalar_one()
    digest, count, later = hashlib.sha256(), 0, _own_references(table)
    async for rows in _read(select(table).order_by(*table.primary_key), reading):
        for row in rows:
            digest.update(_canonical(row))
        # A row may point to one of its own table that comes later.
        await writing.execute(insert(table), [{**row, **dict.fromkeys(later)} for row in rows])
        count += len(rows)
        progress(table.name, count, total)
    for name in later:
        await _point(table, table.c[name], reading, writing)
    return Copied(count, digest.hexdigest())


async def _point(
    table: Table, column: Column[Any], reading: AsyncConnection, writing: AsyncConnection
) -> None:
    pointing = select(table.c.id.label("this"), column.label("other")).where(column.is_not(None))
    change = update(table).where(table.c.id == bindparam("this")).values({column: bindparam("other")})
    async for rows in _read(pointing.order_by(table.c.id), reading):
        await writing.execute(change, rows)


async def _prove(table: Table, copied: Copied, connection: AsyncConnection) -> None:
    digest, count = hashlib.sha256(), 0
    async for rows in _read(select(table).order_by(*table.primary_key), connection):
        for row in rows:
            digest.update(_canonical(row))
        count += len(rows)
    if (count, digest.hexdigest()) != (copied.rows, copied.checksum):
        raise StoreError(
            f"{table.name} came out different ({copied.rows} rows, {count} copied): nothing was kept, "
            "please report it"
        )


async def _read(query: Select[Any], connection: AsyncConnection) -> AsyncIterator[list[dict[str, Any]]]:
    async with connection.stream(query) as found:
        async for rows in found.mappings().partitions(_BATCH):
            yield [dict(row) for row in rows]


async def _set_sequences(connection: AsyncConnection) -> None:
    """The next new row gets a number of its own."""
    for table in metadata.sorted_tables:
        if table.autoincrement_column is None:
            continue
        column = table.autoincrement_column.name
        last = (await connection.execute(select(func.max(table.c[column])))).scalar_one()
        sequence = func.pg_get_serial_sequence(table.name, column)
        if last is not None:
            await connection.execute(select(func.setval(sequence, last)))


def _own_references(table: Table) -> Sequence[str]:
    return [key.parent.name for key in table.foreign_keys if key.column.table is table]


def _canonical(row: Mapping[str, Any]) -> bytes:
    """A row as both engines must give it back; PostgreSQL keeps no U+0000, so it counts on neither."""
    said = repr([*row.values()])
    if r"\x00" in said:
        said = repr([value.replace("\0", "") if isinstance(value, str) else value for value in row.values()])
    return said.encode("utf-8", "surrogatepass")
