"""The real process: an administrator comes in, Prometheus asks, and a text can be followed by the log."""

import asyncio
import json
import re
import shutil
import signal
import socket
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from bot.demo.site import DemoSite
from bot.domain.subscriber import Chat, Preferences
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from tests.e2e.botapi import TOKEN
from tests.e2e.environment import environment

ADMIN, READER = 7001, 1001


@pytest.fixture
async def started(api, tmp_path):
    """Starts `habarshy run` with an administrator, a log in JSON and the sources of a file."""
    running = []

    async def start(port: int = 0) -> asyncio.subprocess.Process:
        exported = environment(
            api,
            HABARSHY_ALLOW_PRIVATE_ADDRESSES="true",
            HABARSHY_WEB_PORT=str(port),
            HABARSHY_ADMINS=str(ADMIN),
            HABARSHY_LOG_FORMAT="json",
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=tmp_path, env=exported, stderr=asyncio.subprocess.PIPE
        )
        running.append(process)
        return process

    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.fixture
async def running(started, tmp_path):
    """The process with a feed of news, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with DemoSite(datetime.now(UTC)) as site:
        one = next(source for source in site.sources if source.name == "Tulpar Wire")
        table = f'[[source]]\nname = "{one.name}"\nurl = "{one.url}"\nkind = "{one.kind}"\n'
        (tmp_path / "sources.toml").write_text(table, encoding="utf-8")
        yield await started(port), f"http://127.0.0.1:{port}"


@pytest.mark.timeout(180)
async def test_an_administrators_first_day(api, running):
    """/admin opens the dashboard; news arrives, is told and counted; the log follows it and keeps secrets."""
    process, address = running
    api.user_sends(ADMIN, "/admin", lang="en")
    said = await api.wait_for_message(ADMIN, "/operator/login", seconds=60)
    link = next(word for word in said.text.split() if "/operator/login" in word)
    assert link.startswith(address)
    api.user_sends(READER, "/start", lang="en")
    await api.wait_for_message(READER, seconds=30)
    english = {"Accept-Language": "en"}
    async with ClientSession(headers=english, cookie_jar=CookieJar(unsafe=True)) as visitor:
        await _until_filed(visitor, address)
        api.user_sends(READER, "/digest", lang="en")
        await api.wait_for_message(READER, "Habarshy ·", seconds=30)
        await api.settled()
        async with visitor.post(
            f"{address}/operator/login", data={"pass": link.partition("pass=")[2]}
        ) as page:
            assert (page.status, "All is well" in await page.text()) == (200, True)
        async with visitor.get(f"{address}/metrics") as answer:
            counted = await answer.text()
    assert re.search(r'habarshy_deliver_attempts_total\{outcome="sent"\} [1-9]', counted)
    assert 'habarshy_collect_articles_total{result="new"} 8.0' in counted
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert TOKEN not in log.decode()
    assert link.partition("pass=")[2] not in log.decode()
    _follow([json.loads(line) for line in log.decode().splitlines()])


async def _until_filed(visitor: ClientSession, address: str) -> None:
    """Wait until the first pass has made summaries."""
    async with asyncio.timeout(60):
        while True:
            async with visitor.get(f"{address}/metrics") as answer:
                if re.search(r"habarshy_summarize_summaries_total\{.*\} [1-9]", await answer.text()):
                    return
            await asyncio.sleep(0.2)


def _follow(lines: list[dict]) -> None:
    """From a message that Telegram confirmed back to the sources of what it tells."""
    confirmed = next(line for line in lines if line["event"] == "attempted" and line["state"] == "sent")
    assert confirmed["message"]
    assert confirmed["trace"]
    for story in confirmed["stories"]:
        filed = [line for line in lines if line["event"] == "filed" and line["story"] == story]
        assert {line["source"] for line in filed} == {"Tulpar Wire"}
        written = [line for line in lines if line["event"] == "summarized" and line["story"] == story]
        assert {line["article"] for line in written} <= {line["article"] for line in filed}
        # One run of a job has one trace.
        assert len({line["trace"] for line in filed}) == 1


@pytest.mark.timeout(180)
async def test_a_killed_broadcast_goes_on_by_itself(api, started, tmp_path, empty_store):
    """A kill -9 in the middle: the next process sends the rest; only what was on its way may come twice."""
    path = shutil.copy(empty_store, tmp_path / "habarshy.db")
    readers = range(READER, READER + 40)
    async with open_database(f"sqlite+aiosqlite:///{path}") as database:
        for chat in readers:
            await SubscriberStore(database).join(Chat(chat), Preferences(slots=()), datetime.now(UTC))
    process = await started()
    api.user_sends(ADMIN, "/broadcast All hands", lang="en")
    await api.wait_for_message(ADMIN, "All hands", seconds=60)
    question = await api.wait_for_message(ADMIN, "40 readers")
    api.taps(question, question.data[0], lang="en")
    await api.until(lambda: sum(bool(api.sent_to(chat)) for chat in readers) >= 10, seconds=30)
    process.kill()
    await process.communicate()
    doubts = _move_leases_back(path)
    process = await started()
    await api.until(lambda: all(api.sent_to(chat) for chat in readers), seconds=60)
    await api.until(lambda: "40 / 40" in question.text or "Жіберілді" in question.text, seconds=30)
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert all({message.text for message in api.sent_to(chat)} == {"All hands"} for chat in readers)
    assert sum(len(api.sent_to(chat)) - 1 for chat in readers) <= doubts


def _move_leases_back(path: Path) -> int:
    """As if the leases of a dead process had run out; returns how many there were."""
    earlier = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(path)) as connection:
        moved = connection.execute(
            "UPDATE parts SET not_before = ? WHERE state = 'sending'", (earlier,)
        ).rowcount
        connection.commit()
    return moved
