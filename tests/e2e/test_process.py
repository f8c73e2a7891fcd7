"""The real process, as an operator starts it: from feeds on loopback to messages at a Bot API on loopback."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.site import DemoSite
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from tests.e2e.botapi import TOKEN

ROOT = Path(__file__).parents[2]
READER = 4242


@pytest.fixture
async def site():
    """Two of the demo's outlets: their feeds carry whole articles, so politeness costs the test no time."""
    async with DemoSite(datetime.now(UTC)) as running:
        running.sources = [
            source for source in running.sources if source.name in {"Степной меридиан", "Tulpar Wire"}
        ]
        assert len(running.sources) == 2
        yield running


@pytest.fixture
def environment(api, site, tmp_path):
    """What an operator would export."""
    tables = "".join(
        f'[[source]]\nname = "{one.name}"\nurl = "{one.url}"\nkind = "{one.kind}"\n' for one in site.sources
    )
    (tmp_path / "sources.toml").write_text(tables, encoding="utf-8")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HABARSHY_")},
        "HABARSHY_BOT_TOKEN": TOKEN,
        "HABARSHY_TELEGRAM_API": api.address,
        "HABARSHY_SOURCES": "sources.toml",
        "HABARSHY_ALLOW_PRIVATE_ADDRESSES": "true",
        "HABARSHY_WEB_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }


async def habarshy(environment, folder, *words) -> asyncio.subprocess.Process:
    """Start a command; the caller waits for it."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words,
        cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def done(process, seconds=60) -> tuple[int, str, str]:
    """Exit status, stdout and stderr."""
    out, err = await asyncio.wait_for(process.communicate(), seconds)
    return process.returncode, out.decode(), err.decode()


@pytest.mark.timeout(180)
async def test_a_reader_subscribes_and_is_served_by_the_running_process(api, environment, tmp_path):
    """/start subscribes, /digest brings the news of the real feeds, SIGTERM ends all within five seconds."""
    status, out, err = await done(await habarshy(environment, tmp_path, "collect"))
    assert (status, "Tulpar Wire: 8 new" in out) == (0, True), err
    process = await habarshy(environment, tmp_path, "run")
    try:
        api.user_sends(READER, "/start", lang="ru")
        await api.wait_for_message(READER, seconds=30)
        api.user_sends(READER, "/digest", lang="ru")
        digest = await api.wait_for_message(READER, "Хабаршы", seconds=30)
        api.user_sends(READER + 1, "/start t_sport", lang="en")
        await api.wait_for_message(READER + 1, seconds=30)
    finally:
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        status, _, err = await done(process)
    assert time.monotonic() - asked < 5
    assert (status, "Traceback" in err, TOKEN in err) == (0, False, False), err
    assert digest.links
    assert all(link.startswith("http://127.0.0.1:") for link in digest.links)


@pytest.mark.timeout(180)
async def test_a_killed_broadcast_goes_on_where_it_stopped(api, environment, tmp_path):
    """A kill -9 in the middle of `deliver --now`: the next run sends the rest, nothing confirmed twice."""
    await done(await habarshy(environment, tmp_path, "collect"))
    readers = await _subscribe(environment, tmp_path, 12)
    process = await habarshy(environment, tmp_path, "deliver", "--now")
    await api.until(lambda: sum(bool(api.sent_to(chat)) for chat in readers) >= 3, seconds=30)
    process.kill()
    await done(process)
    doubts = _move_leases_back(tmp_path / "habarshy.db")
    status, out, err = await done(await habarshy(environment, tmp_path, "deliver", "--now"), 120)
    assert status == 0, err
    received = [[message.text for message in api.sent_to(chat)] for chat in readers]
    parts = list(dict.fromkeys(max(received, key=len)))
    assert all(list(dict.fromkeys(texts)) == parts for texts in received), out
    # Only what was under way when the process died may come twice.
    assert sum(len(texts) - len(parts) for texts in received) <= doubts


async def _subscribe(environment, folder, count) -> list[int]:
    chats = list(range(7000, 7000 + count))
    async with open_database(f"sqlite+aiosqlite:///{folder / 'habarshy.db'}") as database:
        for chat in chats:
            await SubscriberStore(database).join(Chat(chat), Preferences(("en",)), datetime.now(UTC))
    return chats


def _move_leases_back(path) -> int:
    """As if the leases of a dead process had run out: the test need not wait for it. Returns how many."""
    earlier = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S.%f")
    connection = sqlite3.connect(path)
    moved = connection.execute("UPDATE parts SET not_before = ? WHERE state = 'sending'", (earlier,)).rowcount
    connection.commit()
    connection.close()
    return moved


@pytest.mark.timeout(180)
async def test_a_delivery_asked_to_stop_leaves_nothing_in_doubt(api, environment, tmp_path):
    """SIGTERM: what is on its way is confirmed, the rest waits, and the next run sends exactly that."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'habarshy.db'}"
    readers = await _subscribe(environment, tmp_path, 60)
    now = datetime.now(UTC)
    async with open_database(url) as database:
        store, outbox = SubscriberStore(database), OutboxStore(database)
        for reader in await store.all():
            edition = Edition(reader.id, now.date(), "now-1")
            await outbox.post(edition, Digest(now, now, ("en",), frozenset(), ()), ["one"], now)
    process = await habarshy(environment, tmp_path, "deliver")
    await api.until(lambda: len(api.messages) >= 10, seconds=60)
    process.send_signal(signal.SIGTERM)
    asked = time.monotonic()
    status, _, err = await done(process)
    assert (status, time.monotonic() - asked < 5) == (1, True), err
    assert "habarshy deliver" in err
    assert _move_leases_back(tmp_path / "habarshy.db") == 0
    assert len(api.messages) < len(readers)
    status, _, err = await done(await habarshy(environment, tmp_path, "deliver"), 120)
    assert status == 0, err
    assert sorted(message.chat for message in api.messages) == readers
