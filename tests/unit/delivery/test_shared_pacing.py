"""One pace for several processes, kept in a real Valkey."""

import asyncio
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.delivery.pacing import CHAT_INTERVAL
from bot.delivery.shared_pacing import shared_pacing

RATE = 50


@pytest.fixture
async def paces(broker):
    """Two processes' paces of one bot."""
    async with shared_pacing(broker.url, RATE, "42") as one, shared_pacing(broker.url, RATE, "42") as other:
        yield one, other


@pytest.fixture
async def stalls():
    """How late this process's event loop was, each time: what a busy machine takes is no fault of a pace."""
    late = [0.0]

    async def look() -> None:
        while True:
            begun = time.monotonic()
            await asyncio.sleep(0.005)
            late.append(time.monotonic() - begun - 0.005)

    looking = asyncio.create_task(look())
    yield late
    looking.cancel()


async def send(pace, chats, departures) -> None:
    """Write to chats one after the other, as fast as the pace lets."""
    for chat in chats:
        while pause := await pace.turn(chat):
            await asyncio.sleep(pause.total_seconds())
        departures.append(time.monotonic())
        pace.answered(chat)


async def test_two_processes_keep_one_rate_between_them(paces, stalls):
    """Nothing above the rate leaves in any second, and who waits first goes first: each has its part."""
    departures: list[list[float]] = [[], []]
    chats = (range(1, 2 * RATE), range(1001, 1001 + 2 * RATE))
    senders = [asyncio.create_task(send(*each)) for each in zip(paces, chats, departures, strict=True)]
    await asyncio.wait(senders, return_when=asyncio.FIRST_COMPLETED)
    for sender in senders:
        sender.cancel()
    times = sorted(departures[0] + departures[1])
    second = 1.0 - max(stalls)
    assert all(later - earlier > second for earlier, later in zip(times, times[RATE:], strict=False))
    assert min(map(len, departures)) > RATE


async def test_a_chat_gets_one_a_second_whoever_writes_to_it(paces):
    """The second process learns it from the first, at once and without counting."""
    assert not await paces[0].turn(7)
    assert timedelta(seconds=0.8) < await paces[1].turn(7) <= timedelta(seconds=CHAT_INTERVAL)
    assert not await paces[1].turn(8)


async def test_a_group_gets_twenty_a_minute_whoever_writes_to_it(paces, broker):
    """The twenty-first waits for the minute to end; a reader's doesn't."""
    assert not await paces[0].turn(-5)
    with broker.client() as client:
        (key,) = client.keys("*chat:-5")
        # As if nineteen more had left since.
        first = int(client.lindex(key, 0))
        client.lpush(key, *(first - 2_000_000 + number for number in range(19)))
    assert await paces[1].turn(-5) > timedelta(seconds=55)
    assert not await paces[1].turn(5)


async def test_a_flood_pauses_its_chat_and_two_at_once_pause_all_on_every_machine(paces):
    """What one process was told, the other obeys."""
    await paces[0].flooded(1, timedelta(seconds=10))
    assert await paces[1].turn(1) > timedelta(seconds=9)
    assert not paces[1].halt()
    await paces[1].flooded(2, timedelta(seconds=5))
    assert await paces[0].turn(3) > timedelta(seconds=4)
    assert paces[0].halt() > timedelta(seconds=4)
    assert paces[1].halt() > timedelta(seconds=4)


async def test_answers_go_ahead_of_another_machines_broadcast(paces, stalls):
    """A reader who asks waits for the pace once, not for a fair share of it."""
    departures: list[float] = []
    broadcast = asyncio.create_task(send(paces[0], range(1, 500), departures))
    await asyncio.sleep(1.2)
    waits = []
    for _ in range(10):
        begun = time.monotonic()
        await paces[1].spend()
        waits.append(time.monotonic() - begun)
    broadcast.cancel()
    # Half of them in less than two intervals: what comes between is at most what was under way.
    assert sorted(waits)[5] < 2 / RATE + max(stalls)
    assert all(later > earlier for earlier, later in pairwise(departures))


async def test_without_redis_broadcasts_wait_and_answers_go(paces, broker):
    """It is said once, and when it is back all goes on."""
    broker.stop()
    with capture_logs() as logs:
        assert await paces[0].turn(1) > timedelta(seconds=1)
        assert paces[0].halt()
        await asyncio.wait_for(paces[0].spend(), 1)
        broker.start()
        await asyncio.sleep(paces[0].halt().total_seconds())
        assert not await paces[0].turn(2)
    assert [entry["event"] for entry in logs] == [
        "broker away: broadcasts wait for the shared pace",
        "the shared pace is back",
    ]


async def test_bots_do_not_share_a_pace(paces, broker):
    """Each token has limits of its own."""
    await paces[0].flooded(1, timedelta(seconds=10))
    async with shared_pacing(broker.url, RATE, "43") as another:
        assert not await another.turn(1)


async def test_a_servers_clock_put_back_stops_nobody(paces, broker):
    """Moments of an hour ahead are not waited for."""
    assert not await paces[0].turn(1)
    with broker.client() as client:
        ahead = int(float(client.get("habarshy:pace:42:next"))) + 3_600_000_000
        client.set("habarshy:pace:42:next", ahead)
        client.zadd("habarshy:pace:42:departures", {f"x{number}": ahead for number in range(RATE)})
        client.lpush("habarshy:pace:42:chat:9", ahead)
    assert not await asyncio.wait_for(paces[1].turn(9), 1)
