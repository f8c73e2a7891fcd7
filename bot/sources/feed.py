"""A feed's bytes as entries: RSS 0.9 to 2.0, RDF, Atom (XML, read by lxml) and JSON Feed.

feedparser with every costly step off still takes half of its default time, so it can't be three times as
fast; lxml reads the same documents in a tenth. `benchmarks/feeds.py` compares both, entry by entry.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Listing
from bot.sources.dates import read_date
from bot.sources.decoding import decode
from bot.sources.jsonfeed import parse_json_feed
from bot.sources.links import absolute
from bot.sources.markup import element_text, parse_xml, plain_line, plain_text, well_formed
from bot.sources.teaser import is_full

#: Entries read of one feed; more is an archive or an attack.
MOST_ENTRIES = 1_000
MOST_CATEGORIES = 20
_MOST_DATES = 5
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
#: What of a namespace is looked at, and remembered: strangers make up some of megabytes.
_LONGEST_NAMESPACE = 200
#: Namespaces by a part of their address, because sites misspell them; what is nowhere here is "other:".
_MODULES = {
    "modules/content": "content:",
    "purl.org/dc/": "dc:",
    "mrss": "media:",
    "xhtml": "xhtml:",
    "feedburner": "feedburner:",
    "news.yandex": "yandex:",
    "2005/Atom": "",
    "purl.org/atom": "",
    "purl.org/rss/1.0/": "",
}
_ROOTS = frozenset({"rss", "rdf", "rdf:rdf", "other:rdf", "feed", "channel", "redf"})
_PUBLISHED = ("published", "pubdate", "dc:date", "issued", "dc:issued", "dc:created", "created")
_UPDATED = ("updated", "modified", "dc:modified")
_CONTENT = ("content:encoded", "content", "yandex:full-text", "xhtml:body", "xhtml:div")
_SUMMARY = ("description", "summary", "dc:description", "media:description")
#: A longer content makes reading the summary as well needless, code points.
_LONG_ENOUGH = 500

#: Children of one entry by their lower-case name with module prefix, in document order.
_Fields = Mapping[str, list[Element]]


def parse_feed(body: bytes, *, url: str, charset: str = "", zone: str = "UTC") -> Listing:
    """What a feed lists, without the HTTP side of the Listing.

    `url` is the base of relative links, `charset` that of the HTTP header, `zone` (IANA) that of dates
    without one. Raises SourceUnusable for what is no feed.
    """
    # Decoding, and encoding again for the parser, would take two thirds of the time that parsing takes.
    if (root := well_formed(body)) is None:
        text = decode(body, charset)
        if text.lstrip()[:1] == "{":
            return parse_json_feed(text, url=url, zone=zone)
        root = parse_xml(text)
    if _name(root).rpartition(":")[2] in {"html", "head", "body"}:
        raise SourceUnusable('a web page where a feed was expected: find its feed, or use kind = "page"')
    items = list(islice(root.iter("{*}item", "{*}entry"), MOST_ENTRIES))
    if not items and _name(root) not in _ROOTS:
        raise SourceUnusable(f"not a feed: the document is <{_name(root)[:30]}>")
    entries = tuple(_entry(node, _base(node, url), zone) for node in items)
    return Listing(entries=entries, title=_feed_title(root))


def _feed_title(root: Element) -> str:
    for holder in (root, *root.iterfind("{*}channel")):
        for node in holder.iterfind("{*}title"):
            return plain_line("".join(node.itertext()))
    return ""


def _name(node: Element, own: str = "") -> str:
    """Lower-case name with module prefix; the entry's `own` namespace is the core, whatever it is."""
    namespace, _, local = str(node.tag).rpartition("}")
    if namespace[1:] == own or not namespace:
        return local.lower().removeprefix("atom:").removeprefix("rss:")
    return _prefix(namespace[:_LONGEST_NAMESPACE]) + local.lower()


@lru_cache(maxsize=256)
def _prefix(namespace: str) -> str:
    return next((prefix for part, prefix in _MODULES.items() if part in namespace), "other:")


def _base(node: Element, url: str) -> str:
    bases = [found for one in (node, *node.iterancestors()) if (found := one.get(_XML_BASE))]
    for base in reversed(bases):
        url = absolute(base, url) or url
    return url


def _entry(node: Element, base: str, zone: str) -> Entry:
    fields: dict[str, list[Element]] = {}
    own = node.tag.rpartition("}")[0][1:]
    for child in _children(node):
        fields.setdefault(_name(child, own), []).append(child)
    content = _longest(fields, _CONTENT)
    summary = "" if len(content) > _LONG_ENOUGH else _longest(fields, _SUMMARY)
    text = max(content, summary, key=len)
    return Entry(
        url=_link(node, fields, base),
        title=plain_line(next(_texts(fields, ("title", "dc:title", "media:title")), "")),
        text=text,
        full=is_full(text, encoded=bool(content)),
        published=_date(fields, zone),
        categories=_categories(fields),
        image=_image(fields, base),
    )


def _children(node: Element) -> Iterator[Element]:
    for child in node.iterchildren("*"):
        yield child
        if str(child.tag).endswith("}group"):
            yield from child.iterchildren("*")


def _texts(fields: _Fields, names: tuple[str, ...]) -> Iterator[str]:
    """Non-empty texts of the fields of these names, in the order of the names."""
    for name in names:
        for node in fields.get(name, ()):
            if text := "".join(node.itertext()).strip():
                yield text


def _longest(fields: _Fields, names: tuple[str, ...]) -> str:
    nodes = [node for name in names for node in fields.get(name, ())]
    return max(
        (element_text(node) if len(node) else plain_text(node.text or "") for node in nodes),
        key=len,
        default="",
    )


def _link(node: Element, fields: _Fields, base: str) -> str:
    found = (link for candidate in _links(node, fields) if (link := absolute(candidate, base)))
    return next((link for link in found if link.startswith(("http://", "https://"))), "")


def _links(node: Element, fields: _Fields) -> Iterator[str]:
    links = fields.get("link", [])
    alternates = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    yield from (link.text.strip() for link in links if link.text and link.text.strip())
    yield from (
        link.get("href")
        for link in sorted(alternates, key=lambda link: "html" not in link.get("type", "html"))
    )
    yield from (guid.text for guid in fields.get("guid", ()) if guid.text and _is_permalink(guid))
    yield from _texts(fields, ("feedburner:origlink", "id"))
    if about := node.get(_RDF_ABOUT):
        yield about


def _is_permalink(guid: Element) -> bool:
    return guid.get("isPermaLink", "true").lower() != "false" and "://" in guid.text


def _date(fields: _Fields, zone: str) -> datetime | None:
    texts = islice(_texts(fields, _PUBLISHED + _UPDATED), _MOST_DATES)
    found = (read_date(text, zone) for text in texts)
    return next((date for date in found if date), None)


def _categories(fields: _Fields) -> tuple[str, ...]:
    nodes = [*fields.get("category", ()), *fields.get("dc:subject", ())]
    names = (plain_line(node.get("label") or node.get("term") or node.text or "") for node in nodes)
    return tuple(dict.fromkeys(name[:100] for name in names if name))[:MOST_CATEGORIES]


def _image(fields: _Fields, base: str) -> str:
    for name in ("media:content", "media:thumbnail", "enclosure"):
        for node in fields.get(name, ()):
            kind = node.get("type") or node.get("medium") or ("image" if name == "media:thumbnail" else "")
            if kind.startswith("image") and (link := absolute(node.get("url", ""), base)):
                return link
    return ""
