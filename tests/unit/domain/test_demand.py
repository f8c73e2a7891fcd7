"""What readers want of the news, all together."""

from bot.domain.demand import Wish, demand
from summarizer.topic import Topic


def test_what_somebody_reads_is_wanted():
    """A story has one of their languages and one of their topics."""
    wanted = demand([Wish(frozenset({"kk"}), frozenset({Topic.ECONOMY}))])
    assert wanted.covers("kk", [Topic.SPORT, Topic.ECONOMY])
    assert not wanted.covers("ru", [Topic.ECONOMY])
    assert not wanted.covers("kk", [Topic.SPORT])


def test_who_follows_words_may_get_a_story_on_any_topic():
    """In the languages they read."""
    wanted = demand([Wish(frozenset({"kk"}), frozenset({Topic.ECONOMY}), words=True)])
    assert wanted.covers("kk", [Topic.SPORT])
    assert not wanted.covers("en", [Topic.SPORT])


def test_without_readers_everything_is_wanted():
    """The first reader of a new bot finds summaries."""
    assert demand(()).covers("en", [Topic.SPORT])
