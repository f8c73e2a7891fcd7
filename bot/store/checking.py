"""Is the database sound? What the engine can tell, and what only the meaning of the tables tells."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.delivery import PartState
from bot.domain.errors import StoreUnreachable
from bot.store.connections import orphans, reason
from bot.store.counts import miscounted
from bot.store.engine import Database
from bot.store.revision import is_current
from bot.store.tables import articles, editions, parts, stories, told

#: Rows named in one line.
_NAMED = 5


async def check(database: Database) -> list[str]:
    """What is wrong with the database, a line each; empty when all is well."""
    try:
        return await _problems(database)
    except StoreUnreachable as error:
        return [str(error)]
    except SQLAlchemyError as error:
        return [f"{database.shown} can't be read: {reason(error)}"]


async def _problems(database: Database) -> list[str]:
    problems: list[str] = []
    async with database.snapshot() as connection:
        if not await connection.run_sync(is_current):
            return ["schema is not at this program's version"]
        if database.is_sqlite:
            found = (await connection.execute(text("PRAGMA integrity_check"))).scalars().all()
            problems += [str(line) for line in found if line != "ok"]
            problems += await orphans(connection)
        for complaint, query in _questions().items():
            rows = sorted((await connection.execute(query.limit(_NAMED + 1))).scalars())
            if rows:
                more = " …" if len(rows) > _NAMED else ""
                problems.append(f"{complaint}: {', '.join(map(str, rows[:_NAMED]))}{more}")
        problems += await miscounted(connection)
    return problems


def _questions() -> Mapping[str, Select[tuple[int]]]:
    """By complaint, a query for the rows it is about."""
    return {**_about_parts(), **_about_stories()}


def _about_parts() -> Mapping[str, Select[tuple[int]]]:
    head, waiting, mine = parts.alias(), _open(), editions.c.id == parts.c.edition_id
    headed = select(head.c.id).where(head.c.subscriber_id == parts.c.subscriber_id, head.c.head).exists()
    return {
        "readers whose parts wait behind nothing": (
            select(parts.c.subscriber_id).where(waiting, ~headed).distinct().order_by(parts.c.subscriber_id)
        ),
        "parts that are done and block others": select(parts.c.id).where(parts.c.head, ~waiting),
        "parts sent without a message id": (
            select(parts.c.id).where(parts.c.state == PartState.SENT, parts.c.message_id.is_(None))
        ),
        "parts of another reader's edition": (
            select(parts.c.id).join(editions, mine).where(editions.c.subscriber_id != parts.c.subscriber_id)
        ),
        "parts that stand twice in their edition": (
            select(func.max(parts.c.id))
            .group_by(parts.c.edition_id, parts.c.ordinal)
            .having(func.count() > 1)
        ),
    }


def _about_stories() -> Mapping[str, Select[tuple[int]]]:
    kept = stories.alias()
    return {
        "stories told in another reader's edition": (
            select(told.c.story_id)
            .join(editions, editions.c.id == told.c.edition_id)
            .where(editions.c.subscriber_id != told.c.subscriber_id)
        ),
        "stories merged into one that is merged itself": (
            select(stories.c.id)
            .join(kept, kept.c.id == stories.c.merged_into)
            .where(kept.c.merged_into.is_not(None))
        ),
        "articles filed under a merged story": (
            select(articles.c.id)
            .join(stories, stories.c.id == articles.c.story_id)
            .where(stories.c.merged_into.is_not(None))
        ),
    }


def _open() -> ColumnElement[bool]:
    again = and_(parts.c.state == PartState.UNKNOWN, parts.c.not_before.is_not(None))
    return or_(parts.c.state.in_([PartState.PENDING, PartState.SENDING]), again)
