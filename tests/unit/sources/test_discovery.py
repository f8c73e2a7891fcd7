"""From a site's address to a source."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.domain.source import Kind, Source
from bot.sources.discovery import COMMON_PATHS, Discovery
from bot.sources.http import PoliteClient

TITLES = (
    "Таулы ауданда жаңа көпір ашылды",
    "Дала қаласында екінші мектеп салынып жатыр",
    "Көл маңындағы саябақ келушілерге есігін ашты",
    "Ауыл тұрғындары биыл мол өнім жинап алды",
)
SENTENCE = "Құрылыс екі жылға созылып, осы аптада толық аяқталды, деп хабарлады аудан әкімдігі. "


@pytest.fixture
def discovery(client):
    """A discovery for Kazakhstan's time."""
    return Discovery(client, "Asia/Almaty")


def feed(site, path="/rss", *, count=4):
    """Put a feed of full texts at a path."""
    items = "".join(
        f"<item><title>{title}</title><link>/{number}</link><description>{SENTENCE * 20}</description>"
        f"<pubDate>0{number + 1} Mar 2026 10:00:00 +0500</pubDate></item>"
        for number, title in enumerate(TITLES[:count])
    )
    site.put(path, f"<rss><channel><title>Тау хабары</title>{items}</channel></rss>", "text/xml")


def page(site, path="/", *, head="", links=True):
    """Put a listing with its articles at a path."""
    items = "".join(f'<li><a href="/news/{number}">{title}</a></li>' for number, title in enumerate(TITLES))
    site.put(
        path,
        f"<html><head><title>Тау</title>{head}</head><body><ul>{items if links else ''}</ul></body></html>",
    )
    for number, title in enumerate(TITLES):
        text = f"<p>{SENTENCE * 5}</p>" * 3
        site.put(f"/news/{number}", f"<html><body><article><h1>{title}</h1>{text}</article></body></html>")


@contextmanager
def called_here() -> Iterator[set[str]]:
    """Names of the functions that this thread, which is the event loop's, calls meanwhile."""
    names: set[str] = set()
    before = sys.getprofile()
    sys.setprofile(lambda frame, event, _: names.add(frame.f_code.co_name) if event == "call" else None)
    try:
        yield names
    finally:
        sys.setprofile(before)


async def test_a_feeds_own_address_is_a_source(site, discovery):
    """Title, newest dates, language and three headlines are shown."""
    feed(site)
    probe = await discovery.discover(site.url("/rss"))
    assert probe.source == Source("Тау хабары", site.url("/rss"))
    assert (probe.title, probe.lang, probe.entries, probe.headlines) == ("Тау хабары", "kk", 4, TITLES[:3])
    assert [moment.day for moment in probe.newest] == [4, 3, 2]


async def test_the_event_loop_goes_on_while_a_page_is_read(site, discovery):
    """10 MB of links take a second: another thread reads them."""
    page(site, head='<link rel="alternate" type="application/rss+xml" href="news/rss">')
    feed(site, "/news/rss")
    with called_here() as names:
        probe = await discovery.discover(site.url("/"))
    assert probe.source
    assert "_candidates" in names
    assert not names & {"read_page", "parse_feed", "_named_feeds"}


async def test_a_page_names_its_feed(site, discovery):
    """The alternate link is followed; the comments' feed only where there is no other."""
    page(
        site,
        head='<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" href="news/rss">',
    )
    feed(site, "/comments/feed", count=1)
    feed(site, "/news/rss")
    probe = await discovery.discover(site.url("/"))
    assert probe.source.url == site.url("/news/rss")
    assert probe.url == site.url("/")


async def test_common_paths_are_tried(site, discovery):
    """A feed nobody names is found where feeds usually are; a page that answers 200 there is none."""
    page(site)
    page(site, COMMON_PATHS[0])
    feed(site, COMMON_PATHS[3])
    probe = await discovery.discover(site.url("/"))
    assert (probe.source.url, probe.source.kind) == (site.url(COMMON_PATHS[3]), Kind.FEED)


async def test_a_site_without_a_feed_is_a_page(site, discovery):
    """Its article links are the source, once an article could be read."""
    page(site)
    probe = await discovery.discover(site.url("/"))
    assert (probe.source.kind, probe.entries, probe.headlines) == (Kind.PAGE, 4, TITLES[:3])


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/empty", "no article links"), ("/missing", "404"), ("/login", "no article links"), ("/rss", "robots")],
)
async def test_what_is_no_source_is_refused_with_the_reason(site, discovery, path, reason):
    """Empty pages, dead paths, log-ins and articles that may not be read."""
    page(site, "/empty", links=False)
    site.put("/login", "<form><input name=user><input type=password></form>")
    site.put("/robots.txt", "User-agent: *\nDisallow: /0\n", "text/plain")
    site.put(
        "/rss",
        "<rss><channel><item><title>Бір жаңалық</title><link>/0</link></item></channel></rss>",
        "text/xml",
    )
    probe = await discovery.discover(site.url(path))
    assert probe.source is None
    assert reason in probe.refusal
    assert "\n" not in probe.refusal


async def test_a_file_is_no_source(site, discovery):
    """A picture is told from a page, whatever its server says."""
    site.put("/logo", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "text/html")
    probe = await discovery.discover(site.url("/logo"))
    assert (probe.source, probe.refusal) == (None, "a file (text/html): no feed and no page")


async def test_one_page_that_may_not_be_read_does_not_condemn_a_feed(site, discovery):
    """The next entries are tried."""
    page(site)
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link></item>"
        for title, link in zip(TITLES, ("/private", "/missing", "/news/0"), strict=False)
    )
    site.put("/rss", f"<rss><channel>{items}</channel></rss>", "text/xml")
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    probe = await discovery.discover(site.url("/rss"))
    assert (probe.refusal, probe.lang, probe.entries) == ("", "kk", 3)


async def test_a_private_address_is_refused(site):
    """What subscribers add passes the same gate as everything else."""
    feed(site)
    async with PoliteClient(agent="Habarshy/0") as guarded:
        probe = await Discovery(guarded, "UTC").discover(site.url("/rss"))
    assert "public" in probe.refusal


async def test_an_address_that_is_none_is_refused(discovery):
    """Nonsense is answered, never raised."""
    for url in ("", "tau", "file:///etc/passwd", "http://", "https://t.me/+invite"):
        assert (await discovery.discover(url)).refusal


async def test_a_configured_source_is_checked_as_it_is(site, discovery):
    """`sources check` asks what is configured and looks for nothing else."""
    page(site, head='<link rel="alternate" type="application/rss+xml" href="/rss">')
    feed(site)
    probe = await discovery.probe(Source("Тау", site.url("/"), Kind.PAGE))
    assert (probe.source.kind, probe.entries) == (Kind.PAGE, 4)


async def test_all_sources_are_probed_side_by_side(site, discovery):
    """Each comes with its own result, in whatever order they are done."""
    feed(site)
    configured = [Source(str(number), site.url(path)) for number, path in enumerate(["/rss", "/none"])]
    found = {source.name: probe.source is not None async for source, probe in discovery.probes(configured)}
    assert found == {"0": True, "1": False}
