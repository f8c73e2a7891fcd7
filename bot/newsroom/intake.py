"""Intake: what several sources bring at a time is stored in one transaction.

A transaction for each would take the store longer than the sources take to answer.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.source import Found, Source
from bot.newsroom.inbound import Stock


@dataclass(slots=True, eq=False)
class _Brought:
    """What one source brought, and what became of it."""

    source: Source
    found: Sequence[Found]
    new: int | None = None


class Intake:
    """Whoever comes while others are being stored waits, and is stored with all who wait."""

    def __init__(self, articles: Stock) -> None:
        self._articles = articles
        self._waiting: list[_Brought] = []
        self._turn = asyncio.Lock()

    async def store(self, source: Source, found: Sequence[Found], now: datetime) -> int:
        """How many of these were new. Raises what the store raises for this source."""
        brought = _Brought(source, found)
        self._waiting.append(brought)
        async with self._turn:
            if brought.new is None and brought in self._waiting:
                await self._store_all(now)
        if brought.new is None:
            # Something went wrong with the lot: what is this source's own trouble shows now.
            (brought.new,) = await self._articles.take_in([(source, found)], now)
        return brought.new

    async def _store_all(self, now: datetime) -> None:
        lot, self._waiting = self._waiting, []
        try:
            counts = await self._articles.take_in([(one.source, one.found) for one in lot], now)
        except Exception:  # noqa: BLE001 - each source of the lot asks again for itself
            return
        for one, new in zip(lot, counts, strict=True):
            one.new = new
