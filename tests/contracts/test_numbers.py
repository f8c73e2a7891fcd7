"""A row's number, which those who are at work on the row keep in hand."""

from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences
from bot.store.backups import backup
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore


async def _numbers(database, chat, now):
    """Somebody joins, is posted a digest and deletes everything; their number, its and its message's."""
    reader, _ = await SubscriberStore(database).join(Chat(chat), Preferences(), now)
    outbox = OutboxStore(database)
    nothing = Digest(now, now, ("kk",), frozenset(), ())
    await outbox.post(Edition(reader.id, now.date(), "09:00"), nothing, ["one"], now)
    (part,) = await outbox.ready(now, 1)
    await SubscriberStore(database).delete(reader.id)
    return reader.id, part.edition, part.id


async def test_a_number_is_given_once(database, now):
    """An answer that comes after its row is gone finds nobody else's in its place."""
    first, second = [await _numbers(database, chat, now) for chat in (1, 2)]
    assert [later > earlier for earlier, later in zip(first, second, strict=True)] == [True] * 3


async def test_a_backup_knows_which_numbers_were_given(on_sqlite, tmp_path, now):
    """Buttons below messages hold them."""
    first = await _numbers(on_sqlite, 1, now)
    await backup(on_sqlite, tmp_path / "kept.db", lambda *_: None)
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/kept.db") as restored:
        second = await _numbers(restored, 2, now)
    assert [later > earlier for earlier, later in zip(first, second, strict=True)] == [True] * 3
