"""Digests as rich messages."""

from bot.delivery.render import render
from bot.delivery.rich import TITLE, TOPIC, as_rich
from tests.e2e.oracle import shown
from tests.unit.delivery.test_render import HOSTILE, digest, item


def _flat(text):
    """A rich text's characters."""
    if isinstance(text, list):
        return "".join(map(_flat, text))
    return text if isinstance(text, str) else _flat(text["text"])


def _blocks(html):
    return as_rich(html).model_dump(mode="json", exclude_none=True)["blocks"]


def _words(blocks):
    said = []
    for block in blocks:
        said += _flat(block.get("text") or block["summary"]).split()
        said += _words(block.get("blocks", []))
    return said


def test_a_rich_message_says_what_the_plain_one_says():
    """Word for word, whatever the news is made of."""
    (part,) = render(
        digest(*(item(f"{HOSTILE} {number}", HOSTILE) for number in range(6))), "en", "Asia/Almaty"
    )
    assert _words(_blocks(part)) == shown(part, "HTML").text.split()


def test_headings_are_headings_and_further_stories_unfold():
    """The date is the title, topics are below it, and from the fourth story on the text opens at a tap."""
    (part,) = render(digest(*(item(f"Headline {number}") for number in range(5))), "en", "Asia/Almaty")
    blocks = _blocks(part)
    assert [(block["type"], block.get("size")) for block in blocks] == [
        ("heading", TITLE), ("heading", TOPIC), *[("paragraph", None)] * 3, *[("details", None)] * 2,
    ]  # fmt: skip
    assert _flat(blocks[5]["summary"]) == "Headline 3"


def test_links_stay_links():
    """A headline leads to its article, in bold."""
    (part,) = render(digest(item(url="https://outlet.example/?a=1&b=2")), "en", "Asia/Almaty")
    headline = _blocks(part)[2]["text"][0]
    assert headline == {
        "type": "bold",
        "text": {"type": "url", "text": "Headline", "url": "https://outlet.example/?a=1&b=2"},
    }
