"""Telegram HTML that always arrives as meant, with what it weighs against Telegram's limits."""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import quote, urlsplit

#: Longer addresses lose their link at the server.
LONGEST_URL = 2000

# What a URL may hold besides letters and digits; everything else is percent-encoded.
_URL_MARKS = "%:/?#[]@!$&'()*+,;=-._~"
# Unicode's category Cc.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
# Separators and direction overrides that the server removes or that turn the rest of a message around.
_INVISIBLE = re.compile("[\u2028-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of a message."""

    html: str
    #: Code points once the server has parsed it.
    length: int
    #: Bold, link and the like; the server drops all beyond 100 a message.
    entities: int = 0

    def __add__(self, other: "Markup") -> "Markup":
        return Markup(self.html + other.html, self.length + other.length, self.entities + other.entities)


def literal(text: str, most: int) -> Markup:
    """Any text on one line as it stands, at most `most` code points; control characters become spaces."""
    line = " ".join(_INVISIBLE.sub("", _CONTROL.sub(" ", text)).encode("utf-8", "ignore").decode().split())
    if len(line) > most:
        line = line[: most - 1].rsplit(" ", 1)[0] + "…"
    return Markup(escape(line), len(line))


def bold(inner: Markup) -> Markup:
    """`inner` in bold."""
    return Markup(f"<b>{inner.html}</b>", inner.length, inner.entities + 1)


def folded(inner: Markup) -> Markup:
    """`inner` as a quote of which only the first lines show until it is tapped."""
    return Markup(f"<blockquote expandable>{inner.html}</blockquote>", inner.length, inner.entities + 1)


def link(inner: Markup, url: str) -> Markup:
    """`inner` as a link; as it is where the address can't be one in Telegram."""
    address = web_address(url)
    if not address:
        return inner
    return Markup(f'<a href="{escape(address)}">{inner.html}</a>', inner.length, inner.entities + 1)


def web_address(url: str) -> str:
    """The address fit for a message; empty unless it is an absolute http(s) one of a usable length."""
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
        address = quote(parts.geturl(), safe=_URL_MARKS)
    except (ValueError, UnicodeError):
        return ""
    return address if usable and len(address) <= LONGEST_URL else ""
