"""Rendered pages, kept until what they show has changed."""

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response

from bot.domain.pages import Scope

#: Seconds between two looks at a scope's version: what they show is never older than this. The second is
#: for what changes rarely (days gone by) or is asked for by machines (feeds).
_LOOK, _CALM = 1.0, 15.0
#: Seconds after which a page is made anew though nothing seems to have changed: clocks go on, too.
_LONGEST = 300.0

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it goes out: kept as gzip, which nearly everybody takes."""

    packed: bytes
    etag: str
    kind: str

    @property
    def body(self) -> bytes:
        """The page for who takes no gzip."""
        return gzip.decompress(self.packed)


def rendered(text: str, kind: str) -> Rendered:
    """A page of this media type."""
    body = text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Rendered(gzip.compress(body, 6, mtime=0), etag, kind)


@dataclass(slots=True)
class _Entry:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: str = ""
    made: float = 0.0
    kept: object = None


@dataclass(slots=True)
class _Look:
    version: str = ""
    at: float = float("-inf")


class Pages:
    """Makes each page once for each version of what it shows, however many ask for it at once."""

    def __init__(self, version: Callable[[Scope], Awaitable[str]], most: int = 4000) -> None:
        """`version` gives another text whenever something in the scope has changed.

        At `most` so many are kept; the one not asked for longest makes room.
        """
        self._version, self._most = version, most
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._looks: OrderedDict[Scope, _Look] = OrderedDict()

    async def get(self, key: str, scope: Scope, make: Callable[[], Awaitable[T]], *, calm: bool = False) -> T:
        """What `make` returned for this version, or returns now; nothing (what is false) is not kept.

        With `calm` a change in the scope may take some seconds to be seen: it is rare, or not urgent.
        """
        version = await self._seen(scope, _CALM if calm else _LOOK)
        entry = place(self._entries, key, _Entry, self._most)
        if entry.kept and entry.lock.locked():
            # Somebody is making the next one; nobody else has to wait for it.
            return cast("T", entry.kept)
        async with entry.lock:
            fresh = entry.version == version and time.monotonic() - entry.made < _LONGEST
            if entry.kept and fresh:
                return cast("T", entry.kept)
            made = await make()
            entry.kept, entry.version, entry.made = made, version, time.monotonic()
            if not made:
                self._entries.pop(key, None)
            return made

    async def _seen(self, scope: Scope, patience: float) -> str:
        look = place(self._looks, scope, _Look, self._most)
        now = time.monotonic()
        if now - look.at > patience:
            # Set before the answer: others must not ask while this one does.
            look.at = now
            look.version = await self._version(scope)
        return look.version


def place(known: OrderedDict[K, T], key: K, make: Callable[[], T], most: int) -> T:
    """What is known by this key, made where need be."""
    found = known.get(key)
    if found is None:
        found = known[key] = make()
    known.move_to_end(key)
    if len(known) > most:
        known.popitem(last=False)
    return found


def respond(request: Request, page: Rendered, **headers: str) -> Response:
    """The page, or 304 to who has it."""
    common = {"ETag": page.etag, "Vary": "Accept-Encoding", "Cache-Control": "public, max-age=60"} | headers
    if page.etag in (tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")):
        return Response(status_code=304, headers=common)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        packed = common | {"Content-Encoding": "gzip"}
        return Response(page.packed, media_type=page.kind, headers=packed)
    return Response(page.body, media_type=page.kind, headers=common)
