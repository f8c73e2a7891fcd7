"""What a stranger may ask of the server: how much in a request, and how many requests a minute."""

from collections import OrderedDict
from collections.abc import Collection
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network

from aiolimiter import AsyncLimiter
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.cache import place

#: Characters of a path, bytes of a query, bytes of a body. Telegram's updates stay far below the last.
LONGEST_PATH, LONGEST_QUERY, LONGEST_BODY = 512, 2048, 1 << 20
#: Requests of one address: that many at once, and that many a minute in the long run.
BURST = 240
_MINUTE = 60
#: Addresses remembered; the one not seen for longest makes room.
_REMEMBERED = 10_000


class Sized:
    """Refuses requests that are larger than any of ours; the head is bounded by the server (h11)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if len(scope["path"]) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
            await _refuse(HTTPStatus.REQUEST_URI_TOO_LONG, scope, receive, send)
            return
        await self._app(scope, _Counted(receive), send)


class _Counted:
    """A request's body, up to LONGEST_BODY."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._left = receive, LONGEST_BODY

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message


class Paced:
    """Answers 429 to an address that asks more than BURST times a minute, but for `free` paths."""

    def __init__(self, app: ASGIApp, free: Collection[str], burst: int = BURST) -> None:
        self._app, self._free, self._burst = app, frozenset(free), burst
        self._known: OrderedDict[str, AsyncLimiter] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] not in self._free:
            address = neighbourhood((scope.get("client") or ("",))[0])
            limiter = place(self._known, address, self._fresh, _REMEMBERED)
            if not limiter.has_capacity():
                await _refuse(HTTPStatus.TOO_MANY_REQUESTS, scope, receive, send)
                return
            await limiter.acquire()
        await self._app(scope, receive, send)

    def _fresh(self) -> AsyncLimiter:
        return AsyncLimiter(self._burst, _MINUTE)


def neighbourhood(address: str) -> str:
    """Who counts as one: an IPv4 address, or the /64 that one subscriber of IPv6 has to spend.

    A server that listens on «::» sees IPv4 as ::ffff:a.b.c.d, all of which stand in one /64.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


async def _refuse(status: HTTPStatus, scope: Scope, receive: Receive, send: Send) -> None:
    wait = {"Retry-After": "10"} if status is HTTPStatus.TOO_MANY_REQUESTS else {}
    await PlainTextResponse(status.phrase, status, wait)(scope, receive, send)
