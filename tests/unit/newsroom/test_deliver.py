"""Deliver: what waits is sent in order, once, and every answer is written down."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.circuit import FIRST_PAUSE, MOST_FAILURES
from bot.domain.delivery import (
    CHECK_WINDOW,
    DEADLINE,
    LEASE,
    LONGEST_PAUSE,
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
from tests.unit.newsroom.conftest import NOW, until

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
    assert await desk.deliver(after=timedelta(seconds=1.25)) == {PartState.PENDING: 1}
    assert await desk.deliver(after=timedelta(seconds=2.5)) == {PartState.SENT: 1}


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
    (part,) = await desk.newsroom.outbox.ready(NOW, 8)
    assert await desk.newsroom.outbox.claim([part], NOW)
    assert await desk.deliver(policy) == {}
    await desk.deliver(policy, after=LEASE)
    assert [text for _, text in phone.attempts] == resent


async def test_an_outage_of_hours_loses_nothing(desk, phone):
    """However often it was tried: a part waits for most of a day, and says that it is late."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Unsent("refused")] * 30
    for _ in range(30):
        await desk.deliver(after=1.02 * LONGEST_PAUSE)
    assert await desk.deliver(after=1.02 * LONGEST_PAUSE) == {PartState.SENT: 2}
    assert [text for _, text in phone.attempts[:3]] == ["a"] * 3  # within two hours
    assert [text for _, text in phone.attempts[4:]] == ["⏳ Бұл хабарлама кешігіп жетті.\n\na"] * 27 + ["b"]


async def test_a_late_message_without_room_for_the_apology_comes_as_it_is(desk, phone):
    """Telegram's limit is the length of the text that is seen: addresses do not count."""
    link = f'<a href="https://tau.example/{"x" * 4000}">бір</a>'
    await desk.post(1, "a" * 4090)
    await desk.post(2, link)
    assert await desk.deliver(after=timedelta(hours=3)) == {PartState.SENT: 2}
    assert sorted(phone.attempts) == [(1, "a" * 4090), (2, f"⏳ Бұл хабарлама кешігіп жетті.\n\n{link}")]


async def test_a_digest_that_could_not_be_sent_for_a_day_fails_whole(desk, phone):
    """Its second part does not come without the first, and the next digest starts with its own first."""
    await desk.post(1, "a", "b")
    phone.answers[1] = [Unsent("refused")] * 2
    await desk.deliver()
    assert await desk.deliver(after=DEADLINE) == {PartState.FAILED: 1}
    assert await desk.newsroom.outbox.counts() == {"failed": 2}
    await desk.post(1, "c", slot="20:00")
    assert await desk.deliver() == {PartState.SENT: 1}


async def test_what_is_over_is_logged(desk, phone):
    """Failed and unknown parts are named, with the reader and the reason."""
    await desk.post(1, "a")
    await desk.post(2, "b")
    phone.answers |= {1: [Rejected("can't parse")], 2: [Ambiguous("time-out")]}
    with capture_logs() as logs:
        await desk.deliver()
    told = {(entry["log_level"], entry["part"], entry["subscriber"], entry["reason"]) for entry in logs}
    assert told == {("warning", 1, 1, "can't parse"), ("warning", 2, 2, "time-out")}


async def test_a_slow_chat_keeps_nobody_waiting(desk, phone):
    """While one request hangs the others' digests leave, those posted meanwhile too."""
    hang = asyncio.Event()
    phone.hangs[1] = hang
    for chat in range(1, 4):
        await desk.post(chat, "a", "b")
    running = asyncio.create_task(deliver(desk.ports()))
    await until(lambda: len(phone.attempts) == 5)
    await desk.post(4, "c")
    await until(lambda: (4, "c") in phone.attempts)
    hang.set()
    await running
    assert phone.attempts[-1] == (1, "b")


async def test_a_chat_that_must_be_left_alone_is_not_even_tried(desk, phone):
    """Our own pace is no attempt: the part is postponed, and was never in doubt."""
    await desk.post(1, "a")
    phone.pauses[1] = timedelta(seconds=30)
    assert await desk.deliver() == {PartState.PENDING: 1}
    assert phone.attempts == []
    (part,) = await desk.newsroom.outbox.ready(NOW + timedelta(seconds=30), 8)
    assert part.attempts == 0


async def test_no_more_is_claimed_than_the_pace_needs(desk, phone):
    """A process that dies leaves only what is on its way in doubt: at thirty a second, one part."""
    phone.rate = 30
    for chat in range(1, 9):
        await desk.post(chat, "a")
        phone.turns[chat] = asyncio.Event()
    phone.turns[1].set()
    phone.hangs[1] = asyncio.Event()
    running = asyncio.create_task(deliver(desk.ports()))
    await until(lambda: phone.attempts)
    assert await desk.newsroom.outbox.counts() == {"sending": 1, "pending": 7}
    running.cancel()
    await asyncio.wait([running])


async def test_a_stop_waits_for_what_is_on_its_way_and_lets_nothing_more_leave(desk, phone):
    """No message is doubled by a restart: the answer is written down, the rest stays pending."""
    hang = asyncio.Event()
    for chat in range(1, 9):
        await desk.post(chat, "a", "b")
        phone.hangs[chat] = hang
    ports = desk.ports()
    running = asyncio.create_task(deliver(ports))
    await until(lambda: len(phone.attempts) == 8)
    asyncio.get_running_loop().call_later(0.1, hang.set)
    await ports.exit.shut(5)
    running.cancel()
    await asyncio.wait([running])
    assert await desk.newsroom.outbox.counts() == {"sent": 8, "pending": 8}


