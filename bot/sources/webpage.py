"""An HTML page of strangers as a tree, and what is looked up in it everywhere."""

from collections.abc import Sequence

import lxml.html
from cssselect import SelectorError
from lxml import etree
from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.sources.decoding import decode
from bot.sources.markup import plain_line, without_controls

#: News pages have 500 to 10,000 elements; extraction takes up to 20 µs for each.
MOST_ELEMENTS = 50_000


def read_page(body: bytes, charset: str = "") -> Element:
    """A page's tree. Raises SourceUnusable where there is none, or an endless one."""
    text = without_controls(decode(body, charset))
    try:
        root = lxml.html.document_fromstring(
            text.encode("utf-8", "ignore"),
            # trafilatura loses what follows a comment inside a paragraph.
            parser=lxml.html.HTMLParser(
                encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
            ),
        )
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise SourceUnusable("an empty page") from error
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise SourceUnusable(f"a page of more than {MOST_ELEMENTS} elements is no article and no listing")
    return root


def select(root: Element, selector: str) -> Sequence[Element]:
    """Elements that a CSS selector finds. Raises SourceUnusable for a selector that is none."""
    try:
        return list(root.cssselect(selector))
    except (etree.XPathError, SelectorError) as error:
        raise SourceUnusable(f"«{selector}» is not a CSS selector") from error


def meta(root: Element, *names: str) -> str:
    """Content of the first <meta> whose property, name or itemprop is one of `names`, in their order."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if content := node.get("content", "").strip():
            found.setdefault(key, content)
    return next((found[name] for name in names if name in found), "")


def page_title(root: Element) -> str:
    """What the browser's tab says."""
    return next((plain_line(node.text_content()) for node in root.iter("title")), "")
