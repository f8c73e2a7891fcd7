"""Rendered pages, kept until what they show has changed."""

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

#: Seconds between two looks at the store's version: a page is never older than this.
_LOOK = 1.0
#: Seconds after which a page is made anew though nothing seems to have changed: clocks go on, too.
_LONGEST = 300.0
#: Pages kept; the one not asked for longest makes room.
_MOST = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it goes out."""

    body: bytes
    packed: bytes
    etag: str
    kind: str


def rendered(text: str, kind: str) -> Rendered:
    """A page of this media type."""
    body = text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Rendered(body, gzip.compress(body, 6, mtime=0), etag, kind)


@dataclass(slots=True)
class _Entry:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: str = ""
    made: float = 0.0
    page: Rendered | None = None


class Pages:
    """Makes each page once for each version of the store, however many ask for it at once."""

    def __init__(self, version: Callable[[], Awaitable[str]]) -> None:
        self._ask, self._version, self._asked = version, "", float("-inf")
        self._entries: OrderedDict[str, _Entry] = OrderedDict()

    async def get(self, key: str, make: Callable[[], Awaitable[Rendered | T]]) -> Rendered | T:
        """The page, made where need be; what is no page (there is nothing to show) is not kept."""
        version = await self._current()
        entry = self._entries.setdefault(key, _Entry())
        self._entries.move_to_end(key)
        if len(self._entries) > _MOST:
            self._entries.popitem(last=False)
        async with entry.lock:
            fresh = entry.version == version and time.monotonic() - entry.made < _LONGEST
            if entry.page and fresh:
                return entry.page
            made = await make()
            if not isinstance(made, Rendered):
                self._entries.pop(key, None)
                return made
            entry.page, entry.version, entry.made = made, version, time.monotonic()
            return made

    async def _current(self) -> str:
        now = time.monotonic()
        if now - self._asked > _LOOK:
            # Set before the answer: others must not ask while this one does.
            self._asked = now
            self._version = await self._ask()
        return self._version


def respond(request: Request, page: Rendered, **headers: str) -> Response:
    """The page, or 304 to who has it."""
    common = {"ETag": page.etag, "Vary": "Accept-Encoding", "Cache-Control": "public, max-age=60"} | headers
    if page.etag in (tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")):
        return Response(status_code=304, headers=common)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        packed = common | {"Content-Encoding": "gzip"}
        return Response(page.packed, media_type=page.kind, headers=packed)
    return Response(page.body, media_type=page.kind, headers=common)
