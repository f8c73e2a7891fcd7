"""One polite, guarded HTTP client."""

import asyncio
import gzip
import time

import pytest
from aiohttp import web

from bot.domain.errors import SourceGone, SourceUnreachable, SourceUnusable
from bot.sources.http import PoliteClient

AGENT = "Habarshy/0 (+mailto:desk@habarshy.example)"


async def test_an_answer_carries_what_the_next_request_needs(site, client):
    """Validators, charset, type and freshness come back as values."""
    site.put(
        "/rss",
        "x",
        "text/xml; charset=Windows-1251",
        ETag='"1"',
        Last_Modified="Wed",
        Cache_Control="max-age=60",
    )
    answer = await client.get(site.url("/rss?key=secret"))
    assert (answer.body, answer.content_type, answer.charset) == (b"x", "text/xml", "windows-1251")
    assert (answer.etag, answer.last_modified, answer.fresh_for.total_seconds()) == ('"1"', "Wed", 60)


async def test_validators_are_sent_and_304_is_an_answer(site, client):
    """A conditional GET costs no body."""

    async def unchanged(request):
        assert request.headers["If-None-Match"] == '"1"'
        assert request.headers["If-Modified-Since"] == "Wed"
        assert request.headers["User-Agent"] == AGENT
        return web.Response(status=304)

    site.answers["/rss"] = unchanged
    answer = await client.get(site.url("/rss"), etag='"1"', last_modified="Wed")
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (410, SourceGone),
        (404, SourceUnusable),
        (403, SourceUnusable),
        (500, SourceUnreachable),
        (429, SourceUnreachable),
    ],
)
async def test_a_status_becomes_the_error_its_reaction_asks_for(site, client, status, kind):
    """Gone, unusable and unreachable are told apart, in one line without path or query."""
    site.put("/rss", "x", status=status)
    with pytest.raises(kind) as caught:
        await client.get(site.url("/rss?key=secret"))
    assert caught.value.status == status
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("Wed, 04 Mar 2015 15:23:00 GMT", 0.0), ("x", None)]
)
async def test_retry_after_is_understood_in_both_forms(site, client, header, seconds):
    """Seconds and HTTP dates; anything else is as good as nothing."""
    site.put("/rss", "x", status=503, Retry_After=header)
    with pytest.raises(SourceUnreachable) as caught:
        await client.get(site.url("/rss"))
    assert caught.value.retry_after == seconds


async def test_permanent_redirects_give_the_new_address(site, client):
    """A chain of 301 and 308 moves the source; it ends at the first temporary one."""
    site.put("/a", "", status=301, Location="/b")
    site.put("/b", "", status=308, Location="/c")
    site.put("/c", "", status=302, Location="/d")
    site.put("/d", "here")
    answer = await client.get(site.url("/a"))
    assert (answer.body, answer.url, answer.moved_to) == (b"here", site.url("/d"), site.url("/c"))


async def test_a_redirect_loop_ends(site, client):
    """Five redirects are followed, no more."""
    site.put("/a", "", status=302, Location="/a")
    with pytest.raises(SourceUnusable, match="redirects"):
        await client.get(site.url("/a"))
    assert site.asked("/a") == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://habar.kz/", "", "http://[::1"])
async def test_redirects_lead_only_to_the_web(site, client, location):
    """A redirect to another scheme or to nowhere is refused."""
    site.put("/a", "", status=302, Location=location)
    with pytest.raises(SourceUnusable):
        await client.get(site.url("/a"))


async def test_private_addresses_are_refused_by_default(site):
    """Loopback is asked only where the operator allows it."""
    site.put("/a", "secret")
    async with PoliteClient(agent=AGENT) as guarded:
        for host in ("127.0.0.1", "localhost", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"):
            with pytest.raises(SourceUnusable, match="ALLOW_PRIVATE_ADDRESSES"):
                await guarded.get(f"http://{host}:{site.server.port}/a")
        for host in ("2130706433", "127.1", "017700000001"):
            with pytest.raises(SourceUnusable):
                await guarded.get(f"http://{host}:{site.server.port}/a")
    assert not site.requests


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://habar.kz", "/rss", "http://", "http://[::1", ""]
)
async def test_only_web_addresses_are_asked(client, url):
    """Anything but http and https never reaches the network."""
    with pytest.raises(SourceUnusable):
        await client.get(url)


async def test_a_bomb_stops_at_the_cap(site):
    """100 MB in a 100 kB answer are not unpacked."""
    site.put("/bomb", gzip.compress(bytes(100_000_000), 1), Content_Encoding="gzip")
    async with PoliteClient(agent=AGENT, allow_private=True, most_bytes=1_000_000) as careful:
        with pytest.raises(SourceUnusable, match="larger than 1 MB"):
            await careful.get(site.url("/bomb"))


