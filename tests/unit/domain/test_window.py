"""How many requests may be on their way at once."""

from bot.domain.window import MOST, OVERDUE_SECONDS, Window


def _took(window, seconds, times=100):
    for number in range(times):
        window.began(number, 90.0)
        window.left(number, 100.0, waited=10.0)
        window.ended(number, 100.0 + seconds)


def test_at_thirty_a_second_and_a_quick_answer_it_is_one():
    """Then a process that dies has one part in doubt at most."""
    window = Window()
    assert window.free(30, 100.0) == 1
    _took(window, 0.01)
    window.began(1, 100.0)
    assert window.free(30, 100.0) == 0


def test_it_is_as_many_as_the_pace_needs():
    """Answers after 100 ms: three of thirty a second are on their way, with room for more."""
    window = Window()
    _took(window, 0.1)
    assert window.free(30, 200.0) == 5
    assert window.free(1000, 200.0) == MOST


def test_who_hangs_keeps_nobody_waiting():
    """A request that takes far longer than others does not count, and all together have an end."""
    window = Window()
    for number in range(MOST):
        now = 100.0 + number
        assert window.free(30, now) == 1
        window.began(number, now)
        window.left(number, now)
        assert window.free(30, now + OVERDUE_SECONDS / 2) == 0
    assert window.free(30, 500.0) == 0


def test_what_never_left_tells_nothing_of_the_time():
    """Waiting for the pace is not taking long."""
    window = Window()
    window.began(1, 1.0)
    window.ended(1, 999.0)
    assert window.free(30, 999.0) == 1
    assert len(window) == 0


def test_an_operator_may_allow_one_only():
    """Then even one that hangs is waited for: nothing else is ever in doubt beside it."""
    window = Window(1)
    _took(window, 0.5)
    window.began(1, 100.0)
    window.left(1, 100.0)
    assert (window.free(1000, 100.0), window.free(1000, 500.0)) == (0, 0)
