from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree, html

from bot.demo.markup import Press, front_page
from bot.demo.outlets import outlets

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
HOME = "http://127.0.0.1:1/x/"
HOSTILE = "Қ&A: <b>«5 > 3»</b> \"$name\" ${url} 'ok' 🐎"


def press(form, **changes):
    outlet = next(outlet for outlet in outlets() if outlet.format == form)
    return Press(replace(outlet, articles=(replace(outlet.articles[0], **changes),)), HOME, NOW)


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_markup_in_a_title_survives_a_feed(form):
    """A title is text: its angle brackets, quotes and dollar signs arrive literally."""
    printed = press(form, title=HOSTILE)
    feed = etree.fromstring(printed.documents()[front_page(printed.outlet)].body)
    assert HOSTILE in [title.text for title in feed.iter("{*}title")]


@pytest.mark.parametrize("form", ["rss", "listing"])
def test_markup_in_a_paragraph_survives_a_page(form):
    """A paragraph is text on both shapes of page."""
    printed = press(form, paragraphs=(HOSTILE,), id="a")
    page = html.fromstring(printed.documents()["news/a"].body.decode())
    assert HOSTILE in [paragraph.text_content() for paragraph in page.iter("p")]


def test_printing_twice_gives_the_same_bytes():
    """Nothing in a document depends on the visit, so validators hold."""
    assert press("listing").documents() == press("listing").documents()


def test_teasers_end_at_a_word():
    """The RSS feed gives away the beginning of a long lead, cut between words."""
    body = press("rss", paragraphs=("бір екі " * 40,)).documents()["rss.xml"].body
    teaser = feedparser.parse(body).entries[0].description
    assert len(teaser) <= 161
    assert teaser.endswith(("бір…", "екі…"))
