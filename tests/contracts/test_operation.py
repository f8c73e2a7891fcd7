"""What operating keeps: broadcasts, bans, troubles, ways in; and what the dashboard asks. On each engine."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.domain.broadcast import BroadcastState
from bot.domain.delivery import PartState, Sent, Settlement, UnknownPolicy, settle
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.source import FetchState, Health, Source
from bot.domain.subscriber import Chat, Preferences, State
from bot.domain.watch import Kind, Known
from bot.newsroom.control import Pass
from bot.newsroom.ports import Filing
from bot.store.articles import ArticleStore
from bot.store.bans import BanStore
from bot.store.books import BookStore
from bot.store.broadcasts import BroadcastStore
from bot.store.deliveries import OutboxStore
from bot.store.ledgers import LedgerStore
from bot.store.outlets import OutletStore
from bot.store.own_sources import OwnSourceStore
from bot.store.passes import PassStore
from bot.store.settling import hold
from bot.store.sources import SourceStore
from bot.store.stories import StoryStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import articles, metadata, parts, passes
from bot.store.troubles import TroubleStore
from bot.store.vitals import VitalStore
from summarizer.article import Article, Because, Classification, Summary
from summarizer.topic import Topic

HOUR = timedelta(hours=1)
SOURCE = Source("Құс жолы", "https://a.example/rss")


async def joined(database, now, *chats: int) -> list[int]:
    store = SubscriberStore(database)
    return [(await store.join(Chat(chat), Preferences(), now))[0].id for chat in chats]


async def digest(database, now, reader: int, *texts: str) -> None:
    nothing = Digest(now, now, ("kk",), frozenset(), ())
    assert await OutboxStore(database).post(Edition(reader, now.date(), f"{now:%H:%M}"), nothing, texts, now)


async def sent(database, now) -> list[str]:
    """Send everything that is ready, in order; returns the texts."""
    outbox, found = OutboxStore(database), []
    while ready := await outbox.ready(now, 100):
        claimed = await outbox.claim(ready, now)
        done = [(part, settle(part, Sent(part.id), UnknownPolicy.SKIP, now)) for part in claimed]
        await outbox.settle(done, now + timedelta(seconds=9))
        found += [part.html for part in claimed]
    return found


async def article(database, now, title: str, story: int | None = None, because: Because | None = None):
    """Stored, filed and summarized; returns (story, article)."""
    await SourceStore(database).follow([SOURCE])
    url = f"https://a.example/{title}"
    found = Article(url, title, f"{title} туралы мәтін.", "kk", url=url, source=SOURCE.name)
    await ArticleStore(database).add(SOURCE, [found], now)
    (waiting,) = await ArticleStore(database).ungrouped(1)
    topics = Classification((Topic.ECONOMY,))
    stories, number = StoryStore(database), int(waiting.id)
    filed = await stories.file(Filing(number, story, topics, None, "none", because=because), now)
    await stories.condense(filed, number, Summary(f"{title}.", "kk", "extractive", title, (0,), ("names",)))
    return filed, number


async def test_a_broadcast_goes_out_a_little_at_a_time(database, now):
    """In order of readers, each once, whoever else posts; the last call reaches nobody new."""
    await joined(database, now, *range(1, 8))
    store = BroadcastStore(database)
    draft = await store.draft(7001, "<b>сәлем</b>", now)
    assert await store.post(draft, now, 3) == 0
    assert await store.begin(draft.id, 55)
    assert not await store.begin(draft.id, 56)
    (one,) = await store.sending()
    assert (one.message, one.state) == (55, BroadcastState.SENDING)
    assert [await store.post(one, now, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert (await store.progress(one)).open == 7
    assert await sent(database, now) == ["<b>сәлем</b>"] * 7
    assert (await store.progress(one)).sent == 7
    assert await store.finish(one.id, now)
    assert await store.sending() == []
    assert not await store.cancel(one.id, now)


async def test_a_cancelled_broadcast_lets_what_was_behind_it_go(database, now):
    """Its parts leave the outbox; a reader's own digest comes to the head."""
    (reader,) = await joined(database, now, 1)
    store = BroadcastStore(database)
    draft = await store.draft(7001, "x", now)
    await store.begin(draft.id, 1)
    await store.post(draft, now, 10)
    await digest(database, now, reader, "own", "second")
    assert await store.cancel(draft.id, now)
    assert await sent(database, now) == ["own", "second"]
    progress = await store.progress(draft)
    assert (progress.failed, progress.sent, progress.total) == (1, 0, 1)


