"""The process's HTTP server."""

import aiohttp
import pytest

from bot.domain.errors import SettingsError
from bot.web.server import build_web, serving


async def fine():
    return None


async def broken():
    raise ConnectionError("password=hunter2")


async def answer(probe):
    """Status and body of /healthz on a free port."""
    async with (
        serving(build_web(probe), "127.0.0.1", 0) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as found,
    ):
        return found.status, await found.json()


async def test_a_process_that_can_work_is_healthy():
    """200 while the probe succeeds."""
    assert await answer(fine) == (200, {"status": "ok"})


async def test_a_process_that_cannot_work_says_so_without_its_secrets():
    """503 with the kind of trouble; its text may hold passwords and stays inside."""
    assert await answer(broken) == (503, {"status": "failing", "reason": "ConnectionError"})


async def test_a_port_that_is_taken_names_the_setting():
    """One line for the operator, with port and host."""
    async with serving(build_web(fine), "127.0.0.1", 0) as port:
        with pytest.raises(SettingsError, match=f"HABARSHY_WEB_PORT={port} on 127.0.0.1 can't be bound"):
            async with serving(build_web(fine), "127.0.0.1", port):
                pass


async def test_trouble_of_others_is_not_the_port_s():
    """An OSError from the work done meanwhile comes out as it is."""
    with pytest.raises(ConnectionResetError):
        async with serving(build_web(fine), "127.0.0.1", 0):
            raise ConnectionResetError
