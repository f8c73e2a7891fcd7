"""The article on its page.

Text comes from trafilatura with `favor_precision` (F1 .964 on 181 gold pages; the next best .955); title,
time and picture are read here, because trafilatura knows a date but never a time of day.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Source
from bot.sources.links import absolute
from bot.sources.markup import element_text, plain_line, tidy
from bot.sources.pagedate import page_date
from bot.sources.webpage import meta, page_title, read_page, select

#: Between a headline and the name of its site in <title>.
_SEPARATORS = (" - ", " | ", " — ", " – ", " :: ")


def parse_article(
    body: bytes, *, source: Source, entry: Entry, charset: str = "", zone: str = "UTC"
) -> Entry:
    """`entry` with the text, title, time and picture of its page; `full`.

    The source's selectors win over extraction, extraction over what the listing said, and the listing's
    teaser stands where the page has no text. Raises SourceUnusable where there is none at all.
    """
    root = read_page(body, charset)
    title = _selected(root, source.title) or _headline(root) or entry.title
    published = page_date(root, zone, source.date) or entry.published
    image = absolute(meta(root, "og:image"), entry.url) if meta(root, "og:image") else entry.image
    text = body_text(root, source).removeprefix(f"{title}\n") or entry.text
    if not text:
        raise SourceUnusable("no article text on the page; `body`, a CSS selector of it, would help")
    return replace(entry, text=text, title=title, published=published, image=image, full=True)


def body_text(root: Element, source: Source) -> str:
    """The article's plain text; the tree is pruned by the source's `drop` on the way."""
    lines = _drop(root, source.drop)
    text = _selected(root, source.body) if source.body else _extracted(root)
    return "\n".join(line for line in text.split("\n") if line not in lines)


def _drop(root: Element, rules: Sequence[str]) -> frozenset[str]:
    """Remove what selectors among the rules find; any rule may also be a literal line, returned."""
    for rule in rules:
        with suppress(SourceUnusable):
            for node in select(root, rule):
                node.drop_tree()
    return frozenset(tidy(rule) for rule in rules)


def _selected(root: Element, selector: str | None) -> str:
    return "\n".join(element_text(node) for node in select(root, selector)) if selector else ""


def _extracted(root: Element) -> str:
    return tidy(_trafilatura().extract(root, favor_precision=True, include_comments=False) or "")


@cache
def _trafilatura() -> Any:
    """Loaded with the first page: feeds of full texts never need its 0.1 s and 8 MB."""
    return import_module("trafilatura")


def _headline(root: Element) -> str:
    headings = [text for node in root.iter("h1") if (text := plain_line(node.text_content()))]
    if len(headings) == 1:
        return headings[0]
    title = meta(root, "og:title", "twitter:title", "headline") or page_title(root)
    return max((text for text in headings if text in title), key=len, default="") or _without_site(
        title, root
    )


def _without_site(title: str, root: Element) -> str:
    site = plain_line(meta(root, "og:site_name"))
    for separator in _SEPARATORS:
        head, found, tail = title.rpartition(separator)
        if found and (tail == site or len(tail) < len(head) / 2):
            return plain_line(head)
    return plain_line(title)
