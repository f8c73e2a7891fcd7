"""Subscribers and the outbox in the store."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.event import listen
from structlog.testing import capture_logs

from bot.domain.delivery import LEASE, Message, PartState, Settlement, UnknownPolicy
from bot.domain.digest import Digest, Item
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences, State
from bot.newsroom.ports import Posting
from bot.store.alerts import AlertStore
from bot.store.deliveries import OutboxStore
from bot.store.subscribers import SubscriberStore
from bot.store.tables import stories, told
from bot.store.tables import subscribers as table
from summarizer.topic import Topic

DAY = date(2026, 11, 22)


@pytest.fixture
def subscribers(database):
    """A subscriber store."""
    return SubscriberStore(database)


@pytest.fixture
def outbox(database):
    """An outbox."""
    return OutboxStore(database)


@pytest.fixture
def empty(now):
    """A digest without stories: parts are given by each test."""
    return Digest(now, now, ("kk",), frozenset(), ())


async def _claim(outbox, now, limit):
    """What is ready, claimed."""
    return await outbox.claim(await outbox.ready(now, limit), now)


async def test_joining_twice_makes_one_subscriber_and_keeps_settings(subscribers, now):
    """/start after a pause resumes with what was chosen before."""
    chosen = Preferences(
        ("ru", "kk"), frozenset({Topic.SPORT}), (time(7, 30), time(20)), frozenset({1}), "Europe/Berlin"
    )
    first, new = await subscribers.join(Chat(5), chosen, now)
    assert new
    await subscribers.change(replace(first, state=State.PAUSED))
    again, new = await subscribers.join(Chat(5), Preferences(), now)
    assert (new, again.state, again.preferences, again.id) == (False, State.ACTIVE, chosen, first.id)
    assert (await subscribers.find(Chat(5, thread=9))) is None


async def test_only_active_subscribers_whose_slot_began_are_due(subscribers, now):
    """Paused readers and later slots wait; the earliest comes first."""
    for chat, minutes in ((1, -1), (2, -5), (3, 5)):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        await subscribers.change(replace(reader, next_at=now + timedelta(minutes=minutes)))
    assert [reader.chat.id for reader in await subscribers.due(now, 10)] == [2, 1]


async def test_an_edition_is_posted_once(subscribers, outbox, empty, now):
    """A second clock at the same slot adds nothing."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    edition = Edition(reader.id, DAY, "09:00")
    assert await outbox.post(edition, empty, ["one", "two"], now)
    assert not await outbox.post(edition, empty, ["one", "two"], now)
    assert await outbox.counts() == {"pending": 2}


async def test_a_readers_parts_are_claimed_in_order_and_one_at_a_time(subscribers, outbox, empty, now):
    """The second part waits for the first; a pause holds only its reader; other readers go on."""
    for chat in (1, 2):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one", "two"], now)
    first, second = await _claim(outbox, now, 10)
    assert ([first.html, second.html], first.last, first.chat) == (["one", "one"], False, Chat(1))
    assert await _claim(outbox, now, 10) == []
    await outbox.settle([(first, Settlement(PartState.SENT, message_id=7))], now)
    await outbox.settle([(second, Settlement(PartState.PENDING, not_before=now + timedelta(seconds=3)))], now)
    (part,) = await _claim(outbox, now, 10)
    assert (part.html, part.chat, part.last) == ("two", Chat(1), True)
    assert [part.chat.id for part in await _claim(outbox, now + timedelta(seconds=3), 10)] == [2]


@pytest.mark.parametrize(("policy", "sends"), [(UnknownPolicy.RESEND, [1, 0]), (UnknownPolicy.SKIP, [0, 0])])
async def test_parts_left_sending_by_a_crash_follow_the_policy(
    subscribers, outbox, empty, now, policy, sends
):
    """Once more where a gap is worse than a double, never where it is not; never a third time."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    await _claim(outbox, now, 10)
    claimed = []
    for _ in range(2):
        assert await outbox.recover(now, policy) == 0  # the lease still holds: another process may be sending
        now += LEASE
        await outbox.recover(now, policy)
        claimed.append(len(await _claim(outbox, now, 10)))
    assert claimed == sends


async def _overtaken(subscribers, outbox, empty, now):
    """A part claimed twice: by a process that was slow, and by another after the lease ran out."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    (late,) = await _claim(outbox, now, 10)
    await outbox.recover(now + LEASE, UnknownPolicy.RESEND)
    (mine,) = await _claim(outbox, now + LEASE, 10)
    return reader, late, mine


