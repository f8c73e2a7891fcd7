"""Whether Telegram is there at all."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.circuit import FIRST_PAUSE, LONGEST_PAUSE, MOST_FAILURES, Circuit
from bot.domain.delivery import Ambiguous, Flooded, Refused, Rejected, Sent, Unsent

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
DOWN = Unsent("no connection")


@pytest.fixture
def open_circuit():
    """A circuit that has just opened."""
    circuit = Circuit()
    assert [circuit.heard(DOWN, NOW) for _ in range(MOST_FAILURES)] == [False] * (MOST_FAILURES - 1) + [True]
    return circuit


def test_a_few_failures_stop_nobody():
    """One below the number in a row changes nothing, however often."""
    circuit = Circuit()
    for _ in range(5):
        for _ in range(MOST_FAILURES - 1):
            assert not circuit.heard(Ambiguous("time-out"), NOW)
        circuit.heard(Sent(1), NOW)
    assert (circuit.wait(NOW), circuit.probes) == (timedelta(0), False)


@pytest.mark.parametrize("answer", [Sent(1), Refused("blocked"), Rejected("html"), Flooded(timedelta(1))])
def test_any_answer_of_telegrams_closes_it(open_circuit, answer):
    """Even a refusal says that somebody is there."""
    assert open_circuit.wait(NOW) == FIRST_PAUSE
    assert open_circuit.probes
    assert not open_circuit.heard(answer, NOW)
    assert (open_circuit.wait(NOW), open_circuit.probes) == (timedelta(0), False)


def test_what_was_on_its_way_when_it_opened_proves_nothing_more(open_circuit):
    """Failures that arrive while it is open do not lengthen it."""
    for _ in range(50):
        open_circuit.heard(DOWN, NOW)
    assert open_circuit.wait(NOW) == FIRST_PAUSE


def test_each_probe_that_fails_doubles_the_pause_up_to_a_minute(open_circuit):
    """Nobody is asked more often for being away longer."""
    now, pauses = NOW, []
    for _ in range(9):
        now += open_circuit.wait(now)
        assert not open_circuit.heard(DOWN, now)
        pauses.append(open_circuit.wait(now))
    assert pauses[:3] == [2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_clock_put_back_does_not_hold_it_open(open_circuit):
    """A pause that ends in a year was counted from another time."""
    assert open_circuit.wait(NOW - timedelta(days=365)) == timedelta(0)
