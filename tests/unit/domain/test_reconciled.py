"""Two changes at once keep each other."""

from dataclasses import replace

from bot.domain.subscriber import Chat, Preferences, Subscriber, reconciled
from summarizer.topic import Topic

BEFORE = Subscriber(1, Chat(5), Preferences(topics=frozenset({Topic.SPORT, Topic.HEALTH})))


def wishing(**changes):
    """The reader after one tap."""
    return replace(BEFORE, preferences=replace(BEFORE.preferences, **changes))


def test_two_taps_on_topics_both_count():
    """Sport off and energy on, each seen from the same screen."""
    first = reconciled(BEFORE, wishing(topics=frozenset({Topic.HEALTH})), BEFORE)
    both = reconciled(BEFORE, wishing(topics=frozenset({Topic.SPORT, Topic.HEALTH, Topic.ENERGY})), first)
    assert both.preferences.topics == {Topic.HEALTH, Topic.ENERGY}


def test_a_change_touches_nothing_else():
    """A group that moved meanwhile stays moved; a zone chosen meanwhile stays chosen."""
    moved = replace(BEFORE, chat=Chat(-1005), preferences=replace(BEFORE.preferences, zone="Europe/Berlin"))
    after = reconciled(BEFORE, wishing(languages=("ru",)), moved)
    assert (after.chat, after.preferences.zone, after.preferences.languages) == (
        Chat(-1005),
        "Europe/Berlin",
        ("ru",),
    )


def test_nobody_is_left_without_topics():
    """Two taps that each remove one of two topics leave the last wish."""
    first = reconciled(BEFORE, wishing(topics=frozenset({Topic.HEALTH})), BEFORE)
    second = reconciled(BEFORE, wishing(topics=frozenset({Topic.SPORT})), first)
    assert second.preferences.topics == {Topic.SPORT}
