"""From a site's address to a source: find its feed, look at what it gives, or say why it is none."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.errors import SourceError, SourceUnusable
from bot.domain.source import Entry, FetchState, Kind, Listing, Source
from bot.sources.answer import Answer
from bot.sources.feed import parse_feed
from bot.sources.http import PoliteClient
from bot.sources.links import absolute
from bot.sources.preview import is_channel
from bot.sources.reader import WebReader
from bot.sources.webpage import read_page
from summarizer.text.language import detect

#: Where sites keep a feed that their pages don't name.
COMMON_PATHS = ("/rss", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/all", "/feed.json")
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "text/xml",
)
#: Feeds of a page that are tried; comment feeds come last.
_MOST_NAMED = 5
_SAMPLES = 3
#: Sources probed at a time; one that never answers holds up the others by its share of 20 s.
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Probe:
    """What an address turned out to be."""

    #: The address asked.
    url: str
    #: What to add; None where it is refused.
    source: Source | None
    #: Why it is refused, one line; empty where it is not.
    refusal: str = ""
    #: The source's own title.
    title: str = ""
    #: Language of its headlines and texts; None where there is nothing to tell by.
    lang: str | None = None
    #: Entries listed now.
    entries: int = 0
    #: The newest publication times, newest first, at most three.
    newest: tuple[datetime, ...] = ()
    #: Three sample headlines.
    headlines: tuple[str, ...] = ()


class Discovery:
    """Finds and probes sources; `zone` (IANA) is that of dates without one."""

    def __init__(self, client: PoliteClient, zone: str) -> None:
        self._client = client
        self._zone = zone
        self._reader = WebReader(client, zone)

    async def discover(self, url: str) -> Probe:
        """The source behind an address: a channel, a feed there or named there, else the page itself."""
        refusals = []
        try:
            async for source in self._candidates(url):
                found = await self.probe(source)
                if found.source:
                    return replace(found, url=url)
                refusals.append(found.refusal)
        except SourceError as error:
            return Probe(url, None, str(error))
        return Probe(url, None, refusals[-1])

    async def probe(self, source: Source) -> Probe:
        """What a source gives now; refused where it fails or where nothing of it could be read."""
        try:
            listing = await self._reader.listing(source, FetchState())
            if not listing.entries:
                raise SourceUnusable("it lists no articles")
            text = await self._sample(source, listing.entries[:_SAMPLES])
        except SourceError as error:
            return Probe(source.url, None, str(error))
        return _probe(source, listing, text)

    async def _sample(self, source: Source, entries: Sequence[Entry]) -> str:
        """The first text that can be read. Raises the last SourceError where none can."""
        for entry in entries:
            try:
                return entry.text if entry.full else (await self._reader.article(source, entry)).text
            except SourceError:
                if entry is entries[-1]:
                    raise
        return ""

    async def probes(self, sources: Iterable[Source]) -> AsyncIterator[tuple[Source, Probe]]:
        """Every source with its probe, a few asked at a time, each as it is done."""
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(source: Source) -> tuple[Source, Probe]:
            async with gate:
                return source, await self.probe(source)

        for done in asyncio.as_completed([one(source) for source in sources]):
            yield await done

    async def _candidates(self, url: str) -> AsyncIterator[Source]:
        if is_channel(url):
            yield Source(_host(url), url, Kind.CHANNEL)
            return
        answer = await self._client.get(url)
        if await asyncio.to_thread(self._is_feed, answer):
            yield Source(_host(url), answer.moved_to or url)
            return
        _must_be_text(answer)
        for feed in [*await asyncio.to_thread(_named_feeds, answer), *_usual_feeds(answer.url)]:
            if await self._answers_with_feed(feed):
                yield Source(_host(url), feed)
        yield Source(_host(url), answer.moved_to or url, Kind.PAGE)

    async def _answers_with_feed(self, url: str) -> bool:
        try:
            return await asyncio.to_thread(self._is_feed, await self._client.get(url))
        except SourceError:
            return False

    def _is_feed(self, answer: Answer) -> bool:
        try:
            return bool(
                parse_feed(answer.body, url=answer.url, charset=answer.charset, zone=self._zone).entries
            )
        except SourceError:
            return False


def _must_be_text(answer: Answer) -> None:
    """Raises SourceUnusable for pictures, films, archives and the like, whatever their server calls them."""
    if b"\0" in answer.body[:1_000] and not answer.body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceUnusable(f"a file ({answer.content_type or 'of no known type'}): no feed and no page")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _named_feeds(page: Answer) -> list[str]:
    links = [
        (node.get("title", "") + node.get("href", ""), absolute(node.get("href", ""), page.url))
        for node in read_page(page.body, page.charset).iter("link")
        if "alternate" in node.get("rel", "").lower().split() and node.get("type", "").lower() in _FEED_TYPES
    ]
    links.sort(key=lambda link: "comment" in link[0].lower() or "пікір" in link[0].lower())
    return list(dict.fromkeys(link for _, link in links))[:_MOST_NAMED]


def _usual_feeds(url: str) -> list[str]:
    return [absolute(path, url) for path in COMMON_PATHS]


def _probe(source: Source, listing: Listing, text: str) -> Probe:
    titles = [entry.title for entry in listing.entries if entry.title]
    lang = detect("\n".join([*titles[:20], text]))
    dates = sorted((entry.published for entry in listing.entries if entry.published), reverse=True)
    return Probe(
        url=source.url,
        source=replace(source, name=listing.title or source.name, lang=source.lang),
        title=listing.title,
        lang=None if lang == "und" else lang,
        entries=len(listing.entries),
        newest=tuple(dates[:_SAMPLES]),
        headlines=tuple(titles[:_SAMPLES]),
    )