@pytest.mark.parametrize("pause", [0.0, 0.05])
async def test_streams_without_end_end(site, pause):
    """An endless stream meets the cap, a slow drip the time-out, whichever comes first."""

    async def endless(request):
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * (1 if pause else 65_536))
                await asyncio.sleep(pause)
        except (ConnectionError, asyncio.CancelledError):
            return response

    site.answers["/drip"] = endless
    async with PoliteClient(agent=AGENT, allow_private=True, time_out=0.5, most_bytes=1_000_000) as careful:
        with pytest.raises((SourceUnreachable, SourceUnusable)):
            await careful.get(site.url("/drip"))


@pytest.mark.parametrize(
    "answer", [b"HTTP/9 zzz\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"]
)
async def test_what_is_no_http_is_unreachable(client, answer):
    """Garbage, silence and answers that break off are one line."""

    async def serve(reading, writing):
        await reading.readuntil(b"\r\n\r\n")
        writing.write(answer)
        writing.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(SourceUnreachable, match=r"^127\.0\.0\.1: "):
            await client.get(f"http://127.0.0.1:{port}/")


async def test_nobody_listening_is_unreachable(client, unused_tcp_port):
    """A refused connection names the host and the reason."""
    with pytest.raises(SourceUnreachable, match=r"can't connect \(nobody listens at this port\)$"):
        await client.get(f"http://127.0.0.1:{unused_tcp_port}/")


async def test_a_host_that_is_not_there_is_unreachable(client):
    """Perhaps the network is down: the operator reads both."""
    with pytest.raises(SourceUnreachable, match=r"\(no such host, or no name server answers\)$"):
        await client.get("http://nobody.invalid/")


async def test_plain_http_behind_an_https_address_is_unreachable(site, client):
    """The reason is in words, not in OpenSSL's."""
    with pytest.raises(SourceUnreachable, match="no secure connection could be agreed on"):
        await client.get(site.url("/feed").replace("http:", "https:"))


async def test_robots_rules_hold_for_pages_and_not_for_feeds(site, client):
    """A disallowed page is refused without being asked for; the rules are fetched once."""
    site.put("/robots.txt", "\ufeffUser-agent: Habarshy\nDisallow: /closed\n", "text/plain")
    site.put("/closed/1", "x")
    site.put("/open/1", "x")
    for _ in range(2):
        with pytest.raises(SourceUnusable, match=r"robots\.txt"):
            await client.get(site.url("/closed/1"), robots=True)
    assert (await client.get(site.url("/open/1"), robots=True)).body == b"x"
    assert (await client.get(site.url("/closed/1"))).body == b"x"
    assert (site.asked("/robots.txt"), site.asked("/closed/1")) == (1, 1)


async def test_without_robots_rules_everything_is_open_and_without_an_answer_nothing(site, client):
    """RFC 9309: 4xx allows all; an unreachable robots.txt forbids for now."""
    site.put("/open/1", "x")
    assert (await client.get(site.url("/open/1"), robots=True)).body == b"x"
    async with PoliteClient(agent=AGENT, allow_private=True, gap=0.01) as another:
        site.put("/robots.txt", "", status=503)
        with pytest.raises(SourceUnreachable):
            await another.get(site.url("/open/1"), robots=True)


async def test_one_host_is_asked_by_few_at_a_time(site):
    """Never more than two requests at once."""
    now, most = 0, 0

    async def slow(request):
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response(body=b"x")

    site.answers["/slow"] = slow
    async with PoliteClient(agent=AGENT, allow_private=True, gap=0) as patient:
        await asyncio.gather(*(patient.get(site.url("/slow")) for _ in range(8)))
    assert most == 2


async def test_one_host_is_asked_with_a_gap(site):
    """Eight requests take seven gaps, of which a machine of the operator's own has shorter ones."""
    site.put("/quick", "x")
    async with PoliteClient(agent=AGENT, allow_private=True, gap=1.0) as patient:
        begun = time.monotonic()
        await asyncio.gather(*(patient.get(site.url("/quick")) for _ in range(8)))
    assert time.monotonic() - begun > 7 * 1.0 / 50


async def test_a_client_is_used_inside_its_context():
    """Forgetting `async with` is a programming error, said plainly."""
    with pytest.raises(RuntimeError, match="async with"):
        await PoliteClient(agent=AGENT).get("http://habar.kz/")
