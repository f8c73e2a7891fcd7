"""The measures themselves, on texts whose figures can be worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.metrics import (
    chrf,
    content_stems,
    coverage,
    names,
    numbers,
    precision,
    rouge_l,
    stems,
)


def test_stems_make_case_endings_equal():
    """Kazakh words bend at their end, so five letters are compared."""
    assert stems("Қазақстанда 6 760 мектеп") == ["қазақ", "6760", "мекте"]
    assert stems("Қазақстанның") == ["қазақ"]


def test_content_stems_leave_function_words_out():
    """A fact is judged by what it says, not by its conjunctions."""
    assert content_stems("Суд и прокурор, the court") == {"суд", "проку", "court"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6\u00a0760 мектеп", {"6760"}),
        ("1,75 млн", {"1.75"}),
        ("10-12%-ға", {"10", "12"}),
        ("2026 жылдың 04.03.", {"2026", "04.03"}),
        ("жоқ", set()),
    ],
)
def test_numbers_are_compared_as_values(text, expected):
    """Thousands are joined and a decimal comma is a point."""
    assert numbers(text) == expected


def test_coverage_weighs_facts_and_asks_for_most_of_their_words():
    """Two of three content words tell a fact, one of three does not."""
    facts = [("Алматы аэропорты жабылды", 3.0), ("рейстер кейінге қалдырылды", 1.0)]

    assert coverage("Алматы аэропорты ашылды", facts) == 0.75
    assert coverage("Алматы", facts) == 0.0
    assert coverage("Алматы", []) == 0.0


def test_rouge_l_counts_the_longest_common_subsequence():
    """Three of four stems in order on both sides give 3/4."""
    assert rouge_l("көпір жұма күні ашылды", "көпір сенбі күні ашылды") == pytest.approx(0.75)
    assert rouge_l("", "көпір") == 0.0


def test_chrf_is_one_for_equal_letters_and_zero_for_none():
    """Spaces and case don't count."""
    assert chrf("Көпір ашылды", "көпірашылды") == pytest.approx(1.0)
    assert chrf("abc", "где") == 0.0
    assert chrf("", "где") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_measure_stays_between_nothing_and_all(text, reference):
    """No text whatever gives a figure outside 0–1."""
    for figure in (chrf(text, reference), rouge_l(text, reference), coverage(text, [(reference, 2)])):
        assert 0 <= figure <= 1 + 1e-9


def test_names_are_capitals_inside_a_sentence():
    """The first word of a sentence or a quotation is no evidence; a word after an initial is."""
    text = "Вчера министр Қ. Тоқаев прибыл в Алматы. Там он сказал: «Хорошо»."

    assert names(text) == {"қ", "тоқае", "алмат"}


def test_precision_of_nothing_is_whole():
    """A summary without numbers has no wrong number."""
    assert precision(set(), {"1"}) == 1.0
    assert precision({"1", "2"}, {"1"}) == 0.5
