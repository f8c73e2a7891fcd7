"""Deliver: what waits is sent in order, once, and every answer is written down."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.delivery import (
    CHECK_WINDOW,
    LEASE,
    Ambiguous,
    Flooded,
    Migrated,
    PartState,
    Refused,
    Rejected,
    UnknownPolicy,
    Unsent,
)
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, State
from bot.newsroom.deliver import Delivering, deliver, deliver_patiently
from tests.unit.newsroom.conftest import NOW

EMPTY = Digest(NOW, NOW, ("kk",), frozenset(), ())


class Desk:
    """Posts digests and delivers them; its clock stands where a test puts it."""

    def __init__(self, newsroom, phone):
        self.newsroom, self.phone, self.now = newsroom, phone, NOW

    async def post(self, chat, *texts, slot="09:00"):
        """An edition of these parts to a (new) reader."""
        reader = await self.newsroom.subscribers.find(Chat(chat)) or await self.newsroom.reader(chat)
        assert await self.newsroom.outbox.post(Edition(reader.id, NOW.date(), slot), EMPTY, texts, NOW)
        return reader

    def ports(self, policy=UnknownPolicy.RESEND, clock=None):
        """Delivering through the phone."""
        return Delivering(self.newsroom.outbox, self.phone, policy, clock or (lambda: self.now))

    async def deliver(self, policy=UnknownPolicy.RESEND, after=timedelta(0)):
        """One run, some time later; states of the attempts."""
        self.now += after
        return dict(await deliver(self.ports(policy)))


@pytest.fixture
def desk(newsroom, phone):
    """The desk."""
    return Desk(newsroom, phone)


async def test_parts_arrive_in_order_and_once(desk, phone):
    """Readers side by side, one reader's parts one after another; a second run has nothing to do."""
    for chat in range(1, 21):
        await desk.post(chat, "a", "b", "c")
    assert await desk.deliver() == {PartState.SENT: 60}
    for chat in range(1, 21):
        assert [text for to, text in phone.attempts if to == chat] == ["a", "b", "c"]
    assert await desk.deliver() == {}
    assert len(phone.attempts) == 60


async def test_a_flood_holds_back_its_reader_only(desk, phone):
    """The others go on; the flooded part and those behind it wait as long as Telegram asks."""
    await desk.post(1, "a", "b")
    await desk.post(2, "c")
    phone.answers[1] = [Flooded(timedelta(seconds=30))]
    assert await desk.deliver() == {PartState.PENDING: 1, PartState.SENT: 1}
    assert await desk.deliver(after=timedelta(seconds=29)) == {}
    assert await desk.deliver(after=timedelta(seconds=1)) == {PartState.SENT: 2}
    assert phone.attempts == [(1, "a"), (2, "c"), (1, "a"), (1, "b")]


@pytest.mark.parametrize(("policy", "attempts"), [(UnknownPolicy.RESEND, 2), (UnknownPolicy.SKIP, 1)])
async def test_a_lost_answer_is_resent_at_most_once(desk, phone, policy, attempts):
    """By policy, after the check window; a second doubt ends it, and what is behind it goes on."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Ambiguous("time-out")] * attempts
    await desk.deliver(policy)
    await desk.deliver(policy, after=CHECK_WINDOW)
    await desk.deliver(policy, after=CHECK_WINDOW)
    assert [text for _, text in phone.attempts] == ["a"] * attempts + ["b"]
    assert await desk.newsroom.outbox.counts() == {"unknown": 1, "sent": 1}
    assert await desk.newsroom.outbox.next_at() is None


async def test_what_surely_did_not_arrive_is_tried_again(desk, phone):
    """After a second, then two: nothing is lost while Telegram is down."""
    await desk.post(1, "a")
    phone.answers[1] = [Unsent("refused")] * 2
    assert await desk.deliver() == {PartState.PENDING: 1}
    assert await desk.deliver(after=timedelta(seconds=1)) == {PartState.PENDING: 1}
    assert await desk.deliver(after=timedelta(seconds=2)) == {PartState.SENT: 1}


async def test_a_part_telegram_never_takes_does_not_hold_back_the_rest(desk, phone):
    """It failed, with its reason; the next one is sent."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Rejected("can't parse entities")]
    assert await desk.deliver() == {PartState.FAILED: 1, PartState.SENT: 1}


async def test_a_closed_chat_loses_its_parts_and_its_slot(desk, phone):
    """Nobody is asked again who blocked the bot, and their settings stay."""
    reader = await desk.post(1, "a", "b")
    await desk.post(1, "c", slot="20:00")
    phone.answers[1] = [Refused("blocked")]
    assert await desk.deliver() == {PartState.FAILED: 1}
    assert phone.attempts == [(1, "a")]
    assert await desk.newsroom.outbox.counts() == {"failed": 3}
    gone = await desk.newsroom.subscribers.get(reader.id)
    assert (gone.state, gone.next_at, gone.preferences) == (State.GONE, None, reader.preferences)


async def test_a_group_that_became_a_supergroup_is_followed(desk, phone):
    """The same part goes to the new id, and so does everything after it."""
    await desk.post(-5, "a", "b")
    phone.answers[-5] = [Migrated(-1005)]
    await desk.deliver()
    assert phone.attempts == [(-5, "a"), (-1005, "a"), (-1005, "b")]
    assert await desk.newsroom.subscribers.find(Chat(-1005))


async def test_a_supergroup_that_subscribed_by_itself_gets_one_digest(desk, phone):
    """The old group's subscription ends where it would meet the new one's."""
    old = await desk.post(-5, "a")
    new = await desk.post(-1005, "b")
    phone.answers[-5] = [Migrated(-1005)]
    await desk.deliver()
    assert phone.attempts == [(-5, "a"), (-1005, "b")]
    assert (await desk.newsroom.subscribers.get(old.id)).state is State.GONE
    assert (await desk.newsroom.subscribers.get(new.id)).state is State.ACTIVE
    assert await desk.deliver(after=LEASE) == {}


@pytest.mark.parametrize(
    ("policy", "resent"), [(UnknownPolicy.RESEND, ["a", "b"]), (UnknownPolicy.SKIP, ["b"])]
)
async def test_a_killed_process_is_continued(desk, phone, policy, resent):
    """A part that was on its way when the process died is in doubt; the policy decides."""
    await desk.post(1, "a", "b")
    assert [part.html for part in await desk.newsroom.outbox.claim(NOW, 8)] == ["a"]
    assert await desk.deliver(policy) == {}
    await desk.deliver(policy, after=LEASE)
    assert [text for _, text in phone.attempts] == resent


async def test_patience_waits_for_what_comes_soon(desk, phone):
    """A short flood is waited for; one run sends it all."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Flooded(timedelta(milliseconds=50))]
    ports = desk.ports(clock=lambda: datetime.now(UTC))
    results = await deliver_patiently(ports, timedelta(seconds=5))
    assert results == {PartState.PENDING: 1, PartState.SENT: 2}


async def test_patience_has_an_end(desk, phone):
    """A flood of an hour is left to the next run, however many parts wait behind it."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Flooded(timedelta(hours=1))]
    async with asyncio.timeout(10):
        results = await deliver_patiently(desk.ports(), timedelta(seconds=120))
    assert results == {PartState.PENDING: 1}
    assert await desk.newsroom.outbox.next_at() == NOW + timedelta(hours=1)
