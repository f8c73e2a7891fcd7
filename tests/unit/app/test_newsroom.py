"""What one process keeps between two passes."""

from collections import Counter

from aiohttp import web

from bot.app.newsroom import open_newsroom
from bot.domain.source import Kind, Source
from bot.settings import Settings

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
