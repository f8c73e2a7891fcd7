"""Roles as real processes over a real Valkey: together they are one Habarshy."""

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import update

from bot.demo.site import DemoSite
from bot.domain.delivery import PartState, UnknownPolicy
from bot.domain.digest import Digest
from bot.domain.schedule import Edition
from bot.domain.source import Kind, Source
from bot.domain.subscriber import Chat, Preferences
from bot.jobs.streams import LEASE
from bot.jobs.tasks import Queue
from bot.store.counts import counts
from bot.store.deliveries import OutboxStore
from bot.store.engine import open_database
from bot.store.subscribers import SubscriberStore
from bot.store.tables import parts
from tests.e2e.crowd import Crowd, free_port

READER = 4242
NEWS, SENDING = f"habarshy:{Queue.NEWS}", f"habarshy:{Queue.SENDING}"

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
async def crowd(api, broker, tmp_path):
    """Processes on SQLite."""
    made = Crowd(tmp_path, api, HABARSHY_BROKER_URL=broker.url)
    made.follow()
    yield made
    await made.clear()


@pytest.fixture
async def crowd_on_postgres(api, broker, tmp_path, postgres_url):
    """Processes on PostgreSQL, as over several machines."""
    made = Crowd(tmp_path, api, HABARSHY_BROKER_URL=broker.url, HABARSHY_DATABASE_URL=postgres_url)
    made.follow()
    yield made
    await made.clear()


async def subscribe(crowd, chats, **changes) -> list[int]:
    """Readers of whom nothing is due; returns their ids."""
    async with open_database(crowd.database) as database:
        readers = SubscriberStore(database)
        ids = []
        for chat in chats:
            joined, _ = await readers.join(Chat(chat), Preferences(("en",)), datetime.now(UTC))
            await readers.change(replace(joined, **changes))
            ids.append(joined.id)
        return ids


async def post(crowd, readers) -> None:
    """One message each, in the outbox."""
    now = datetime.now(UTC)
    async with open_database(crowd.database) as database:
        outbox = OutboxStore(database)
        for reader in readers:
            digest = Digest(now, now, ("en",), frozenset(), ())
            assert await outbox.post(
                Edition(reader, now.date(), "now-1"), digest, [f"News for {reader}"], now
            )


def silent_for_a_lease(broker, stream) -> int:
    """As if whoever holds a stream's tasks had said nothing for longer than a lease; returns how many."""
    with broker.client() as client:
        held = client.xpending_range(stream, "habarshy", "-", "+", 100)
        for entry in held:
            client.xclaim(stream, "habarshy", "dead", 0, [entry["message_id"]], idle=LEASE + 1, justid=True)
    return len(held)


async def test_four_processes_are_one_habarshy(api, crowd_on_postgres):
    """A reader subscribes at one, another collects and condenses, a third asks for it: the digest arrives."""
    crowd = crowd_on_postgres
    async with DemoSite(datetime.now(UTC)) as site:
        crowd.follow(*(one for one in site.sources if one.name in {"Степной меридиан", "Tulpar Wire"}))
        ports = [free_port() for _ in range(4)]
        processes = await asyncio.gather(
            *(
                crowd.start(role, HABARSHY_WEB_PORT=str(port), **token)
                for role, port, token in zip(
                    ("bot", "clock", "worker", "web"),
                    ports,
                    ({}, {"HABARSHY_BOT_TOKEN": ""}, {"HABARSHY_BOT_TOKEN": ""}, {}),
                    strict=True,
                )
            )
        )
        assert all([await crowd.healthy(port) for port in ports])
        api.user_sends(READER, "/start", lang="ru")
        await api.wait_for_message(READER, seconds=30)
        await _news_are_told(crowd, stories=8)
        api.user_sends(READER, "/digest", lang="ru")
        digest = await api.wait_for_message(READER, "Хабаршы", seconds=30)
        assert digest.links
        logs = await crowd.stop(*processes)
    assert "Traceback" not in logs


async def _news_are_told(crowd, stories) -> None:
    async with open_database(crowd.database) as database:
        async with asyncio.timeout(40):
            while (await counts(database))["summaries"] < stories:
                await asyncio.sleep(0.1)


async def test_a_worker_killed_in_the_middle_is_replaced_and_its_work_done_once(api, crowd, broker):
    """Articles of a source that was being asked are stored by the next worker, once."""
    asked = asyncio.Queue()

    async def slow(request: web.Request) -> web.Response:
        await asked.put(request.path)
        if asked.qsize() == 1:
            await asyncio.sleep(60)
        return web.Response(text=_feed(), content_type="application/rss+xml")

    async with _serving(slow) as address:
        crowd.follow(Source("Тау", f"{address}/rss", Kind.FEED))
        worker, clock = await asyncio.gather(crowd.start("worker"), crowd.start("clock"))
        await asyncio.wait_for(_filled(asked), 20)
        await crowd.kill(worker)
        assert silent_for_a_lease(broker, NEWS)
        worker = await crowd.start("worker")
        await _news_are_told(crowd, stories=3)
        assert "taken over" in await crowd.stop(worker, clock)
    async with open_database(crowd.database) as database:
        assert (await counts(database))["articles"] == 3


