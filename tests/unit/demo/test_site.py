import json
from datetime import UTC, datetime, timedelta

import aiohttp
import feedparser
import pytest
from lxml import html

from bot.demo.outlets import outlets
from bot.demo.site import DemoSite
from bot.domain.source import Kind

NOW = datetime(2026, 3, 4, 9, 0, 30, tzinfo=UTC)


@pytest.fixture
async def site():
    async with DemoSite(NOW) as running:
        yield running


@pytest.fixture
async def web():
    async with aiohttp.ClientSession() as session:
        yield session


def source(site, slug):
    return next(source for source in site.sources if f"/{slug}/" in source.url)


def outlet(slug):
    return next(outlet for outlet in outlets() if outlet.slug == slug)


async def fetched(web, url):
    async with web.get(url) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_sources_stand_on_loopback_under_their_own_prefix(site):
    """Six sources, three feeds and three pages, each with its language."""
    assert [source.name for source in site.sources] == [outlet.name for outlet in outlets()]
    assert sorted(source.kind for source in site.sources) == [Kind.FEED] * 3 + [Kind.PAGE] * 3
    assert all(source.url.startswith("http://127.0.0.1:") for source in site.sources)
    assert len({source.url.split("/")[3] for source in site.sources}) == 6
    assert {source.lang for source in site.sources} == {"kk", "ru", "en"}


@pytest.mark.parametrize(
    ("slug", "content_type", "full"),
    [
        ("temirqazyq", "application/rss+xml", False),
        ("meridian", "application/atom+xml", True),
    ],
)
async def test_xml_feeds_are_what_they_claim(site, web, slug, content_type, full):
    """A parser reads every title, address, time and section without complaint; teasers or whole texts."""
    async with web.get(source(site, slug).url) as answer:
        assert answer.content_type == content_type
        feed = feedparser.parse(await answer.read())
    assert not feed.bozo
    assert feed.feed.title == outlet(slug).name
    for entry, article in zip(feed.entries, outlet(slug).articles, strict=True):
        assert entry.title == article.title
        assert entry.link.endswith(f"/{slug}/news/{article.id}")
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == article.published(NOW)
        assert entry.tags[0].term == outlet(slug).section(article)
        body = entry.content[0].value if full else entry.description
        assert (article.paragraphs[-1] in body) == full
        assert article.paragraphs[0][:100] in body


async def test_json_feed_is_what_it_claims(site, web):
    """Version 1.1 with whole texts, aware times and tags."""
    async with web.get(source(site, "tulpar").url) as answer:
        assert answer.content_type == "application/feed+json"
        feed = json.loads(await answer.text())
    assert feed["version"].endswith("/1.1")
    for item, article in zip(feed["items"], outlet("tulpar").articles, strict=True):
        assert item["title"] == article.title
        assert datetime.fromisoformat(item["date_published"]) == article.published(NOW)
        assert html.fragment_fromstring(item["content_html"], "div").text_content().count("\n") >= 4


@pytest.mark.parametrize("slug", ["boztorgai", "courier", "ledger"])
async def test_listings_lead_to_their_articles(site, web, slug):
    """The source's own selectors find every article and its time on its page."""
    wanted = source(site, slug)
    listing = html.fromstring(await fetched(web, wanted.url))
    links = [link.get("href") for link in listing.cssselect(wanted.item)]
    assert len(links) == len(outlet(slug).articles)
    for url, article in zip(links, outlet(slug).articles, strict=True):
        page = html.fromstring(await fetched(web, url))
        assert page.cssselect("h1")[0].text_content() == article.title
        stamp = (article.published(NOW) + timedelta(hours=5)).strftime("%d.%m.%Y, %H:%M")
        assert page.cssselect("div.date")[0].text.strip() == stamp


@pytest.mark.parametrize("slug", [outlet.slug for outlet in outlets()])
async def test_pages_carry_the_furniture_of_real_ones(site, web, slug):
    """Around the article stand share button, credit, copyright paragraph and other headlines."""
    wanted = outlet(slug)
    root = source(site, slug).url.rsplit("/", 1)[0]
    page = html.fromstring(await fetched(web, f"{root}/news/{wanted.articles[0].id}")).text_content()
    furniture = (wanted.share, wanted.copyright, wanted.related, wanted.popular, wanted.articles[1].title)
    assert all(piece in page for piece in (*furniture, wanted.articles[0].credit))
    assert all(paragraph in page for paragraph in wanted.articles[0].paragraphs)


@pytest.mark.parametrize("slug", [outlet.slug for outlet in outlets()])
async def test_a_second_visit_is_answered_304(site, web, slug):
    """The validator of the first answer, sent back, brings no body; a stale one brings it again."""
    url = source(site, slug).url
    async with web.get(url) as first:
        etag = first.headers["ETag"]
    async with web.get(url, headers={"If-None-Match": etag}) as second:
        assert (second.status, await second.read(), second.headers["ETag"]) == (304, b"", etag)
    async with web.get(url, headers={"If-None-Match": '"stale"'}) as third:
        assert (third.status, third.headers["ETag"]) == (200, etag)


async def test_unknown_addresses_are_404(site, web):
    """There is nothing outside the outlets, and no way up."""
    root = site.sources[0].url.rsplit("/", 2)[0]
    for path in ("", "robots.txt", "boztorgai/news/9999", "../pyproject.toml", "%2e%2e/pyproject.toml"):
        async with web.get(f"{root}/{path}") as answer:
            assert answer.status == 404


async def test_the_port_is_given_back(web):
    """After the block nothing listens any more, and two sites can run side by side."""
    async with DemoSite(NOW) as one, DemoSite(NOW) as other:
        assert one.sources[0].url != other.sources[0].url
    with pytest.raises(aiohttp.ClientConnectorError):
        await web.get(one.sources[0].url)
