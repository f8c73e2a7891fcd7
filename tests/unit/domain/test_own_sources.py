"""A reader's own feeds."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.own_sources import LONGEST_NAME, Adoption, adoption, own_name, web_address


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("https://example.kz/rss?x=1", "https://example.kz/rss?x=1"),
        (" example.kz ", "https://example.kz"),
        ("мысал.қаз/жаңалық", "https://мысал.қаз/жаңалық"),
        ("t.me/s/arna", "https://t.me/s/arna"),
        ("@some_channel", "https://t.me/some_channel"),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/feed"),
        ("http://[::1]/feed", "http://[::1]/feed"),
        ("mute Example", ""),
        ("example", ""),
        ("ftp://example.kz", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1).kz", ""),
        ("https://user:pass@example.kz/", ""),
        ("https://example.kz/ x", ""),
        ("https://" + "a" * 600 + ".kz", ""),
        ("@me", ""),
        ("https://.", ""),
        ("https://[example.kz", ""),
        ("https://:pass@example.kz/", ""),
        ("", ""),
    ],
)
def test_an_address_is_known_by_its_look(said, address):
    """With or without its scheme, or a channel's name; whether it is public is for the client to refuse."""
    assert web_address(said) == address


@given(st.text(max_size=80) | st.text("[]:/@.ahtps%", max_size=20).map("https://".__add__))
def test_anything_may_be_said(said):
    """No words break it, and what comes out is an address of the web."""
    found = web_address(said)
    assert not found or urlsplit(found).scheme in {"http", "https"}


def test_a_name_shows_its_host_and_can_t_be_another_outlet_s():
    """Title and host; a number where two are the same."""
    assert own_name("Kazinform", "https://www.evil.example/feed", ()) == "Kazinform · evil.example"
    taken = {"Blog · b.example", "Blog · b.example 2"}
    assert own_name("Blog", "https://b.example/", taken) == "Blog · b.example 3"
    assert own_name("b.example", "https://b.example/", ()) == "b.example"
    assert own_name("\n\u202e\x00 ", "https://b.example/", ()) == "b.example"


@given(st.text(max_size=200), st.sets(st.just("x · h.example")))
def test_a_name_is_short_and_on_one_line(title, taken):
    """Whatever a feed calls itself."""
    name = own_name(title, "https://h.example/", taken)
    assert len(name) <= LONGEST_NAME
    assert name.isprintable()


@pytest.mark.parametrize(
    ("origin", "enabled", "yours", "owned", "became"),
    [
        (None, True, False, 4, Adoption.ADDED),
        (None, True, False, 5, Adoption.FULL),
        ("reader", True, True, 5, Adoption.YOURS),
        ("reader", True, False, 5, Adoption.FULL),
        ("reader", True, False, 0, Adoption.ADDED),
        ("reader", False, True, 1, Adoption.REFUSED),
        ("catalogue", True, False, 5, Adoption.PUBLIC),
        ("operator", False, False, 0, Adoption.REFUSED),
    ],
)
def test_what_becomes_of_a_wish(origin, enabled, yours, owned, became):
    """The operator's word first, then what there is, then the quota."""
    assert adoption(origin, enabled=enabled, yours=yours, owned=owned) is became
