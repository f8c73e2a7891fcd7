"""Bad nights: what goes wrong in each, and how much doubt it excuses.

Nights of processes run `habarshy run` as an operator does and end it, or what it stands on. Nights of weather
run the same delivering in this process, with a clock that skips the waiting.
"""

import asyncio
import re
import resource
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.delivery.pacing import Pacing
from bot.delivery.sender import TelegramMessenger
from bot.domain.delivery import UnknownPolicy
from bot.newsroom.deliver import Delivering, deliver
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from tests.e2e.botapi import TOKEN, BotApi
from tests.e2e.crowd import Crowd
from tests.e2e.limits import Limits, Window
from tests.e2e.night import TEXTS, Morning, Night, Size

#: What a process does that sends.
ROLES = "sender,clock"
#: Bytes up to which a file may be written while the disk is "full": no page of a database stands so early.
FULL = 512
#: Seconds that a night of processes may take after its last fault.
LONGEST = 300


#: A night of processes.
Bad = Callable[[Night, Crowd, Size], Awaitable[Morning]]


class Restartable(Protocol):
    """A server that a test may end and start again at the same address."""

    def kill(self) -> None:
        """Die without a farewell."""

    def start(self) -> None:
        """Come back with what was stored."""


async def kills(night: Night, crowd: Crowd, size: Size) -> Morning:
    """`kill -9` at random moments, with one request on its way at a time: one part a kill may double."""
    doubts = await _killed(night, crowd, size, HABARSHY_SEND_AT_ONCE="1")
    assert max(doubts) <= 1, doubts
    return await night.morning("kill -9, one at once", size.faults, size.faults)


async def busy_kills(night: Night, crowd: Crowd, size: Size) -> Morning:
    """The same with as many on their way as the pace needs: what was may double, and no more."""
    doubts = await _killed(night, crowd, size)
    return await night.morning(f"kill -9, up to {max(doubts)} at once", size.faults, sum(doubts))


async def _killed(night: Night, crowd: Crowd, size: Size, **settings: str) -> list[int]:
    """How many parts each killed process left in doubt."""
    await night.post(size.readers)
    doubts = []
    for left in range(size.faults, 0, -1):
        process = await crowd.start(ROLES, **settings)
        await _some(night, left)
        await crowd.kill(process)
        doubts.append(await night.in_doubt())
    await _finish(night, crowd)
    return doubts


async def stops(night: Night, crowd: Crowd, size: Size) -> Morning:
    """SIGTERM at random moments: what is on its way is confirmed, and nothing is in doubt."""
    await night.post(size.readers)
    for left in range(size.faults, 0, -1):
        process = await crowd.start(ROLES)
        await _some(night, left)
        await crowd.stop(process)
        assert await night.in_doubt() == 0
    await _finish(night, crowd)
    return await night.morning("SIGTERM", size.faults, 0)


async def full_disk(night: Night, crowd: Crowd, size: Size) -> Morning:
    """No file may grow for a while: what was sent meanwhile is written down as soon as there is room."""
    await night.post(size.readers)
    process = await crowd.start(ROLES)
    for left in range(size.faults, 0, -1):
        await _some(night, left)
        _limit_files(process, FULL)
        await asyncio.sleep(2)
        _limit_files(process, resource.RLIM_INFINITY)
    await night.until_complete(LONGEST)
    logs = await crowd.stop(process)
    assert re.search("disk (I/O|is full)", logs), "the process has not noticed"
    return await night.morning("disk full", size.faults, 0)


def restarts(server: Restartable, name: str) -> Bad:
    """What the process stands on dies under it, and comes back after a moment."""

    async def restarted(night: Night, crowd: Crowd, size: Size) -> Morning:
        await night.post(size.readers)
        process = await crowd.start(ROLES)
        for left in range(size.faults, 0, -1):
            await _some(night, left)
            await asyncio.to_thread(server.kill)
            await asyncio.sleep(night.chance.random())
            await asyncio.to_thread(server.start)
        await night.until_complete(LONGEST)
        await crowd.stop(process)
        return await night.morning(f"{name} restart", size.faults, 0)

    return restarted


async def _some(night: Night, left: int) -> None:
    """Let a share of what is still to be sent arrive, and then a random moment pass."""
    rest = len(night.chats) * len(TEXTS) - night.arrived
    wanted = night.arrived + night.chance.randint(0, max(0, rest // (left + 1)))
    await night.api.until(lambda: night.arrived >= wanted, LONGEST)
    await asyncio.sleep(night.chance.random() / 20)


async def _finish(night: Night, crowd: Crowd) -> None:
    process = await crowd.start(ROLES)
    await night.until_complete(LONGEST)
    await crowd.stop(process)


def _limit_files(process: Process, size: int) -> None:
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, hard))


