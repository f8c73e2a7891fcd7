"""A listing page: its article links, by the source's selector or by how article links look."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Listing, Source
from bot.sources.links import absolute
from bot.sources.markup import plain_line
from bot.sources.pagedate import written_date
from bot.sources.webpage import meta, page_title, read_page, select

MOST_LINKS = 100
#: Anchors looked at on one page.
_MOST_ANCHORS = 3_000
_LONGEST_TITLE = 500
#: A headline has at least this many code points and words; a section's name in a menu has fewer.
_HEADLINE, _HEADLINE_WORDS = 25, 4
#: How far up from a link its date may stand, elements.
_NEAR = 4
_MENUS = frozenset({"nav", "footer", "aside", "header", "menu"})
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|mp[34]|xml|rss|apk)$", re.IGNORECASE)

#: Title and anchor by address.
_Links = dict[str, tuple[str, Element]]


def parse_listing(body: bytes, *, url: str, source: Source, charset: str = "", zone: str = "UTC") -> Listing:
    """Article links of a listing page, in its order, each once, with the dates that stand near them.

    Raises SourceUnusable where no link looks like an article, or the source's selector finds none.
    """
    root = read_page(body, charset)
    base = absolute(next((node.get("href", "") for node in root.iter("base")), ""), url) or url
    links = {
        link: (title, anchor)
        for link, (title, anchor) in _links(root, source, base).items()
        if source.item or _is_article(link, title, url)
    }
    if not links:
        raise SourceUnusable(f"no article links found; {_advice(source)}")
    shared = _neighbourhoods(links)
    entries = (
        Entry(url=link, title=title, published=written_date(_own(anchor, shared), zone))
        for link, (title, anchor) in links.items()
    )
    return Listing(
        entries=tuple(islice(entries, MOST_LINKS)), title=meta(root, "og:site_name") or page_title(root)
    )


def _advice(source: Source) -> str:
    if source.item:
        return f"does «{source.item}» still fit the page?"
    return "set `item`, a CSS selector of its links"


def _links(root: Element, source: Source, base: str) -> _Links:
    """Addresses with the longest text that links there and the anchor that carries it."""
    found: _Links = {}
    for anchor in islice(_anchors(root, source), _MOST_ANCHORS):
        link = absolute(anchor.get("href", ""), base).partition("#")[0]
        title = plain_line(anchor.text_content()) or plain_line(anchor.get("title", ""))
        if link.startswith(("http://", "https://")) and len(found.get(link, ("",))[0]) <= len(title):
            found[link] = (title[:_LONGEST_TITLE], anchor)
    return found


def _anchors(root: Element, source: Source) -> Iterator[Element]:
    if source.item:
        for node in select(root, source.item):
            yield from ([node] if node.tag == "a" else islice(node.iter("a"), 1))
        return
    yield from (node for node in root.iter("a") if not any(up.tag in _MENUS for up in node.iterancestors()))


def _is_article(link: str, title: str, page: str) -> bool:
    there, here = urlsplit(link), urlsplit(page)
    same_site = (there.hostname or "").removeprefix("www.") == (here.hostname or "").removeprefix("www.")
    return (
        same_site
        and there.path not in {"", "/", here.path}
        and not _FILES.search(there.path)
        and len(title) >= _HEADLINE
        and len(title.split()) >= _HEADLINE_WORDS
    )


def _neighbourhoods(links: _Links) -> Mapping[Element, int]:
    """How many articles share each of the elements right above a link."""
    return Counter(up for _, anchor in links.values() for up in islice(anchor.iterancestors(), _NEAR))


def _own(anchor: Element, shared: Mapping[Element, int]) -> Iterator[Element]:
    """The elements above a link that hold no other article."""
    return takewhile(lambda up: shared[up] == 1, islice(anchor.iterancestors(), _NEAR))
