"""Who may write when."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from bot.delivery import pacing
from bot.delivery.pacing import Pacing


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """A clock, and a sleep that moves it."""
    clock = Clock()

    async def sleep(seconds):
        clock.now += max(0.0, seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return clock


async def _times(pace, clock, chats):
    times = []
    for chat in chats:
        while pause := await pace.turn(chat):
            clock.now += pause.total_seconds()
        pace.answered(chat)
        times.append(clock.now)
    return times


async def test_the_overall_rate_is_kept_from_the_first_message(clock):
    """Sixty readers at 30/s never see more than thirty messages in any second."""
    times = await _times(Pacing(30, clock), clock, range(1, 61))
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[30:], strict=False))
    assert times[-1] - times[0] < 2.2


async def test_a_chat_gets_one_a_second(clock):
    """Three parts to one reader take two seconds, and others need not wait for them."""
    times = await _times(Pacing(30, clock), clock, [7, 7, 7])
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


async def test_a_group_gets_twenty_a_minute(clock):
    """The twenty-first message waits until the minute is over; a private chat's doesn't."""
    pace = Pacing(30, clock)
    await _times(pace, clock, [-5] * 20 + [5] * 20)
    assert pace.pause(-5) > timedelta(seconds=15)
    assert pace.pause(5) < timedelta(seconds=2)


async def test_a_flood_pauses_its_chat_and_two_at_once_pause_all(clock):
    """One 429 is its chat's; a second one elsewhere means the bot's own limit."""
    pace = Pacing(30, clock)
    await pace.flooded(1, timedelta(seconds=10))
    assert pace.pause(1) == timedelta(seconds=10)
    assert not pace.pause(2)
    await pace.flooded(2, timedelta(seconds=5))
    assert pace.pause(3) == timedelta(seconds=5)
    clock.now += 6
    assert not pace.pause(3)


async def test_answers_to_readers_take_from_the_same_rate(clock):
    """What the chat says goes out at once, and the broadcast makes room for it."""
    pace = Pacing(10, clock)
    begun = clock.now
    for _ in range(9):
        await pace.spend()
    await pace.turn(1)
    assert clock.now - begun > 0.8


async def test_chats_long_idle_are_forgotten(clock, monkeypatch):
    """Memory follows those written to in the last minute, not all ever."""
    monkeypatch.setattr(pacing, "MOST_CHATS", 10)
    pace = Pacing(1000, clock)
    await _times(pace, clock, range(1, 11))
    clock.now += 120
    await _times(pace, clock, [99, 98])
    assert len(pace._chats) == 2


async def test_silence_for_all_is_known_to_those_who_waited_for_their_turn(clock):
    """Floods in two chats at once are the overall limit; one alone silences its own chat only."""
    pace = Pacing(30, clock)
    await pace.flooded(1, timedelta(seconds=5))
    assert (pace.halt(), pace.pause(2)) == (timedelta(0), timedelta(0))
    await pace.flooded(2, timedelta(seconds=9))
    assert pace.halt() == pace.pause(3) == timedelta(seconds=9)
    clock.now += 10
    assert pace.halt() == timedelta(0)


async def test_delays_never_end_in_more_than_the_rate_in_a_second(clock):
    """Whatever Telegram counts late because a request took long: the next second makes room for it."""
    pace, counted = Pacing(30, clock), []
    delays = Random(1)
    for number in range(300):
        await pace.turn(number)
        late = delays.choice([0.0, 0.0, 0.0, 0.2, 0.05])
        # Sent over 10 ms, counted, answered over 10 ms.
        counted.append(clock.now + 0.01 + late)
        clock.now += 0.02 + late
        pace.answered(number)
    counted.sort()
    assert all(later - earlier >= 1.0 for earlier, later in zip(counted, counted[30:], strict=False))


async def test_a_steady_line_uses_the_limit(clock):
    """With answers that always take as long, 96 % of thirty a second and more are used."""
    pace, begun = Pacing(30, clock), clock.now
    for number in range(600):
        await pace.turn(number)
        clock.now += 0.012
        pace.answered(number)
    assert 599 / (clock.now - begun) > 0.96 * 30


async def test_an_answer_to_a_reader_goes_ahead_of_those_that_wait():
    """However many wait for their turn: an answer waits for those that were first and one more."""
    pace, order = Pacing(10), []

    async def told(chat):
        await pace.turn(chat)
        order.append(chat)

    async with asyncio.TaskGroup() as tasks:
        for chat in range(1, 9):
            tasks.create_task(told(chat))
        await asyncio.sleep(0.05)
        await pace.spend()
        order.append("answer")
    assert order.index("answer") <= 3


async def test_a_chat_that_must_rest_is_told_so_at_once(clock):
    """Its turn is not waited for, and nothing counts."""
    pace = Pacing(30, clock)
    assert not await pace.turn(7)
    begun = clock.now
    assert timedelta(0) < await pace.turn(7) <= timedelta(seconds=1.1)
    assert clock.now == begun
