"""A PostgreSQL server that goes away and comes back, or was never there."""

import sys

import pytest
from sqlalchemy import func, insert, select, text

from bot.domain.errors import StoreError, StoreUnreachable
from bot.store.engine import Database, open_database
from bot.store.tables import passed_over


async def _count(database):
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(passed_over))).scalar_one()


async def _add(database, now, url="https://example.org/1"):
    async with database.write() as connection:
        await connection.execute(insert(passed_over).values(url=url, found_at=now))


@pytest.mark.parametrize("ends", ["stop", "kill"])
async def test_a_restart_between_two_transactions_is_not_noticed(postgres_server, on_postgres, now, ends):
    """Connections kept from before are replaced before anybody gets one."""
    await _add(on_postgres, now)
    getattr(postgres_server, ends)()
    postgres_server.start()
    assert await _count(on_postgres) == 1
    await _add(on_postgres, now, "https://example.org/2")
    assert await _count(on_postgres) == 2


@pytest.mark.parametrize("ends", ["stop", "kill"])
async def test_work_that_a_restart_cut_short_can_be_done_again(postgres_server, on_postgres, now, ends):
    """Nothing of it is stored, the error says so in a line, and the next attempt succeeds."""

    async def work():
        async with on_postgres.write() as connection:
            await connection.execute(insert(passed_over).values(url="x", found_at=now))
            getattr(postgres_server, ends)()
            await connection.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable, match=r"^database postgresql.* is out of reach: .+; work goes on"):
        await work()
    with pytest.raises(StoreUnreachable, match=r"is out of reach: .*(refused|No such file)"):
        await _count(on_postgres)
    postgres_server.start()
    assert await _count(on_postgres) == 0
    await _add(on_postgres, now)
    assert await _count(on_postgres) == 1


async def test_a_look_at_many_tables_that_is_cut_short(postgres_server, on_postgres):
    """As a transaction that writes."""

    async def look():
        async with on_postgres.snapshot() as connection:
            postgres_server.kill()
            await connection.execute(text("SELECT 1"))

    with pytest.raises(StoreUnreachable):
        await look()
    postgres_server.start()
    async with on_postgres.snapshot() as connection:
        assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1


async def test_a_mistake_of_ours_is_not_taken_for_an_absence(on_postgres):
    """Only what may pass by itself is called so."""
    with pytest.raises(Exception, match="does not exist") as caught:
        async with on_postgres.write() as connection:
            await connection.execute(text("SELECT nonsense"))
    assert not isinstance(caught.value, StoreError)


@pytest.mark.parametrize("as_it_is", [True, False])
async def test_a_database_that_is_not_there_is_named_with_the_remedy(postgres_server, as_it_is):
    """Another name, nobody listening: one line, without the password."""
    said = r"^database postgresql\S+ can't be opened: .*{}.*; check HABARSHY_DATABASE_URL$"
    for url, why in (
        (postgres_server.url("nowhere"), 'database "nowhere" does not exist'),
        ("postgresql+asyncpg://me:secret@127.0.0.1:9/x", "refused|Connect call failed"),
        ("postgresql+asyncpg://me:secret@no-such-host.invalid/x", "not known|resolution|address"),
    ):
        with pytest.raises(StoreError, match=said.format(f"({why})")) as caught:
            async with open_database(url, as_it_is=as_it_is):
                pass
        assert "secret" not in str(caught.value)


async def test_without_its_driver_the_extra_is_named(monkeypatch):
    """A plain install has SQLite only."""
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(
        StoreError, match=r"needs asyncpg: install the extra, pip install 'habarshy\[cluster\]'"
    ):
        Database("postgresql+asyncpg://me:secret@localhost/x")


async def test_texts_from_outside_may_hold_anything(database, now):
    """U+0000 can't be kept by PostgreSQL and is left out there; quotes and the rest are as they were."""
    async with database.write() as connection:
        rows = [{"url": f"{n} a\0b ' \" \\ % :x 🙂", "found_at": now} for n in range(3)]
        await connection.execute(insert(passed_over), rows)
        await connection.execute(insert(passed_over).values(url="c\0d", found_at=now))
    async with database.read() as connection:
        kept = (await connection.execute(select(passed_over.c.url))).scalars().all()
    assert {url.replace("\0", "") for url in kept} == {f"{n} ab ' \" \\ % :x 🙂" for n in range(3)} | {"cd"}
