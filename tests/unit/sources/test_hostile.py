"""Every hostile input, fetched over HTTP: a line of refusal or a bounded listing, never a crash or a hang."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.domain.source import FetchState, Source
from bot.sources.http import PoliteClient
from bot.sources.reader import WebReader
from tests.unit.sources.hostile import ALL, Hostile

#: Far beyond what any of them takes; a hang fails here instead of at the suite's end.
PATIENCE = 20


@pytest.fixture
async def hasty() -> AsyncIterator[WebReader]:
    """A reader whose limits are a tenth of the real ones."""
    async with PoliteClient(
        agent="Habarshy/0", allow_private=True, gap=0.01, time_out=1.5, most_bytes=2_000_000
    ) as client:
        yield WebReader(client, "Asia/Almaty")


def serve(site, hostile: Hostile) -> Source:
    """Put the hostile answer on the site; the source that meets it."""
    body = hostile.body
    headers = {"Content-Type": "text/html", **hostile.headers}
    raw = isinstance(body, bytes)
    site.answers["/x"] = web.Response(body=body, status=hostile.status, headers=headers) if raw else body
    return Source("Тау", site.url("/x"), hostile.kind)


@pytest.mark.parametrize("hostile", [one for one in ALL if one.refused], ids=lambda one: one.name)
async def test_an_answer_that_can_not_be_used_is_refused_in_one_line(site, hasty, hostile: Hostile):
    """The line names the trouble."""
    asked = hasty.listing(serve(site, hostile), FetchState())
    with pytest.raises(SourceError, match=hostile.refused) as caught:
        await asyncio.wait_for(asked, PATIENCE)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("hostile", [one for one in ALL if not one.refused], ids=lambda one: one.name)
async def test_an_answer_that_can_be_used_is_read_within_bounds(site, hasty, hostile: Hostile):
    """What is read has web links, texts of bounded length and dates of this age."""
    listing = await asyncio.wait_for(hasty.listing(serve(site, hostile), FetchState()), PATIENCE)
    assert len(listing.entries) == hostile.entries
    assert all(entry.url.startswith("http") and len(entry.text) <= 200_000 for entry in listing.entries)
    assert all(entry.published is None or entry.published.year < 2100 for entry in listing.entries)


async def test_a_hostile_article_page_is_no_worse(site, hasty):
    """The same answers as article pages: an error of the source, or a text within bounds."""
    source = Source("Тау", site.url("/x"))
    site.put(
        "/feed", "<rss><channel><item><title>т</title><link>/x</link></item></channel></rss>", "text/xml"
    )
    (entry,) = (await hasty.listing(Source("Тау", site.url("/feed")), FetchState())).entries
    for hostile in (one for one in ALL if isinstance(one.body, bytes)):
        serve(site, hostile)
        with suppress(SourceError):
            article = await asyncio.wait_for(hasty.article(source, entry), PATIENCE)
            assert len(article.text) <= 200_000