async def test_a_part_on_its_way_settles_though_its_broadcast_was_cancelled(database, now):
    """It may have arrived: its state is what Telegram said."""
    await joined(database, now, 1, 2)
    store, outbox = BroadcastStore(database), OutboxStore(database)
    draft = await store.draft(7001, "x", now)
    await store.begin(draft.id, 1)
    await store.post(draft, now, 10)
    (claimed,) = await outbox.claim((await outbox.ready(now, 1)), now)
    await store.cancel(draft.id, now)
    await outbox.settle([(claimed, Settlement(PartState.SENT, message_id=9))], now)
    progress = await store.progress(draft)
    assert (progress.sent, progress.failed) == (1, 1)


@pytest.mark.parametrize("taken_by", ["cancel", "ban"])
async def test_parts_are_taken_away_while_another_settles(on_postgres, now, taken_by):
    """Who settles holds the reader before the reader's next part: taking parts away keeps to that order."""
    (reader,) = await joined(on_postgres, now, 1)
    store = BroadcastStore(on_postgres)
    draft = await store.draft(7001, "x", now)
    await store.begin(draft.id, 1)
    await digest(on_postgres, now, reader, "own")
    await store.post(draft, now, 10)
    async with on_postgres.write() as settling:
        await hold(settling, [reader])
        taken = store.cancel(draft.id, now) if taken_by == "cancel" else BanStore(on_postgres).ban(1, now)
        taking = asyncio.ensure_future(taken)
        await asyncio.wait([taking], timeout=0.3)
        await settling.execute(update(parts).values(head=parts.c.head))
    assert await taking
    assert (await store.progress(draft)).failed == 1


async def test_the_paused_and_the_gone_get_no_broadcast(database, now):
    """Only active readers count and are reached."""
    readers = await joined(database, now, 1, 2, 3)
    store = SubscriberStore(database)
    for reader, state in zip(readers, (State.PAUSED, State.GONE), strict=False):
        found = await store.get(reader)
        await store.change(replace(found, state=state))
    broadcasts = BroadcastStore(database)
    draft = await broadcasts.draft(7001, "x", now)
    assert (await broadcasts.progress(draft)).total == 1
    await broadcasts.begin(draft.id, 1)
    assert await broadcasts.post(draft, now, 10) == 1


async def test_a_ban_withdraws_what_waits(database, now):
    """All subscribers of the chat are gone; another chat's messages go out."""
    one, other = await joined(database, now, 1, 2)
    await digest(database, now, one, "a", "b")
    await digest(database, now, other, "c")
    bans = BanStore(database)
    assert await bans.ban(1, now)
    assert not await bans.ban(1, now)
    assert await sent(database, now) == ["c"]
    assert (await SubscriberStore(database).get(one)).state is State.GONE
    assert await bans.any_banned([1, 99])
    assert not await bans.any_banned([2, 99])
    assert await bans.all() == [1]
    assert await bans.unban(1)
    assert not await bans.unban(1)


async def test_a_login_counts_once_and_a_session_until_it_ends(database, now):
    """One kind opens no door of the other; expired ones are cleared away; no secret is stored."""
    store = PassStore(database)
    await store.issue(Pass.LOGIN, "secret", 7001, now + HOUR, now)
    assert await store.holder(Pass.SESSION, "secret", now) is None
    assert await store.spend(Pass.LOGIN, "wrong", now) is None
    assert await store.spend(Pass.LOGIN, "secret", now) == 7001
    assert await store.spend(Pass.LOGIN, "secret", now) is None
    await store.issue(Pass.SESSION, "other", 7001, now + HOUR, now)
    assert await store.holder(Pass.SESSION, "other", now) == 7001
    assert await store.holder(Pass.SESSION, "other", now + HOUR) is None
    await store.issue(Pass.SESSION, "third", 7001, now + 3 * HOUR, now + 2 * HOUR)
    async with database.read() as connection:
        kept = (await connection.execute(select(passes.c.digest))).scalars().all()
    assert len(kept) == 1
    assert "third" not in kept[0]


