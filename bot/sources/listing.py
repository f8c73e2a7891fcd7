"""A listing page: its article links, by the source's selector or by how article links look."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Listing, Source
from bot.sources.links import absolute
from bot.sources.markup import plain_line
from bot.sources.pagedate import written_date
from bot.sources.webpage import meta, page_title, read_page, select

MOST_LINKS = 100
#: A headline has at least this many code points and words; a section's name in a menu has fewer.
_HEADLINE, _HEADLINE_WORDS = 25, 4
#: How far up from a link its date may stand, elements.
_NEAR = 4
_MENUS = frozenset({"nav", "footer", "aside", "header", "menu"})
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|xml|rss|apk)$", re.IGNORECASE)


def parse_listing(body: bytes, *, url: str, source: Source, charset: str = "", zone: str = "UTC") -> Listing:
    """Article links of a listing page, in its order, each once, with the dates that stand near them.

    Raises SourceUnusable where no link looks like an article, or the source's selector finds none.
    """
    root = read_page(body, charset)
    base = absolute(next((node.get("href", "") for node in root.iter("base")), ""), url) or url
    found: dict[str, Entry] = {}
    for anchor in _anchors(root, source):
        entry = _linked(anchor, base, zone)
        known = found.get(entry.url)
        if entry.url and (known is None or len(known.title) < len(entry.title)):
            found[entry.url] = replace(
                entry, published=entry.published or (known.published if known else None)
            )
    entries = [entry for entry in found.values() if source.item or _is_article(entry, url)]
    if not entries:
        raise SourceUnusable(f"no article links found; {_advice(source)}")
    return Listing(entries=tuple(entries[:MOST_LINKS]), title=meta(root, "og:site_name") or page_title(root))


def _advice(source: Source) -> str:
    return (
        f"does «{source.item}» still fit the page?"
        if source.item
        else "set `item`, a CSS selector of its links"
    )


def _anchors(root: Element, source: Source) -> Iterator[Element]:
    if not source.item:
        yield from (
            node for node in root.iter("a") if not any(up.tag in _MENUS for up in node.iterancestors())
        )
        return
    for node in select(root, source.item):
        yield from ([node] if node.tag == "a" else list(node.iter("a"))[:1])


def _linked(anchor: Element, base: str, zone: str) -> Entry:
    title = plain_line(anchor.text_content()) or plain_line(anchor.get("title", ""))
    link = absolute(anchor.get("href", ""), base).partition("#")[0]
    return Entry(
        url=link if link.startswith(("http://", "https://")) else "",
        title=title,
        published=written_date(_surroundings(anchor), zone),
    )


def _surroundings(anchor: Element) -> Iterator[Element]:
    """The link's ancestors, as long as no second article shares them."""
    node, links = anchor, {anchor.get("href")}
    for _ in range(_NEAR):
        if node.getparent() is None:
            return
        node = node.getparent()
        if {other.get("href") for other in node.iter("a") if len(other.text_content()) >= _HEADLINE} - links:
            return
        yield node


def _is_article(entry: Entry, page: str) -> bool:
    there, here = urlsplit(entry.url), urlsplit(page)
    same_site = (there.hostname or "").removeprefix("www.") == (here.hostname or "").removeprefix("www.")
    return (
        same_site
        and there.path not in {"", "/", here.path}
        and not _FILES.search(there.path)
        and len(entry.title) >= _HEADLINE
        and len(entry.title.split()) >= _HEADLINE_WORDS
    )
