"""A feed's bytes as entries."""

import tracemalloc
from datetime import UTC, datetime

import pytest
from lxml import etree

from bot.domain.errors import SourceUnusable
from bot.sources.decoding import decode
from bot.sources.feed import parse_feed
from bot.sources.markup import parse_xml, well_formed

URL = "https://tau.example/rss/all.xml"


def rss(items: str, head: str = "") -> str:
    """An RSS 2.0 document around some items."""
    return f'{head}<rss version="2.0"><channel><title>Тау</title>{items}</channel></rss>'


def only(document: str | bytes, **options):
    """The one entry of a document."""
    body = document.encode() if isinstance(document, str) else document
    (entry,) = parse_feed(body, url=URL, zone="Asia/Almaty", **options).entries
    return entry


RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://tau.example/"><title>Тау</title></channel>
<item rdf:about="https://tau.example/1"><title>Жаңа көпір</title><link>https://tau.example/1</link>
<dc:date>2026-03-04T15:23+05:00</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tau.example/x/"><title>Тау</title>
<entry><title type="html">Жаңа &lt;b&gt;көпір&lt;/b&gt;</title><link rel="self" href="https://tau.example/self"/>
<link rel="alternate" type="text/html" href="../1"/><published>2026-03-04T10:23:00Z</published>
<updated>2026-03-05T10:23:00Z</updated></entry></feed>"""
ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Тау</title>
<entry><title>Жаңа көпір</title>
<link rel="alternate" href="https://tau.example/1"/><issued>2026-03-04T15:23:00+05:00</issued></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Тау", "items": [
{"id": "1", "url": "/1", "title": "Жаңа көпір",
"date_published": "2026-03-04T15:23:00+05:00"}, 7]}"""
RSS = rss(
    "<item><title>Жаңа көпір</title><link>\n /1 \n</link>"
    "<pubDate>Wed, 04 Mar 2026 15:23:00 +0500</pubDate></item>"
)
RSS1 = rss(
    "<item><title>Жаңа көпір</title><guid>https://tau.example/1</guid>"
    "<pubDate>04.03.2026 15:23</pubDate></item>"
)


@pytest.mark.parametrize(
    "document", [RDF, ATOM, ATOM03, JSON, RSS, RSS1], ids=["rdf", "atom", "0.3", "json", "rss", "guid"]
)
def test_every_dialect_gives_the_same_entry(document):
    """RSS, RDF, both Atoms and JSON Feed name title, absolute link and aware time."""
    entry = only(document)
    assert (entry.title, entry.url) == ("Жаңа көпір", "https://tau.example/1")
    assert entry.published == datetime(2026, 3, 4, 10, 23, tzinfo=UTC)
    assert parse_feed(document.encode(), url=URL).title == "Тау"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("AT&T мен Қазақтелеком", "AT&T мен Қазақтелеком"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("&laquo;Тау&raquo; &mdash; жаңа", "«Тау» — жаңа"),
        ("&amp;laquo;Тау&amp;raquo;", "«Тау»"),
        ("<![CDATA[&laquo;Тау&raquo; & <b>су</b>]]>", "«Тау» & су"),
        ("5 &lt; 7 &gt; 3", "5 < 7 > 3"),
        ("&#55357;&#56832; күлкі", "😀 күлкі"),
        ("&#150; сызық &#x1; &nbsp; &unknown; соңы", "– сызық &unknown; соңы"),
        ("бақы\x00лау\x0bсы", "бақылаусы"),
        ("  екі\n жол ", "екі жол"),
    ],
)
def test_titles_come_as_a_reader_sees_them(title, read):
    """References are resolved however often they were escaped, bare ampersands live, tags and controls go."""
    assert only(rss(f"<item><title>{title}</title><link>/1</link></item>")).title == read


