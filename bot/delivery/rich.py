"""Our Telegram HTML as a rich message: headings, and stories that unfold at a tap.

A rich message is made from the plain one when it is sent, so that both always say the same. It is built of
typed blocks: rich HTML can't be checked without the server, the blocks' types can.
"""

import re
from html.parser import HTMLParser

from aiogram.types import (
    InputRichBlockDetails,
    InputRichBlockParagraph,
    InputRichBlockSectionHeading,
    InputRichBlockUnion,
    InputRichMessage,
    RichTextBold,
    RichTextUnion,
    RichTextUrl,
)

#: Sizes of headings: of the digest, of a topic.
TITLE, TOPIC = 1, 2

_HEADING = re.compile("<b>([^<]*)</b>")
_FOLDED = re.compile("<blockquote expandable>(.*)</blockquote>", re.DOTALL)


def as_rich(html: str) -> InputRichMessage:
    """A part as `bot.delivery.render` writes it; whatever stands there stands in the rich message too."""
    blocks: list[InputRichBlockUnion] = []
    size = TITLE
    for piece in html.split("\n\n"):
        first, _, rest = piece.partition("\n")
        headed = _HEADING.fullmatch(first)
        if headed:
            blocks.append(InputRichBlockSectionHeading(text=_text(first, bold=False), size=size))
            size = TOPIC
        if story := rest if headed else piece:
            blocks.append(_story(story))
    return InputRichMessage(blocks=blocks, skip_entity_detection=True)


def _story(html: str) -> InputRichBlockUnion:
    if not (folded := _FOLDED.fullmatch(html)):
        return InputRichBlockParagraph(text=_text(html))
    headline, _, rest = folded[1].partition("\n")
    return InputRichBlockDetails(summary=_text(headline), blocks=[InputRichBlockParagraph(text=_text(rest))])


def _text(html: str, *, bold: bool = True) -> list[RichTextUnion]:
    reader = _Inline(bold=bold)
    reader.feed(html)
    reader.close()
    return reader.pieces


class _Inline(HTMLParser):
    """Bold and links of our own markup; a bold link is a link in bold."""

    def __init__(self, *, bold: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[RichTextUnion] = []
        self._shows_bold = bold
        self._bold = False
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._bold = self._bold or tag == "b"
        self._address = dict(attrs).get("href") or "" if tag == "a" else self._address

    def handle_endtag(self, tag: str) -> None:
        self._bold = self._bold and tag != "b"
        self._address = "" if tag == "a" else self._address

    def handle_data(self, data: str) -> None:
        piece: RichTextUnion = RichTextUrl(text=data, url=self._address) if self._address else data
        self.pieces.append(RichTextBold(text=piece) if self._bold and self._shows_bold else piece)
