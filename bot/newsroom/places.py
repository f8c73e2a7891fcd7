"""Places: how many sources are asked at the same time, and which of them."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from bot.domain.source import FetchState, Source

#: Sources asked at the same time whose answer will be long: what they list is held until it is stored.
AT_ONCE = 64
#: Those that can say «nothing new», and mostly do.
QUIET_AT_ONCE = 128
#: The other sources of a host wait outside: a place held while a host's gap passes is nobody's.
_OF_A_HOST = 2


class Places:
    """One pass's places, taken in the order of asking."""

    def __init__(self) -> None:
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_OF_A_HOST))
        self._long = asyncio.Semaphore(AT_ONCE)
        self._quiet = asyncio.Semaphore(QUIET_AT_ONCE)

    @asynccontextmanager
    async def place(self, source: Source, state: FetchState) -> AsyncIterator[None]:
        """Wait until this source may be asked, and hold its place meanwhile."""
        host = urlsplit(state.moved_to or source.url).hostname or ""
        async with self._hosts[host], self._quiet if state.etag or state.last_modified else self._long:
            yield
