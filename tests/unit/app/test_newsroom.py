"""What one process keeps between two passes."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.app.newsroom import open_newsroom
from bot.domain.source import Kind, Source
from bot.settings import Settings
from bot.store.subscribers import SubscriberStore
from summarizer.article import Article
from summarizer.writing.extractive import ExtractiveWriter

LISTING = '<html><body><a href="/one.html">Жаңа көпір бойынша жұмыс басталды</a></body></html>'
PAGE = "<html><body><h1>Көпір</h1><p>Қалада жаңа көпір салына бастады. Ұзындығы 120 метр.</p></body></html>"


async def test_robots_rules_are_asked_for_once_a_process_not_once_a_pass(tmp_path):
    """A pass a minute must not cost each host a robots.txt a minute."""
    asked = Counter()

    async def answer(request):
        asked[request.path] += 1
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nAllow: /\n")
        return web.Response(text=LISTING if request.path == "/" else PAGE, content_type="text/html")

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    source = Source("Көпір", f"http://127.0.0.1:{port}/", Kind.PAGE, item="a")
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/x.db", allow_private_addresses=True)
    async with open_newsroom(settings, sources=[source], gap=0) as newsroom:
        for _ in range(2):
            reports = [report async for report in newsroom.collect(everything=True)]
            assert not reports[0].failed
    await runner.cleanup()
    assert asked["/"] == 2
    assert asked["/robots.txt"] == 1


class Asked(SubscriberStore):
    """Readers, and how often it was asked what they want."""

    times = 0

    async def wishes(self):
        """Count the question."""
        self.times += 1
        return await super().wishes()

    async def active(self):
        """Nobody needs each of them."""
        raise AssertionError


@pytest.mark.parametrize(("backend", "times"), [("extractive", 0), ("endpoint", 1)])
async def test_readers_are_asked_what_they_want_only_before_a_model_writes(tmp_path, backend, times):
    """What the extractive writer does, it does for everything."""
    settings = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/x.db", summary_backend=backend)
    source = Source("Көпір", "https://tau.example/rss")
    article = Article("1", "Көпір ашылды", "Қалада көпір ашылды. Ұзындығы 120 метр.", "kk", url=source.url)
    async with open_newsroom(settings, sources=[source]) as opened:
        newsroom = replace(opened, subscribers=Asked(opened.database), writer=ExtractiveWriter)
        await newsroom.articles.add(source, [article], found_at=datetime(2026, 3, 4, tzinfo=UTC))
        assert await newsroom.condense() == (1, 1)
        assert newsroom.subscribers.times == times
