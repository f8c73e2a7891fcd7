"""A bot whose token Telegram does not know says so at start."""

import pytest

from bot.app.serving import open_bot, run
from bot.domain.errors import SettingsError
from bot.settings import Settings
from tests.e2e.botapi import TOKEN


def settings(api, tmp_path, token):
    """As an operator would set it."""
    (tmp_path / "sources.toml").write_text("")
    return Settings(
        bot_token=token,
        telegram_api=api.address,
        database_url=f"sqlite+aiosqlite:///{tmp_path}/test.db",
        sources=tmp_path / "sources.toml",
    )


async def test_a_known_token_opens_the_bot(api, tmp_path):
    """One request, getMe."""
    async with open_bot(settings(api, tmp_path, TOKEN)) as bot:
        assert (await bot.me()).is_bot
    assert [method for method, _ in api.calls] == ["getMe"]


@pytest.mark.parametrize("roles", [{"bot", "clock", "worker", "web"}, {"bot"}])
async def test_a_token_that_telegram_refuses_is_a_wrong_setting(api, tmp_path, roles):
    """Nothing is started, and no part's attempts are used up."""
    with pytest.raises(SettingsError, match=r"Telegram refuses HABARSHY_BOT_TOKEN.*@BotFather"):
        await run(settings(api, tmp_path, "42:another-token"), frozenset(roles))
    assert api.calls == []
