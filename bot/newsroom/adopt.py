"""Adopt: a reader's wish for a feed of their own, looked at before it is granted."""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.own_sources import MOST_OWN, Adoption
from bot.domain.subscriber import Subscriber
from bot.newsroom.desk import Desk, Found

#: Seconds for finding a feed behind an address: a dozen requests at most, each with a limit of its own.
PATIENCE = 30.0
#: Addresses a reader may have us look at within an hour: nobody shall scan the web through us.
LOOKS, WITHIN = 10, timedelta(hours=1)
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Adopted:
    """What became of the wish."""

    #: None: there is no source, or it did not answer in time.
    adoption: Adoption | None
    name: str = ""
    #: What the address gives; None where nobody looked.
    found: Found | None = None


class Adopting:
    """Takes readers' wishes for feeds; satisfies nobody who asks too often."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looks: OrderedDict[int, deque[datetime]] = OrderedDict()

    async def __call__(self, reader: Subscriber, url: str) -> Adopted:
        """Find the source behind an address and make it this reader's."""
        if len(await self._desk.outlets.own(reader.id)) >= MOST_OWN:
            return Adopted(Adoption.FULL)
        if not self._may_look(reader.id):
            return Adopted(Adoption.LATER)
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._desk.discover(url)
        except TimeoutError:
            return Adopted(None)
        if found.source is None:
            return Adopted(None, found=found)
        source = replace(found.source, lang=None)
        return Adopted(*await self._desk.outlets.adopt(reader.id, source, self._desk.now()), found)

    def _may_look(self, reader: int) -> bool:
        now = self._desk.now()
        looks = self._looks.setdefault(reader, deque())
        self._looks.move_to_end(reader)
        if len(self._looks) > _REMEMBERED:
            self._looks.popitem(last=False)
        while looks and looks[0] <= now - WITHIN:
            looks.popleft()
        if len(looks) >= LOOKS:
            return False
        looks.append(now)
        return True