async def _filled(queue) -> None:
    while queue.empty():
        await asyncio.sleep(0.01)


@asynccontextmanager
async def _serving(handler):
    application = web.Application()
    application.router.add_get("/{path:.*}", handler)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _feed() -> str:
    items = "".join(_item(number, name) for number, name in enumerate(("көпір", "кітапхана", "балабақша")))
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>Тау</title>{items}</channel></rss>'


def _item(number: int, name: str) -> str:
    # Long enough to be the article itself, so that no page has to be asked for.
    told = "".join(
        f"<p>Ауылдағы {name} туралы {line}-есеп дайын: оған {number * 9 + line} миллион теңге жұмсалды.</p>"
        for line in range(1, 9)
    )
    return (
        f"<item><title>Ауылда {name} ашылды</title><link>https://tau.example/{number}</link>"
        f"<pubDate>{datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<content:encoded><![CDATA[{told}]]></content:encoded></item>"
    )


async def test_two_clocks_make_one_edition(api, crowd):
    """A slot that has begun gives each reader one digest, however many ask for it."""
    async with DemoSite(datetime.now(UTC)) as site:
        crowd.follow(*(one for one in site.sources if one.name in {"Степной меридиан", "Tulpar Wire"}))
        first = await asyncio.gather(crowd.start("worker"), crowd.start("clock"))
        await _news_are_told(crowd, stories=8)
        begun = datetime.now(UTC) - timedelta(minutes=1)
        wishes = Preferences(("en",), slots=(begun.time().replace(second=0, microsecond=0),), zone="UTC")
        chats = range(7000, 7012)
        await subscribe(crowd, chats, preferences=wishes, next_at=begun)
        rest = await asyncio.gather(crowd.start("clock"), crowd.start("worker"), crowd.start("bot"))
        await api.until(lambda: all(api.sent_to(chat) for chat in chats), seconds=60)
        await asyncio.sleep(3)
        assert "Traceback" not in await crowd.stop(*first, *rest)
    headers = [[one for one in api.sent_to(chat) if "Habarshy" in one.text.splitlines()[0]] for chat in chats]
    assert [len(digests) for digests in headers] == [1] * len(headers), headers[0]


async def test_two_senders_share_one_rate(api, crowd):
    """Telegram's limits see one bot: no 429 of our own making, and both take their part."""
    chats = range(8000, 8100)
    readers = await subscribe(crowd, chats, next_at=None)
    await post(crowd, readers)
    processes = await asyncio.gather(crowd.start("sender"), crowd.start("sender"), crowd.start("clock"))
    await api.until(lambda: len(api.messages) >= len(chats), seconds=60)
    await crowd.stop(*processes)
    sent = sum(method == "sendMessage" for method, _ in api.calls)
    assert sent == len(api.messages) == len(chats)


async def test_a_sender_killed_in_a_broadcast_is_replaced_by_the_other(api, crowd, broker):
    """Its share goes on elsewhere when its silence has lasted; at most what was under way comes twice."""
    chats = range(9000, 9060)
    readers = await subscribe(crowd, chats, next_at=None)
    await post(crowd, readers)
    one, other, clock = await asyncio.gather(
        crowd.start("sender"), crowd.start("sender"), crowd.start("clock")
    )
    await api.until(lambda: len(api.messages) > 20, seconds=60)
    await crowd.kill(one)
    await asyncio.sleep(0.5)
    assert silent_for_a_lease(broker, SENDING)
    await api.until(lambda: len({message.chat for message in api.messages}) >= len(chats) - 10, seconds=60)
    # What the killed one had claimed is in doubt until its lease in the store ends: here, now.
    async with open_database(crowd.database) as database:
        now = datetime.now(UTC)
        async with database.write() as connection:
            held = update(parts).where(parts.c.state == PartState.SENDING)
            await connection.execute(held.values(not_before=now))
        await OutboxStore(database).recover(now, UnknownPolicy.RESEND)
    await api.until(lambda: {message.chat for message in api.messages} == set(chats), seconds=30)
    await crowd.stop(other, clock)


async def test_a_broker_restarted_in_a_broadcast_loses_nothing(api, crowd, broker):
    """Senders wait for it, and go on where they were; nothing comes twice."""
    chats = range(5000, 5070)
    readers = await subscribe(crowd, chats, next_at=None)
    await post(crowd, readers)
    processes = await asyncio.gather(crowd.start("sender"), crowd.start("clock"))
    await api.until(lambda: len(api.messages) > 20, seconds=60)
    broker.stop()
    await asyncio.sleep(1.5)
    seen = len(api.messages)
    assert seen < len(chats)
    broker.start()
    await api.until(lambda: len(api.messages) >= len(chats), seconds=60)
    await asyncio.sleep(0.5)
    assert sorted(message.chat for message in api.messages) == list(chats)
    logs = await crowd.stop(*processes)
    assert "Traceback" not in logs
    assert re.search("broker away.*broker is back", logs, re.DOTALL)
