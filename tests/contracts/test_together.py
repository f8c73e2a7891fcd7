"""Several processes at one database at the same time: nothing is lost, nothing done twice."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.source import Source
from bot.domain.subscriber import Chat, Preferences
from bot.newsroom.compose import Composing, compose_due
from bot.newsroom.ports import Filing, Posting
from bot.store.articles import ArticleStore
from bot.store.checking import check
from bot.store.deliveries import OutboxStore
from bot.store.engine import Database, open_database
from bot.store.search import SearchStore
from bot.store.settling import hold
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import CLAIM, SubscriberStore
from bot.store.tables import editions, stories, subscribers
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

SOURCE = Source("Құс жолы", "https://example.org/rss")
READERS = 40


@pytest.fixture
async def processes(url):
    """Three processes' connections to one database."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(open_database(url)) for _ in range(3)]


async def _count(database, table):
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def _due(database, now):
    row = {"languages": ["en"], "topics": ["economy"], "slots": ["09:00"], "days": [1, 2, 3, 4, 5, 6, 7]}
    same = {**row, "zone": "Asia/Almaty", "state": "active", "created_at": now, "next_at": now}
    async with database.write() as connection:
        await connection.execute(insert(subscribers), [{**same, "chat_id": n + 1} for n in range(READERS)])


async def _story(database, now):
    await SourceStore(database).follow([SOURCE])
    found = [Article(id="", title="Rate", text="Up.", lang="en", url="https://example.org/1", source="")]
    await ArticleStore(database).add(SOURCE, found, now)
    (article,) = await ArticleStore(database).ungrouped(1)
    filing = Filing(int(article.id), None, Classification((Topic.ECONOMY,)), None, "none", lang="en")
    story = await StoryStore(database).file(filing, now)
    await StoryStore(database).condense(story, int(article.id), Summary("It is up.", "en", "x", "Rate"))
    return article


async def test_starting_together_migrates_once(bare_url):
    """The first makes the schema, the others wait for it."""

    async def start():
        async with open_database(bare_url) as database:
            return await check(database)

    assert await asyncio.gather(*(start() for _ in range(4))) == [[]] * 4


async def test_one_chat_is_one_subscriber(processes, now):
    """/start answered by two processes at once: one subscribes, the other finds it done."""
    joined = await asyncio.gather(
        *(SubscriberStore(database).join(Chat(5), Preferences(), now) for database in processes)
    )
    assert sorted(new for _, new in joined) == [False, False, True]
    assert len({reader.id for reader, _ in joined}) == 1


async def test_two_changes_of_one_reader_both_count(processes, now):
    """Each changes what it changed, in what is stored by then."""
    reader, _ = await SubscriberStore(processes[0]).join(Chat(5), Preferences(), now)
    pausing = SubscriberStore(processes[0]).change(_with(reader, zone="Europe/Berlin"), reader)
    muting = SubscriberStore(processes[1]).change(_with(reader, muted=("спорт",)), reader)
    await asyncio.gather(pausing, muting)
    stored = (await SubscriberStore(processes[2]).get(reader.id)).preferences
    assert (stored.zone, stored.muted) == ("Europe/Berlin", ("спорт",))


def _with(reader, **changes):
    return replace(reader, preferences=replace(reader.preferences, **changes))


async def test_an_article_is_filed_into_one_story(processes, now):
    """Two groupers at one article leave no empty story behind."""
    await SourceStore(processes[0]).follow([SOURCE])
    found = [Article(id="", title="Rate", text="Up.", lang="en", url="https://example.org/1", source="")]
    added = await asyncio.gather(*(ArticleStore(one).add(SOURCE, found, now) for one in processes))
    assert sum(added) == 1
    filing = Filing(1, None, Classification((Topic.ECONOMY,)), None, "none")
    assert len(set(await asyncio.gather(*(StoryStore(one).file(filing, now) for one in processes)))) == 1
    assert await _count(processes[0], stories) == 1


async def test_a_summary_written_twice_stands_once(processes, now):
    """The last one counts."""
    await _story(processes[0], now)
    texts = ("One.", "Two.", "Three.")
    written = [Summary(text, "en", "x", "Rate") for text in texts]
    await asyncio.gather(
        *(StoryStore(one).condense(1, 1, summary) for one, summary in zip(processes, written, strict=True))
    )
    (card,) = await StoryStore(processes[0]).cards(now - timedelta(days=1), now)
    assert card.summaries["en"].text in texts


