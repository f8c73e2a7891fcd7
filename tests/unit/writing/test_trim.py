"""A model's output becomes whole sentences within the limits, or an empty draft with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.writing.trim import plain, trim
from summarizer.writing.writer import Limits


def test_the_first_sentences_that_fit_are_kept():
    """The fourth sentence goes, however short."""
    draft = trim("Бір болды. Екі болды. Үш болды. Төрт болды.", Limits())

    assert draft.text == "Бір болды. Екі болды. Үш болды."


def test_length_is_kept_by_leaving_sentences_out():
    """Never by a cut inside one."""
    assert (
        trim("Мост открыли утром. Его длина 120 метров.", Limits(characters=30)).text == "Мост открыли утром."
    )


def test_a_single_sentence_that_is_too_long_is_no_summary():
    """The reason is stored, and another writer takes over."""
    draft = trim("слово " * 100, Limits())

    assert (draft.text, draft.reason) == ("", "length")


def test_an_unfinished_last_sentence_is_left_out():
    """A bound on tokens ends an output anywhere, also inside a number."""
    assert trim("Мост открыт. Он стоит 1,4", Limits(), finished=False).text == "Мост открыт."
    assert trim("Мост открыт. Он стоит 1,4", Limits()).text == "Мост открыт. Он стоит 1,4"
    assert trim("Мост", Limits(), finished=False).reason == "empty"


def test_a_sentence_that_ends_in_a_quotation_is_whole():
    """«…!» ends a sentence as a point does."""
    assert trim("Ол: «Бәрі дайын!»", Limits(), finished=False).text == "Ол: «Бәрі дайын!»"


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("<think>Let me see…\n</think>\nМост открыт.", "Мост открыт."),
        ("<think>never ends", ""),
        ("**Summary:** The bridge opened.", "The bridge opened."),
        ("Түйін: Көпір ашылды.", "Көпір ашылды."),
        ("- Мост открыт.\n- Его длина 120 метров.", "Мост открыт. Его длина 120 метров."),
        ("```text\nМост открыт.\n```", "Мост открыт."),
        ("«Мост открыт.»", "Мост открыт."),
        ("«Мост» открыл «Вася»", "«Мост» открыл «Вася»"),
        ("Көпір\x07 ашыл\u200bды\ufffd", "Көпір ашылды"),
        ("  \n ", ""),
    ],
)
def test_wrapping_is_taken_off(output, text):
    """Thoughts, labels, lists, fences, quotes and control characters are not the summary."""
    assert plain(output) == text


@given(st.text(max_size=500), st.integers(1, 300), st.integers(1, 3), st.booleans())
def test_no_output_breaks_the_limit(output, characters, sentences, finished):
    """Whatever a model writes, the draft is within the limit or empty with a reason."""
    draft = trim(output, Limits(characters, sentences), finished=finished)

    assert len(draft.text) <= characters
    assert bool(draft.text) != bool(draft.reason)
