"""A database with something in every column of every table, awkward where it can be."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    Integer,
    LargeBinary,
    insert,
    update,
)

from bot.store.columns import UtcDateTime
from bot.store.tables import metadata

#: Rows in every table.
ROWS = 3


async def fill(database):
    """ROWS rows a table; the n-th points to the n-th of its parents, and of its own table to a later one."""
    async with database.write() as connection:
        for table in metadata.sorted_tables:
            rows = [{column.name: _value(column, n) for column in table.columns} for n in range(1, ROWS + 1)]
            await connection.execute(insert(table), rows)
        for table in metadata.sorted_tables:
            for column in (key.parent for key in table.foreign_keys if key.column.table is table):
                first = update(table).where(table.c.id == 1)
                await connection.execute(first.values({column: ROWS}))


def _value(column, n):  # noqa: C901, PLR0911 - a type a line
    if column.foreign_keys:
        own = any(key.column.table is column.table for key in column.foreign_keys)
        return None if own else n
    match column.type:
        case _ if column.primary_key and isinstance(column.type, Integer):
            return n
        case Boolean():
            return n % 2 == 0
        case BigInteger():
            return -n * 10**12
        case Integer():
            return n
        case Float():
            return n / 3
        case LargeBinary():
            return bytes(range(256)) * n
        case JSON():
            return {"кілт": [n, None, 1.5, "ы'\"\\"]}
        case Date():
            return date(2026, 2, 28 - n)
        case UtcDateTime():
            return datetime(2026, 11, 22, 4, 0, n, 123456, UTC)
    return f"сөз {n} «ә» 🙂 '\"\\%s :x\n"
