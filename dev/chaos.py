"""The chaos suite in its long form: broadcasts in bad nights, and a table of what their readers have.

Real processes on real SQLite, PostgreSQL and Valkey against a Bot API on loopback. After each night every
reader must have every message, in order; doubles only where nobody can know whether a message arrived.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.jobs.streams import LEASE  # noqa: E402 - a script is started by its path, and the root must be known
from bot.jobs.tasks import Queue  # noqa: E402 - as above
from bot.store.engine import open_database  # noqa: E402 - as above
from tests.e2e import nights  # noqa: E402 - as above
from tests.e2e.crowd import Crowd  # noqa: E402 - as above
from tests.e2e.night import Morning, Night, Size  # noqa: E402 - as above
from tests.postgres import PostgresServer, postgres  # noqa: E402 - as above
from tests.valkey import Valkey, valkey  # noqa: E402 - as above

#: A place for a night: a database, and processes on it.
Place = Callable[[], AbstractAsyncContextManager[tuple[Night, Crowd]]]


def main() -> None:
    """Print the table; ends with 1 where a promise was broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python dev/chaos.py --readers 300 --kills 50"
    )
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--faults", type=int, default=5, help="of the other nights of processes")
    parser.add_argument("--only", default="", help="nights whose name contains this")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    counts = ("faults", "messages", "doubles", "excused", "missing", "disordered")
    table = Table("night", "on", *counts, "db check", "s")
    good = asyncio.run(_all(options, table))
    Console(width=150).print(table)
    sys.exit(0 if good else 1)


async def _all(options: argparse.Namespace, table: Table) -> bool:
    often, seldom = Size(options.readers, options.kills), Size(options.readers, options.faults)
    good = True
    with ExitStack() as stack:
        server, broker = stack.enter_context(postgres()), stack.enter_context(valkey())
        for name, size, bad, place in _nights(often, seldom, server, broker):
            if options.only in name:
                begun = time.monotonic()
                async with place() as (night, crowd):
                    morning = await bad(night, crowd, size)
                good &= morning.is_good
                table.add_row(*_row(morning, name, time.monotonic() - begun))
                sys.stderr.write(f"{morning.night} on {name}: {'good' if morning.is_good else morning}\n")
    return good


def _nights(
    often: Size, seldom: Size, server: PostgresServer, broker: Valkey
) -> list[tuple[str, Size, nights.Bad, Place]]:
    lite, great, shared = _place, partial(_place, server), partial(_place, server, broker)
    weather: list[tuple[str, Size, nights.Bad, Place]] = [
        (f"weather: {bad.__name__}", seldom, partial(_alone, bad), lite) for bad in nights.WEATHER
    ]
    return [
        ("kill: SQLite", often, nights.kills, lite),
        ("kill: SQLite", seldom, nights.busy_kills, lite),
        ("kill: PostgreSQL", seldom, nights.kills, great),
        ("kill: PostgreSQL and Valkey", seldom, nights.kills, shared),
        ("stop: SQLite", seldom, nights.stops, lite),
        ("stop: PostgreSQL", seldom, nights.stops, great),
        ("restart: PostgreSQL", seldom, nights.restarts(server, "database"), great),
        ("restart: Valkey", seldom, nights.restarts(_Broker(broker), "broker"), shared),
        ("disk: SQLite", seldom, nights.full_disk, lite),
        *weather,
    ]


class _Broker:
    """The broker as something that dies; what it was told before is on its disk."""

    def __init__(self, broker: Valkey) -> None:
        self.kill = broker.stop
        self.start = broker.start


async def _alone(
    bad: Callable[[Night, Size], Awaitable[Morning]], night: Night, _: Crowd, size: Size
) -> Morning:
    return await bad(night, size)


@asynccontextmanager
async def _place(
    server: PostgresServer | None = None, broker: Valkey | None = None
) -> AsyncIterator[tuple[Night, Crowd]]:
    """A new database on an engine, with or without a broker."""
    with tempfile.TemporaryDirectory() as folder:
        url = server.create() if server else f"sqlite+aiosqlite:///{folder}/habarshy.db"
        async with open_database(url):
            pass
        settings = {"HABARSHY_DATABASE_URL": url} | ({"HABARSHY_BROKER_URL": broker.url} if broker else {})
        async with nights.server() as api:
            night, crowd = Night(api, url), Crowd(Path(folder), api, **settings)
            night.silence = partial(_silence, broker) if broker else night.silence
            crowd.follow()
            try:
                yield night, crowd
            finally:
                await crowd.clear()


def _silence(broker: Valkey) -> None:
    """Whoever holds tasks of sending has said nothing for longer than a lease."""
    stream = f"habarshy:{Queue.SENDING}"
    with broker.client() as client:
        for held in client.xpending_range(stream, "habarshy", "-", "+", 100):
            client.xclaim(stream, "habarshy", "dead", 0, [held["message_id"]], idle=LEASE + 1, justid=True)


def _row(morning: Morning, place: str, seconds: float) -> list[str]:
    numbers = (morning.faults, morning.messages, morning.doubles, morning.excused)
    gaps = (morning.missing, morning.disordered)
    found = "clean" if not morning.problems else "; ".join(morning.problems)
    where = place.partition(": ")[2]
    return [morning.night, where, *map(str, numbers), *map(str, gaps), found, f"{seconds:.0f}"]


if __name__ == "__main__":
    main()