async def test_troubles_are_remembered_as_told(database, now):
    """What is not named any more is forgotten."""
    store = TroubleStore(database)
    known = [Known(Kind.DISK, "", now), Known(Kind.SILENT, "Құс жолы", now + HOUR, now + 2 * HOUR)]
    await store.remember(known)
    assert await store.known() == known
    await store.remember(known[1:])
    assert await store.known() == known[1:]


async def test_a_source_sleeps_until_an_administrator_wakes_it(database, now):
    """The catalogue's file does not; asked again it is due at once, and the file's again."""
    sources, outlets = SourceStore(database), OutletStore(database)
    await sources.follow([SOURCE])
    await sources.remember([(SOURCE, FetchState(Health.FAILING, next_at=now + HOUR, message="x"))])
    found = await outlets.find("құс ЖОЛЫ")
    assert found is not None
    assert await outlets.switch(found.id, on=False)
    assert not await outlets.switch(found.id, on=False)
    await sources.follow([SOURCE])
    assert await sources.all() == []
    (paused,) = await outlets.listed()
    assert not paused.enabled
    assert await outlets.switch(found.id, on=True)
    ((_, state),) = await sources.all()
    assert state.next_at is None
    await sources.follow([])
    assert await outlets.listed() == []


async def test_a_title_that_is_taken_replaces_no_source(database, now):
    """Another address under the same title is another source; the same address is the same one."""
    outlets = OutletStore(database)
    await SourceStore(database).follow([SOURCE])
    other = replace(SOURCE, url="https://b.example/rss")
    assert await outlets.add(other) == await outlets.add(other) == f"{SOURCE.name} · b.example"
    assert await outlets.add(replace(SOURCE, name="Another title")) == SOURCE.name
    assert sorted(one.source.url for one in await outlets.listed()) == [SOURCE.url, other.url]


async def test_adding_what_is_there_only_wakes_it(database, now):
    """Its selectors, topics, state and validators stay; what the catalogue dropped is the administrator's."""
    sources, outlets = SourceStore(database), OutletStore(database)
    mine = replace(SOURCE, item="article", topics=(Topic.SPORT,))
    await sources.follow([mine])
    await sources.remember([(mine, FetchState(etag="v1", next_at=now + HOUR))])
    before = await sources.all()
    assert await outlets.add(replace(SOURCE, name="Another title")) == SOURCE.name
    assert await sources.all() == before
    await sources.follow([])
    assert await sources.all() == []
    assert await outlets.add(SOURCE) == SOURCE.name
    await sources.follow([])
    ((woken, state),) = await sources.all()
    assert (woken.item, woken.topics) == (mine.item, mine.topics)
    assert (state.etag, state.next_at) == ("v1", None)


async def test_vitals_are_the_newest_of_each(database, now):
    """Habits by source, the newest article, the oldest digest that waits, the earliest slot missed."""
    (reader,) = await joined(database, now - 24 * HOUR, 1)
    for hours in (3, 2, 1):
        await article(database, now - hours * HOUR, f"Тақырып {hours}")
    await digest(database, now - HOUR, reader, "a")
    look = VitalStore(database, model=True)
    vitals = await look(now + 2 * HOUR)
    (habit,) = vitals.habits
    assert habit.found == tuple(now - hours * HOUR for hours in (1, 2, 3))
    assert (vitals.newest, vitals.waiting) == (now - HOUR, now - HOUR)
    assert vitals.overdue == now
    assert vitals.disk > 0
    assert vitals.fallen == (True, True, True)
    assert (await VitalStore(database, model=False)(now)).fallen == ()


async def test_a_readers_own_feed_is_no_administrators_trouble(database, now):
    """Its silence is told to nobody, nor is its name; what it brings does not hide that others are silent."""
    (reader,) = await joined(database, now, 1)
    blog = Source("Blog", "https://blog.example/feed")
    _, name = await OwnSourceStore(database).adopt(reader, blog, now)
    await ArticleStore(database).add(
        replace(blog, name=name), [Article("", "T", "Text.", "en", url="https://blog.example/1")], now
    )
    vitals = await VitalStore(database, model=True)(now)
    assert (vitals.habits, vitals.newest) == ((), None)
    await article(database, now - 2 * HOUR, "Тақырып")
    assert (await VitalStore(database, model=True)(now)).newest == now - 2 * HOUR


