"""Which sentences together tell most."""

from summarizer.writing.passage import Sentence
from summarizer.writing.selection import select
from summarizer.writing.writer import Limits


def sentence(place: int, text: str, *, leans: bool = False, apart: bool = False) -> Sentence:
    return Sentence(place, text, text, frozenset(text.lower().split()), frozenset(), leans, apart)


def places(sentences: list[Sentence], worth: list[float], characters: int = 90) -> list[int]:
    return [s.place for s in select(sentences, worth, Limits(characters, 3))]


def test_takes_what_is_worth_most_and_fits() -> None:
    """Two short sentences beat one long one when they say more together; the order is the article's."""
    texts = ["alpha beta gamma delta one two", "x" * 80, "epsilon zeta eta theta three four"]
    assert places([sentence(i, t) for i, t in enumerate(texts)], [0.3, 0.4, 0.3]) == [0, 2]


def test_the_same_thing_twice_is_worth_once() -> None:
    """A repetition gives way to something new that is worth less."""
    texts = [
        "alpha beta gamma delta one two",
        "alpha beta gamma delta one two",
        "epsilon zeta eta theta three",
    ]
    assert places([sentence(i, t) for i, t in enumerate(texts)], [0.4, 0.39, 0.1], 64) == [0, 2]


def test_a_leaning_sentence_comes_with_the_one_before_it_or_not_at_all() -> None:
    """A pronoun without its antecedent is no news."""
    pair = [sentence(0, "alpha beta gamma delta one"), sentence(1, "he said epsilon zeta eta", leans=True)]
    assert places(pair, [0.1, 0.5]) == [0, 1]
    assert places(pair, [0.1, 0.5], 30) == [0]


def test_a_question_is_taken_only_when_there_is_nothing_else() -> None:
    """What is no sentence of a digest waits for the others."""
    asked, told = sentence(0, "alpha beta gamma delta?", apart=True), sentence(1, "epsilon zeta eta theta")
    assert places([asked, told], [0.9, 0.1]) == [1]
    assert places([asked], [0.9]) == [0]


def test_nothing_fits() -> None:
    """A set that is too long for the limit is no answer."""
    assert places([sentence(0, "x" * 100)], [1.0]) == []