@pytest.mark.parametrize(
    ("prologue", "encoding", "charset"),
    [
        ('<?xml version="1.0" encoding="windows-1251"?>', "windows-1251", ""),
        ("", "windows-1251", "windows-1251"),
        ("", "windows-1251", ""),
        ('<?xml version="1.0" encoding="windows-1251"?>', "utf-8", "iso-8859-1"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8-sig", ""),
        ('<?xml version="1.0" encoding="utf-8"?>', "windows-1251", "utf-8"),
        ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", ""),
        ('\r\n\n <?xml version="1.0" encoding="utf-8"?>', "utf-8", ""),
        ('<?xml version="1.0" encoding="klingon"?>', "windows-1251", "x-nonsense"),
    ],
)
def test_bytes_are_read_in_the_encoding_they_are_in(prologue, encoding, charset):
    """UTF-8 that decodes is UTF-8 whatever is declared; else the declared charset; else windows-1251."""
    document = rss("<item><title>Новый мост открыт</title><link>/1</link></item>", prologue)
    assert only(document.encode(encoding), charset=charset).title == "Новый мост открыт"


@pytest.mark.parametrize(
    ("body", "at_once"),
    [
        (rss("", '<?xml version="1.0" encoding="windows-1251"?>').encode(), True),
        (rss("<item><title>Көпір &amp; жол</title></item>").encode("utf-8-sig"), True),
        (rss("", '<?xml version="1.0" encoding="windows-1251"?>').encode("windows-1251"), False),
        (rss("", "<!doctype rss>").encode(), False),
        (rss("<item><title>a & b</title></item>").encode(), False),
        (rss("").encode("utf-16"), False),
    ],
)
def test_what_is_read_at_once_is_what_the_long_way_reads(body, at_once):
    """Most feeds need no decoding and mending; the others go the long way."""
    short, long = well_formed(body), parse_xml(decode(body))
    assert (short is not None) == at_once
    assert short is None or etree.tostring(short) == etree.tostring(long)


def test_full_text_needs_no_second_fetch_and_a_teaser_does():
    """The content field's text in paragraphs is the article; a cut description is not."""
    body = "".join(f"<p>Көпір туралы {number} абзац, онда толық мәтін тұр.</p>" for number in range(12))
    item = "<item><title>т</title><link>/1</link><description>Көпір туралы…</description>{}</item>"
    namespace = 'xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    encoded = f"<c:encoded {namespace}><![CDATA[{body}<script>x</script>]]></c:encoded>"
    full, teaser = only(rss(item.format(encoded))), only(rss(item.format("")))
    assert full.full
    assert full.text.split("\n")[:2] == [
        f"Көпір туралы {number} абзац, онда толық мәтін тұр." for number in (0, 1)
    ]
    assert "x" not in full.text.split("\n")[-1]
    assert (teaser.full, teaser.text) == (False, "Көпір туралы…")


def test_a_document_that_is_not_well_formed_still_lists():
    """Undeclared prefixes, HTML that was not escaped and a missing end cost at most what they touch."""
    broken = rss(
        "<item><title>Бір</title><link>/1</link><dc:date>2026-03-04</dc:date>"
        "<content:encoded>мәтін</content:encoded></item>"
        "<item><title>Екі & үш</title><description>Бір<br>екі<p>үш</description><link>/2</link></item>"
        "<item><title>Төрт</title><link>/3</link><descr"
    )
    first, second, third = parse_feed(broken.encode(), url=URL).entries
    assert (first.url, first.text) == ("https://tau.example/1", "мәтін")
    assert first.published is not None
    assert (second.url, second.title, second.text) == ("https://tau.example/2", "Екі & үш", "Бір\nекі\nүш")
    assert (third.url, third.title) == ("https://tau.example/3", "Төрт")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("<!DOCTYPE html><html><head><title>Кіру</title></head><body>login</body></html>", "web page"),
        ("<html><body><p>unclosed", "web page"),
        ("<opml version='1.0'><body/></opml>", "not a feed"),
        ('{"error": "no"}', "not a JSON Feed"),
        ("{broken", "broken JSON"),
        ("[" * 100_000, "not XML"),
        ('{"items": ' + "[" * 100_000, "broken JSON"),
        ("plain words", "not XML"),
        ("\0\0\0", "not XML"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_remedy(document, said):
    """A page, another XML, another JSON or noise is one clear line."""
    with pytest.raises(SourceUnusable, match=said):
        parse_feed(document.encode(), url=URL)


def test_entities_are_never_expanded_and_files_never_read():
    """A DTD is dropped: no billion laughs, no external entity."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    entry = only(rss("<item><title>&l9; &x; соңы</title><link>/1</link></item>", head))
    assert entry.title == "&l9; &x; соңы"


def test_names_a_stranger_makes_up_are_not_remembered():
    """However long: what many feeds send would fill the memory of a process that reads them all."""
    tags = "".join(f"<a{number}>көпір</a{number}>" for number in range(50))
    content = f'<content type="xhtml"><div xmlns="{"x" * 100_000}">{tags}</div></content>'
    document = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/>{content}</entry></feed>'
    tracemalloc.start()
    try:
        assert only(document).text == "көпір" * 50
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 500_000


def test_an_empty_feed_is_a_feed():
    """No entries yet is no fault."""
    assert parse_feed(rss("").encode(), url=URL).entries == ()


def test_a_hundred_thousand_items_are_cut():
    """Only the first thousand are read."""
    item = "<item><title>т</title><link>/1</link></item>"
    assert len(parse_feed(rss(item * 100_000).encode(), url=URL).entries) == 1_000


def test_categories_and_picture_are_kept():
    """Category names once each, the enclosure's picture absolute."""
    entry = only(
        rss(
            "<item><title>т</title><link>/1</link><category>Спорт</category><category>Спорт</category>"
            '<enclosure url="/a.jpg" type="image/jpeg" length="1"/></item>'
        )
    )
    assert (entry.categories, entry.image) == (("Спорт",), "https://tau.example/a.jpg")
