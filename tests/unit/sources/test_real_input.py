"""A real agency's listing, RSS and six articles, fetched from loopback."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.source import FetchState, Kind, Source

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "kt"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="needs ../shared/corpus, which is not part of the project"
)
BOILERPLATE = (
    "Достарға айту",
    "Сурет:",
    "14181",
    "тақырып бойынша",
    "Ең көп оқылғаны",
    "Басты бет",
    "ТЕЛЕВИДЕНИЕ",
)


@pytest.fixture
def agency(site):
    """The agency's files at their own paths."""
    types = {".html": "text/html", ".xml": "text/xml"}
    for path in CORPUS.rglob("*.*"):
        site.put(f"/{path.relative_to(CORPUS)}", path.read_bytes(), types[path.suffix])
    return site


@pytest.mark.parametrize(("kind", "path"), [(Kind.PAGE, "/index.html"), (Kind.FEED, "/rss.xml")])
async def test_six_articles_come_whole_either_way(agency, reader, kind, path):
    """Listing and feed give the same six articles, with time of day, and nothing from around them."""
    source = Source("Kazakhstan Today", agency.url(path), kind)
    listing = await reader.listing(source, FetchState())
    articles = await asyncio.gather(*(reader.article(source, entry) for entry in listing.entries))
    assert [article.url for article in articles] == [
        agency.url(f"/kaz/{number}.html") for number in (1, 2, 3, 5, 6, 8)
    ]
    assert articles[0].published.isoformat() == "2026-03-04T15:23:00+05:00"
    assert not any(entry.full for entry in listing.entries)
    for article, entry in zip(articles, listing.entries, strict=True):
        assert article.full
        assert article.title == entry.title
        assert article.published == entry.published
        assert len(article.text) > 1_000
        assert not any(words in article.text for words in BOILERPLATE)
        paragraphs = (
            (CORPUS / article.url.partition("/kaz/")[2].join(("kaz/", ""))).read_text("utf-8").count("<p>")
        )
        assert article.text.count("\n") >= paragraphs - 1