@pytest.mark.parametrize(
    "settlement",
    [
        Settlement(PartState.PENDING, reason="flood"),
        Settlement(PartState.UNKNOWN, reason="time-out"),
        Settlement(PartState.PENDING, moved_to=-1005),
        Settlement(PartState.FAILED, reason="blocked", gone=True),
    ],
)
async def test_who_lost_the_lease_settles_nothing(subscribers, outbox, empty, now, settlement):
    """Neither while the other one is sending nor after: not the part, not the chat."""
    reader, late, mine = await _overtaken(subscribers, outbox, empty, now)
    await outbox.settle([(late, settlement)], now + LEASE)
    assert await outbox.counts() == {"sending": 1}
    await outbox.settle([(mine, Settlement(PartState.SENT, message_id=8))], now + LEASE)
    await outbox.settle([(late, settlement)], now + LEASE)
    assert await outbox.counts() == {"sent": 1}
    after = await subscribers.get(reader.id)
    assert (after.state, after.chat) == (State.ACTIVE, Chat(1))


async def test_a_late_confirmation_counts(subscribers, outbox, empty, now):
    """Who has the message's id knows best: the other one's doubt changes nothing afterwards."""
    _, late, mine = await _overtaken(subscribers, outbox, empty, now)
    await outbox.settle([(late, Settlement(PartState.SENT, message_id=7))], now + LEASE)
    await outbox.settle([(mine, Settlement(PartState.UNKNOWN, not_before=now))], now + LEASE)
    assert await outbox.counts() == {"sent": 1}
    assert await _claim(outbox, now + 2 * LEASE, 10) == []


async def test_a_reader_who_is_gone_gets_nothing_more(subscribers, outbox, empty, now):
    """403 fails the rest of the reader's parts and keeps the subscriber with its settings."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one", "two"], now)
    (part,) = await _claim(outbox, now, 10)
    await outbox.settle([(part, Settlement(PartState.FAILED, reason="blocked", gone=True))], now)
    assert await outbox.counts() == {"failed": 2}
    assert (await subscribers.get(reader.id)).state is State.GONE


async def test_what_is_given_up_is_given_up_whole_and_counts_as_untold(subscribers, outbox, now, database):
    """The rest of the edition fails with its part; its stories may come again; other editions stay.

    A story that an earlier message told stays told, by that one.
    """
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    empty = Digest(now, now, ("kk",), frozenset(), ())
    await outbox.post(Edition(reader.id, DAY, "06:00"), empty, [Message("zero", stories=(3,))], now)
    (told_before,) = await _claim(outbox, now, 10)
    await outbox.settle([(told_before, Settlement(PartState.SENT, message_id=1))], now)
    for slot in ("09:00", "20:00"):
        await outbox.post(Edition(reader.id, DAY, slot), empty, ["one", "two"], now)
    async with database.write() as connection:
        for story, edition in ((1, 2), (2, 3), (3, 2)):
            times = {"created_at": now, "updated_at": now, "topics": []}
            await connection.execute(insert(stories).values(id=story, **times))
            row = {"subscriber_id": reader.id, "story_id": story, "edition_id": edition}
            await connection.execute(insert(told).values(row))
    (part,) = await _claim(outbox, now, 10)
    await outbox.settle([(part, Settlement(PartState.FAILED, reason="refused", gives_up=True))], now)
    assert await outbox.counts() == {"sent": 1, "failed": 2, "pending": 2}
    assert set(await subscribers.told(reader.id)) == {2, 3}
    assert (await subscribers.get(reader.id)).told_until == now - timedelta(days=2)
    assert [part.edition for part in await outbox.ready(now, 10)] == [3]


async def test_a_part_that_cannot_be_read_fails_and_strands_nobody(subscribers, outbox, empty, now, database):
    """A broken row costs its own reader's digest, with a reason, and no other's."""
    for chat in (1, 2):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one", "two"], now)
    async with database.write() as connection:
        await connection.execute(update(table).where(table.c.chat_id == 1).values(languages=[]))
    with capture_logs() as logs:
        assert [part.chat.id for part in await _claim(outbox, now, 10)] == [2]
    assert await outbox.counts() == {"failed": 2, "pending": 1, "sending": 1}
    assert [(entry["log_level"], entry["part"]) for entry in logs] == [("warning", 1)]


async def test_a_clock_put_back_holds_no_part_for_long(subscribers, outbox, empty, now):
    """A lease or a pause that ends later than any can was counted from another time."""
    for chat in (1, 2):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    (first, second) = await outbox.ready(now, 10)
    assert await outbox.claim([first], now) == [first]
    await outbox.postpone(second, now)
    before = now - timedelta(days=3)
    assert await outbox.recover(before, UnknownPolicy.RESEND) == 1
    assert [part.id for part in await outbox.ready(before, 10)] == [1, 2]


async def test_a_part_is_claimed_by_one(subscribers, outbox, empty, now):
    """Two processes that found the same part: the second is told, even when it was tried meanwhile."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    (part,) = await outbox.ready(now, 10)
    assert [await outbox.claim([part], now) for _ in range(2)] == [[part], []]
    await outbox.settle([(part, Settlement(PartState.UNKNOWN, not_before=now))], now)
    assert not await outbox.claim([part], now)
    assert [again.attempts for again in await outbox.ready(now, 10)] == [1]


