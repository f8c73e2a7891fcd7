"""The process's HTTP server."""

import asyncio
import signal
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.domain.errors import SettingsError
from bot.web.application import build_web
from bot.web.health import health_routes
from bot.web.limits import neighbourhood
from bot.web.server import serving


async def fine():
    return None


async def broken():
    raise ConnectionError("password=hunter2")


@asynccontextmanager
async def client(probe, ready=None, **options):
    """A session on a server of our own, at a free port."""
    web = build_web(health_routes(probe, ready))
    async with (
        serving(web, "127.0.0.1", 0, **options) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        yield session


async def answer(probe, path="/healthz", **more):
    """Status and body at a path."""
    async with client(probe, **more) as session, session.get(path) as found:
        return found.status, await found.json()


async def test_a_process_that_can_work_is_healthy():
    """200 while the probe succeeds."""
    assert await answer(fine) == (200, {"status": "ok"})


async def test_a_process_that_cannot_work_says_so_without_its_secrets():
    """503 with the kind of trouble; its text may hold passwords and stays inside."""
    assert await answer(broken) == (503, {"status": "failing", "reason": "ConnectionError"})


async def test_a_process_may_live_and_not_be_ready():
    """Two questions, two answers."""
    assert (await answer(fine, "/readyz", ready=broken))[0] == 503
    assert (await answer(fine, "/healthz", ready=broken))[0] == 200


async def test_a_port_that_is_taken_names_the_setting():
    """One line for the operator, with port and host."""
    async with serving(build_web([]), "127.0.0.1", 0) as port:
        with pytest.raises(SettingsError, match=f"HABARSHY_WEB_PORT={port} on 127.0.0.1 can't be bound"):
            async with serving(build_web([]), "127.0.0.1", port):
                pass


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
async def test_a_host_that_is_not_ours_names_the_setting(host):
    """A name that means nothing and an address of another machine are the operator's to correct."""
    with pytest.raises(SettingsError, match=f"on {host} can't be bound"):
        async with serving(build_web([]), host, 0):
            pass


async def test_trouble_of_others_is_not_the_port_s():
    """An OSError from the work done meanwhile comes out as it is."""
    with pytest.raises(ConnectionResetError):
        async with serving(build_web([]), "127.0.0.1", 0):
            raise ConnectionResetError


async def test_signals_stay_the_process_s():
    """The server takes no signal over, not even while it serves."""
    before = [signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)]
    async with serving(build_web([]), "127.0.0.1", 0):
        assert [signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)] == before


async def test_a_head_without_end_is_cut_off():
    """A header that grows and grows is refused long before it fills the memory."""
    async with serving(build_web([]), "127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 100_000)
        head = await reader.readline()
        writer.close()
    assert b" 400 " in head


@pytest.mark.parametrize("path", ["/" + "a" * 513, "/healthz?" + "&".join(f"q{n}=1" for n in range(10_000))])
async def test_what_is_longer_than_any_address_of_ours_is_refused(path):
    """A long path and ten thousand parameters get 414 (or, with the head, 400), and the server lives on."""
    async with client(fine) as session:
        async with session.get(path) as found:
            assert found.status in {400, 414}
        async with session.get("/healthz") as found:
            assert found.status == 200


async def hurry(session, **headers):
    """How many requests were answered before the first 429, of 600."""
    for number in range(600):
        given = {name: value.format(number % 250) for name, value in headers.items()}
        async with session.get("/nothing", headers=given) as answer:
            if answer.status == 429:
                assert answer.headers["Retry-After"] == "10"
                return number
            assert answer.status == 404
    return 600


async def test_a_stranger_in_a_hurry_is_asked_to_wait():
    """240 answers at once (and four a second), then 429; health is never refused, and others are served."""
    async with client(fine) as session:
        assert 240 <= await hurry(session) < 400
        assert (await session.get("/healthz")).status == 200
        other = {"X-Forwarded-For": "203.0.113.9"}
        assert (await session.get("/nothing", headers=other)).status == 404


def test_who_counts_as_one():
    """An IPv4 address, also as a server on «::» sees it; of IPv6 the /64 that one subscriber has."""
    assert neighbourhood("::ffff:203.0.113.9") == neighbourhood("203.0.113.9")
    assert neighbourhood("::ffff:203.0.113.9") != neighbourhood("::ffff:203.0.113.8")
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff") != neighbourhood("2001:db8:0:1::1")
    assert neighbourhood("testclient") == ""


async def test_only_a_trusted_proxy_speaks_for_others():
    """Behind no proxy, a made-up X-Forwarded-For makes nobody somebody else; behind one it does."""
    async with client(fine, proxies=["10.0.0.1"]) as session:
        assert await hurry(session, **{"X-Forwarded-For": "203.0.113.{}"}) < 400
    async with client(fine) as session:
        assert await hurry(session, **{"X-Forwarded-For": "203.0.113.{}"}) == 600


async def test_every_answer_tells_the_browser_what_it_may_do():
    """Health, what does not exist and what is refused carry the same headers."""
    async with client(fine) as session:
        for path in ("/healthz", "/nothing", "/" + "a" * 600):
            headers = (await session.get(path)).headers
            assert headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "unsafe" not in headers["Content-Security-Policy"]
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
            assert "Server" not in headers
