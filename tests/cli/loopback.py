"""The sample's site and a Bot API on loopback, in a loop of their own beside a synchronous test."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread

from bot.demo.site import DemoSite
from bot.domain.source import Source
from tests.e2e.botapi import BotApi


@dataclass(frozen=True)
class Loopback:
    """Where a command finds the world."""

    api: BotApi
    sources: tuple[Source, ...]


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Both servers while the block runs."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(30)

    api, site = BotApi(), DemoSite(datetime.now(UTC))
    wait(api.start())
    wait(site.__aenter__())
    try:
        yield Loopback(api, site.sources)
    finally:
        wait(site.__aexit__(None, None, None))
        wait(api.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
