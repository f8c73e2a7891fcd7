"""Telegram's updates by webhook."""

import asyncio
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiohttp import ClientSession

from bot.chat.webhook import webhook
from bot.web.application import build_web
from bot.web.server import serving

SECRET = "s3cret_-"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {
    "update_id": 1,
    "message": {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "сәлем"},
}


@asynccontextmanager
async def posting(handler):
    """A function that posts to the webhook, whose messages go to `handler`."""
    dispatcher = Dispatcher()
    dispatcher.message.register(handler)
    route = webhook(dispatcher, Bot("42:TEST"), "https://bot.example.kz/telegram", SECRET)
    async with (
        serving(build_web([route], ["/telegram"]), "127.0.0.1", 0) as port,
        ClientSession(f"http://127.0.0.1:{port}") as session,
    ):

        async def post(secret=SECRET, **body):
            given = body or {"json": UPDATE}
            headers = {} if secret is None else {HEADER: secret}
            async with session.post("/telegram", headers=headers, **given) as answer:
                return answer.status

        yield post


async def test_an_update_is_answered_before_it_is_dealt_with():
    """Telegram gets its 200 while the handler still works, and may post the next one meanwhile."""
    may_end, heard = asyncio.Event(), []

    async def slow(message: Message) -> None:
        heard.append(message.text)
        await may_end.wait()

    async with posting(slow) as post:
        async with asyncio.timeout(5):
            assert [await post(), await post()] == [200, 200]
            while len(heard) < 2:
                await asyncio.sleep(0.01)
        may_end.set()
    assert heard == ["сәлем", "сәлем"]


async def test_without_the_secret_nobody_is_heard():
    """Whatever stands in its place, even letters that the comparison could choke on."""

    async def never(_: Message) -> None:
        pytest.fail("heard a stranger")

    async with posting(never) as post:
        for secret in (None, "", "s3cret_", "S3CRET_-", "құпия", f"{SECRET}\t x"):
            assert await post(secret) == 401


async def test_what_is_no_update_is_refused():
    """With the secret, too: a proxy in between may cut or garble."""

    async def never(_: Message) -> None:
        pytest.fail("heard what was never said")

    async with posting(never) as post:
        for body in (b"{", b"\xff\xfe", b"[]", b'{"update_id": "x"}', b"[" * 100_000):
            assert await post(data=body) == 400
        assert await post(data=BytesIO(b" " * 1_100_000)) == 413
        assert await post(json={"update_id": 2, "a_kind_of_tomorrow": {}}) == 200
