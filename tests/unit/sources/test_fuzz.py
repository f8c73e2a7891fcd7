"""Broken feeds and pages of every shape: never a crash, never more than the limits."""

from contextlib import suppress
from encodings.aliases import aliases
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import SourceUnusable
from bot.domain.source import Entry, Kind, Source
from bot.sources.articlepage import parse_article
from bot.sources.channel import parse_channel
from bot.sources.dates import read_date
from bot.sources.decoding import decode
from bot.sources.feed import parse_feed
from bot.sources.listing import parse_listing

URL = "https://tau.example/rss"
SOURCE = Source("Тау", URL, Kind.PAGE)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Тау &amp; су</title>'
    "<item><title>Көпір</title><link>/1</link><guid>x</guid>"
    "<pubDate>Wed, 04 Mar 2026 15:23:00 +0500</pubDate>"
    "<description>&lt;p&gt;а</description><content:encoded><![CDATA[<p>мәтін</p>]]></content:encoded>"
    "</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/a/"><entry><title type="xhtml"><div>Көпір</div>'
    '</title><link href="b"/><updated>2026-03-04T15:23:00+05:00</updated><content type="html">&lt;b&gt;'
    "</content></entry></feed>"
)
JSON = (
    '{"version": "https://jsonfeed.org/version/1", "title": "Тау", "items": [{"id": 1, "url": "/1", "title": '
    'null, "content_html": "<p>мәтін", "date_published": "2026-03-04", "tags": ["a", 2]}]}'
)
PAGE = (
    '<!DOCTYPE html><html lang="kk"><head><title>Тау</title><base href="/b/"><meta property="og:title" '
    'content="К"><script type="application/ld+json">{"datePublished": "2026-03-04T15:23"}</script></head>'
    '<body><nav>x</nav><h1>Көпір</h1><time datetime="2026-03-04">04.03.2026, 15:23</time><p>Таулы ауданда '
    'жаңа көпір ашылды.</p><ul><li><a href="/1">Таулы ауданда жаңа көпір ашылды</a></li></ul>'
    '<div class="tgme_widget_message"><div class="js-message_text">Таулы ауданда жаңа көпір ашылды, деді.'
    '</div><a class="tgme_widget_message_date" href="https://t.me/a/1"></a></div></body></html>'
)
SPLINTERS = st.one_of(
    st.sampled_from(
        ["<", ">", "&", "]]>", "<![CDATA[", "<!--", "&#55357;", "&#0;", "<item>", "</item>", "\0", "\ufeff"]
    ),
    st.text(max_size=8),
)


@st.composite
def broken(draw) -> bytes:
    """A whole document with pieces cut out, doubled and put in, in some encoding."""
    text = draw(st.sampled_from([RSS, ATOM, JSON, PAGE]))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        text = text[:start] + draw(SPLINTERS) + text[start:end] * draw(st.integers(0, 2)) + text[end:]
    raw = text.encode(draw(st.sampled_from(["utf-8", "utf-16", "windows-1251"])), "replace")
    return raw if draw(st.booleans()) else raw[: draw(st.integers(0, len(raw)))]


def check(entries) -> None:
    """What every reader of entries may rely on."""
    for entry in entries:
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.tzinfo is not None
        assert "\n" not in entry.title
        assert all(character == "\n" or category(character) != "Cc" for character in entry.text)


@pytest.mark.parametrize("read", [parse_feed, parse_channel])
@settings(max_examples=150, deadline=None)
@given(body=st.one_of(broken(), st.binary(max_size=300)))
def test_a_broken_document_is_read_or_refused(read, body):
    """Feeds and channels: entries as promised, or SourceUnusable."""
    with suppress(SourceUnusable):
        check(read(body, url=URL).entries)


@settings(max_examples=100, deadline=None)
@given(body=st.one_of(broken(), st.binary(max_size=300)))
def test_a_broken_page_is_read_or_refused(body):
    """Listings and articles alike."""
    for read in (
        lambda: parse_listing(body, url=URL, source=SOURCE).entries,
        lambda: [parse_article(body, source=SOURCE, entry=Entry(URL))],
    ):
        with suppress(SourceUnusable):
            check(read())


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(max_size=120), st.from_regex(r"[0-9:., /+TZ-]{1,40}")))
def test_any_text_is_a_date_or_none(text):
    """Aware and of this age, whatever the digits."""
    date = read_date(text, "Asia/Almaty")
    assert date is None or (date.tzinfo is not None and 1980 <= date.year < 2100)


#: What Python decodes by name: its own notations and transports among them, which are no charsets.
CODECS = sorted({*aliases.values(), "idna", "punycode", "undefined", "raw_unicode_escape", "unicode_escape"})


@given(body=st.binary(max_size=200), charset=st.one_of(st.sampled_from(CODECS), st.text(max_size=12)))
def test_any_bytes_are_a_text(body, charset):
    """Whatever charset they claim."""
    assert isinstance(decode(body, charset), str)


@pytest.mark.parametrize("codec", CODECS)
def test_bytes_that_are_no_utf_8_are_a_text_in_every_codec_of_python(codec):
    """Named by the header or by the document; an escape that is none is no warning."""
    for start in (b"\xff\xc1\\q", b"xn--\xff\xc1"):
        assert isinstance(decode(start, codec), str)
        assert isinstance(decode(b'<?xml encoding="' + codec.encode() + b'"?>' + start), str)


@pytest.mark.parametrize("codec", ["punycode", "unicode_escape"])
def test_a_codec_that_is_no_charset_is_not_asked(codec):
    """Those of Python's own read a text of another kind, and punycode for hours."""
    body = "Көпір - 9\\n".encode("windows-1251", "ignore")
    assert decode(body, codec) == body.decode("windows-1251")
