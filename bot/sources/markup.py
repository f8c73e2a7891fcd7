"""Markup of strangers: XML that is not quite XML, HTML inside texts, and plain text out of both."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable

#: Longest plain text kept of one entry, code points: a news article is 1,000 to 10,000.
MOST_TEXT = 200_000
#: Not characters of XML 1.0, and C1 controls, which mean windows-1252 letters where they occur at all.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufffe\uffff]")
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\r"})
_DOCTYPE = re.compile("<!DOCTYPE", re.IGNORECASE)
_DOCTYPE_REST = re.compile(r"[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
#: Code points among which a document type begins, and within which it has to end.
_DOCTYPE_WITHIN, _LONGEST_DOCTYPE = 4096, 65_536
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|([A-Za-z][A-Za-z0-9]{1,31});)?")
_SURROGATES = re.compile(r"&#(5[5-7][0-9]{3});&#(5[6-7][0-9]{3});")
#: References mended in one stretch of a document; beyond it the parser's own recovery has to do.
_MOST_REFERENCES = 100_000
#: Fields that often carry HTML nobody escaped.
_TEXT_FIELDS = ("title", "description", "summary", "content", "content:encoded", "yandex:full-text")
_TEXT_FIELD = re.compile(rf"<({'|'.join(_TEXT_FIELDS)})(?:\s[^<>]{{0,500}})?(?<!/)>")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|code|div|em|font|h[1-6]|i|img|li|mark|nobr|ol|p|s|small|span|strong|sub|sup|table"
    r"|td|tr|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
     "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)  # fmt: skip
_SILENT = frozenset(
    {"script", "style", "noscript", "iframe", "object", "svg", "template", "button", "figcaption",
     "head", "select"}
)  # fmt: skip
#: Neither, and in most texts.
_INLINE = frozenset({"a", "b", "em", "i", "img", "span", "strong", "u"})


def well_formed(body: bytes) -> Element | None:
    """The root of XML as most sites send it: in UTF-8, without a mistake or a DTD; None of any other."""
    # A character has four bytes at most.
    if b"<!DOCTYPE" in body.lstrip()[: 4 * _DOCTYPE_WITHIN].upper():
        return None
    try:
        return etree.fromstring(body, _xml_parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def parse_xml(text: str) -> Element:
    """The root of an XML document, mended where it is not well-formed; no DTD, no entity is expanded.

    Raises SourceUnusable where nothing of it can be read.
    """
    body = _without_doctype(text[max(text.find("<"), 0) :])
    for mend, recover in ((_unprefaced, False), (mended, False), (_wrapped, False), (_wrapped, True)):
        try:
            root = etree.fromstring(mend(body).encode("utf-8", "ignore"), _xml_parser(recover=recover))
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            return root
    raise SourceUnusable("not XML at all; is this the address of a feed?")


def _xml_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        recover=recover, encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True,
        remove_pis=True, load_dtd=False,
    )  # fmt: skip


def _unprefaced(text: str) -> str:
    if not text.startswith("<?xml"):
        return text
    return text[text.find("?>") + 2 :].lstrip() if "?>" in text[:500] else text


def _without_doctype(text: str) -> str:
    found = _DOCTYPE.search(text, 0, _DOCTYPE_WITHIN)
    rest = found and _DOCTYPE_REST.match(text, found.end(), found.end() + _LONGEST_DOCTYPE)
    return text[: found.start()] + text[rest.end() :] if found and rest else text


def mended(text: str) -> str:
    """XML text without controls; outside of CDATA named entities are characters, bare ampersands escaped."""
    clean = without_controls(_unprefaced(text))
    return "".join(part if raw else _mend(part) for raw, part in _sections(clean))


def _wrapped(text: str) -> str:
    """As `mended`, with HTML that stands unescaped in a text field put into CDATA."""
    pieces, position, reached = [], 0, 0
    for match in _TEXT_FIELD.finditer(text):
        if match.start() < reached:
            continue
        end = text.find(f"</{match[1]}>", match.end())
        reached = end if end >= 0 else len(text)
        inner = text[match.end() : reached]
        if "<" in inner and not inner.startswith("<![CDATA["):
            pieces += [text[position : match.end()], "<![CDATA[", inner.replace("]]>", ""), "]]>"]
            position = reached
    return mended("".join([*pieces, text[position:]]))


def _sections(text: str) -> Iterator[tuple[bool, str]]:
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        yield False, text[position:start]
        end = text.find("]]>", start)
        if end < 0:
            yield True, text[start:] + "]]>"
            return
        yield True, text[start : end + 3]
        position = end + 3
    yield False, text[position:]


def _mend(text: str) -> str:
    if text.count("&") > _MOST_REFERENCES:
        return text
    joined = _SURROGATES.sub(_pair, text)
    return _REFERENCE.sub(_reference, joined)


def _pair(match: re.Match[str]) -> str:
    high, low = int(match[1]), int(match[2])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return ""


def _reference(match: re.Match[str]) -> str:
    whole, name = match[0], match[1]
    if whole == "&":
        return "&amp;"
    if name in _XML_NAMES:
        return whole
    character = html.unescape(whole)
    return html.escape("" if _NO_XML.search(character) else character, quote=False)


def without_controls(text: str) -> str:
    """Text without what no XML or HTML parser should see."""
    return _NO_XML.sub("", text)


def plain_line(text: str) -> str:
    """A title or label as one line of plain text: tags and references resolved, however often escaped."""
    for _ in range(3):
        if "&" not in text:
            break
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return _line(text)


def plain_text(markup: str) -> str:
    """HTML as plain text: paragraphs separated by one newline, no scripts, no captions."""
    if "<" not in markup:
        return tidy(html.unescape(markup))
    try:
        # lxml.html would make each element one of its own classes, which takes as long as parsing.
        body = markup.encode("utf-8", "ignore").translate(None, _CONTROL_BYTES)
        root = etree.fromstring(body, _html_parser())
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None else element_text(root)


def _html_parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)


def element_text(element: Element) -> str:
    """Text of an element as a reader sees it, a newline between blocks."""
    return tidy("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    hidden = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag
        block, silent, keeps_lines = _ROLES.get(tag) or _role(tag)
        if block:
            yield "\n"
        # A text is made anew each time it is asked for.
        if event == "start":
            hidden += silent
            if not hidden and (text := node.text):
                yield text if keeps_lines else text.replace("\n", " ")
        else:
            hidden -= silent
            if not hidden and node is not element and (tail := node.tail):
                yield tail.replace("\n", " ")


def _role(tag: object) -> tuple[bool, bool, bool]:
    """Of an element: whether it is a block, is silent, and keeps its line breaks."""
    # Comments and the like have no name, and nothing to say.
    name = tag.rpartition("}")[2] if isinstance(tag, str) else "script"
    return name in _BLOCKS, name in _SILENT, name == "pre"


#: Of the names that texts are made of. A cache would keep what strangers make up: names of megabytes.
_ROLES: dict[object, tuple[bool, bool, bool]] = {tag: _role(tag) for tag in _BLOCKS | _SILENT | _INLINE}


def tidy(text: str) -> str:
    """Plain text with single spaces, single newlines and no control characters, of bounded length."""
    lines = text[:MOST_TEXT].replace("\xa0", " ").split("\n")
    return "\n".join(filter(None, map(_line, lines)))


def _line(text: str) -> str:
    # Of all blanks only the plain one is printable: most lines are done at once.
    if text.isprintable() and "  " not in text:
        return text.strip()
    line = " ".join(text.split())
    return line if line.isprintable() else _printable(line)


def _printable(line: str) -> str:
    return " ".join(_CONTROL.sub(_from_1252, line).split())


def _from_1252(match: re.Match[str]) -> str:
    character = match[0]
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("windows-1252", "ignore")
    return " " if character in "\x0b\x0c\x0d\x1c\x1d\x1e\x1f\x85" else ""
