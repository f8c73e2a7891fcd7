"""Who may write when."""

import asyncio
from datetime import timedelta
from itertools import pairwise

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
        await pace.turn(chat)
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
    assert not pace.pause(5)


async def test_a_flood_pauses_its_chat_and_two_at_once_pause_all(clock):
    """One 429 is its chat's; a second one elsewhere means the bot's own limit."""
    pace = Pacing(30, clock)
    pace.flooded(1, timedelta(seconds=10))
    assert pace.pause(1) == timedelta(seconds=10)
    assert not pace.pause(2)
    pace.flooded(2, timedelta(seconds=5))
    assert pace.pause(3) == timedelta(seconds=5)
    clock.now += 6
    assert not pace.pause(3)


async def test_answers_to_readers_take_from_the_same_rate(clock):
    """What the chat says goes out at once, and the broadcast makes room for it."""
    pace = Pacing(10, clock)
    for _ in range(5):
        pace.spend()
    begun = clock.now
    await pace.turn(1)
    assert clock.now - begun > 0.5


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
    pace.flooded(1, timedelta(seconds=5))
    assert (pace.halt(), pace.pause(2)) == (timedelta(0), timedelta(0))
    pace.flooded(2, timedelta(seconds=9))
    assert pace.halt() == pace.pause(3) == timedelta(seconds=9)
    clock.now += 10
    assert pace.halt() == timedelta(0)
