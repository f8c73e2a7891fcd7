"""Reads sources of every kind over the web."""

import asyncio
from dataclasses import replace

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, FetchState, Kind, Listing, Source
from bot.newsroom.ports import Offload
from bot.sources.answer import Answer
from bot.sources.articlepage import parse_article
from bot.sources.channel import parse_channel, preview_url
from bot.sources.feed import parse_feed
from bot.sources.http import PoliteClient
from bot.sources.listing import parse_listing


class WebReader:
    """The newsroom's SourceReader; `zone` (IANA) is that of dates without one, `offload` does the parsing."""

    def __init__(self, client: PoliteClient, zone: str, offload: Offload = asyncio.to_thread) -> None:
        self._client = client
        self._zone = zone
        self._offload = offload

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
        listing = await self._offload(_listing, source, answer, self._zone)
        return replace(
            listing,
            etag=answer.etag,
            last_modified=answer.last_modified,
            moved_to=answer.moved_to,
            fresh_for=answer.fresh_for,
        )

    async def article(self, source: Source, entry: Entry) -> Entry:
        """The entry with its page read. Raises SourceError."""
        answer = await self._client.get(entry.url, robots=True)
        return await self._offload(_article, source, entry, answer, self._zone)


def _listing(source: Source, answer: Answer, zone: str) -> Listing:
    listing = _parsed(source, answer, zone)
    named = tuple(entry for entry in listing.entries if entry.url and (entry.title or entry.text))
    return replace(listing, entries=named)


def _parsed(source: Source, answer: Answer, zone: str) -> Listing:
    if not answer.body.strip():
        raise SourceUnusable("an empty answer")
    if source.kind is Kind.FEED:
        return parse_feed(answer.body, url=answer.url, charset=answer.charset, zone=zone)
    if source.kind is Kind.CHANNEL:
        return parse_channel(answer.body, url=answer.url, charset=answer.charset)
    return parse_listing(answer.body, url=answer.url, source=source, charset=answer.charset, zone=zone)


def _article(source: Source, entry: Entry, answer: Answer, zone: str) -> Entry:
    return parse_article(answer.body, source=source, entry=entry, charset=answer.charset, zone=zone)
