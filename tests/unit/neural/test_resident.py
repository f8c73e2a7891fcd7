"""A model stays in memory while it is used, and goes when nobody needs it."""

import threading

import pytest

from summarizer.neural.resident import Resident


def test_a_model_is_loaded_once():
    """Two users in turn share one load."""
    loads = []
    resident = Resident(lambda: loads.append(1) or object(), idle=60)

    with resident.use() as first:
        pass
    with resident.use() as second:
        pass
    resident.release()

    assert first is second
    assert loads == [1]


def test_an_idle_model_goes():
    """Its memory is given back without anybody asking."""
    gone = threading.Event()

    class Weights:
        def __del__(self):
            gone.set()

    resident = Resident(Weights, idle=0.01)
    with resident.use():
        assert resident.loaded

    assert gone.wait(10)
    assert not resident.loaded


def test_a_model_in_use_is_not_taken_away():
    """The idle time begins when the last user is done."""
    resident = Resident(object, idle=0.01)
    with resident.use():
        assert not threading.Event().wait(0.05)
        assert resident.loaded


def test_a_failed_load_is_tried_again():
    """A model that was missing may be there the next time."""
    answers = iter([OSError("not yet"), None])

    def load():
        if error := next(answers):
            raise error
        return "model"

    resident = Resident(load, idle=60)
    with pytest.raises(OSError, match="not yet"), resident.use():
        pass
    with resident.use() as model:
        assert model == "model"
    resident.release()
