"""What is a reader's, in every table there is: all of it can be had, and none of it stays."""

from sqlalchemy import func, select

from bot.store.shelf import ShelfStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import metadata
from tests.contracts.filling import ROWS, fill

THEIRS = [table for table in metadata.sorted_tables if "subscriber_id" in table.columns]
#: Told in /export under other names, or by the settings (bot.newsroom.belongings).
OTHERWISE = {"told", "own_sources"}
#: Of what /export tells by its own names.
NAMED = {"saved_stories": "saved", "messages": "parts"}


async def test_a_reader_deleted_is_in_no_table(database):
    """Whatever tables come later: what hangs on a subscriber goes with them, and others' stays."""
    await fill(database)
    await SubscriberStore(database).delete(2)
    async with database.read() as connection:
        for table in THEIRS:
            left = select(table.c.subscriber_id).order_by(table.c.subscriber_id)
            assert (await connection.execute(left)).scalars().all() == [1, 3], table.name


async def test_everything_of_a_reader_is_exported(database):
    """A table of readers' that /export leaves out fails here."""
    await fill(database)
    records = await ShelfStore(database).records(2)
    assert {NAMED.get(name, name) for name in records} | OTHERWISE == {table.name for table in THEIRS}
    assert all(len(rows) == 1 for rows in records.values())
    async with database.read() as connection:
        for table in THEIRS:
            rows = await connection.execute(select(func.count()).select_from(table))
            assert rows.scalar_one() == ROWS
