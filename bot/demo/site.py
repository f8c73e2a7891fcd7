"""The sample's web site: six outlets on one free port of the loopback interface, over real HTTP."""

from datetime import datetime
from hashlib import sha256
from types import TracebackType
from typing import Self

from aiohttp import ETag, web

from bot.demo.markup import Document, Press, front_page
from bot.demo.outlets import Outlet, outlets
from bot.domain.source import Kind, Source


class DemoSite:
    """Serves the sample while its `async with` block runs; the sample's clock stands at `now`.

    Every answer carries an ETag, and asking with it is answered 304: nothing changes while it runs.
    """

    def __init__(self, now: datetime) -> None:
        """`now` must be aware."""
        self._now = now
        self._documents: dict[str, Document] = {}
        #: What to collect from; empty until the block is entered.
        self.sources: tuple[Source, ...] = ()
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        root = f"http://{host}:{port}/"
        for outlet in outlets():
            pages = Press(outlet, f"{root}{outlet.slug}/", self._now).documents()
            self._documents |= {f"{outlet.slug}/{path}": page for path, page in pages.items()}
        self.sources = tuple(_source(outlet, root) for outlet in outlets())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        document = self._documents.get(request.match_info["path"])
        if document is None:
            raise web.HTTPNotFound
        etag = ETag(sha256(document.body).hexdigest()[:16])
        if etag in (request.if_none_match or ()):
            answer = web.Response(status=304)
        else:
            answer = web.Response(body=document.body, content_type=document.content_type, charset="utf-8")
        answer.etag = etag
        return answer


def _source(outlet: Outlet, root: str) -> Source:
    url = f"{root}{outlet.slug}/{front_page(outlet)}"
    kind = Kind.PAGE if outlet.format == "listing" else Kind.FEED
    return Source(outlet.name, url, kind, outlet.lang, **outlet.selectors)