async def test_finding_work_looks_at_no_part_twice(on_sqlite, now):
    """However many parts wait, their index gives them in order: no sorting, no reading of the rest."""
    seen, outbox = [], OutboxStore(on_sqlite)
    sync = on_sqlite.engine.sync_engine
    listen(sync, "before_cursor_execute", lambda *args: seen.append((args[2], args[3])))
    await outbox.ready(now, 8)
    queries = [(sql, values) for sql, values in seen if "FROM parts" in sql]
    assert len(queries) == 2
    for sql, values in queries:
        async with on_sqlite.read() as connection:
            plan = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)).all()
        steps = [row[3] for row in plan]
        assert steps[0].startswith("SEARCH parts USING INDEX ix_parts_heads (not_before")
        assert not any("TEMP B-TREE" in step or "SCAN" in step for step in steps)


async def test_a_migrated_group_is_followed(subscribers, outbox, empty, now):
    """The part waits for the new chat id, and the old one is never used again."""
    reader, _ = await subscribers.join(Chat(-5), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    (part,) = await _claim(outbox, now, 10)
    await outbox.settle([(part, Settlement(PartState.PENDING, moved_to=-1005))], now)
    assert [part.chat.id for part in await _claim(outbox, now, 10)] == [-1005]


async def test_deleting_a_subscriber_leaves_nothing_of_theirs(subscribers, outbox, empty, now):
    """Editions, told stories and parts go with them."""
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one"], now)
    await subscribers.delete(reader.id)
    assert await outbox.counts() == {}
    assert await subscribers.find(Chat(1)) is None


async def _story(database, number, now):
    async with database.write() as connection:
        times = {"created_at": now, "updated_at": now, "topics": []}
        await connection.execute(insert(stories).values(id=number, **times))


def _tells(now, number):
    item = Item(number, Topic.SPORT, "kk", "h", "s", "https://a.example", (), now)
    return Digest(now, now, ("kk",), frozenset(), (item,))


async def test_more_of_a_story_answers_the_message_that_told_it(subscribers, outbox, now, database):
    """The message of the part that told the story to this reader, not to another, nor another part."""
    await _story(database, 7, now)
    for chat in (1, 2):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        messages = [Message("other", (1,)), Message("told", (7,))]
        await outbox.post(Edition(reader.id, DAY, "09:00"), _tells(now, 7), messages, now)
        for number in (10, 20):
            (part,) = await _claim(outbox, now, 10)
            sent = Settlement(PartState.SENT, message_id=100 * chat + number)
            await outbox.settle([(part, sent)], now)
    more = Posting(Edition(reader.id, DAY, "20:00"), _tells(now, 7), [Message("more", (7,), follows=7)])
    assert await outbox.post_all([more], now) == {more.edition}
    (part,) = await outbox.ready(now, 10)
    assert (part.answers, part.stories) == (220, (7,))


async def test_more_of_a_story_whose_message_never_arrived_comes_by_itself(
    subscribers, outbox, now, database
):
    """There is nothing to answer."""
    await _story(database, 7, now)
    reader, _ = await subscribers.join(Chat(1), Preferences(), now)
    await outbox.post(Edition(reader.id, DAY, "09:00"), _tells(now, 7), [Message("told", (7,))], now)
    (part,) = await _claim(outbox, now, 10)
    await outbox.settle([(part, Settlement(PartState.FAILED, reason="html"))], now)
    await outbox.post(
        Edition(reader.id, DAY, "20:00"), _tells(now, 7), [Message("more", (7,), follows=7)], now
    )
    assert [part.answers for part in await outbox.ready(now, 10)] == [None]


async def test_many_editions_are_posted_in_one_transaction(subscribers, outbox, empty, now):
    """Those that exist are left out; a reader who has something waiting keeps its place."""
    readers = [(await subscribers.join(Chat(chat), Preferences(), now))[0] for chat in range(1, 6)]
    first = Posting(Edition(readers[0].id, DAY, "09:00"), empty, ["one"])
    assert await outbox.post_all([first], now) == {first.edition}
    later = [Posting(Edition(reader.id, DAY, "20:00"), empty, ["two", "three"]) for reader in readers]
    assert await outbox.post_all([first, *later], now) == {one.edition for one in later}
    assert [part.html for part in await outbox.ready(now, 10)] == ["one", "two", "two", "two", "two"]
    assert await outbox.post_all([], now) == ()


async def test_settling_together_is_as_settling_one_by_one(subscribers, outbox, empty, now):
    """Confirmed, refused and given up beside each other, each reader's next part following its own."""
    for chat in range(1, 5):
        reader, _ = await subscribers.join(Chat(chat), Preferences(), now)
        await outbox.post(Edition(reader.id, DAY, "09:00"), empty, ["one", "two"], now)
    sent, gone, failed, lost = await _claim(outbox, now, 10)
    late = await outbox.settle(
        [
            (sent, Settlement(PartState.SENT, message_id=5)),
            (gone, Settlement(PartState.FAILED, reason="blocked", gone=True)),
            (failed, Settlement(PartState.FAILED, reason="html")),
            (replace(lost, attempts=7), Settlement(PartState.UNKNOWN, reason="late")),
        ],
        now,
    )
    assert set(late) == {lost.id}
    assert await outbox.counts() == {"sent": 1, "failed": 3, "sending": 1, "pending": 3}
    assert [(part.chat.id, part.html) for part in await outbox.ready(now, 10)] == [(1, "two"), (3, "two")]


async def test_what_many_were_told_is_found_at_once(subscribers, outbox, now, database):
    """By reader and story, for stories of a number and later ones."""
    for number in (7, 9):
        await _story(database, number, now)
    readers = [(await subscribers.join(Chat(chat), Preferences(), now))[0] for chat in (1, 2, 3)]
    for reader, number in ((readers[0], 7), (readers[0], 9), (readers[1], 9)):
        slot = Edition(reader.id, DAY, f"now-{number}")
        await outbox.post(slot, _tells(now, number), ["one"], now + timedelta(hours=number))
    ids = [reader.id for reader in readers]
    nine = now + timedelta(hours=9)
    assert await subscribers.told_to(ids, 8) == {ids[0]: {9: nine}, ids[1]: {9: nine}}
    assert (await subscribers.told_to(ids))[ids[0]] == await subscribers.told(ids[0])


async def test_alerts_of_many_are_counted_at_once(subscribers, outbox, empty, now, database):
    """By reader and local day, from a day on; a digest is no alert."""
    ids = [(await subscribers.join(Chat(chat), Preferences(), now))[0].id for chat in (1, 2, 3)]
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    posted = [(0, DAY, "alert-7"), (0, DAY, "alert-8"), (0, before, "alert-6"), (0, DAY, "09:00")]
    for reader, day, slot in (*posted, (1, after, "alert-7"), (2, DAY, "alert-7")):
        await outbox.post(Edition(ids[reader], day, slot), empty, ["one"], now)
    counts = await AlertStore(database).counts(ids[:2], DAY)
    assert counts == {(ids[0], DAY): 2, (ids[1], after): 1}


async def test_many_slots_move_at_once(subscribers, now):
    """But not one that its reader moved meanwhile."""
    readers = [(await subscribers.join(Chat(chat), Preferences(), now))[0] for chat in (1, 2)]
    later = now + timedelta(days=3)
    await subscribers.change(replace(readers[1], next_at=later))
    await subscribers.reschedule_all([(reader, now + timedelta(days=1)) for reader in readers])
    assert [(await subscribers.get(reader.id)).next_at for reader in readers] == [
        now + timedelta(days=1),
        later,
    ]
