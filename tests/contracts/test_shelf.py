"""What readers keep and like, in the store."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.event import listen

from bot.domain.delivery import Message
from bot.domain.digest import Digest, Item
from bot.domain.schedule import Edition
from bot.domain.source import Source
from bot.domain.subscriber import Breaking, Chat, Preferences, Weekly
from bot.domain.tastes import Vote
from bot.store.articles import ArticleStore
from bot.store.deliveries import OutboxStore
from bot.store.merging import merge
from bot.store.shelf import ShelfStore
from bot.store.sources import SourceStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import articles, stories
from summarizer.article import Article
from summarizer.topic import Topic


@pytest.fixture
def subscribers(database):
    """A subscriber store."""
    return SubscriberStore(database)


@pytest.fixture
def shelf(database):
    """A shelf."""
    return ShelfStore(database)


@pytest.fixture
async def reader(database, subscribers, now):
    """A reader, and three stories in the store."""
    async with database.write() as connection:
        for number in (1, 2, 3):
            row = {"id": number, "topics": ["sport", "world"], "created_at": now, "updated_at": now}
            await connection.execute(stories.insert().values(row))
    return (await subscribers.join(Chat(1), Preferences(), now))[0]


async def test_filters_and_breaking_are_kept(subscribers, reader):
    """What a reader mutes and follows comes back as it went in, in order."""
    chosen = replace(
        reader.preferences,
        muted=("спорт", "!финал"),
        followed=("екі сөз",),
        breaking=Breaking.OFF,
        quiet=None,
        weekly=Weekly(5, time(19, 30)),
        muted_sources=frozenset({"Құс жолы"}),
        rich=True,
    )
    await subscribers.change(replace(reader, preferences=chosen))
    assert (await subscribers.get(reader.id)).preferences == chosen


async def test_saved_stories_come_latest_first_and_once(shelf, reader, now):
    """Saving again moves a story to the front; unsaving takes it off."""
    for minute, story in enumerate((1, 2, 3, 1)):
        await shelf.save(reader.id, story, now + timedelta(minutes=minute))
    assert list(await shelf.saved(reader.id, 10)) == [1, 3, 2]
    await shelf.unsave(reader.id, 3)
    assert list(await shelf.saved(reader.id, 1)) == [1]


async def test_the_last_vote_counts(shelf, reader, now):
    """A changed mind leaves one vote, with the story's first topic."""
    await shelf.vote(reader.id, 1, 1, now)
    await shelf.vote(reader.id, 1, -1, now)
    (vote,) = await shelf.votes(reader.id)
    assert (vote.value, vote.topics, vote.publishers) == (-1, (Topic.SPORT,), ())


async def test_the_votes_of_many_readers_are_asked_for_together(
    database, subscribers, shelf, reader, now, monkeypatch
):
    """As many statements for three voters as for one; each has their own latest votes, with who told it."""
    monkeypatch.setattr("bot.store.shelf._MOST_VOTES", 2)
    outlet = Source("Құс жолы", "https://example.org/rss")
    await SourceStore(database).follow([outlet])
    article = Article("", "Бірінші", "Мәтін", "kk", now, "https://example.org/1", outlet.name)
    await ArticleStore(database).add(outlet, [article], now)
    async with database.write() as connection:
        await connection.execute(update(articles).values(story_id=3))
    others = [(await subscribers.join(Chat(chat), Preferences(), now))[0] for chat in (2, 3, 4)]
    for minute, story in enumerate((1, 2, 3)):
        await shelf.vote(reader.id, story, 1 if story == 3 else -1, now + timedelta(minutes=minute))
    for other in others[:2]:
        await shelf.vote(other.id, 3, -1, now)
    asked = []
    listen(database.engine.sync_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    await shelf.votes_of([reader.id])
    alone = len(asked)
    found = await shelf.votes_of([reader.id, *(other.id for other in others)])
    assert len(asked) == 2 * alone
    topics, told = (Topic.SPORT,), (outlet.name,)
    assert found == {
        reader.id: [Vote(1, topics, told), Vote(-1, topics, ())],
        **{other.id: [Vote(-1, topics, told)] for other in others[:2]},
    }


async def test_a_reader_deleted_leaves_nothing(subscribers, shelf, reader, now):
    """Saved stories and votes go with their reader; the stories stay."""
    await shelf.save(reader.id, 1, now)
    await shelf.vote(reader.id, 1, 1, now)
    await subscribers.delete(reader.id)
    assert list(await shelf.saved(reader.id, 10)) == []
    assert list(await shelf.votes(reader.id)) == []


async def test_a_forums_topics_are_found_by_their_chat(subscribers, reader, now):
    """One chat may hold several subscribers."""
    await subscribers.join(Chat(-5, 7), Preferences(), now)
    await subscribers.join(Chat(-5, 8), Preferences(), now)
    assert [one.chat.thread for one in await subscribers.in_chat(-5)] == [7, 8]


async def test_an_edition_keeps_its_stories_when_a_later_one_tells_them_again(database, shelf, reader, now):
    """The buttons below the older message still know them, in its order; a merged one as what it became."""
    outbox = OutboxStore(database)

    async def post(slot, *told):
        items = tuple(
            Item(story, Topic.SPORT, "kk", "H", "S", "https://a.example", (), now) for story in told
        )
        digest = Digest(now, now, ("kk",), frozenset(Topic), items)
        await outbox.post(Edition(reader.id, now.date(), slot), digest, [Message("x", told)], now)
        return max(part.edition for part in await outbox.ready(now, 10))

    morning = await post("09:00", 3, 1, 2)
    await post("weekly-1", 2, 3)
    assert await shelf.told_in(reader.id, morning) == [3, 1, 2]
    async with database.write() as connection:
        await merge(connection, 1, 3)
    assert await shelf.told_in(reader.id, morning) == [1, 2]
    assert await shelf.told_in(reader.id + 1, morning) == []
