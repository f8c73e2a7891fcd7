"""How much of everything there is, without counting it: triggers keep the tallies (migration 0012).

What a page or a scrape may call at any time, however large the archive is: `counts` reads a few rows. So do
bot.store.books and bot.store.ledgers, each of whose questions reads the newest rows by an index and stops.
"""

from sqlalchemy import case, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.source import NEW, Health
from bot.store.engine import Database
from bot.store.tables import articles, parts, sources, stories, subscribers, summaries

#: Counted as a whole, and by their state.
_WHOLE = (articles, stories, summaries)
_BY_STATE = (subscribers, parts)
#: PostgreSQL's writers add a row each; so many may lie about before they are summed up.
_MOST_LOOSE = 500

_READ = text("SELECT name, sum(number) AS number, count(*) AS loose FROM tallies GROUP BY name")
_SUM_UP = text(
    """
    WITH gone AS (
        DELETE FROM tallies WHERE id IN (SELECT id FROM tallies FOR UPDATE SKIP LOCKED)
        RETURNING name, number
    )
    INSERT INTO tallies (name, number)
    SELECT name, sum(number) FROM gone GROUP BY name HAVING sum(number) <> 0
    """
)


async def counts(database: Database) -> dict[str, int]:
    """Rows by table, and by state where a table has states: "sources failing", "parts unknown"."""
    async with database.read() as connection:
        tallied = (await connection.execute(_READ)).all()
        never = sources.c.checked_at.is_(None) & (sources.c.health == Health.OK)
        standing = case((never, literal(NEW)), else_=sources.c.health).label("standing")
        listed = select(standing).subquery()
        by_standing = select(listed.c.standing, func.count()).group_by(listed.c.standing)
        asked = {name: int(number) for name, number in await connection.execute(by_standing)}
    if sum(row.loose for row in tallied) > _MOST_LOOSE:
        await sum_up(database)
    numbers = {row.name: int(row.number) for row in tallied if row.number}
    found = {table.name: numbers.pop(table.name, 0) for table in _WHOLE}
    return found | {f"sources {state}": number for state, number in sorted(asked.items())} | numbers


async def sum_up(database: Database) -> None:
    """Make one row a name of what PostgreSQL's writers left; SQLite's is one already."""
    if not database.is_sqlite:
        async with database.write() as connection:
            await connection.execute(_SUM_UP)


async def miscounted(connection: AsyncConnection) -> list[str]:
    """Tallies that differ from the rows there are, a line each; this one counts."""
    kept = {row.name: int(row.number) for row in await connection.execute(_READ) if row.number}
    true: dict[str, int] = {}
    for table in _WHOLE:
        true[table.name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    for table in _BY_STATE:
        by_state = select(table.c.state, func.count()).group_by(table.c.state)
        true |= {f"{table.name} {state}": number for state, number in await connection.execute(by_state)}
    names = sorted(name for name in {*kept, *true} if kept.get(name, 0) != true.get(name, 0))
    return [f"{name} are {true.get(name, 0)}, counted as {kept.get(name, 0)}" for name in names]
