"""Answers to readers on a bad day."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError

from bot.delivery.pacing import Pacing
from bot.delivery.patience import Patience
from tests.e2e.botapi import TOKEN

AIDA = 1001


@pytest.fixture
async def bot(api):
    """A client that answers readers."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.address), timeout=2)
    session.middleware(Patience(Pacing(30)))
    client = Bot(TOKEN, session=session)
    yield client
    await session._session.close()


@pytest.mark.parametrize(("kind", "more"), [("flood", {"seconds": 1}), ("500", {}), ("502", {})])
async def test_an_answer_is_repeated_after_a_passing_trouble(api, bot, kind, more):
    """A short flood or a server error costs the reader seconds, not the answer."""
    api.fault(kind, **more)
    await bot.send_message(AIDA, "hello")
    assert [message.text for message in api.sent_to(AIDA)] == ["hello"]


@pytest.mark.parametrize(
    ("kind", "error"), [("blocked", TelegramForbiddenError), ("lost", TelegramNetworkError)]
)
async def test_what_is_final_or_unknown_is_not_repeated(api, bot, kind, error):
    """A closed chat stays closed, and what may have arrived is not said twice."""
    api.fault(kind)
    with pytest.raises(error):
        await bot.send_message(AIDA, "hello")
    assert sum(method == "sendMessage" for method, _ in api.calls) == 1


async def test_a_long_flood_is_raised(api, bot):
    """Nobody waits a minute for an answer."""
    api.fault("flood", seconds=60)
    with pytest.raises(Exception, match="Retry in 60"):
        await bot.send_message(AIDA, "hello")
