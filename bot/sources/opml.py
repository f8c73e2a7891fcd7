"""Lists of sources as other readers keep them: OPML 2.0, in which folders are topics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml import etree
from lxml.etree import _Element as Element

from bot.domain.address import canonical_url
from bot.domain.errors import SettingsError, SourceUnusable
from bot.domain.source import Kind, Source
from bot.domain.subscriber import LANGUAGES
from bot.sources.markup import parse_xml, plain_line, without_controls
from bot.words.translator import topics_by_name
from summarizer.topic import Topic

#: Sources read of one list, and folders inside folders.
_MOST, _DEEPEST = 10_000, 20


def import_opml(text: str, name: str) -> tuple[Source, ...]:
    """The sources of an OPML text, each address once, with the topics of all folders it is in.

    A folder named as a topic (its key, or its name in kk, ru or en) is that topic; other folders mean
    nothing here. `name` stands for the file in errors. Raises SettingsError where nothing can be read.
    """
    try:
        root = parse_xml(text)
    except SourceUnusable as error:
        raise SettingsError(f"{name}: not OPML ({error})") from error
    if str(root.tag).lower() != "opml":
        raise SettingsError(f"{name}: not OPML (the document is <{root.tag}>)")
    found: dict[str, Source] = {}
    for source in _sources(root, frozenset(), depth=0):
        known = found.get(canonical_url(source.url), source)
        found[canonical_url(source.url)] = _merged(known, source.topics)
        if len(found) == _MOST:
            break
    return _named(found.values())


def _sources(node: Element, topics: frozenset[Topic], depth: int) -> Iterator[Source]:
    for outline in node.iterchildren("*"):
        url = outline.get("xmlUrl") or ""
        title = plain_line(outline.get("text") or outline.get("title") or "")
        if canonical_url(url):
            yield _source(outline, url, title, topics | _categories(outline))
        elif depth < _DEEPEST:
            yield from _sources(outline, topics | _folder(title), depth + 1)


def _folder(title: str) -> frozenset[Topic]:
    topic = topics_by_name().get(title.casefold())
    return frozenset() if topic is None else frozenset({topic})


def _categories(outline: Element) -> frozenset[Topic]:
    words = (outline.get("category") or "").replace("/", ",").split(",")
    return frozenset().union(*(_folder(word.strip()) for word in words[:50]))


def _source(outline: Element, url: str, title: str, topics: frozenset[Topic]) -> Source:
    kind, lang = outline.get("type") or "", (outline.get("language") or "")[:2].lower()
    return Source(
        name=title or url,
        url=url.strip(),
        kind=Kind(kind) if kind in set(Kind) else Kind.FEED,
        lang=lang if lang in LANGUAGES else None,
        topics=_ordered(topics),
    )


def _ordered(topics: frozenset[Topic]) -> tuple[Topic, ...]:
    return tuple(topic for topic in Topic if topic in topics)


def _merged(source: Source, topics: Sequence[Topic]) -> Source:
    return replace(source, topics=_ordered(frozenset({*source.topics, *topics})))


def _named(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources under names of their own: names are how operators tell them apart."""
    seen: Counter[str] = Counter()
    named = []
    for source in sources:
        seen[source.name] += 1
        again = seen[source.name]
        named.append(source if again == 1 else replace(source, name=f"{source.name} ({again})"))
    return tuple(named)


def export_opml(sources: Iterable[Source]) -> str:
    """Sources as OPML: in the folder of their first topic, all topics in `category`."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Habarshy"
    body = etree.SubElement(root, "body")
    folders: dict[Topic, Element] = {}
    for source in sources:
        place = body
        if source.topics:
            topic = source.topics[0]
            if topic not in folders:
                folders[topic] = _outline(body, text=str(topic))
            place = folders[topic]
        _outline(place, **_attributes(source))
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _outline(place: Element, **attributes: str) -> Element:
    return etree.SubElement(place, "outline", attrib=attributes)


def _attributes(source: Source) -> dict[str, str]:
    kind = "rss" if source.kind is Kind.FEED else str(source.kind)
    found = {"text": without_controls(source.name), "type": kind, "xmlUrl": without_controls(source.url)}
    if source.lang:
        found["language"] = source.lang
    if source.topics:
        found["category"] = ",".join(source.topics)
    return found
