"""What search engines ask first: robots.txt and the sitemap."""

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from bot.domain.pages import APP, page
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.publishing import Publishing
from bot.web.cache import Rendered, rendered
from bot.web.pages.site import Site

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Days listed: with three languages below the 50,000 addresses of one file.
_MOST_DAYS = 3650


def robots(site: Site) -> Rendered:
    """Everything public may be read; what needs somebody's name is of no use to a search engine."""
    closed = "".join(f"Disallow: {path}\n" for path in (APP, "/operator"))
    text = f"User-agent: *\n{closed}Sitemap: {site.base}/sitemap.xml\n"
    return rendered(text, "text/plain; charset=utf-8")


async def sitemap(site: Site) -> Rendered:
    """Each language's digest of each day, the latest first."""

    async def make() -> Rendered:
        root = ET.Element("urlset", {"xmlns": _SITEMAP})
        for day in await _days(site.ports):
            for lang in LANGUAGES:
                ET.SubElement(ET.SubElement(root, "url"), "loc").text = site.base + page(lang, day)
        return rendered(ET.tostring(root, encoding="unicode"), "application/xml; charset=utf-8")

    return await site.cache.get("/sitemap.xml", None, make, calm=True)


async def _days(ports: Publishing) -> list[date]:
    first = await ports.index.first()
    return list(_back(ports.today(), ports.day_of(first) if first else ports.today()))


def _back(last: date, first: date) -> Iterator[date]:
    for number in range(min((last - first).days + 1, _MOST_DAYS)):
        yield last - timedelta(days=number)
