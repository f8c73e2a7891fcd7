"""Addresses of public pages, and which stories get onto one."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.pages import Candidate, Form, bounds, feed, newest, page, shortlist, story_page, tally
from summarizer.topic import Topic

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CANDIDATES = [
    Candidate(1, (Topic.SPORT,), 1, NOON),
    Candidate(2, (Topic.WORLD, Topic.SPORT), 3, NOON - 3 * HOUR),
    Candidate(3, (Topic.WORLD,), 3, NOON - HOUR),
]


def test_addresses_are_short_and_say_what_they_show():
    """Language, day, topic; a feed below what it is a feed of."""
    day = date(2026, 1, 2)
    assert page("kk") == "/kk"
    assert page("kk", day, Topic.SPORT) == "/kk/2026-01-02/sport"
    assert page("kk", topic=Topic.SPORT) == "/kk/sport"
    assert (story_page(7), story_page(7, "en")) == ("/story/7", "/en/story/7")
    assert feed(Form.ATOM, "ru") == "/ru/feed.atom"
    assert feed(Form.JSON, "ru", Topic.SPORT) == "/ru/sport/feed.json"


def test_a_day_has_as_many_hours_as_its_zone_gives_it():
    """24 in Almaty; 25 on the Sunday when Berlin's clocks go back."""
    since, until = bounds(date(2026, 11, 22), "Asia/Almaty")
    assert (since.hour, until - since) == (19, timedelta(hours=24))
    since, until = bounds(date(2026, 10, 25), "Europe/Berlin")
    assert until - since == timedelta(hours=25)


def test_a_shortlist_has_what_most_outlets_told():
    """The later of two as wide; of a topic, whether it is the first or not."""
    assert shortlist(CANDIDATES, None, 2) == [3, 2]
    assert shortlist(CANDIDATES, Topic.SPORT, 9) == [2, 1]


def test_the_newest_come_first_in_a_feed():
    """Whoever told them."""
    assert newest(CANDIDATES, None, 2) == [1, 3]


def test_stories_are_counted_by_each_of_their_topics():
    """A topic's page has as many as its count says."""
    assert tally(CANDIDATES) == {Topic.SPORT: 2, Topic.WORLD: 2}
