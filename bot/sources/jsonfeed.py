"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Listing
from bot.sources.dates import read_date
from bot.sources.links import absolute
from bot.sources.markup import plain_line, plain_text, tidy
from bot.sources.teaser import is_full

_MOST_ENTRIES = 1_000


def parse_json_feed(text: str, *, url: str, zone: str) -> Listing:
    """What a JSON Feed lists. Raises SourceUnusable for any other JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceUnusable("broken JSON where a feed was expected") from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise SourceUnusable("JSON, but not a JSON Feed: it has no list of items")
    kept = [item for item in items[:_MOST_ENTRIES] if isinstance(item, dict)]
    return Listing(
        entries=tuple(_entry(item, url, zone) for item in kept), title=plain_line(_text(document, "title"))
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _entry(item: Mapping[str, Any], base: str, zone: str) -> Entry:
    content = plain_text(_text(item, "content_html")) or tidy(_text(item, "content_text"))
    text = content or tidy(_text(item, "summary"))
    tags = item.get("tags")
    return Entry(
        url=_link(item, base),
        title=plain_line(_text(item, "title")),
        text=text,
        full=is_full(text, encoded=bool(content)),
        published=read_date(_text(item, "date_published") or _text(item, "date_modified"), zone),
        categories=tuple(plain_line(tag) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        image=absolute(_text(item, "image"), base) if _text(item, "image") else "",
    )


def _link(item: Mapping[str, Any], base: str) -> str:
    for key in ("url", "external_url", "id"):
        link = absolute(_text(item, key), base) if _text(item, key) else ""
        if link.startswith(("http://", "https://")):
            return link
    return ""
