"""One address for one article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.address import canonical_url, published_url


@pytest.mark.parametrize(
    ("spelling", "identity"),
    [
        ("https://Habar.KZ/news/1", "https://habar.kz/news/1"),
        (" https://habar.kz/news/1/ ", "https://habar.kz/news/1"),
        ("https://habar.kz/news/1#comments", "https://habar.kz/news/1"),
        ("https://habar.kz/news/1?utm_source=tg&utm_medium=x", "https://habar.kz/news/1"),
        ("https://habar.kz/news/1?fbclid=a&yclid=b&ysclid=c&_openstat=d", "https://habar.kz/news/1"),
        ("https://habar.kz:443/news/1", "https://habar.kz/news/1"),
        ("https://m.habar.kz/news/1/amp/", "https://habar.kz/news/1"),
        ("https://amp.habar.kz/news/1?amp=1", "https://habar.kz/news/1"),
        ("https://user:secret@habar.kz/news/1", "https://habar.kz/news/1"),
        ("https://habar.kz/жаңалық", "https://habar.kz/%D0%B6%D0%B0%D2%A3%D0%B0%D0%BB%D1%8B%D2%9B"),
    ],
)
def test_spellings_of_one_article_share_an_address(spelling, identity):
    """Tracking, fragments, AMP, phone hosts, ports and slashes are not identity."""
    assert canonical_url(spelling) == identity


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("https://m.tau.example/news/1/?utm_source=rss&id=7#top", "https://m.tau.example/news/1/?id=7"),
        ("https://tau.example/news/1/amp/", "https://tau.example/news/1/amp/"),
        ("https://reader:secret@tau.example/1", "https://tau.example/1"),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
    ],
)
def test_readers_are_sent_where_the_article_was_published(given, sent):
    """Tracking, passwords and fragments go; a phone's or AMP spelling stays, for it certainly exists."""
    assert published_url(given) == sent


@pytest.mark.parametrize(
    "url",
    [
        "https://habar.kz/?p=12",
        "https://habar.kz/index.php?12345",
        "https://habar.kz/news?cid=4&uid=9",
        "https://habar.kz/news?b=2&a=1&a=3",
        "http://127.0.0.1:8000/kaz/1.html",
        "https://m.kz/news/1",
        "https://habar.kz/",
        "https://habar.kz/amp",
        "https://habar.kz/a%2Fb%25",
    ],
)
def test_what_tells_articles_apart_is_kept(url):
    """Parameters that choose the article keep their order and values; ports and short hosts stay."""
    assert canonical_url(url) == url


@pytest.mark.parametrize(
    "url",
    ["", "mailto:a@b.kz", "javascript:alert(1)", "ftp://habar.kz/1", "/kaz/1.html", "http://", "http://[::1", "https://[]@",
     "https://habar.kz:99999/", "https://habar.kz/" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url):
    """Only absolute http and https addresses of sane length identify an article."""
    assert canonical_url(url) == ""


@given(st.one_of(st.text(), st.text().map("https://habar.kz/{}".format)))
def test_any_text_is_answered_and_the_answer_is_stable(text):
    """Hostile links never raise, and a canonical address is its own canonical address."""
    once = canonical_url(text)
    assert canonical_url(once) == once


@pytest.mark.parametrize("spelled", [canonical_url, published_url])
def test_an_address_is_as_long_as_it_is_sent(spelled):
    """Three hundred Cyrillic letters are 1,800 characters; three thousand letters are no address."""
    assert spelled("https://example.org/" + "ж" * 300)
    assert spelled("https://example.org/" + "ж" * 400) == ""
    assert spelled("https://example.org/" + "x" * 3000) == ""
