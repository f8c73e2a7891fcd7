"""What a text says, as a mark."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.content import content_hash, fingerprint
from bot.domain.source import Entry

MARKS = "«»„“”‘’–—…·•№\xa0\u2009\u202f\u200b"


@pytest.mark.parametrize("other", ["КӨПІР ашылды", "Көпір\xa0ашылды…", "«Көпір» — ашылды!", "Көпір,\nашылды"])
def test_case_blanks_and_marks_make_no_other_text(other):
    """Reprints differ in these."""
    assert content_hash("", other) == content_hash("Көпір", "ашылды")


def test_other_words_are_another_text():
    """One letter is enough."""
    assert content_hash("Көпір", "ашылды") != content_hash("Көпір", "ашылмады")


@given(st.text(alphabet=st.one_of(st.sampled_from(f"{MARKS} .,аБğİΣÂâ€"), st.characters()), max_size=40))
def test_marks_are_left_out_whatever_stands_beside_them(text):
    """Bytes of one character are never taken for part of another."""
    plain = text.lower()
    for mark in MARKS:
        plain = plain.replace(mark, "")
    ascii_marks = bytes(
        byte for byte in range(128) if not chr(byte).isalnum() and (byte in b"\t\n\r\x0b\x0c" or byte > 31)
    )
    letters = plain.encode("utf-8", "replace").translate(None, ascii_marks.replace(b"\x7f", b""))
    assert content_hash("", text) == hashlib.sha256(letters).hexdigest()


def test_a_teaser_that_is_reworded_changes_nothing():
    """What the listing says of an article is its title, and its text only where that is whole."""
    teaser = Entry("https://a.example/1", title="Көпір", text="Қысқаша")
    assert fingerprint(teaser) == fingerprint(Entry("https://a.example/1", title="Көпір", text="Басқаша"))
    whole = Entry("https://a.example/1", title="Көпір", text="Бірінші", full=True)
    assert fingerprint(whole) != fingerprint(
        Entry("https://a.example/1", title="Көпір", text="Екінші", full=True)
    )
