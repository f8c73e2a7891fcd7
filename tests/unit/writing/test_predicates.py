"""What a sentence asserts, verb by verb."""

import pytest

from summarizer.writing.predicate import Predicate, Tense
from summarizer.writing.predicates import predicates, same_verb, words


def last(sentence: str, lang: str) -> Predicate:
    return predicates(words(sentence), lang)[-1]


@pytest.mark.parametrize(
    ("lang", "sentence", "negated", "tense"),
    [
        ("kk", "Мектеп ашылды", False, Tense.DONE),
        ("kk", "Мектеп ашылмады", True, Tense.DONE),
        ("kk", "Мектеп ашылған жоқ", True, Tense.DONE),
        ("kk", "Мектеп ашылады", False, Tense.PLANNED),
        ("kk", "Мектеп ашылмақ емес", True, Tense.PLANNED),
        ("kk", "Мектеп салу жоспарланған", False, Tense.DONE),
        ("kk", "Бағасы көбейді", False, Tense.DONE),
        ("kk", "Төраға сайлады", False, Tense.DONE),
        ("ru", "Школу построили", False, Tense.DONE),
        ("ru", "Школу не построили", True, Tense.DONE),
        ("ru", "Школа не была построена", True, Tense.DONE),
        ("ru", "Школу построят", False, Tense.PLANNED),
        ("ru", "Школу планируют построить", False, Tense.PLANNED),
        ("ru", "Школа работает", False, Tense.OPEN),
        ("en", "The school opened", False, Tense.DONE),
        ("en", "The school has not opened", True, Tense.DONE),
        ("en", "The school will open", False, Tense.PLANNED),
        ("en", "The school was built", False, Tense.DONE),
    ],
)
def test_reads_denial_and_tense(lang: str, sentence: str, negated: bool, tense: Tense) -> None:
    """By endings in Kazakh, by particles and auxiliaries in Russian and English."""
    assert (last(sentence, lang).negated, last(sentence, lang).tense) == (negated, tense)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("kk", "мектеп салды", "мектеп салынды"),
        ("kk", "ұсынысты қабылдады", "ұсынысты қабылдамады"),
        ("ru", "школу построили", "школу построят"),
        ("en", "they built", "they will build"),
    ],
)
def test_knows_one_verb_in_two_forms(lang: str, one: str, other: str) -> None:
    """Voice, tense and denial don't make another verb."""
    assert same_verb(last(one, lang), last(other, lang), lang)


def test_a_light_verb_counts_with_its_word() -> None:
    """«Есеп берді» and «рұқсат берді» are two verbs."""
    assert not same_verb(last("есеп берді", "kk"), last("рұқсат берді", "kk"), "kk")


def test_a_converb_takes_the_tense_of_the_last_verb() -> None:
    """What was done before something that is done is done."""
    assert predicates(words("Мектеп салынып, балабақша ашылды"), "kk")[0].tense is Tense.DONE


def test_a_language_without_rules_has_no_predicates() -> None:
    """Nothing is guessed."""
    assert predicates(words("Мектеп ачылды"), "tt") == []
