"""The doctor looks at a real database, a real disk and a Bot API on loopback."""

from datetime import UTC, datetime

import pytest

from bot.app.doctor import Verdict, examine
from bot.domain.source import FetchState, Health, Source
from bot.domain.subscriber import Chat, Preferences
from bot.settings import Settings
from bot.sources.catalogue import load
from bot.store.engine import open_database
from bot.store.own_sources import OwnSourceStore
from bot.store.sources import SourceStore
from bot.store.subscribers import SubscriberStore
from tests.e2e.botapi import TOKEN

SOURCE = '[[source]]\nname = "Example"\nurl = "https://example.org/rss.xml"\nkind = "feed"\n'


@pytest.fixture
def settings(api, tmp_path):
    """As an operator would set it."""
    (tmp_path / "sources.toml").write_text(SOURCE)

    def made(**more):
        values = {
            "bot_token": TOKEN,
            "telegram_api": api.address,
            "database_url": f"sqlite+aiosqlite:///{tmp_path}/test.db",
            "sources": tmp_path / "sources.toml",
        }
        return Settings(**values | more)

    return made


async def findings(settings):
    """What the doctor found, by subject: the last of each."""
    return {found.subject: found async for found in examine(settings)}


async def test_a_sound_installation_has_nothing_failing(settings):
    """Every subject is looked at, and nothing is made."""
    found = await findings(settings())
    assert {one.verdict for one in found.values()} == {Verdict.OK}
    assert set(found) >= {"time zones", "network", "clock", "token", "updates", "database", "disk", "encoder"}
    assert set(found) >= {"writer", "sources"}


async def test_an_encoder_that_can_t_be_had_is_told_with_the_remedy(settings):
    """And the examination goes on to the writer."""
    found = await findings(settings(encoder="/no/such/folder"))
    assert found["encoder"].verdict is Verdict.FAILING
    assert "/no/such/folder" in found["encoder"].seen
    assert "HABARSHY_ENCODER" in found["encoder"].remedy
    assert found["writer"].verdict is Verdict.OK


async def test_an_encoder_of_one_language_is_warned_of(settings):
    """Whoever asked for it may not know what it lacks."""
    found = await findings(settings(encoder="character-ngrams"))
    assert found["encoder"].verdict is Verdict.WARNING
    assert "HABARSHY_ENCODER" in found["encoder"].remedy


async def test_looking_makes_no_database(settings, tmp_path):
    """A doctor that changes the patient would be none."""
    await findings(settings())
    assert not (tmp_path / "test.db").exists()


async def test_a_wrong_token_is_named_with_the_remedy(settings):
    """And the examination goes on."""
    found = await findings(settings(bot_token="42:another-token"))
    assert found["token"].verdict is Verdict.FAILING
    assert "@BotFather" in found["token"].remedy
    assert found["disk"].verdict is Verdict.OK


async def test_no_network_is_told_apart_from_a_wrong_token(settings):
    """Nothing listens there."""
    found = await findings(settings(telegram_api="http://127.0.0.1:9"))
    assert found["network"].verdict is Verdict.FAILING
    assert "HABARSHY_TELEGRAM_API" in found["network"].remedy


async def test_a_failing_webhook_shows_what_telegram_says(api, settings):
    """The last error is Telegram's own."""
    api.webhook = {"url": "https://bot.example.org/t", "last_error_message": "Connection refused"}
    found = await findings(settings())
    assert found["webhook"].verdict is Verdict.WARNING
    assert "Connection refused" in found["webhook"].seen


async def test_a_model_that_does_not_answer_is_failing(settings):
    """Nothing listens at the endpoint; the extractive writer takes its place."""
    found = await findings(
        settings(summary_backend="endpoint", summary_model="m", endpoint_url="http://127.0.0.1:9/v1")
    )
    assert found["writer"].verdict is Verdict.FAILING
    assert "extractive" in found["writer"].seen


async def test_sources_that_do_not_answer_are_named(settings, tmp_path):
    """By the state of the last pass; nothing is asked now. A feed of a reader's own is not the operator's."""
    made = settings()
    now = datetime(2026, 11, 22, tzinfo=UTC)
    async with open_database(made.database_url) as database:
        store = SourceStore(database)
        await store.follow(load(made.sources))
        reader, _ = await SubscriberStore(database).join(Chat(1), Preferences(), now)
        await OwnSourceStore(database).adopt(reader.id, Source("Diary", "https://diary.example/feed"), now)
        failing = FetchState(health=Health.FAILING, errors=3)
        await store.remember([(source, failing) for source, _ in await store.all()])
    found = await findings(made)
    assert found["answers"].verdict is Verdict.WARNING
    assert found["answers"].seen == "missing from Example"


async def test_a_damaged_database_is_failing(settings, tmp_path):
    """It says what is wrong."""
    (tmp_path / "test.db").write_bytes(b"this is no database" * 100)
    found = await findings(settings())
    assert found["database"].verdict is Verdict.FAILING
