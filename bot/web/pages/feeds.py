"""Atom (RFC 4287) and JSON Feed 1.1: the latest stories, with addresses that never change as their ids."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from bot.domain.digest import Item
from bot.domain.pages import Form, feed, page, story_page
from bot.web.rendering import outward
from bot.words.translator import topic_name, translate
from summarizer.topic import Topic

KINDS = {Form.ATOM: "application/atom+xml", Form.JSON: "application/feed+json"}
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_ATOM = "http://www.w3.org/2005/Atom"
#: What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


#: A story, and when it changed last.
Entry = tuple[Item, datetime]


def written(form: Form, base: str, lang: str, topic: Topic | None, entries: Sequence[Entry]) -> str:
    """A feed; `base` is the address in front of every path."""
    return (_atom if form is Form.ATOM else _json)(base, lang, topic, entries)


def _title(lang: str, topic: Topic | None) -> str:
    if topic is None:
        return translate(lang, "feed-title")
    return translate(lang, "feed-topic-title", topic=topic_name(lang, topic))


def _json(base: str, lang: str, topic: Topic | None, entries: Sequence[Entry]) -> str:
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(lang, topic),
        "home_page_url": base + page(lang, topic=topic),
        "feed_url": base + feed(Form.JSON, lang, topic),
        "description": translate(lang, "site-about"),
        "language": lang,
        "items": [_item(base, lang, item, changed) for item, changed in entries],
    }
    return json.dumps(whole, ensure_ascii=False)


def _item(base: str, lang: str, item: Item, changed: datetime) -> dict[str, Any]:
    address = base + story_page(item.story, lang)
    return {
        "id": address,
        "url": address,
        **({"external_url": told_at} if (told_at := outward(item.url)) else {}),
        "title": item.headline,
        "content_text": item.summary,
        "date_published": item.published.isoformat(),
        "date_modified": changed.isoformat(),
        "authors": [{"name": one.name} for one in item.publishers],
        "tags": [topic_name(lang, item.topic)],
        "language": item.lang,
    }


def _atom(base: str, lang: str, topic: Topic | None, entries: Sequence[Entry]) -> str:
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    home = base + page(lang, topic=topic)
    _text(root, "id", home)
    _text(root, "title", _title(lang, topic))
    # A feed without entries has not changed since time began.
    _text(root, "updated", max((changed for _, changed in entries), default=_BEGINNING).isoformat())
    ET.SubElement(root, "link", rel="self", href=base + feed(Form.ATOM, lang, topic), type=KINDS[Form.ATOM])
    ET.SubElement(root, "link", rel="alternate", href=home, type="text/html", hreflang=lang)
    _text(ET.SubElement(root, "author"), "name", translate(lang, "site-name"))
    for item, changed in entries:
        _entry(root, base, lang, item, changed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode")


def _entry(root: ET.Element, base: str, lang: str, item: Item, changed: datetime) -> None:
    entry = ET.SubElement(root, "entry")
    address = base + story_page(item.story, lang)
    _text(entry, "id", address)
    _text(entry, "title", item.headline)
    _text(entry, "published", item.published.isoformat())
    _text(entry, "updated", changed.isoformat())
    ET.SubElement(entry, "link", rel="alternate", href=address, type="text/html", hreflang=lang)
    if told_at := outward(item.url):
        ET.SubElement(entry, "link", rel="via", href=_UNWRITABLE.sub("", told_at))
    for one in item.publishers:
        _text(ET.SubElement(entry, "author"), "name", one.name)
    ET.SubElement(entry, "category", term=str(item.topic), label=topic_name(lang, item.topic))
    _text(entry, "summary", item.summary)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _UNWRITABLE.sub("", text)
