"""A site on loopback whose answers each test writes itself."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sources.http import PoliteClient
from bot.sources.reader import WebReader

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """A real HTTP server: `answers` by path, and every request it saw."""

    def __init__(self) -> None:
        self.answers: dict[str, web.Response | Handler] = {}
        self.requests: list[web.Request] = []
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self.server = TestServer(app, host="127.0.0.1")

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        if isinstance(answer, web.Response):
            return web.Response(body=answer.body, status=answer.status, headers=answer.headers)
        return await answer(request)

    def put(
        self, path: str, body: str | bytes, content_type: str = "text/html", status: int = 200, **headers
    ):
        """Answer `path` with this."""
        raw = body.encode() if isinstance(body, str) else body
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = web.Response(
            body=raw, status=status, headers={"Content-Type": content_type, **names}
        )

    def url(self, path: str) -> str:
        """Absolute address of a path."""
        return str(self.server.make_url(path))

    def asked(self, path: str) -> int:
        """How often a path was requested."""
        return sum(request.path == path for request in self.requests)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """An empty site."""
    made = Site()
    await made.server.start_server()
    yield made
    await made.server.close()


@pytest.fixture
async def client() -> AsyncIterator[PoliteClient]:
    """A client that may ask loopback, in a hurry."""
    async with PoliteClient(
        agent="Habarshy/0 (+mailto:desk@habarshy.example)", allow_private=True, gap=0.01
    ) as made:
        yield made


@pytest.fixture
def reader(client) -> WebReader:
    """A reader for Kazakhstan's time."""
    return WebReader(client, "Asia/Almaty")