async def test_a_stop_does_not_wait_for_ever(desk, phone):
    """What hangs is left in doubt, which is the truth."""
    await desk.post(1, "a")
    phone.hangs[1] = asyncio.Event()
    ports = desk.ports()
    running = asyncio.create_task(deliver(ports))
    await until(lambda: phone.attempts)
    async with asyncio.timeout(2):
        await ports.exit.shut(0.1)
    running.cancel()
    await asyncio.wait([running])
    assert await desk.newsroom.outbox.counts() == {"sending": 1}


async def test_a_store_that_fails_for_a_moment_doubles_nothing(desk, phone):
    """The id in hand is written down as soon as the store takes it."""
    await desk.post(1, "a", "b")
    settle, failures = desk.newsroom.outbox.settle, [OSError("disk full"), OSError("locked")]

    async def troubled(*args):
        if failures:
            raise failures.pop()
        return await settle(*args)

    desk.newsroom.outbox.settle = troubled
    assert await desk.deliver() == {PartState.SENT: 2}
    assert await desk.newsroom.outbox.counts() == {"sent": 2}
    assert await desk.deliver(after=LEASE) == {}


async def test_trouble_with_one_part_costs_the_others_nothing(desk, phone):
    """It is logged and left to its lease; everybody else's digest arrives in the same run."""
    for chat in range(1, 5):
        await desk.post(chat, "a")
    phone.answers[2] = [None]
    with capture_logs() as logs:
        assert await desk.deliver() == {PartState.SENT: 3}
    assert [(entry["event"], entry["subscriber"]) for entry in logs] == [("part not settled", 2)]
    assert await desk.newsroom.outbox.counts() == {"sent": 3, "sending": 1}


async def test_a_store_that_cannot_be_read_ends_the_run_after_those_under_way(desk, phone):
    """The clock logs it and tries again; nothing on its way is cut off."""
    hang = asyncio.Event()
    phone.hangs[1] = hang
    await desk.post(1, "a")
    running = asyncio.create_task(deliver(desk.ports()))
    await until(lambda: phone.attempts)

    async def unreadable(*_):
        asyncio.get_running_loop().call_later(0.05, hang.set)
        raise OSError("disk gone")

    desk.newsroom.outbox.ready = unreadable
    with pytest.raises(OSError, match="disk gone"):
        await running
    assert await desk.newsroom.outbox.counts() == {"sent": 1}


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


async def test_a_chat_whose_silence_is_learned_late_was_not_tried(desk, phone):
    """Telegram asked for a pause while the part waited for its turn: it waits, and was never in doubt."""
    await desk.post(1, "a")
    phone.late_pauses[1] = timedelta(seconds=30)
    assert await desk.deliver() == {PartState.PENDING: 1}
    assert phone.attempts == []
    (part,) = await desk.newsroom.outbox.ready(NOW + timedelta(seconds=30), 8)
    assert (part.attempts, part.doubtful) == (0, False)


async def test_silence_for_all_touches_no_part(desk, phone):
    """Nothing is claimed or put off: when it is over, everything goes on where it stood."""
    await desk.post(1, "a")
    phone.silence = timedelta(seconds=5)
    assert await desk.deliver() == {}
    (part,) = await desk.newsroom.outbox.ready(NOW, 8)
    assert part.attempts == 0
    phone.silence = timedelta(0)
    assert await desk.deliver() == {PartState.SENT: 1}


async def test_while_telegram_is_down_everything_waits(desk, phone):
    """After a few failures in a row nothing more is tried but a probe now and then; then all goes on."""
    phone.rate = 1
    for chat in range(1, 31):
        await desk.post(chat, "a")
        phone.answers[chat] = [Unsent("no connection")] * 2
    ports = desk.ports()
    await deliver(ports)
    assert len(phone.attempts) == MOST_FAILURES
    desk.now += FIRST_PAUSE
    await deliver(ports)
    assert len(phone.attempts) == MOST_FAILURES + 1
    assert (await desk.newsroom.outbox.counts()) == {"pending": 30}
    phone.answers.clear()
    desk.now += timedelta(minutes=1)
    assert (await deliver(ports))[PartState.SENT] == 30


async def test_settlements_that_wait_together_are_written_together(desk, phone):
    """Many answers at once cost few transactions."""
    calls = []
    settle = desk.newsroom.outbox.settle

    async def counted(settled, now):
        calls.append(len(settled))
        return await settle(settled, now)

    desk.newsroom.outbox.settle = counted
    for chat in range(1, 31):
        await desk.post(chat, "a")
    assert await desk.deliver() == {PartState.SENT: 30}
    assert (sum(calls), len(calls) < 15) == (30, True)


async def test_a_settlement_the_store_refuses_costs_the_others_nothing(desk, phone):
    """The one is written again alone, and again; those beside it are settled."""
    for chat in range(1, 9):
        await desk.post(chat, "a")
    settle, refusals = desk.newsroom.outbox.settle, [0]

    async def picky(settled, now):
        if any(part.chat.id == 3 for part, _ in settled) and refusals[0] < 3:
            refusals[0] += 1
            raise ValueError("not this one")
        return await settle(settled, now)

    desk.newsroom.outbox.settle = picky
    assert await desk.deliver() == {PartState.SENT: 8}
    assert await desk.newsroom.outbox.counts() == {"sent": 8}
