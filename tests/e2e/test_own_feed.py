"""A reader's own feed over the real web client: what is found, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.demo.site import DemoSite
from bot.domain.source import Kind
from bot.domain.subscriber import Chat, Preferences
from bot.sources.discovery import Discovery
from bot.sources.http import PoliteClient

AIDA = 1001


@pytest.fixture
async def site():
    """A feed on loopback."""
    async with DemoSite(datetime.now(UTC)) as running:
        yield next(source for source in running.sources if source.kind is Kind.FEED)


@pytest.fixture(params=["public addresses only", "private addresses too"])
async def allowed(request):
    """Whether the operator lets sources live on private addresses."""
    return request.param == "private addresses too"


@pytest.fixture
async def desk(desk, allowed):
    """The desk with the real discovery."""
    async with PoliteClient(agent="Habarshy", allow_private=allowed, gap=0) as client:
        yield replace(desk, discover=Discovery(client, "Asia/Almaty").discover)


async def test_a_private_address_is_asked_only_where_the_operator_lets_sources_live_there(
    chat, subscribers, newsroom, site, allowed
):
    """A reader can't make the bot look at the operator's network, whatever the address is called."""
    await subscribers.join(Chat(AIDA), Preferences(languages=("en",)), newsroom.now)
    chat.user_sends(AIDA, f"/sources {site.url}")
    answer = await chat.wait_for_message(AIDA)
    await chat.until(lambda: "Looking" not in answer.text)
    own = (await subscribers.find(Chat(AIDA))).own
    if allowed:
        assert "is added" in answer.text
        assert answer.text.count("• ") == 3
        assert len(own) == 1
    else:
        assert "no news at this address" in answer.text
        assert not own
