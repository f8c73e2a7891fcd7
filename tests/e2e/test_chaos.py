"""Processes that are killed or stopped in the middle of a broadcast: nobody misses a part, in order."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from tests.e2e.botapi import TOKEN

ROOT = Path(__file__).parents[2]
PARTS = ("one", "two", "three")
CHATS = range(7000, 7040)


class Broadcast:
    """A posted digest of three parts to forty readers, and the processes that send it."""

    def __init__(self, api, folder):
        self.api, self.folder = api, folder

    async def post(self):
        """As the clock would have."""
        now = datetime.now(UTC)
        nothing = Digest(now, now, ("en",), frozenset(), ())
        async with open_database(f"sqlite+aiosqlite:///{self.folder / 'habarshy.db'}") as database:
            for chat in CHATS:
                reader, _ = await SubscriberStore(database).join(Chat(chat), Preferences(("en",)), now)
                edition = Edition(reader.id, date(2026, 11, 22), "09:00")
                await OutboxStore(database).post(edition, nothing, PARTS, now)

    async def start(self):
        """A process that sends."""
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HABARSHY_BOT_TOKEN": TOKEN,
            "HABARSHY_TELEGRAM_API": self.api.address,
            "HABARSHY_SOURCES": "sources.toml",
            "HABARSHY_WEB_PORT": "0",
        }
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--roles", "bot",
            cwd=self.folder, env=environment, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def sent(self, more):
        """Return when so many more messages have arrived."""
        wanted = len(self.api.messages) + more
        await self.api.until(lambda: len(self.api.messages) >= wanted, seconds=30)

    async def complete(self):
        """Return when every reader has every part."""
        await self.api.until(lambda: all(set(self.texts(chat)) == set(PARTS) for chat in CHATS), seconds=60)

    def texts(self, chat):
        """What a reader has, in order of arrival."""
        return [message.text for message in self.api.sent_to(chat)]

    def states(self):
        """Parts by state, as a dead process left them."""
        return dict(self._sql("SELECT state, count(*) FROM parts GROUP BY state"))

    def expire_leases(self):
        """As if the dead process's leases had run out: the test need not wait for it."""
        earlier = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S.%f")
        self._sql("UPDATE parts SET not_before = ? WHERE state = 'sending'", earlier)

    def _sql(self, statement, *values):
        connection = sqlite3.connect(self.folder / "habarshy.db")
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()


@pytest.fixture
async def broadcast(api, tmp_path):
    """A store with the broadcast, no sources, and a Telegram that takes its time."""
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    api.fault("slow", seconds=0.05, times=10**6)
    started = Broadcast(api, tmp_path)
    await started.post()
    return started


@pytest.mark.timeout(180)
async def test_kills_at_any_moment_lose_nothing_and_double_only_what_was_on_its_way(broadcast):
    """Killed three times: every reader has every part in order; doubles never exceed the doubts."""
    doubts = 0
    for _ in range(3):
        process = await broadcast.start()
        await broadcast.sent(random.randint(1, 25))
        process.kill()
        await process.communicate()
        doubts += broadcast.states().get("sending", 0)
        broadcast.expire_leases()
    process = await broadcast.start()
    await broadcast.complete()
    await broadcast.api.settled()
    process.kill()
    await process.communicate()
    received = [broadcast.texts(chat) for chat in CHATS]
    assert all(texts == sorted(texts, key=PARTS.index) for texts in received)
    assert sum(len(texts) - len(PARTS) for texts in received) <= doubts


@pytest.mark.timeout(180)
async def test_a_stop_in_the_middle_doubles_nothing(broadcast):
    """SIGTERM ends the process within five seconds with nothing in doubt; the next one sends the rest."""
    broadcast.api.faults[0].seconds = 0.5
    process = await broadcast.start()
    await broadcast.sent(10)
    process.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    await process.communicate()
    assert (process.returncode, time.monotonic() - asked < 5) == (0, True)
    assert set(broadcast.states()) == {"sent", "pending"}
    broadcast.api.faults[0].seconds = 0.05
    process = await broadcast.start()
    await broadcast.complete()
    await broadcast.api.settled()
    process.kill()
    await process.communicate()
    assert all(broadcast.texts(chat) == list(PARTS) for chat in CHATS)
