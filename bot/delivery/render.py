"""A digest as the Telegram messages a reader sees."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from bot.delivery.markup import Markup, bold, folded, link, literal
from bot.domain.delivery import Message
from bot.domain.digest import Digest, Item
from bot.domain.story import Publisher
from bot.words.translator import long_date, short_moment, topic_emoji, topic_name, translate
from summarizer.topic import Topic

#: Telegram's limits a message are 4096 code points after parsing, 32,768 bytes before, 100 entities. The
#: entities it finds by itself (hashtags, mentions, bare addresses) count too: leave them room.
MOST_LENGTH = 4000
MOST_BYTES = 32_000
MOST_ENTITIES = 75

LONGEST_HEADLINE = 250
LONGEST_SUMMARY = 600
LONGEST_NAME = 60
MOST_PUBLISHERS = 5
#: Stories of one topic that stand open; the others show their headline and unfold at a tap.
SHOWN_WHOLE = 3

#: Stories told before that have a message of their own in a digest, as an answer to the earlier one.
MOST_APART = 3

#: A story's number and how it is told.
_Told = tuple[int, Markup]

_NOTHING = Markup("", 0)
_LINE = Markup("\n", 1)
_GAP = Markup("\n\n", 2)


def render(digest: Digest, lang: str, zone: str, title: str = "") -> list[str]:
    """Telegram HTML, one string a message, split between stories only; empty for an empty digest.

    A `title` replaces the dated header.
    """
    return [message.html for message in _messages(digest.by_topic(), digest, lang, zone, title)]


def messages(digest: Digest, lang: str, zone: str, title: str = "") -> list[Message]:
    """The digest's messages as they are sent: what tells more of an earlier story answers its message.

    A message can answer one other only, so that each of the first MOST_APART such stories has a message of
    its own, after the others; further ones stand among the news.
    """
    apart = [item for item in digest.items if item.change][:MOST_APART]
    rest = replace(digest, items=tuple(item for item in digest.items if item not in apart))
    found = _messages(rest.by_topic(), digest, lang, zone, title)
    for item in apart:
        own = _messages([(item.topic, (item,))], digest, lang, zone, title, headed=not found)
        found += [replace(message, follows=item.story) for message in own]
    return found


def _messages(  # noqa: PLR0913 - what a message looks like
    sections: Iterable[tuple[Topic, tuple[Item, ...]]],
    digest: Digest,
    lang: str,
    zone: str,
    title: str,
    *,
    headed: bool = True,
) -> list[Message]:
    today = digest.until.astimezone(ZoneInfo(zone)).date()
    header = literal(title or translate(lang, "digest-header", date=long_date(lang, today)), LONGEST_HEADLINE)
    laid = [
        (_heading(topic, lang), _fold([(item.story, _story(item, lang, zone, today)) for item in items]))
        for topic, items in sections
    ]
    top = bold(header) if headed else _NOTHING
    return [Message(part.html, stories) for part, stories in _parts(top, laid)]


def as_text(digest: Digest, lang: str, zone: str) -> str:
    """The same digest as plain text, each story's address on a line of its own."""
    return "\n\n".join(map(_plain, render(digest, lang, zone)))


def _fold(stories: list[_Told]) -> list[_Told]:
    return stories[:SHOWN_WHOLE] + [(story, folded(told)) for story, told in stories[SHOWN_WHOLE:]]


def _heading(topic: Topic, lang: str) -> Markup:
    return bold(literal(f"{topic_emoji(topic)} {topic_name(lang, topic)}", LONGEST_NAME))


def _story(item: Item, lang: str, zone: str, today: date) -> Markup:
    title = item.headline or item.publishers[0].name
    marked = translate(lang, f"changed-{item.change}", title=title) if item.change else title
    headline = literal(marked, LONGEST_HEADLINE)
    summary = literal(item.summary, LONGEST_SUMMARY)
    when = literal(" · " + short_moment(lang, item.published, zone, today), LONGEST_NAME)
    body = _LINE + summary if summary.length else Markup("", 0)
    space = Markup(" ", 1)
    return bold(link(headline, item.url)) + body + _LINE + _publishers(item.publishers, lang) + space + when


def _publishers(publishers: tuple[Publisher, ...], lang: str) -> Markup:
    shown = [link(literal(outlet.name, LONGEST_NAME), outlet.url) for outlet in publishers[:MOST_PUBLISHERS]]
    hidden = len(publishers) - len(shown)
    more = [literal(translate(lang, "and-more", count=hidden), LONGEST_NAME)] if hidden else []
    line, *rest = [*shown, *more]
    for piece in rest:
        line = line + Markup(", ", 2) + piece
    return line


def _parts(
    header: Markup, sections: Iterable[tuple[Markup, list[_Told]]]
) -> Iterator[tuple[Markup, tuple[int, ...]]]:
    """Messages with the stories that each tells."""
    part, told = header, list[int]()
    for heading, stories in sections:
        lead = _GAP + heading + _LINE if part.length else heading + _LINE
        for number, story in stories:
            if told and not _fits(part + lead + story):
                yield part, tuple(told)
                part, lead, told = heading, _LINE, []
            part, lead = part + lead + story, _GAP
            told.append(number)
    if told:
        yield part, tuple(told)


def _fits(part: Markup) -> bool:
    return (
        part.length <= MOST_LENGTH
        and part.entities <= MOST_ENTITIES
        and len(part.html.encode()) <= MOST_BYTES
    )


def _plain(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return "".join(reader.pieces)


class _Plain(HTMLParser):
    """Text of our own markup: an address follows a headline, a publisher's is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._bold = False
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._bold = self._bold or tag == "b"
        if tag == "a" and self._bold:
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address:
            self.pieces.append(f"\n{self._address}")
            self._address = ""
        self._bold = self._bold and tag != "b"

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
