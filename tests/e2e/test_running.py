"""The real process without news: how it takes updates and how it ends."""

import asyncio
import signal
import socket
import sqlite3
import sys
from contextlib import closing

import pytest
from aiohttp import ClientConnectorError, ClientSession

from tests.e2e.botapi import TOKEN
from tests.e2e.environment import environment

AIDA = 1001


@pytest.fixture
async def habarshy(api, tmp_path):
    """Start `habarshy run` with an empty store and no sources."""
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")
    running = []

    async def start(roles: str = "bot,clock", **settings: str) -> asyncio.subprocess.Process:
        exported = environment(api, **{"HABARSHY_WEB_PORT": "0"} | settings)
        words = ("-m", "bot", "run", "--roles", roles)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, cwd=tmp_path, env=exported, stderr=asyncio.subprocess.PIPE
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _stop(process) -> str:
    """Ask for an end and give the log; a failure, or the token in the log, fails the test."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(30):
        _, log = await process.communicate()
    assert process.returncode == 0
    assert TOKEN not in log.decode()
    return log.decode()


async def test_what_was_written_while_the_bot_was_down_is_answered_once(api, habarshy):
    """Polling goes on where it stopped; the menus are registered for every language and for groups."""
    for words, answer in (("/start", "Hello"), ("/settings", "Settings")):
        api.user_sends(AIDA, words, lang="en")
        process = await habarshy()
        await api.wait_for_message(AIDA, answer, seconds=90)
        await api.settled()
        log = await _stop(process)
        assert "Traceback" not in log
        assert "error" not in log
    assert len(api.sent_to(AIDA)) == 2
    scopes = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
    assert set(api.menus) == {f"{scope}:{lang}" for scope in scopes for lang in ("", "kk", "ru", "en")}


async def test_what_readers_write_never_reaches_the_log(api, habarshy, tmp_path):
    """Where the store fails, the log says what failed and the reader gets an apology; no words of theirs."""
    process = await habarshy()
    api.user_sends(AIDA, "/start", lang="en")
    await api.wait_for_message(AIDA, "Hello", seconds=90)
    with closing(sqlite3.connect(tmp_path / "habarshy.db")) as database:
        database.execute(
            "CREATE TRIGGER no BEFORE UPDATE ON subscribers BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    api.user_sends(AIDA, "/mute құпия")
    await api.wait_for_message(AIDA, "went wrong")
    log = await _stop(process)
    assert "update failed" in log
    assert "құпия" not in log
    assert "\\u049b" not in log


async def test_a_webhook_bot_hears_only_telegram(api, habarshy):
    """Updates need the secret; one that Telegram repeats is heard once, over a restart too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "HABARSHY_WEB_PORT": str(port),
        "HABARSHY_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "HABARSHY_WEBHOOK_SECRET": "s3cret_-",
    }
    process = await habarshy(**settings)
    await api.until(lambda: api.webhook.get("url"), seconds=90)
    api.user_sends(AIDA, "/start", lang="en")
    again = dict(api.pending[0])
    assert await api.push() == [200]
    await api.wait_for_message(AIDA, "Hello")
    api.pending.append(again)
    assert await api.push() == [200]
    api.webhook["secret_token"] = "guessed"
    api.user_sends(AIDA, "/settings")
    assert await api.push() == [401]
    await api.settled()
    assert len(api.sent_to(AIDA)) == 1
    assert "Traceback" not in await _stop(process)
    await _told_again_after_a_restart(api, await habarshy(**settings), again)


async def _told_again_after_a_restart(api, process, again) -> None:
    api.webhook = {}
    await api.until(lambda: api.webhook.get("url"), seconds=90)
    api.pending.append(again)
    api.user_sends(AIDA, "/settings")
    assert await api.push() == [200, 200]
    await api.wait_for_message(AIDA, "Settings")
    assert len(api.sent_to(AIDA)) == 2
    await _stop(process)


async def test_only_the_bots_role_needs_a_token_and_each_tells_its_health(habarshy):
    """A worker and a clock of one machine start without one; the second finds the port taken, and works."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"HABARSHY_BOT_TOKEN": "", "HABARSHY_WEB_PORT": str(port)}
    worker = await habarshy("worker", **settings)
    async with asyncio.timeout(30), ClientSession() as client:
        while True:
            try:
                async with client.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    assert await answer.json() == {"status": "ok"}
                    break
            except ClientConnectorError:
                await asyncio.sleep(0.1)
    clock = await habarshy("clock", **settings)
    async with asyncio.timeout(30):
        while b"habarshy is running" not in (line := await clock.stderr.readline()):
            assert line
    await _stop(clock)
    await _stop(worker)
