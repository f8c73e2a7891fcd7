"""A public Telegram channel by its web preview (t.me/s/NAME): posts as whole articles."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import _Element as Element

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Listing
from bot.sources.dates import read_date
from bot.sources.links import absolute
from bot.sources.markup import element_text, plain_line
from bot.sources.webpage import meta, read_page

#: A title is at most this long, code points; a longer first line is cut after a sentence.
_TITLE = 200
#: A post of fewer code points tells nothing by itself.
_SHORTEST = 40
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
#: What marks paid posts in Kazakhstan's and Russia's channels; `erid` is the register's token.
_PAID = re.compile(
    r"#(?:реклама|жарнама|ad|ads|promo|промо|партн[её]р\w*|sponsored)\b|\berid\s*[:=]|"
    r"^(?:на правах рекламы|реклама|жарнама|жарнама ретінде|партн[её]рский материал|sponsored)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
#: A last line that only invites: an address, a mention, a call to subscribe.
_SIGNATURE = re.compile(
    r"(?:^|\s)@\w{4,}|\bt\.me/|https?://|подпис(?:ыв|ат|ка)|жазыл(?:ыңыз|у)|subscribe|бізді оқы",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 120
_PICTURE = re.compile(r"background-image:\s*url\(['\"]?([^'\")]+)")
_VIEWS = re.compile(r"(\d+(?:\.\d+)?)\s*([KM]?)")


def parse_channel(body: bytes, *, url: str, charset: str = "") -> Listing:
    """Posts of a preview page, oldest first, each album once; ads and service posts are left out.

    Raises SourceUnusable where the page shows no post: the channel is private, or does not exist.
    """
    root = read_page(body, charset)
    messages = list(_of_class(root, "tgme_widget_message"))
    if not messages:
        raise SourceUnusable("no posts to be seen: not a public channel, or its preview is switched off")
    posts = {post.url: post for message in messages if (post := _post(message, url))}
    return Listing(entries=tuple(posts.values()), title=plain_line(meta(root, "og:title")))


def _of_class(node: Element, name: str) -> Iterator[Element]:
    return (found for found in node.iter("*") if name in (found.get("class") or "").split())


def _first(node: Element, name: str) -> Element | None:
    return next(_of_class(node, name), None)


def _post(message: Element, url: str) -> Entry | None:
    texts = [node for node in _of_class(message, "js-message_text") if node.tag == "div"]
    if "service_message" in (message.get("class") or "") or not texts:
        return None
    text = element_text(texts[0])
    date = _first(message, "tgme_widget_message_date")
    link = absolute(date.get("href", ""), url) if date is not None else ""
    if _PAID.search(text) or not link.startswith(("http://", "https://")):
        return None
    moments = (read_date(node.get("datetime", ""), "UTC") for node in message.iter("time"))
    entry = Entry(
        url=link.partition("?")[0],
        full=True,
        published=next((moment for moment in moments if moment), None),
        image=_picture(message),
        views=_views(message),
    )
    return _worded(entry, text)


def _worded(entry: Entry, text: str) -> Entry | None:
    """The entry with its text and with the first line, or the first sentence of it, as its title."""
    lines = text.split("\n")
    while len(lines) > 1 and len(lines[-1]) <= _LONGEST_SIGNATURE and _SIGNATURE.search(lines[-1]):
        lines.pop()
    if sum(map(len, lines)) < _SHORTEST:
        return None
    rest = lines[1:] if len(lines[0]) <= _TITLE and len("".join(lines[1:])) >= _SHORTEST else lines
    title = lines[0] if len(lines[0]) <= _TITLE else _SENTENCE_END.split(lines[0], maxsplit=1)[0]
    return replace(entry, title=_cut(title), text="\n".join(rest))


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE else title[:_TITLE].rpartition(" ")[0] + "…"


def _picture(message: Element) -> str:
    photo = _first(message, "tgme_widget_message_photo_wrap")
    found = _PICTURE.search(photo.get("style", "")) if photo is not None else None
    return found[1] if found and found[1].startswith("https://") else ""


def _views(message: Element) -> int | None:
    counter = _first(message, "tgme_widget_message_views")
    found = _VIEWS.fullmatch(counter.text_content().strip()) if counter is not None else None
    return round(float(found[1]) * {"": 1, "K": 1_000, "M": 1_000_000}[found[2]]) if found else None
