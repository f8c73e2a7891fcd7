"""A reader's own words."""

import tracemalloc

import pytest

from bot.domain.errors import NotUnderstood
from bot.domain.filters import MOST_TERMS, added, holds, matches, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("футбол", ("футбол",)),
        ("футбол, хоккей", ("футбол", "хоккей")),
        ('газ "су тасқыны" !матч', ("газ", "су тасқыны", "!матч")),
        ("«Әлем кубогы» !«жартылай финал»", ("әлем кубогы", "!жартылай финал")),
        ("“World Cup”", ("world cup",)),
        ("сот-медицина", ("сот медицина",)),
        ("A.*(b+)+$ [x]", ("a b", "x")),
    ],
)
def test_terms_are_words_and_phrases_and_never_patterns(text, expected):
    """Quotes of all kinds hold a phrase together; marks of patterns mean nothing."""
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["", "!!!", '""', ". , -", "х" * 61, '"1 2 3 4 5 6 7"'])
def test_nothing_and_too_much_are_refused(text):
    """The refusal shows how to write a term."""
    with pytest.raises(NotUnderstood) as caught:
        terms(text)
    assert caught.value.expected


def test_words_are_found_in_any_form_of_any_language():
    """The text's own language decides what is a form."""
    assert matches(["мұнай"], [("kk", "Мұнайдың бағасы өсті")])
    assert matches(["футбол"], [("en", "A match"), ("ru", "О футболе")])
    assert not matches(["алма"], [("kk", "Алматыда қар жауды")])


def test_a_phrase_stands_in_a_row():
    """Both words, next to each other, each in any form."""
    assert matches(["су тасқыны"], [("kk", "Су тасқынының салдары")])
    assert not matches(["су тасқыны"], [("kk", "Тасқын мен су")])


def test_an_exception_overrules():
    """«футбол !қайрат»: football, but not where Kairat plays."""
    filter_ = ["футбол", "!қайрат"]
    assert matches(filter_, [("kk", "Футболдан жаңалық")])
    assert not matches(filter_, [("kk", "Футболдан «Қайраттың» жеңісі")])
    assert not matches(["!қайрат"], [("kk", "Мектеп ашылды")])


def test_a_query_wants_all_its_terms():
    """A filter needs one of its words, a search all of them."""
    texts = [("kk", "Мұнайдың бағасы өсті")]
    assert holds(["мұнай", "баға"], texts)
    assert not holds(["мұнай", "газ"], texts)
    assert not holds(["мұнай", "!баға"], texts)
    assert matches(["мұнай", "газ"], texts)


def test_nothing_is_kept_of_the_articles_that_a_query_is_looked_for_in():
    """Two hundred whole texts a search, none of which is read again soon."""
    texts = [f"Мұнайдың бағасы өсті {number} " * 300 for number in range(50)]
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        assert all(holds(["мұнай", "бағасы өсті"], [("kk", text)]) for text in texts)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 200_000


def test_an_empty_filter_matches_nothing():
    """Who has muted nothing misses nothing."""
    assert not matches([], [("kk", "Кез келген мәтін")])


def test_a_filter_keeps_each_term_once_and_makes_room():
    """The oldest terms go first."""
    assert added(["a", "b"], ["b", "c"]) == ("a", "b", "c")
    assert len(added([str(n) for n in range(MOST_TERMS)], ["new"])) == MOST_TERMS
    assert added([str(n) for n in range(MOST_TERMS)], ["new"])[-1] == "new"
