"""Words of a command as preferences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import preferences, timing
from bot.domain.errors import NotUnderstood
from bot.domain.subscriber import Preferences
from bot.domain.timing import DAYS
from summarizer.topic import Topic

NAMES = {topic.value: topic for topic in Topic}


def test_topics_are_a_set_in_any_order_by_comma_or_space():
    """Case and separators don't matter."""
    assert preferences.topics("Energy,ECONOMY  energy", NAMES) == {Topic.ECONOMY, Topic.ENERGY}


def test_languages_keep_their_order():
    """The first is the interface's."""
    assert preferences.languages("ru kk ru", {"kk": "kk", "ru": "ru"}) == ("ru", "kk")


def test_a_deep_link_names_topics():
    """Payloads come from strangers' links: unknown ones are refused whole."""
    assert preferences.preset("t_economy_energy") == {Topic.ECONOMY, Topic.ENERGY}
    for payload in ("t_", "t", "x_economy", "t_economy_", "", "ref123"):
        with pytest.raises(NotUnderstood):
            preferences.preset(payload)


def test_separators_alone_choose_nothing():
    """A lone comma must not empty a reader's languages."""
    with pytest.raises(NotUnderstood):
        preferences.languages(" , ", {"kk": "kk"})


@pytest.mark.parametrize(("text", "days"), [("", None), ("7", 7), (" 365 ", 365)])
def test_a_pause_is_a_number_of_days_or_open(text, days):
    """Up to a year."""
    assert preferences.pause(text) == days


@pytest.mark.parametrize("text", ["0", "366", "-3", "1.5", "٣", "7 days"])
def test_other_pauses_are_refused(text):
    """Nothing is guessed."""
    with pytest.raises(NotUnderstood):
        preferences.pause(text)


@given(st.text(max_size=80))
def test_no_text_breaks_a_parser(text):
    """Whatever a reader writes is understood or refused."""
    for parse in (
        lambda: preferences.topics(text, NAMES),
        lambda: preferences.languages(text, {"kk": "kk"}),
        lambda: timing.times(text, DAYS, Preferences()),
        lambda: preferences.zone(text, {}),
        lambda: preferences.pause(text),
        lambda: preferences.preset(text),
    ):
        try:
            parse()
        except NotUnderstood as error:
            assert error.expected  # noqa: PT017 - either outcome is right, an unhelpful refusal is not