async def test_an_empty_store_has_no_vitals(database, now):
    """Nothing is late and nothing is silent."""
    vitals = await VitalStore(database, model=True)(now)
    assert (vitals.habits, vitals.newest, vitals.waiting, vitals.overdue, vitals.fallen) == (
        (),
        None,
        None,
        None,
        (),
    )


async def test_the_books_say_why_articles_are_together(database, now):
    """Stories with their articles, the reason of each joining, and the summaries beside them."""
    story, first = await article(database, now, "Бюджет")
    why = Because(str(first), 2.5, {"likeness": 0.9})
    _, second = await article(database, now + HOUR, "Қаржы", story, why)
    books = BookStore(database)
    (line,) = await books.stories(0, 10)
    assert (line.id, line.articles, line.outlets, line.topics) == (story, 2, 1, (Topic.ECONOMY,))
    assert await books.stories(1, 10) == []
    found = await books.story(story)
    assert [one.id for one in found.members] == [first, second]
    joined_by = found.members[1]
    assert (joined_by.beside, joined_by.score, joined_by.evidence) == (first, 2.5, {"likeness": 0.9})
    assert found.members[0].beside is None
    (written,) = await books.written(10, doubted=True)
    assert (written.title, written.rejected, written.picked) == ("Қаржы", ("names",), (0,))
    assert await books.story(story + 99) is None
    counted = await books.by_hour(now + HOUR, 3)
    assert list(counted.values()) == [[0, 1, 1]]


async def test_the_ledger_counts_what_was_sent_and_who_reads(database, now):
    """States, hours, lateness and doubts of the latest parts; readers by topic and language."""
    one, other = await joined(database, now, 1, 2)
    await digest(database, now, one, "a", "b")
    await sent(database, now)
    await digest(database, now, other, "c")
    outbox = OutboxStore(database)
    (claimed,) = await outbox.claim(await outbox.ready(now, 1), now)
    await outbox.settle([(claimed, Settlement(PartState.FAILED, reason="blocked", gone=True))], now)
    found = await LedgerStore(database).deliveries(now + HOUR)
    assert (found.looked, dict(found.states)) == (3, {"sent": 2, "failed": 1})
    assert found.hours == {now.replace(minute=0): {"sent": 2, "failed": 1}}
    assert (found.median, found.slowest) == (9.0, 9.0)
    assert found.lateness == (0, 2, 0, 0, 0, 0)
    assert [(doubt.state, doubt.reason) for doubt in found.doubts] == [("failed", "blocked")]
    who = await LedgerStore(database).readership()
    assert (who.active, who.gone, who.languages, who.topics[Topic.SPORT]) == (1, 1, {"kk": 1}, 1)


async def test_an_empty_ledger_is_no_trouble(database, now):
    """Nobody reads and nothing was sent."""
    found = await LedgerStore(database).deliveries(now)
    assert (found.looked, found.median, found.doubts) == (0, None, ())
    assert (await LedgerStore(database).readership()).active == 0


@pytest.mark.parametrize("table", ["broadcast_editions", "placements"])
async def test_what_hangs_on_others_goes_with_them(database, now, table):
    """A reader who is deleted, an article that is let go."""
    (reader,) = await joined(database, now, 1)
    store = BroadcastStore(database)
    draft = await store.draft(7001, "x", now)
    await store.begin(draft.id, 1)
    await store.post(draft, now, 10)
    await SubscriberStore(database).delete(reader)
    assert (await store.progress(draft)).total == 0
    story, first = await article(database, now, "Бюджет")
    await article(database, now, "Қаржы", story, Because(str(first), 1.0))
    async with database.write() as connection:
        await connection.execute(articles.delete().where(articles.c.id == first))
        left = select(func.count()).select_from(metadata.tables[table])
        assert (await connection.execute(left)).scalar_one() == 0
