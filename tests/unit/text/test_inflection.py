"""Forms of one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.inflection import keys, same_word, sought, tokens


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("мұнай", "мұнайдың"),
        ("газ", "газды"),
        ("су", "судың"),
        ("кітап", "кітабы"),
        ("кітап", "кітаптарымыздан"),
        ("халық", "халқы"),
        ("алматы", "алматыдағы"),
        ("баға", "бағаларының"),
        ("көмек", "көмегі"),
        ("тоқаев", "тоқаевтың"),
        ("банк", "банкі"),
        ("мұнайдың", "мұнайды"),
        ("мектептер", "мектепте"),
    ],
)
def test_kazakh_endings_follow_by_the_rules_of_sound(wanted, found):
    """Case, number and possession, in chains, with softened and dropped letters."""
    assert same_word(wanted, found, "kk")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("алма", "алматы"),
        ("газ", "газет"),
        ("су", "сусын"),
        ("бал", "бала"),
        ("ел", "елек"),
        ("жер", "жерлес"),
    ],
)
def test_kazakh_strangers_stay_strangers(wanted, found):
    """An apple is not Almaty, though a stemmer says so."""
    assert not same_word(wanted, found, "kk")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("газ", "газом"),
        ("нефть", "нефти"),
        ("астана", "астане"),
        ("астана", "астаны"),
        ("школа", "школах"),
        ("городской", "городских"),
        ("полиция", "полицией"),
    ],
)
def test_russian_endings_replace_each_other(wanted, found):
    """Names that a stemmer cuts too short are found too."""
    assert same_word(wanted, found, "ru")


@pytest.mark.parametrize(("wanted", "found"), [("спор", "спорт"), ("газ", "газета"), ("банк", "банкет")])
def test_russian_strangers_stay_strangers(wanted, found):
    """A longer word is not a form of a shorter one."""
    assert not same_word(wanted, found, "ru")


def test_numbers_and_single_letters_are_only_themselves():
    """A five is not a form of fifty."""
    assert same_word("50", "50", "kk")
    assert not same_word("5", "50", "kk")
    assert not same_word("а", "ада", "kk")
    assert tokens("Су тасқыны-2026: «Ёлка»") == ["су", "тасқыны", "2026", "елка"]


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["kk", "ru", "en", "xx"]))
def test_any_two_words_can_be_compared(one, other, lang):
    """No text makes it fail, and a word is always a form of itself."""
    for mine in tokens(one):
        assert same_word(mine, mine, lang)
        for theirs in tokens(other):
            same_word(mine, theirs, lang)


def test_hostile_words_cost_no_time():
    """A word made of endings only is as quick as any other."""
    assert not same_word("дада" * 5, "да" * 400 + "x", "kk")


@pytest.mark.parametrize(
    ("wanted", "found", "lang"),
    [
        ("теңге", "теңгенің", "kk"),
        ("теңгенің", "теңге", "kk"),
        ("кітап", "кітабы", "kk"),
        ("балалар", "балаларымызға", "kk"),
        ("тау", "тауы", "kk"),
        ("әкімдік", "әкімдігі", "kk"),
        ("шахтер", "шахтерах", "ru"),
        ("miner", "miners", "en"),
        ("2026", "2026", "kk"),
    ],
)
def test_a_form_is_filed_where_it_is_sought(wanted, found, lang):
    """An index finds what two words side by side would be told to be."""
    assert set(sought(wanted, lang)) & set(keys(found, lang))


@pytest.mark.parametrize(("wanted", "found"), [("алма", "алматыдағы"), ("теңге", "тең"), ("қазақ", "қаза")])
def test_strangers_are_filed_apart(wanted, found):
    """A shared beginning is not enough."""
    assert not set(sought(wanted, "kk")) & set(keys(found, "kk"))
