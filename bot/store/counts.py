"""How much of everything there is."""

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Database
from bot.store.tables import articles, parts, sources, stories, subscribers, summaries

_TABLES = (articles, stories, summaries)
_BY = ((sources, "health"), (subscribers, "state"), (parts, "state"))


async def counts(database: Database) -> dict[str, int]:
    """Rows by table, and by state where a table has states: "sources failing", "parts unknown"."""
    found: dict[str, int] = {}
    async with database.read() as connection:
        for table in _TABLES:
            found[table.name] = await _total(connection, table)
        for table, column in _BY:
            query = select(table.c[column].label("state"), func.count().label("number")).group_by(
                table.c[column]
            )
            found |= {f"{table.name} {row.state}": row.number for row in await connection.execute(query)}
    return found


async def _total(connection: AsyncConnection, table: Table) -> int:
    return (await connection.execute(select(func.count()).select_from(table))).scalar_one()
