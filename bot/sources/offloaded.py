"""Parsing, named without loading it: who fetches need not know lxml, who parses need not know aiohttp."""

from bot.domain.source import Entry, Listing, Source
from bot.sources.answer import Answer


def listing(source: Source, answer: Answer, zone: str, *, first: bool = False) -> Listing:
    """`bot.sources.parsing.listing`, loaded where it is at work."""
    from bot.sources import parsing  # noqa: PLC0415 - what this module is for

    return parsing.listing(source, answer, zone, first=first)


def article(source: Source, entry: Entry, answer: Answer, zone: str) -> Entry:
    """`bot.sources.parsing.article`, loaded where it is at work."""
    from bot.sources import parsing  # noqa: PLC0415 - what this module is for

    return parsing.article(source, entry, answer, zone)