async def test_several_clocks_make_one_edition_a_reader(processes, now):
    """However many look at the same moment."""
    await _story(processes[0], now)
    await _due(processes[0], now)

    def ports(database):
        return Composing(
            StoryStore(database), SubscriberStore(database), OutboxStore(database), lambda *_: ["x"]
        )

    posted = await asyncio.gather(*(compose_due(ports(database), now) for database in processes))
    assert sum(posted) == READERS
    assert await _count(processes[0], editions) == READERS
    assert await check(processes[0]) == []


async def test_several_senders_claim_each_part_once(processes, now):
    """All see the same parts ready; each is sent by one."""
    await _due(processes[0], now)
    empty = Digest(now, now, ("en",), frozenset(), ())
    outboxes = [OutboxStore(database) for database in processes]
    for reader in await SubscriberStore(processes[0]).all():
        await outboxes[0].post(Edition(reader.id, date(2026, 11, 22), "09:00"), empty, ["x"], now)
    ready = await outboxes[0].ready(now, 100)
    claimed = await asyncio.gather(*(outbox.claim(ready, now) for outbox in outboxes))
    assert Counter(part.id for mine in claimed for part in mine) == Counter(part.id for part in ready)


@pytest.mark.parametrize("what", ["post", "reschedule"])
async def test_composing_and_settling_do_not_wait_for_each_other(on_postgres, now, what):
    """Both hold their readers in one order, whatever the order in which they are composed for."""
    store = SubscriberStore(on_postgres)
    low, high = [(await store.join(Chat(number), Preferences(), now))[0] for number in (1, 2)]
    nothing = Digest(now, now, ("kk",), frozenset(), ())
    editions_ = [Posting(Edition(reader.id, now.date(), "09:00"), nothing, ["x"]) for reader in (high, low)]
    async with on_postgres.write() as settling:
        await hold(settling, [low.id])
        if what == "post":
            composing = OutboxStore(on_postgres).post_all(editions_, now)
        else:
            composing = store.reschedule_all([(reader, now) for reader in (high, low)])
        composed = asyncio.ensure_future(composing)
        await asyncio.wait([composed], timeout=0.3)
        await hold(settling, [high.id])
    await composed


async def test_several_indexers_leave_nothing_out(processes, now):
    """What one takes off the queue, it files."""
    await _story(processes[0], now)
    await asyncio.gather(*(SearchStore(database).index() for database in processes))
    hits = await SearchStore(processes[1]).find(["rate"], ("en",), now)
    assert [hit.article for hit in hits] == [1]


async def test_clocks_share_the_readers_that_are_due(postgres_url, now):
    """Nobody waits for anybody: a clock gets those that no other has."""
    async with open_database(postgres_url) as one, open_database(postgres_url) as other:
        await _due(one, now)
        clocks = [SubscriberStore(one), SubscriberStore(other)]
        taken = await asyncio.gather(*(clock.due(now, 10) for clock in clocks * 2))
        readers = [reader.id for mine in taken for reader in mine]
        assert len(readers) == len(set(readers)) == READERS
        assert await clocks[0].due(now, 10) == []
        await clocks[0].reschedule_all([(reader, now + timedelta(days=1)) for reader in taken[0]])
        # Its clock died before it came to the others.
        left = {reader.id for mine in taken[1:] for reader in mine}
        assert {reader.id for reader in await clocks[1].due(now + CLAIM, 100)} == left


async def test_a_claim_of_a_clock_that_was_ahead_holds_nobody(on_postgres, now):
    """It ends later than any can."""
    await _due(on_postgres, now)
    store = SubscriberStore(on_postgres)
    assert len(await store.due(now + timedelta(days=1), 100)) == READERS
    assert len(await store.due(now, 100)) == READERS


async def test_work_for_one_is_done_by_one(postgres_url):
    """The second goes away, and comes in when the first has left or died."""
    first, second = Database(postgres_url), Database(postgres_url)
    async with first.alone("filing") as mine, second.alone("filing") as theirs, second.alone("x") as another:
        assert (mine, theirs, another) == (True, False, True)
    async with second.alone("filing") as mine:
        assert mine
        async with first.alone("filing") as theirs:
            assert not theirs
    await first.close()
    await second.close()


async def test_what_goes_wrong_at_work_is_not_the_databases_fault(on_postgres, postgres_server):
    """An endpoint that refuses stays what it is; so does work that outlived its lock."""

    async def work():
        async with on_postgres.alone("filing"):
            raise ConnectionRefusedError("endpoint")

    with pytest.raises(ConnectionRefusedError, match="endpoint"):
        await work()
    async with on_postgres.alone("filing") as mine:
        assert mine
        postgres_server.stop()
        postgres_server.start()
    async with on_postgres.alone("filing") as mine:
        assert mine
