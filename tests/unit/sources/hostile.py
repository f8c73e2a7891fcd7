"""Hostile and broken answers as data: what a server says, and what becomes of it."""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from aiohttp import web

from bot.domain.source import Kind

ITEM = "<item><title>Көпір ашылды</title><link>/1</link><pubDate>{date}</pubDate></item>"
LINK = '<li><a href="/news/{number}">Таулы ауданда жаңа көпір ашылды {number}</a></li>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@dataclass(frozen=True)
class Hostile:
    """One answer; `refused` is a part of the error's line, "" where `entries` come instead."""

    name: str
    body: bytes | Callable[[web.Request], Awaitable[web.StreamResponse]]
    refused: str = ""
    entries: int = 0
    kind: Kind = Kind.FEED
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


def rss(items: str, head: str = "") -> bytes:
    """An RSS document."""
    return f"{head}<rss><channel><title>Тау</title>{items}</channel></rss>".encode()


def page(body: str) -> bytes:
    """An HTML page."""
    return f"<!DOCTYPE html><html><head><title>Тау</title></head><body>{body}</body></html>".encode()


def item(date: str = "Wed, 04 Mar 2026 15:23:00 +0500") -> str:
    """One entry."""
    return ITEM.format(date=date)


def endless(chunk: bytes, pause: float) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """An answer that never ends."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/xml"})
        await response.prepare(request)
        try:
            while True:
                await response.write(chunk)
                await asyncio.sleep(pause)
        except (ConnectionError, asyncio.CancelledError):
            return response

    return answer


async def silent(request: web.Request) -> web.StreamResponse:
    """No answer at all, for longer than anybody waits."""
    await asyncio.sleep(5)
    return web.Response()


async def broken_off(request: web.Request) -> web.StreamResponse:
    """A body shorter than it was announced."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(rss(item())[:50])
    assert request.transport
    request.transport.abort()
    return response


def _nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth


def bombs() -> Iterator[Hostile]:
    """More than it seems."""
    bomb = rss(f"<!--{' ' * 30_000_000}-->")
    yield Hostile("gzip bomb", gzip.compress(bomb, 1), "larger", headers={"Content-Encoding": "gzip"})
    yield Hostile("deflate bomb", zlib.compress(bomb, 1), "larger", headers={"Content-Encoding": "deflate"})
    twice = gzip.compress(gzip.compress(bomb, 1))
    yield Hostile("bomb in a bomb", twice, "not XML", headers={"Content-Encoding": "gzip"})
    laughs = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>'
    yield Hostile(
        "billion laughs", rss("<item><title>&l11;</title><link>/1</link></item>", laughs), entries=1
    )
    external = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield Hostile(
        "external entity", rss("<item><title>&x; ашылды</title><link>/1</link></item>", external), entries=1
    )
    remote = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">'
    yield Hostile("remote DTD", rss(item(), remote), entries=1)
    yield Hostile(
        "100,000 items", rss("<item><link>/1</link><title>т</title></item>" * 20_000), entries=1_000
    )


def streams() -> Iterator[Hostile]:
    """No end, or none in time."""
    yield Hostile("endless stream", endless(b"x" * 65_536, 0), "larger")
    yield Hostile("slow drip", endless(b"x", 0.05), "no complete answer")
    yield Hostile("silence", silent, "no complete answer")
    yield Hostile("broken off", broken_off, "broke off")
    yield Hostile("redirect loop", b"", "redirects", status=302, headers={"Location": "?again"})
    yield Hostile(
        "redirect to a file", b"", "not an http", status=301, headers={"Location": "file:///etc/passwd"}
    )
    yield Hostile(
        "redirect to script", b"", "not an http", status=302, headers={"Location": "javascript:alert(1)"}
    )


def documents() -> Iterator[Hostile]:
    """Not what was asked for."""
    login = page('<form action="/login"><input name="user"><input type="password"></form>')
    yield Hostile("login page for a feed", login, "web page", headers={"Content-Type": "text/xml"})
    yield Hostile("login page for a page", login, "no article links", kind=Kind.PAGE)
    yield Hostile("empty", b"", "empty")
    yield Hostile("blanks", b" \r\n\t" * 1000, "empty")
    yield Hostile("NUL bytes", b"\0" * 100_000, "not XML")
    yield Hostile("NULs inside", rss(item()).replace("ашылды".encode(), b"\0\1\2"), entries=1)
    yield Hostile("a picture", bytes(range(256)) * 100, "not XML", headers={"Content-Type": "image/png"})
    yield Hostile("a feed as a picture", rss(item()), entries=1, headers={"Content-Type": "image/png"})
    yield Hostile("a feed as JSON", rss(item()), entries=1, headers={"Content-Type": "application/json"})
    yield Hostile("deep JSON", b'{"items": ' + b"[" * 500_000, "JSON")
    yield Hostile("no charset", rss(item()), entries=1, headers={"Content-Type": "text/xml; charset=x-none"})
    yield Hostile(
        "a codec that is none", rss(item()), entries=1, headers={"Content-Type": "text/xml; charset=zip"}
    )
    yield Hostile("year 30000", rss(item("Wed, 04 Mar 30000 15:23:00 GMT") + item("30000-03-04")), entries=2)
    yield Hostile("a date of a megabyte", rss(item("1" * 1_000_000)), entries=1)
    yield Hostile(
        "a title of a megabyte",
        rss(f"<item><title>{'&lt;b' * 200_000}</title><link>/1</link></item>"),
        entries=1,
    )
    yield Hostile("a link to script", rss("<item><title>т</title><link>javascript:alert(1)</link></item>"))
    yield Hostile("a DOCTYPE without end", b"<!DOCTYPE[" * 50_000, "not XML")
    yield Hostile("a feed inside its DOCTYPE", rss(item(), "<!DOCTYPE rss [" + "] " * 200_000), "not XML")
    yield Hostile("deep XML", rss(_nested("item", 50_000)), entries=0)
    yield Hostile("deep HTML", page(_nested("div", 50_000)), "no article links", kind=Kind.PAGE)
    yield Hostile("elements without end", page("<br>" * 200_000), "elements", kind=Kind.PAGE)
    links = "".join(LINK.format(number=number) for number in range(10_000))
    yield Hostile("10,000 links", page(links), entries=100, kind=Kind.PAGE)
    yield Hostile("a channel that is none", page("<p>Тау</p>"), "not a public channel", kind=Kind.CHANNEL)


ALL = [*bombs(), *streams(), *documents()]
