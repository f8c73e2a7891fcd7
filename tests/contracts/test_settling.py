"""What is left to readers who are gone when an attempt on the way to them ends. On each engine."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.delivery import LEASE, Ambiguous, Flooded, Rejected, Sent, UnknownPolicy, Unsent, settle
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences, State
from bot.store.bans import BanStore
from bot.store.deliveries import OutboxStore
from bot.store.settling import hold
from bot.store.subscribers import SubscriberStore
from bot.store.tables import parts

LATER = timedelta(days=2)


@pytest.fixture
def outbox(database):
    """An outbox."""
    return OutboxStore(database)


@pytest.fixture
def post(database, outbox, now):
    """A reader joins and gets a digest of two parts; gives the reader."""

    async def post(chat=1):
        reader, _ = await SubscriberStore(database).join(Chat(chat), Preferences(), now)
        nothing = Digest(now, now, ("kk",), frozenset(), ())
        await outbox.post(Edition(reader.id, now.date(), "09:00"), nothing, ["one", "two"], now)
        return reader

    return post


async def _claimed(outbox, now):
    return await outbox.claim(await outbox.ready(now, 10), now)


async def _go(database, reader, now, how):
    """The reader is shut out, or leaves."""
    if how == "ban":
        await BanStore(database).ban(reader.chat.id, now)
    else:
        await SubscriberStore(database).change(replace(reader, state=State.GONE, next_at=None), reader)


@pytest.mark.parametrize("how", ["ban", "leave"])
@pytest.mark.parametrize("outcome", [Flooded(timedelta(seconds=3)), Unsent("down"), Ambiguous("time-out")])
async def test_who_went_while_a_part_was_on_its_way_gets_no_more(database, outbox, post, now, how, outcome):
    """What would be tried again fails, and so does what waits behind it; another's part is tried again."""
    await post(2)
    reader = await post(1)
    sending = await _claimed(outbox, now)
    await _go(database, reader, now, how)
    done = [(part, settle(part, outcome, UnknownPolicy.RESEND, now)) for part in sending]
    await outbox.settle(done, now)
    assert [part.chat.id for part in await outbox.ready(now + LATER, 10)] == [2]
    assert (await outbox.counts())["failed"] == 2


@pytest.mark.parametrize("how", ["ban", "leave"])
async def test_a_confirmation_from_who_went_counts_and_nothing_follows(database, outbox, post, now, how):
    """The message is there; the next one does not leave."""
    reader = await post()
    (part,) = await _claimed(outbox, now)
    await _go(database, reader, now, how)
    await outbox.settle([(part, settle(part, Sent(7), UnknownPolicy.RESEND, now))], now)
    assert await outbox.ready(now + LATER, 10) == []
    assert await outbox.counts() == {"sent": 1, "failed": 1}


@pytest.mark.parametrize("how", ["ban", "leave"])
async def test_a_crash_brings_nothing_back_to_who_went(database, outbox, post, now, how):
    """A lease that ran out is due again for those who are there only."""
    await post(2)
    reader = await post(1)
    await _claimed(outbox, now)
    await _go(database, reader, now, how)
    await outbox.recover(now + LEASE, UnknownPolicy.RESEND)
    assert [part.chat.id for part in await outbox.ready(now + LATER, 10)] == [2]
    assert (await outbox.counts())["failed"] == 2


async def test_what_is_composed_while_its_reader_goes_is_not_sent(database, outbox, now):
    """The ban is stored between reading who is active and posting."""
    reader, _ = await SubscriberStore(database).join(Chat(1), Preferences(), now)
    await BanStore(database).ban(1, now)
    nothing = Digest(now, now, ("kk",), frozenset(), ())
    await outbox.post(Edition(reader.id, now.date(), "09:00"), nothing, ["one"], now)
    assert await outbox.ready(now, 10) == []


async def test_a_message_to_who_deleted_everything_confirms_nobody_elses(database, outbox, post, now):
    """A number that was given once is not given again, or the next reader's digest would pass for sent."""
    leaving = await post(1)
    sending = await _claimed(outbox, now)
    await SubscriberStore(database).delete(leaving.id)
    await post(2)
    done = [(part, settle(part, Sent(7), UnknownPolicy.RESEND, now)) for part in sending]
    await outbox.settle(done, now)
    assert [part.chat.id for part in await outbox.ready(now, 10)] == [2]
    assert await outbox.counts() == {"pending": 2}


@pytest.mark.parametrize("what", ["settle", "recover"])
async def test_settling_holds_readers_before_their_parts(on_postgres, now, what):
    """A ban takes the part on its way too: the other order would be a deadlock."""
    outbox = OutboxStore(on_postgres)
    reader, _ = await SubscriberStore(on_postgres).join(Chat(1), Preferences(), now)
    nothing = Digest(now, now, ("kk",), frozenset(), ())
    await outbox.post(Edition(reader.id, now.date(), "09:00"), nothing, ["one"], now)
    (part,) = await _claimed(outbox, now)
    refused = settle(part, Rejected("too long"), UnknownPolicy.RESEND, now)
    async with on_postgres.write() as banning:
        await hold(banning, [reader.id])
        if what == "settle":
            settling = asyncio.ensure_future(outbox.settle([(part, refused)], now))
        else:
            settling = asyncio.ensure_future(outbox.recover(now + LEASE, UnknownPolicy.RESEND))
        await asyncio.wait([settling], timeout=0.3)
        await banning.execute(update(parts).where(parts.c.id == part.id).values(head=parts.c.head))
    await settling
