"""What stands when the process begins to serve is left out of garbage collections."""

import gc
import weakref

import pytest

from bot.app.settled import settle


class Ring:
    """An object that only a collection can take away."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def settled():
    """Settled now, and as before at the end."""
    garbage = weakref.ref(Ring())
    settle()
    yield garbage
    gc.unfreeze()


def test_what_lives_is_walked_no_more(settled):
    """Nearly nothing is left to collections, and they still take what comes and goes later."""
    assert gc.get_freeze_count() > 10 * len(gc.get_objects())
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None


def test_what_is_garbage_already_is_taken_away_first(settled):
    """It would stay for ever."""
    assert settled() is None