class SkippingClock:
    """The wall's time and what was skipped of it."""

    def __init__(self) -> None:
        self.skipped = timedelta(0)

    def __call__(self) -> datetime:
        """The present moment, aware."""
        return datetime.now(UTC) + self.skipped

    def reach(self, moment: datetime) -> None:
        """Skip what lies before a moment."""
        self.skipped += max(timedelta(0), moment - self())


@asynccontextmanager
async def _office(night: Night, clock: SkippingClock) -> AsyncIterator[Delivering]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(night.api.address), timeout=5)
    async with open_database(night.url) as database, Bot(TOKEN, session=session) as bot:
        messenger = TelegramMessenger(bot, Pacing(1000))
        yield Delivering(OutboxStore(database), messenger, UnknownPolicy.RESEND, clock)


async def _send_all(night: Night, clock: SkippingClock) -> None:
    """Deliver until nothing waits, skipping to when something may be sent again."""
    async with _office(night, clock) as ports:
        while (at := await ports.outbox.next_at()) is not None:
            # A little more, so that what is due soon is sent with what is due first.
            clock.reach(max(at, clock() + ports.circuit.wait(clock())) + timedelta(seconds=2))
            await asyncio.sleep(ports.messenger.halt().total_seconds())
            await deliver(ports)


async def half_failing(night: Night, size: Size) -> Morning:
    """Every other request ends in a server's error or a gateway's page: nothing arrived."""
    weather = _Weather(night, ("500", "502"), 0.5)
    return await _weathered("half of sends failing", night, size, weather, excused=0)


async def lost_answers(night: Night, size: Size) -> Morning:
    """Telegram took the message and the line broke: each may double, once."""
    weather = _Weather(night, ("lost",), 0.1)
    morning = await _weathered("accepted, then timed out", night, size, weather, excused=0)
    return await night.morning(morning.night, weather.count, weather.count)


async def storms(night: Night, size: Size) -> Morning:
    """429 again and again, for chats and for all, on a server that counts strictly too."""
    night.api.limits = Limits(overall=Window(300, 1.0))
    return await _weathered("429 storms", night, size, _Weather(night, ("flood",), 0.02), excused=0)


async def jumping_clock(night: Night, size: Size) -> Morning:
    """The wall clock is set by minutes or days, forth and back, while messages are on their way."""
    clock = SkippingClock()
    weather = _Weather(night, (), 0.0)

    def jump(chat: int) -> str | None:
        if night.chance.random() < 0.05:
            weather.count += 1
            hours = night.chance.choice((-48, -1, -0.05, 0.05, 1, 48))
            clock.skipped += timedelta(hours=hours)
        return None

    night.api.weather = jump
    await night.post(size.readers)
    await _send_all(night, clock)
    return await night.morning("clock jumps", weather.count, 0)


async def outage(night: Night, size: Size) -> Morning:
    """Nobody listens for a while: everything waits, and what the end cut off may double."""
    port = int(night.api.address.rsplit(":", 1)[1])
    clock, cut = SkippingClock(), 0
    await night.post(size.readers)
    sending = asyncio.create_task(_send_all(night, clock))
    for left in range(size.faults, 0, -1):
        await _some(night, left)
        await night.api.stop()
        cut += 1
        await asyncio.sleep(1)
        await night.api.start(port)
    await sending
    # The server ends with what it holds: at a thousand a second that is a whole window of requests.
    return await night.morning("Telegram down", cut, 64 * cut)


class _Weather:
    """What may happen to each request."""

    def __init__(self, night: Night, kinds: tuple[str, ...], often: float) -> None:
        self._night = night
        self._kinds = kinds
        self._often = often
        #: Faults so far.
        self.count = 0

    def __call__(self, chat: int) -> str | None:
        """A fault's kind, now and then."""
        if self._night.chance.random() >= self._often:
            return None
        self.count += 1
        return self._night.chance.choice(self._kinds)


async def _weathered(name: str, night: Night, size: Size, weather: _Weather, excused: int) -> Morning:
    night.api.weather = weather
    await night.post(size.readers)
    await _send_all(night, SkippingClock())
    return await night.morning(name, weather.count, excused)


#: Nights that need no process of their own.
WEATHER = (half_failing, lost_answers, storms, jumping_clock, outage)
#: Nights of processes that every database can have.
PROCESSES = (kills, busy_kills, stops)


@asynccontextmanager
async def server() -> AsyncIterator[BotApi]:
    """Telegram for a night."""
    api = BotApi()
    await api.start()
    try:
        yield api
    finally:
        await api.stop()
