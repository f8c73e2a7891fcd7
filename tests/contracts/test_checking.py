"""`habarshy db check` on each engine."""

import pytest
from sqlalchemy import delete, text, update

from bot.store.checking import check
from bot.store.engine import Database
from bot.store.schema import upgrade_to
from bot.store.tables import editions, parts, stories, told
from tests.contracts.filling import fill


@pytest.fixture
async def sound(database):
    """A full database in which nothing is wrong: three readers with one open part each."""
    await fill(database)
    await _change(
        database,
        update(stories).values(merged_into=None),
        update(parts).values(state="pending", head=True, not_before=None),
    )
    assert await check(database) == []
    return database


async def _change(database, *statements):
    async with database.write() as connection:
        for statement in statements:
            await connection.execute(statement)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (
            update(parts).where(parts.c.id == 2).values(head=False),
            "readers whose parts wait behind nothing: 2",
        ),
        (
            update(parts).where(parts.c.id == 1).values(state="failed"),
            "parts that are done and block others: 1",
        ),
        (
            update(parts).where(parts.c.id == 3).values(state="sent", head=False, message_id=None),
            "parts sent without a message id: 3",
        ),
        (
            update(parts).where(parts.c.id == 1).values(edition_id=2, ordinal=9),
            "parts of another reader's edition: 1",
        ),
        (
            update(told).where(told.c.story_id == 3).values(edition_id=1),
            "stories told in another reader's edition: 3",
        ),
        (
            update(stories).where(stories.c.id < 3).values(merged_into=3 - stories.c.id),
            "stories merged into one that is merged itself: 1, 2",
        ),
        (
            update(stories).where(stories.c.id == 2).values(merged_into=3),
            "articles filed under a merged story: 2",
        ),
    ],
)
async def test_what_makes_no_sense_is_named(sound, harm, said):
    """A line each, with the rows to look at."""
    await _change(sound, harm)
    assert said in await check(sound)


async def test_a_part_that_stands_twice_is_named(sound):
    """Its reader would get it twice."""
    await _change(
        sound,
        delete(editions).where(editions.c.id == 2),
        update(parts).where(parts.c.id == 3).values(edition_id=1, ordinal=1),
    )
    assert "parts that stand twice in their edition: 3" in await check(sound)


async def test_many_rows_are_not_all_named(database, now):
    """An operator reads the line."""
    rows = [{"id": number, "topics": [], "created_at": now, "updated_at": now} for number in range(1, 10)]
    async with database.write() as connection:
        await connection.execute(stories.insert(), rows)
        await connection.execute(stories.update().values(merged_into=9 - (stories.c.id % 2)))
    (line,) = await check(database)
    assert line.endswith(" …")
    assert line.count(",") == 4


async def test_a_row_that_points_nowhere_is_named(on_sqlite):
    """SQLite can be made to hold one; PostgreSQL can't."""
    await fill(on_sqlite)
    async with on_sqlite.read() as connection:
        await connection.execute(text("PRAGMA foreign_keys=OFF"))
        await connection.execute(text("DELETE FROM sources WHERE id = 1"))
        await connection.execute(text("PRAGMA foreign_keys=ON"))
    assert any("points to a missing sources" in line for line in await check(on_sqlite))


async def test_an_older_schema_is_all_that_is_said_of_it(bare_url):
    """What its tables should hold is the older version's business."""
    database = Database(bare_url)
    async with database.write() as connection:
        await connection.run_sync(upgrade_to, "0006")
    assert await check(database) == ["schema is not at this program's version"]
    await database.close()


async def test_a_server_that_is_away_is_one_line(postgres_server, on_postgres):
    """No exception, and all is well when it is back."""
    postgres_server.stop()
    try:
        (line,) = await check(on_postgres)
    finally:
        postgres_server.start()
    assert "is out of reach" in line
    assert await check(on_postgres) == []
