"""A listing page: its article links."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import SourceUnusable
from bot.domain.source import Kind, Source
from bot.sources.listing import parse_listing

URL = "https://tau.example/news/"
BRIDGE = "Таулы ауданда жаңа көпір ашылды"
SCHOOL = "Дала қаласында екінші мектеп салынып жатыр"


def listing(body: str, **chosen):
    """What a page lists."""
    source = Source("Тау", URL, Kind.PAGE, **chosen)
    return parse_listing(
        f"<html><body>{body}</body></html>".encode(), url=URL, source=source, zone="Asia/Almaty"
    )


def test_headlines_are_links_and_menus_are_not():
    """Long link texts of the same site outside of menus; pictures, files and other sites are left out."""
    found = listing(
        f"""<header><a href="/h">{BRIDGE} сайт басында</a></header>
        <nav><a href="/n">{BRIDGE} мәзірде</a></nav>
        <a href="/1">{BRIDGE}</a><a href="https://www.tau.example/2#top">{SCHOOL}</a>
        <a href="/about">Біз туралы</a>
        <a href="https://other.example/3">{BRIDGE} басқа сайтта</a><a href="/doc.pdf">{BRIDGE} файлы</a>
        <a href="/news/">{BRIDGE} осы бет</a><a href="javascript:x()">{BRIDGE} сценарий</a><a>{BRIDGE}</a>
        <footer><a href="/f">{BRIDGE} сайт соңында</a></footer>
        <aside><a href="/a">{BRIDGE} бүйірде</a></aside>"""
    )
    assert [(entry.url, entry.title) for entry in found.entries] == [
        ("https://tau.example/1", BRIDGE),
        ("https://www.tau.example/2", SCHOOL),
    ]
    assert not any(entry.full for entry in found.entries)


def test_a_card_is_one_article():
    """A picture, a headline and a «read on» that lead to one address are one entry under the headline."""
    found = listing(
        f'<div><a href="/1"><img src="x.jpg"></a><a href="/1">{BRIDGE}</a><a href="/1">Толығырақ</a></div>'
    )
    assert [(entry.url, entry.title) for entry in found.entries] == [("https://tau.example/1", BRIDGE)]


def test_dates_stand_with_their_own_link():
    """A date near a link is its; one that several links share is nobody's."""
    found = listing(
        f"""<div>05.03.2026, 10:00<ul><li><span>04.03.2026, 15:23</span> <a href="/1">{BRIDGE}</a></li>
        <li><a href="/2">{SCHOOL}</a><time datetime="2026-03-04T16:00:00+05:00">бүгін</time></li>
        <li><a href="/3">{SCHOOL} тағы</a></li></ul></div>"""
    )
    assert [entry.published and entry.published.astimezone(UTC).hour for entry in found.entries] == [
        10,
        11,
        None,
    ]
    assert found.entries[0].published == datetime(2026, 3, 4, 10, 23, tzinfo=UTC)


def test_a_selector_chooses_the_links_itself():
    """Short titles and other sites count then; an element that is no link stands for its first link."""
    found = listing(
        f'<p class="n"><a href="/1">Көпір</a><a href="/x">x</a></p><a class="n" href="https://b.example/2">Су</a>'
        f'<a href="/3">{BRIDGE}</a>',
        item=".n",
    )
    assert [entry.url for entry in found.entries] == ["https://tau.example/1", "https://b.example/2"]


@pytest.mark.parametrize(
    ("body", "item", "said"),
    [
        ("<p>Кіру</p>", None, "set `item`"),
        (f'<a href="/1">{BRIDGE}</a>', "li a", "does «li a» still fit"),
        (f'<a href="/1">{BRIDGE}</a>', "a[[", "«a[[» is not a CSS selector"),
    ],
)
def test_a_page_without_articles_says_what_would_help(body, item, said):
    """The remedy is in the line."""
    with pytest.raises(SourceUnusable) as caught:
        listing(body, item=item)
    assert said in str(caught.value)


def test_relative_links_follow_the_pages_base():
    """As a browser resolves them."""
    found = parse_listing(
        f'<head><base href="/kz/"></head><body><a href="1">{BRIDGE}</a></body>'.encode(),
        url=URL,
        source=Source("Т", URL),
    )
    assert found.entries[0].url == "https://tau.example/kz/1"
