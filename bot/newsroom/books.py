"""The books of delivery: what became of parts, written down together with what waits beside it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import stamina
import structlog

from bot.domain.delivery import LEASE, Part, Settlement
from bot.newsroom.ports import Outbox

_log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Entry:
    """One part's settlement on its way into the store."""

    part: Part
    settlement: Settlement
    written: bool = False


class Books:
    """Settles parts, many in one transaction: whoever comes first writes for all that wait behind.

    One commit a part would be one fsync a part. Nobody waits longer than for the transaction before theirs.
    """

    def __init__(self, outbox: Outbox, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._clock = clock
        self._waiting: list[_Entry] = []
        self._pen = asyncio.Lock()

    async def settle(self, part: Part, settlement: Settlement) -> None:
        """Return when it is written; raises what the store has raised for as long as a lease."""
        mine = _Entry(part, settlement)
        self._waiting.append(mine)
        async with self._pen:
            if mine in self._waiting:
                await self._write_waiting(mine)
        if mine.written:
            return
        # What Telegram said can't be asked for again: a store that is locked or full may not be so for long.
        async for attempt in stamina.retry_context(on=Exception, attempts=None, timeout=LEASE):
            with attempt:
                await self._write([mine])

    async def _write_waiting(self, mine: _Entry) -> None:
        together, self._waiting = self._waiting, []
        with suppress(Exception):  # each is written again, alone: one of them may be what the store refuses
            await self._write(together)
        others = [entry for entry in together if not entry.written and entry is not mine]
        self._waiting = others + self._waiting

    async def _write(self, entries: list[_Entry]) -> None:
        late = await self._outbox.settle([(one.part, one.settlement) for one in entries], self._clock())
        for entry in entries:
            entry.written = True
            if entry.part.id in late:
                _log.warning("settled too late", part=entry.part.id, subscriber=entry.part.subscriber)
