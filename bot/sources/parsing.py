"""From an answer's bytes to what it lists or tells, by the source's kind."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.address import canonical_url
from bot.domain.content import fingerprint
from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Found, Kind, Listing, Source
from bot.newsroom.clean import clean
from bot.sources.answer import Answer
from bot.sources.articlepage import parse_article
from bot.sources.channel import parse_channel
from bot.sources.feed import parse_feed
from bot.sources.listing import parse_listing


def listing(source: Source, answer: Answer, zone: str, *, first: bool = False) -> Listing:
    """What the source lists, without entries that have no address or say nothing. Raises SourceUnusable.

    What a source that was never asked before lists is new, and cleaned here where it is whole: going to
    another process and back costs a fifth of a pass.
    """
    told = _parsed(source, answer, zone)
    entries = tuple(entry for entry in told.entries if entry.url and (entry.title or entry.text))
    found = _found(source, entries) if first and entries and all(entry.full for entry in entries) else None
    return replace(
        told,
        entries=entries if found is None else tuple(replace(entry, text="") for entry in entries),
        found=found,
        etag=answer.etag,
        last_modified=answer.last_modified,
        moved_to=answer.moved_to,
        fresh_for=answer.fresh_for,
    )


def _found(source: Source, entries: Sequence[Entry]) -> dict[str, Found | None]:
    whole = {url: entry for entry in entries if (url := canonical_url(entry.url))}
    listed = {url: fingerprint(entry) for url, entry in whole.items()}
    cleaned = {one.article.url: one for one in clean(source, whole, listed)}
    return {url: cleaned.get(url) for url in whole}


def _parsed(source: Source, answer: Answer, zone: str) -> Listing:
    if not answer.body.strip():
        raise SourceUnusable("an empty answer")
    if source.kind is Kind.FEED:
        return parse_feed(answer.body, url=answer.url, charset=answer.charset, zone=zone)
    if source.kind is Kind.CHANNEL:
        return parse_channel(answer.body, url=answer.url, charset=answer.charset)
    return parse_listing(answer.body, url=answer.url, source=source, charset=answer.charset, zone=zone)


def article(source: Source, entry: Entry, answer: Answer, zone: str) -> Entry:
    """The entry with what its page tells. Raises SourceUnusable."""
    return parse_article(answer.body, source=source, entry=entry, charset=answer.charset, zone=zone)
