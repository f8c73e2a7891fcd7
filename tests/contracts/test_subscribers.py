"""Readers, asked about together."""

from dataclasses import replace
from datetime import datetime

from bot.domain.demand import Wish
from bot.domain.subscriber import Chat, Preferences, State
from bot.store.engine import Database
from bot.store.subscribers import SubscriberStore
from summarizer.topic import Topic


async def test_what_readers_want_alike_is_told_once(database: Database, now: datetime):
    """By languages, topics and whether they follow words; of those who get digests only."""
    store = SubscriberStore(database)
    economy, every = frozenset({Topic.ECONOMY}), frozenset(Topic)
    readers = [
        Preferences(("kk", "ru"), economy),
        Preferences(("kk", "ru"), economy, muted=("су",)),
        Preferences(("kk",), every, followed=("су",)),
        Preferences(("kk",), every, followed=("қар", "екі сөз")),
        Preferences(("en",), economy),
    ]
    joined = [(await store.join(Chat(number), wish, now))[0] for number, wish in enumerate(readers, 1)]
    assert set(await store.wishes()) == {
        Wish(frozenset({"kk", "ru"}), economy),
        Wish(frozenset({"kk"}), every, words=True),
        Wish(frozenset({"en"}), economy),
    }
    for number, _ in enumerate(joined[:2], 10):
        await store.join(Chat(number), readers[0], now)
    assert len(await store.wishes()) == 3
    for reader in joined[2:]:
        await store.change(replace(reader, state=State.PAUSED))
    assert await store.wishes() == [Wish(frozenset({"kk", "ru"}), economy)]


async def test_nobody_wants_anything_of_a_new_bot(database: Database):
    """There is no reader yet."""
    assert await SubscriberStore(database).wishes() == []
