"""Reads sources of every kind over the web."""

import asyncio

from bot.domain.source import Entry, FetchState, Kind, Listing, Source
from bot.newsroom.inbound import Offload
from bot.sources import offloaded
from bot.sources.http import PoliteClient
from bot.sources.preview import preview_url


class WebReader:
    """The newsroom's SourceReader.

    `zone` (IANA) is that of dates without one, `offload` does the parsing, and with `cleans` the cleaning
    of sources never asked before (`Listing.found`) on the same way.
    """

    def __init__(
        self, client: PoliteClient, zone: str, offload: Offload = asyncio.to_thread, *, cleans: bool = False
    ) -> None:
        self._client = client
        self._zone = zone
        self._offload = offload
        self._cleans = cleans

    async def listing(self, source: Source, state: FetchState) -> Listing:
        """What the source lists now; entries without a usable address are left out. Raises SourceError."""
        answer = await self._client.get(
            preview_url(source.url) if source.kind is Kind.CHANNEL else state.moved_to or source.url,
            etag=state.etag,
            last_modified=state.last_modified,
            robots=source.kind is not Kind.FEED,
        )
        if answer.status == 304:
            return Listing(unchanged=True, moved_to=answer.moved_to, fresh_for=answer.fresh_for)
        first = self._cleans and state.checked_at is None
        return await self._offload(offloaded.listing, source, answer, self._zone, first=first)

    async def article(self, source: Source, entry: Entry) -> Entry:
        """The entry with its page read. Raises SourceError."""
        answer = await self._client.get(entry.url, robots=True)
        return await self._offload(offloaded.article, source, entry, answer, self._zone)
