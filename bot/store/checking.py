"""Is the database sound?"""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.errors import StoreUnreachable
from bot.store.connections import reason
from bot.store.engine import Database
from bot.store.revision import is_current
from bot.store.schema import orphans


async def check(database: Database) -> list[str]:
    """What is wrong with the database, a line each; empty when all is well."""
    try:
        return await _problems(database)
    except StoreUnreachable as error:
        return [str(error)]
    except SQLAlchemyError as error:
        return [f"{database.shown} can't be read: {reason(error)}"]


async def _problems(database: Database) -> list[str]:
    async with database.read() as connection:
        problems = (
            [] if await connection.run_sync(is_current) else ["schema is not at this program's version"]
        )
        if database.is_sqlite:
            found = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
            problems += [str(line) for line in found if line != "ok"]
            problems += await orphans(connection)
    return problems
