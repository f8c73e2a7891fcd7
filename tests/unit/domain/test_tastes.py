"""What one reader likes beyond topics."""

from bot.domain.subscriber import Preferences
from bot.domain.tastes import PERSISTENT, Vote, tastes
from summarizer.topic import Topic

SPORT = (Topic.SPORT,)
TEXTS = (("kk", "Футболдан жаңалық"),)


def test_muting_overrules_following():
    """A story with a muted word is left out even where a followed one stands in it."""
    liked = tastes(Preferences(muted=("футбол",), followed=("жаңалық",)), ())
    assert liked.weigh(TEXTS, SPORT, ["One"]) is None
    assert tastes(Preferences(followed=("жаңалық",)), ()).weigh(TEXTS, SPORT, ["One"]) == 1
    assert tastes(Preferences(), ()).weigh(TEXTS, SPORT, ["One"]) == 0


def test_a_topic_voted_down_persistently_ranks_lower():
    """One 👎 is a mood; several more than 👍 are a taste."""
    down = Vote(-1, SPORT, ("One", "Two"))
    few = tastes(Preferences(), [down] * (PERSISTENT - 1))
    many = tastes(Preferences(), [down] * PERSISTENT)
    balanced = tastes(Preferences(), [down] * PERSISTENT + [Vote(1, SPORT, ("One", "Two"))])
    assert [liked.weigh(TEXTS, SPORT, ["Three"]) for liked in (few, many, balanced)] == [0, -1, 0]


def test_a_publisher_voted_down_lowers_only_what_it_tells_alone():
    """A story that others tell too stays where it is."""
    liked = tastes(Preferences(), [Vote(-1, SPORT, ("One",))] * PERSISTENT)
    assert liked.weigh(TEXTS, (Topic.WORLD,), ["One"]) == -1
    assert liked.weigh(TEXTS, (Topic.WORLD,), ["One", "Two"]) == 0
