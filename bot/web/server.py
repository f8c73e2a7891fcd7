"""One aiohttp server for the process."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.domain.errors import SettingsError

#: Raises when the process can't do its work.
Probe = Callable[[], Awaitable[object]]


def build_web(probe: Probe) -> web.Application:
    """An application with `/healthz`: 200 while `probe` succeeds, 503 when it raises."""

    async def healthz(_: web.Request) -> web.Response:
        try:
            await probe()
        except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is 503
            return web.json_response({"status": "failing", "reason": type(error).__name__}, status=503)
        return web.json_response({"status": "ok"})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    return application


@asynccontextmanager
async def serving(application: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve until the block ends; yields the port. Raises SettingsError where it can't be bound."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise SettingsError(f"HABARSHY_WEB_PORT={port} on {host} can't be bound: {error.strerror}") from error
