"""A reader joins, changes what they want, pauses, leaves and comes back."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.schedule import next_slot
from bot.domain.subscriber import Chat, Preferences, State
from bot.newsroom.subscribe import come_back, leave, pause, revise, start
from tests.unit.newsroom.conftest import NOW

DAY = timedelta(days=1)
EVENING = Preferences(slots=(time(20),))


@dataclass
class Hall:
    """As much of a desk as joining needs."""

    subscribers: Any
    moment: datetime = NOW

    def now(self):
        """Where a test puts it."""
        return self.moment


@pytest.fixture
def desk(newsroom):
    """A desk on the real store."""
    return Hall(newsroom.subscribers)


async def test_whoever_starts_is_due_at_their_next_slot(desk):
    """Nine in the morning has just begun: the first digest comes tomorrow."""
    reader, new = await start(desk, Chat(5), Preferences())
    assert (new, reader.state, reader.next_at) == (True, State.ACTIVE, NOW + DAY)
    assert await desk.subscribers.find(Chat(5)) == reader


async def test_starting_again_resumes_with_what_was_chosen(desk):
    """A pause ends, settings stay, and the slot is the next one from now."""
    reader, _ = await start(desk, Chat(5), EVENING)
    await pause(desk, reader, 7)
    desk.moment += 3 * DAY
    again, new = await start(desk, Chat(5), Preferences())
    assert (new, again.preferences, again.state) == (False, EVENING, State.ACTIVE)
    assert again.next_at == NOW + 3 * DAY + timedelta(hours=11)


async def test_changed_times_count_at_once_and_a_pause_goes_on(desk):
    """The next slot is computed anew for the active only."""
    reader, _ = await start(desk, Chat(5), Preferences())
    changed = await revise(desk, reader, EVENING)
    assert changed.next_at == NOW + timedelta(hours=11)
    paused = await pause(desk, changed, None)
    revised = await revise(desk, paused, Preferences())
    assert (revised.state, revised.next_at) == (State.PAUSED, None)


@pytest.mark.parametrize("wishes", [Preferences(muted=("спорт",)), EVENING])
async def test_a_slot_that_has_begun_is_not_lost_by_a_wish(desk, wishes):
    """Between nine o'clock and the look of the clock somebody mutes a word, and starts again."""
    reader, _ = await start(desk, Chat(5), Preferences())
    desk.moment += DAY + timedelta(seconds=4)
    await revise(desk, reader, wishes)
    await start(desk, Chat(5), Preferences())
    (due,) = await desk.subscribers.due(desk.moment, 10)
    assert due.preferences == wishes


async def test_a_time_chosen_while_the_clock_has_the_reader_in_hand_counts(desk):
    """The clock composed for nine o'clock and plans tomorrow's; meanwhile noon was wished."""
    reader, _ = await start(desk, Chat(5), Preferences())
    desk.moment += DAY + timedelta(seconds=4)
    await revise(desk, reader, Preferences(slots=(time(12),)))
    await desk.subscribers.reschedule_all([(reader, NOW + 2 * DAY)])
    (due,) = await desk.subscribers.due(desk.moment, 10)
    assert next_slot(due.preferences, desk.moment) == NOW + DAY + timedelta(hours=3)


async def test_what_is_tried_again_stays_so(desk):
    """A digest that could not be composed comes in ten minutes; other settings don't put that off a day."""
    reader, _ = await start(desk, Chat(5), Preferences())
    soon = NOW + timedelta(minutes=10)
    await desk.subscribers.reschedule_all([(reader, soon)])
    waiting = await desk.subscribers.get(reader.id)
    assert (await revise(desk, waiting, Preferences(rich=True))).next_at == soon


@pytest.mark.parametrize(("days", "until"), [(7, NOW + 7 * DAY), (None, None)])
async def test_a_pause_has_the_end_that_was_asked_for(desk, days, until):
    """Or none."""
    reader, _ = await start(desk, Chat(5), Preferences())
    await pause(desk, reader, days)
    stored = await desk.subscribers.find(Chat(5))
    assert (stored.state, stored.next_at) == (State.PAUSED, until)


async def test_a_closed_chat_keeps_its_settings_until_it_opens_again(desk):
    """Everyone in a forum leaves and comes back together; leaving a chat nobody knows is no mistake."""
    one, _ = await start(desk, Chat(5, 1), EVENING)
    await start(desk, Chat(5, 2), EVENING)
    await leave(desk, 5)
    assert {reader.state for reader in await desk.subscribers.in_chat(5)} == {State.GONE}
    await come_back(desk, 5)
    resumed = await desk.subscribers.get(one.id)
    assert resumed == replace(one, next_at=NOW + timedelta(hours=11))
    await leave(desk, 6)
