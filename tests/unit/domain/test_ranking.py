"""How much a story matters now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ranking import breaking_publishers, diverse, is_breaking, weight
from bot.domain.story import Publisher, StoryCard, Telling
from summarizer.topic import Topic

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def card(*minutes_ago: float, topics=(Topic.ECONOMY,), outlets=None):
    """A story told once for each number, each time by another outlet unless said otherwise."""
    names = outlets or [f"outlet {number}" for number in range(len(minutes_ago))]
    times = sorted(NOW - timedelta(minutes=minutes) for minutes in minutes_ago)
    tellings = tuple(
        Telling(
            number, Publisher(name, f"https://example.org/{number}", "kk"), "Title", published=at, found=at
        )
        for number, (name, at) in enumerate(zip(names, times, strict=True))
    )
    return StoryCard(1, topics, tellings, {})


def test_more_publishers_weigh_more_than_a_few_hours():
    """Three outlets yesterday evening beat one outlet this morning."""
    assert weight(card(600, 590, 580), {Topic.ECONOMY}, NOW, 10) > weight(card(30), {Topic.ECONOMY}, NOW, 10)


def test_the_same_outlet_twice_counts_once():
    """An agency's own follow-ups are one voice."""
    twice = card(60, 50, outlets=["A", "A"])
    assert weight(twice, {Topic.ECONOMY}, NOW, 10) < weight(card(60, 50), {Topic.ECONOMY}, NOW, 10)


def test_of_equals_the_fresher_and_the_better_fitting_come_first():
    """Age and second topics cost something."""
    fresh, old = card(10), card(1000)
    assert weight(fresh, {Topic.ECONOMY}, NOW, 10) > weight(old, {Topic.ECONOMY}, NOW, 10)
    second = card(10, topics=(Topic.SPORT, Topic.ECONOMY))
    assert weight(fresh, {Topic.ECONOMY}, NOW, 10) > weight(second, {Topic.ECONOMY}, NOW, 10)


@pytest.mark.parametrize(("live", "needed"), [(0, 3), (5, 3), (10, 3), (30, 5), (100, 9)])
def test_what_counts_as_many_adapts_to_the_market(live, needed):
    """Three outlets are breaking in a small market and noise in a large one."""
    assert breaking_publishers(live) == needed


def test_breaking_needs_publishers_speed_and_youth():
    """Four outlets within the hour are breaking; two are not, nor four over a day, nor this morning's."""
    assert is_breaking(card(40, 30, 20, 10), NOW, 12)
    assert not is_breaking(card(40, 30), NOW, 12)
    assert not is_breaking(card(1400, 900, 400, 10), NOW, 12)
    assert not is_breaking(card(400, 390, 380, 370), NOW, 12)


@dataclass(frozen=True)
class Offer:
    """A story with the outlet it would link to."""

    number: int
    publisher: str


def test_no_publisher_has_more_than_a_third_of_a_digest_that_had_a_choice():
    """The loudest outlet's sixth story makes room for quieter ones."""
    loud = [Offer(number, "loud") for number in range(20)]
    quiet = [Offer(number, f"quiet {number % 4}") for number in range(20, 32)]
    chosen = diverse([*loud, *quiet], 15)
    assert sum(offer.publisher == "loud" for offer in chosen) == 5
    assert len(chosen) == 15


def test_a_small_day_has_no_loudest_outlet_either():
    """Six of one and two of two others: each has two, in the order of their weight."""
    few = [Offer(number, "loud") for number in range(6)]
    others = [Offer(number, "ab"[number % 2]) for number in range(6, 10)]
    assert diverse([*few, *others], 15) == [*few[:2], *others]


def test_where_a_third_would_cost_more_than_half_the_loudest_keep_more():
    """Eight of one and one of two others are not told as three stories but as five."""
    few = [Offer(number, "loud") for number in range(8)]
    others = [Offer(8, "a"), Offer(9, "b")]
    assert diverse([*few, *others], 15) == [*few[:3], *others]


def test_without_rivals_nothing_is_left_out():
    """With two outlets or one there is no fair third."""
    two = [Offer(number, "loud") for number in range(6)] + [Offer(6, "quiet")]
    assert diverse(two, 15) == two
    assert len(diverse([Offer(number, "only") for number in range(20)], 15)) == 15
