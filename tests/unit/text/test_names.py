"""Names at stem level."""

from summarizer.text.names import names


def test_a_name_is_one_whatever_its_case_ending() -> None:
    """«Тоқаевтың» and «Тоқаев» are one name."""
    assert names("Кеше Тоқаевтың сөзі шықты.", "kk") & names("Жиынды Тоқаев ашты.", "kk")


def test_a_sentences_first_word_is_no_name_by_its_capital_alone() -> None:
    """An ordinary word at the start of a sentence is left out."""
    assert names("Мектеп ашылды. Жаңа мектеп үлкен.", "kk") == frozenset()


def test_places_inside_a_sentence_are_names() -> None:
    """A capital inside a sentence makes a name, in each language."""
    assert names("The minister met Smith in London.", "en") == {"smith", "london"}
