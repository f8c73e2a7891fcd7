"""The head of a sentence that is too long."""

import pytest

from summarizer.writing.clauses import head

KAZAKH = (
    "Облыста жаңа оқу жылы басталғанға дейін он екі мектеп салынып бітеді, ал тағы он бес нысан "
    "келер жылға қалды"
)


def test_a_short_sentence_is_left_alone() -> None:
    """Nothing is cut that fits."""
    assert head("Көпір ашылды.", "kk", 300) == "Көпір ашылды."


def test_ends_behind_a_finite_verb() -> None:
    """A Kazakh clause is whole up to its verb."""
    assert head(KAZAKH, "kk", 90) == "Облыста жаңа оқу жылы басталғанға дейін он екі мектеп салынып бітеді."


def test_ends_before_a_subordinate_clause() -> None:
    """A Russian main clause stands without what explains it."""
    text = (
        "Правительство утвердило новый порядок выплат семьям погибших шахтеров, который вступит в силу в мае"
    )
    assert head(text, "ru", 90) == text.partition(",")[0] + "."


@pytest.mark.parametrize("limit", range(20, 60))
def test_never_cuts_a_word_or_a_number(limit: int) -> None:
    """Without a border it ends behind a whole word, and grouped thousands are one."""
    text = "Құны 1 234 567,89 теңге болатын нысан " * 3
    cut = head(text, "kk", limit)
    assert len(cut) <= limit
    assert cut.endswith("…")
    rest = text[len(cut) - 1 :]
    assert not (cut[-2].isalnum() and rest[:1].isalnum())
    assert "1 234 567,89" in cut or not any(letter.isdigit() for letter in cut.replace("1 234 567,89", ""))
