"""Counting without counting, on each engine."""

import asyncio

import pytest
from sqlalchemy import delete, insert, text, update

from bot.store.checking import check
from bot.store.counts import counts, miscounted
from bot.store.engine import Database, upgrade
from bot.store.schema import upgrade_to
from bot.store.tables import articles, editions, parts, sources, stories, subscribers
from tests.contracts.filling import ROWS, fill


async def _true(database):
    async with database.read() as connection:
        return await miscounted(connection) == []


async def test_an_empty_store_counts_nothing(database):
    """Tables are named all the same."""
    assert await counts(database) == {"articles": 0, "stories": 0, "summaries": 0}


async def test_what_comes_changes_and_goes_is_counted(database):
    """By whatever statement, many rows at once, and with what hangs on them."""
    await fill(database)
    async with database.write() as connection:
        await connection.execute(update(parts).where(parts.c.id > 1).values(state="pending", head=False))
        await connection.execute(update(parts).where(parts.c.id == 1).values(state="sent"))
        await connection.execute(update(sources).values(health="ok"))
        await connection.execute(update(sources).where(sources.c.id == 1).values(checked_at=None))
        await connection.execute(update(subscribers).values(state="active"))
        await connection.execute(delete(articles).where(articles.c.id == 2))
        await connection.execute(delete(editions).where(editions.c.id == 3))
    assert await counts(database) == {
        "articles": ROWS - 1,
        "stories": ROWS,
        "summaries": ROWS - 1,
        "sources new": 1,
        "sources ok": ROWS - 1,
        "subscribers active": ROWS,
        "parts pending": 1,
        "parts sent": 1,
    }
    assert await _true(database)


async def test_what_is_rolled_back_is_not_counted(database, now):
    """The tallies are part of the transaction."""
    row = {"topics": [], "created_at": now, "updated_at": now}

    async def fail():
        async with database.write() as connection:
            await connection.execute(insert(stories).values(row))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert (await counts(database))["stories"] == 0


async def test_rows_from_before_are_counted(bare_url, now):
    """A database of an older version brings its numbers along."""
    database = Database(bare_url)
    async with database.write() as connection:
        await connection.run_sync(upgrade_to, "0011")
        row = {"topics": [], "created_at": now, "updated_at": now}
        await connection.execute(insert(stories), [row] * 5)
    await upgrade(database)
    assert (await counts(database))["stories"] == 5
    assert await _true(database)
    await database.close()


async def test_many_writers_at_once_are_summed_up(on_postgres, postgres_url, now):
    """None waits for another; the rows they leave become one a name, and the number stays true."""
    other = Database(postgres_url)
    row = {"topics": [], "created_at": now, "updated_at": now}

    async def write(database):
        for _ in range(300):
            async with database.write() as connection:
                await connection.execute(insert(stories).values(row))

    async def look():
        for _ in range(20):
            await counts(on_postgres)

    await asyncio.gather(write(on_postgres), write(other), look())
    await counts(on_postgres)
    assert (await counts(on_postgres))["stories"] == 600
    async with on_postgres.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM tallies"))).scalar_one() < 600
    await other.close()


async def test_a_tally_that_is_wrong_is_named(database):
    """`habarshy db check` counts for once."""
    async with database.write() as connection:
        await connection.execute(text("INSERT INTO tallies (name, number) VALUES ('parts unknown', 7)"))
    assert "parts unknown are 0, counted as 7" in await check(database)
