"""The real commands on PostgreSQL: the whole path, and a server that goes away in the middle of it."""

import asyncio
import json
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.demo.site import DemoSite
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.subscriber import Chat, Preferences
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from tests.e2e.environment import environment

CHATS = range(7000, 7030)
PARTS = ("one", "two", "three")


@pytest.fixture
def start(api, tmp_path):
    """Starts a command with this database, as an operator would."""
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")

    async def start(url, *words):
        exported = environment(
            api,
            HABARSHY_DATABASE_URL=url,
            HABARSHY_ALLOW_PRIVATE_ADDRESSES="true",
            HABARSHY_WEB_PORT="0",
            HABARSHY_SEND_RATE="1000",
        )
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words,
            cwd=tmp_path, env=exported, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    return start


@pytest.fixture
def habarshy(start):
    """Runs a command to its end; its output."""

    async def habarshy(url, *words, status=0):
        process = await start(url, *words)
        out, err = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == status, err.decode()
        return out.decode() if status == 0 else err.decode()

    return habarshy


async def _subscribe(url, chats, *, due=False):
    now = datetime.now(UTC)
    daily = frozenset(range(1, 8))
    slot = (now - timedelta(minutes=2)).time().replace(second=0, microsecond=0)
    wanted = Preferences(("en", "ru"), slots=(slot,), days=daily, zone="UTC")
    async with open_database(url) as database:
        store = SubscriberStore(database)
        readers = [(await store.join(Chat(chat), wanted, now))[0] for chat in chats]
        if due:
            readers = [
                await store.change(replace(one, next_at=now - timedelta(minutes=2))) for one in readers
            ]
    return readers


@pytest.mark.timeout(180)
async def test_the_whole_path_on_postgresql(api, start, habarshy, bare_postgres_url, tmp_path):
    """Collected, grouped, summarized, composed (by two clocks at once), sent; then moved to SQLite."""
    url = bare_postgres_url
    async with DemoSite(datetime.now(UTC)) as site:
        quick = [one for one in site.sources if one.name in {"Степной меридиан", "Tulpar Wire"}]
        tables = (f'[[source]]\nname = "{one.name}"\nurl = "{one.url}"\nkind = "feed"\n' for one in quick)
        (tmp_path / "sources.toml").write_text("".join(tables), encoding="utf-8")
        assert "Tulpar Wire: 8 new" in await habarshy(url, "collect")
    await _subscribe(url, CHATS[:3])
    await habarshy(url, "deliver", "--now")
    for chat in CHATS[:3]:
        assert (await api.wait_for_message(chat)).links
    await _two_clocks(api, start, url)
    assert await habarshy(url, "db", "check") == "ok\n"
    counted = json.loads(await habarshy(url, "stats", "--json"))
    assert counted["subscribers active"] == 15
    assert counted["parts sent"] == len(api.messages)
    copy = f"sqlite+aiosqlite:///{tmp_path}/copy.db"
    assert "the same rows on both sides" in await habarshy(url, "db", "copy", copy)
    moved = json.loads(await habarshy(copy, "stats", "--json"))
    assert moved == counted
    assert "is not empty" in await habarshy(url, "db", "copy", copy, status=1)


async def _two_clocks(api, start, url):
    """Two processes that compose and two that send: each of twelve due readers gets one digest, once."""
    chats = CHATS[3:15]
    await _subscribe(url, chats, due=True)
    processes = [await start(url, "run", "--roles", role) for role in ("clock", "clock", "bot", "sender")]
    try:
        await api.until(lambda: all(api.sent_to(chat) for chat in chats), seconds=60)
        await asyncio.sleep(1)
        await api.settled()
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        logs = [(await asyncio.wait_for(process.communicate(), 30))[1].decode() for process in processes]
    first = [message.text for message in api.sent_to(chats[0])]
    assert len(first) == len(set(first))
    assert [[message.text for message in api.sent_to(chat)] for chat in chats] == [first] * len(chats)
    assert not any("Traceback" in log for log in logs)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("ends", ["stop", "kill"])
async def test_a_database_that_goes_away_in_a_broadcast_costs_nobody_a_part(
    api, start, postgres_server, postgres_url, ends
):
    """Every reader has every part, in order; the log says in a line what was the matter."""
    now = datetime.now(UTC)
    nothing = Digest(now, now, ("en",), frozenset(), ())
    async with open_database(postgres_url) as database:
        for reader in await _subscribe(postgres_url, CHATS):
            await OutboxStore(database).post(
                Edition(reader.id, date(2026, 11, 22), "09:00"), nothing, PARTS, now
            )
    api.fault("slow", seconds=0.1, times=10**6)
    process = await start(postgres_url, "run", "--roles", "bot")
    try:
        await api.until(lambda: len(api.messages) >= 10, seconds=30)
        getattr(postgres_server, ends)()
        await asyncio.sleep(1)
        postgres_server.start()
        await api.until(lambda: all(_texts(api, chat) >= set(PARTS) for chat in CHATS), seconds=60)
        await api.settled()
    finally:
        process.send_signal(signal.SIGTERM)
        _, err = await asyncio.wait_for(process.communicate(), 30)
    received = [[message.text for message in api.sent_to(chat)] for chat in CHATS]
    # Telegram's confirmations were kept until they could be written: nobody got anything twice.
    assert received == [list(PARTS)] * len(CHATS)
    assert process.returncode == 0
    assert "is out of reach" in err.decode()
    assert "Traceback" not in err.decode()


def _texts(api, chat):
    return {message.text for message in api.sent_to(chat)}
