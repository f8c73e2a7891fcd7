"""From an answer's bytes to what it lists or tells, by the source's kind."""

from dataclasses import replace

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Kind, Listing, Source
from bot.sources.answer import Answer
from bot.sources.articlepage import parse_article
from bot.sources.channel import parse_channel
from bot.sources.feed import parse_feed
from bot.sources.listing import parse_listing


def listing(source: Source, answer: Answer, zone: str) -> Listing:
    """What the source lists, without entries that have no address or say nothing. Raises SourceUnusable."""
    found = _parsed(source, answer, zone)
    named = tuple(entry for entry in found.entries if entry.url and (entry.title or entry.text))
    return replace(
        found,
        entries=named,
        etag=answer.etag,
        last_modified=answer.last_modified,
        moved_to=answer.moved_to,
        fresh_for=answer.fresh_for,
    )


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
