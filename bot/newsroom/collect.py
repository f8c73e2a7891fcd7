"""Collect: ask the sources, read what is new, store it once.

Two commits keep anything from being lost: articles first, the source's validators after. A source with
articles that could not be reached forgets its validators, so the next pass lists the missing ones again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from traceback import format_tb

from bot.domain.address import canonical_url
from bot.domain.content import fingerprint
from bot.domain.errors import SourceError, SourceUnreachable, SourceUnusable
from bot.domain.share import WHOLE, Share
from bot.domain.source import (
    OWN,
    Entry,
    FetchState,
    Found,
    Listing,
    Source,
    after_failure,
    after_success,
    due,
)
from bot.newsroom.inbound import Offload, SourceReader, Sources, Stock
from bot.newsroom.intake import Intake
from bot.newsroom.places import Places

_AT_THE_DESK = 12

#: States stored at a time: a transaction for each source is half of a pass without news.
_STATES = 50

_log = logging.getLogger(__name__)

#: Sources to be asked, with their state.
Asked = Sequence[tuple[Source, FetchState]]


@dataclass(frozen=True, slots=True)
class Collected:
    """What one source gave in one pass."""

    #: Its name; OWN for a reader's own feed.
    source: str
    new: int = 0
    known: int = 0
    #: Entries that could not be read this time.
    unread: int = 0
    unchanged: bool = False
    #: Why the source failed; empty when it did not.
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Collecting:
    """The ports of one pass."""

    reader: SourceReader
    sources: Sources
    articles: Stock
    offload: Offload = asyncio.to_thread
    #: Room for the articles of a few sources at a time: the others wait as bare listings, in little memory.
    desk: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_THE_DESK))
    intake: Intake = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "intake", Intake(self.articles))


async def due_sources(
    sources: Sources, now: datetime, share: Share = WHOLE, *, everything: bool = False
) -> Asked:
    """The due sources (or all) of this share."""
    return [
        (source, state)
        for source, state in await sources.all()
        if share.holds_host(source.url) and (everything or due(state, now))
    ]


async def collect(ports: Collecting, asked: Asked, now: datetime) -> AsyncIterator[Collected]:
    """Ask these sources, yielding a report for each as it is done."""
    places = Places()

    async def one(source: Source, state: FetchState) -> tuple[Collected, tuple[Source, FetchState]]:
        async with places.place(source, state):
            report, after = await _collect_one(ports, source, state, now)
            return _nameless(report) if source.own else report, (source, after)

    states: list[tuple[Source, FetchState]] = []
    try:
        for done in asyncio.as_completed([one(source, state) for source, state in asked]):
            report, after = await done
            states.append(after)
            if len(states) == _STATES:
                await ports.sources.remember(states)
                states = []
            yield report
    finally:
        await ports.sources.remember(states)


async def _collect_one(
    ports: Collecting, source: Source, state: FetchState, now: datetime
) -> tuple[Collected, FetchState]:
    try:
        listing = await ports.reader.listing(source, state)
        report, complete = await _store(ports, source, listing, now)
    except Exception as error:  # noqa: BLE001 - what one source brings out must not cost the others their news
        trouble = _trouble(error, source)
        return Collected(source.name, failed=str(trouble)), after_failure(state, trouble, source, now)
    after = after_success(state, listing, source, now)
    return report, after if complete else replace(after, etag="", last_modified="")


def _trouble(error: Exception, source: Source) -> SourceError:
    if isinstance(error, SourceError):
        return error
    if source.own:
        # What the error says may name the feed, or quote it.
        where = "".join(format_tb(error.__traceback__))
        _log.error("unexpected %s with %s\n%s", type(error).__name__, OWN, where)
    else:
        _log.error("unexpected trouble with the source «%s»", source.name, exc_info=error)
    return SourceUnusable(f"unexpected {type(error).__name__}; the log has more")


def _nameless(report: Collected) -> Collected:
    """What may be printed and logged of a feed that is a reader's."""
    return replace(report, source=OWN, failed="no news from it" if report.failed else "")


async def _store(
    ports: Collecting, source: Source, listing: Listing, now: datetime
) -> tuple[Collected, bool]:
    if listing.unchanged:
        return Collected(source.name, unchanged=True), True
    if listing.found is not None:
        return await _store_first(ports, source, listing.found, now), True
    entries = {url: entry for entry in listing.entries if (url := canonical_url(entry.url))}
    listed = {url: fingerprint(entry) for url, entry in entries.items()}
    known = await ports.articles.known(source, list(entries))
    # An entry that reads otherwise than when it was stored is one whose source corrected itself.
    wanted = {url: entry for url, entry in entries.items() if known.get(url) not in {"", listed[url]}}
    pages = await asyncio.gather(*(_full(ports.reader, source, entry) for entry in wanted.values()))
    texts = {url: page for url, page in zip(wanted, pages, strict=True) if isinstance(page, Entry)}
    async with ports.desk:
        found = await ports.offload(_clean, source, texts, listed)
        fresh = [one for one in found if one.article.url not in known]
        new = await ports.intake.store(source, fresh, now) if fresh else 0
        changed = [one for one in found if one.article.url in known]
        if changed:
            await ports.articles.revise(changed, now)
        if new + len(changed) < len(texts):
            stored = await ports.articles.known(source, list(texts))
            await ports.articles.pass_over(source, texts.keys() - stored.keys(), now)
    unread = len(wanted) - len(texts)
    report = Collected(source.name, new=new, known=len(entries) - new - unread, unread=unread)
    return report, not any(isinstance(page, SourceUnreachable) for page in pages)


async def _store_first(
    ports: Collecting, source: Source, found: Mapping[str, Found | None], now: datetime
) -> Collected:
    """Store what a source lists that was never asked before: nothing of it is known but by others."""
    async with ports.desk:
        new = await ports.intake.store(source, [one for one in found.values() if one], now)
        if new < len(found):
            stored = await ports.articles.known(source, list(found))
            await ports.articles.pass_over(source, found.keys() - stored.keys(), now)
    return Collected(source.name, new=new, known=len(found) - new)


async def _full(reader: SourceReader, source: Source, entry: Entry) -> Entry | SourceError:
    if entry.full:
        return entry
    try:
        return await reader.article(source, entry)
    except SourceError as error:
        return error


def _clean(source: Source, entries: Mapping[str, Entry], listed: Mapping[str, str]) -> list[Found]:
    from bot.newsroom.clean import clean  # noqa: PLC0415 - a pass without news, or one that workers do, needs none

    return clean(source, entries, listed)


def totals(reports: Sequence[Collected]) -> Collected:
    """All sources' counts in one line."""
    return Collected(
        source="",
        new=sum(report.new for report in reports),
        known=sum(report.known for report in reports),
        unread=sum(report.unread for report in reports),
    )
