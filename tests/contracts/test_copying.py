"""Moving a database from one engine to another."""

import sqlite3

import pytest
from sqlalchemy import func, insert, select, update

from bot.domain.errors import StoreError
from bot.store import copying
from bot.store.copying import copy
from bot.store.engine import Database, upgrade
from bot.store.schema import upgrade_to
from bot.store.search import SearchStore
from bot.store.tables import articles, metadata, sources, subscribers, votes
from tests.contracts.filling import ROWS, fill


@pytest.fixture(params=["to postgresql", "to sqlite"])
async def ends(request, on_sqlite, on_postgres):
    """A source that is full and a target that is empty."""
    source, target = (
        (on_sqlite, on_postgres) if request.param == "to postgresql" else (on_postgres, on_sqlite)
    )
    await fill(source)
    return source, target


async def _rows(database, table):
    async with database.read() as connection:
        return (await connection.execute(select(table).order_by(*table.primary_key))).all()


async def test_every_row_of_every_table_arrives_as_it_is(ends):
    """Counts, values, and rows that point to later rows of their own table."""
    source, target = ends
    seen = {}
    copied = await copy(source, target, lambda table, done, total: seen.update({table: (done, total)}))
    assert seen == dict.fromkeys(metadata.tables, (ROWS, ROWS))
    assert {name: done.rows for name, done in copied.items()} == dict.fromkeys(metadata.tables, ROWS)
    for table in metadata.sorted_tables:
        assert await _rows(source, table) == await _rows(target, table)


async def test_the_copy_goes_on_by_itself(ends, now):
    """New rows get new numbers, and the search index is made anew from the articles copied."""
    source, target = ends
    await copy(source, target, lambda *_: None)
    async with target.write() as connection:
        last = (await connection.execute(select(func.max(subscribers.c.id)))).scalar_one()
        row = {"chat_id": 5, "languages": ["kk"], "topics": [], "slots": [], "days": [], "zone": "UTC"}
        new = insert(subscribers).values(**row, state="active", created_at=now)
        assert (await connection.execute(new.returning(subscribers.c.id))).scalar_one() > last
        await connection.execute(update(articles).values(lang="kk"))
        await connection.execute(update(sources).values(origin="catalogue"))
    assert await SearchStore(target).index() == ROWS
    assert len(await SearchStore(target).find(["сөз"], ("kk",), now)) == ROWS


async def test_a_target_with_anything_in_it_is_refused(ends):
    """Nothing is mixed; copying twice is refused too, and nothing is lost by trying."""
    source, target = ends
    await copy(source, target, lambda *_: None)
    with pytest.raises(StoreError, match=r"database .* is not empty: there are \w+; name an empty one"):
        await copy(source, target, lambda *_: None)
    assert len(await _rows(target, articles)) == ROWS


async def test_a_copy_that_came_out_different_is_not_kept(ends, monkeypatch):
    """The proof is made before anything counts."""
    source, target = ends
    prove = copying._prove

    async def tampered(table, copied, connection):
        if table is articles:
            await connection.execute(update(articles).where(articles.c.id == 1).values(title="forged"))
        await prove(table, copied, connection)

    monkeypatch.setattr(copying, "_prove", tampered)
    with pytest.raises(StoreError, match="articles came out different"):
        await copy(source, target, lambda *_: None)
    assert [await _rows(target, table) for table in (articles, subscribers)] == [[], []]


async def test_an_older_schema_is_not_copied(tmp_path, on_postgres):
    """Its remedy is named."""
    old = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    async with old.write() as connection:
        await connection.run_sync(upgrade_to, "0006")
    with pytest.raises(StoreError, match="run `habarshy db upgrade` first"):
        await copy(old, on_postgres, lambda *_: None)
    await upgrade(old)
    await copy(old, on_postgres, lambda *_: None)
    await old.close()


async def test_what_postgresql_cannot_keep_is_left_out(on_sqlite, on_postgres):
    """A headline with U+0000 from a broken page moves without it."""
    await fill(on_sqlite)
    async with on_sqlite.write() as connection:
        await connection.execute(update(articles).where(articles.c.id == 1).values(title="a\0b"))
    await copy(on_sqlite, on_postgres, lambda *_: None)
    assert (await _rows(on_postgres, articles))[0].title == "ab"


async def test_what_is_written_meanwhile_stays_behind(on_sqlite, on_postgres):
    """The copy is of one moment, and its proof holds although the source goes on."""
    await fill(on_sqlite)
    beside = sqlite3.connect(on_sqlite.url.database, isolation_level=None)
    await copy(on_sqlite, on_postgres, lambda *_: beside.execute("UPDATE votes SET value = 7"))
    beside.close()
    assert {row.value for row in await _rows(on_sqlite, votes)} == {7}
    assert {row.value for row in await _rows(on_postgres, votes)} == {1, 2, 3}
