"""One HTTP server for the process, which leaves the process's signals and logs alone."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.types import ASGIApp
from uvicorn import Config, Server

from bot.domain.errors import SettingsError

#: Bytes of a request's line and headers together; h11 refuses what is longer.
_LONGEST_HEAD = 16 * 1024
#: Connections at once; one more is answered 503.
_MOST_CONNECTIONS = 1000
#: Seconds for answers under way when the server is asked to stop.
_GRACE = 2
#: Proxies whose X-Forwarded-For is believed, where nothing else is said: those of this machine.
LOCAL_PROXIES = ("127.0.0.1", "::1")


@asynccontextmanager
async def serving(
    application: ASGIApp, host: str, port: int, proxies: Sequence[str] = LOCAL_PROXIES
) -> AsyncIterator[int]:
    """Serve until the block ends; yields the port. Raises SettingsError where it can't be bound."""
    listener = _bind(host, port)
    server = _server(application, proxies)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    # Its run() and serve() would take over the process's signals.
    await server.startup([listener])
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.main_loop())
            try:
                yield int(listener.getsockname()[1])
            finally:
                server.should_exit = True
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
    finally:
        await server.shutdown([listener])


def _server(application: ASGIApp, proxies: Sequence[str]) -> Server:
    return Server(
        Config(
            application,
            # Of uvicorn's two parsers the one that bounds a request's head (docs/decisions/0015).
            http="h11",
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            forwarded_allow_ips=list(proxies),
            limit_concurrency=_MOST_CONNECTIONS,
            # Longer than proxies keep theirs (nginx: 60 s): who closes first must be the one that asks.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=_GRACE,
        )
    )


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1024)
            listener.setblocking(False)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        raise SettingsError(f"HABARSHY_WEB_PORT={port} on {host} can't be bound: {error.strerror}") from error
    return listener
