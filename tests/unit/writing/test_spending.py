"""Tokens and money are counted, and a day's budget is kept."""

from datetime import date, timedelta

from summarizer.writing.spending import Budget, Ledger, Prices

DAY = date(2026, 11, 22)


def test_a_day_without_tokens_says_no():
    """What would not fit is not begun."""
    ledger = Ledger(Budget(100, lambda: DAY))

    assert ledger.reserve(60)
    assert not ledger.reserve(60)
    assert ledger.reserve(40)


def test_what_was_not_used_is_given_back():
    """An estimate is replaced by what the server counted; a failed request used nothing."""
    ledger = Ledger(Budget(100, lambda: DAY))
    assert ledger.reserve(90)
    ledger.settle(90, prompt=20, completion=10)
    assert ledger.reserve(70)
    ledger.settle(70)

    assert ledger.reserve(70)
    assert not ledger.reserve(1)


def test_a_new_day_has_a_new_budget():
    """The operator's day, as `today` tells it."""
    days = iter([DAY, DAY, DAY + timedelta(days=1)])
    ledger = Ledger(Budget(10, lambda: next(days)))

    assert [ledger.reserve(10) for _ in range(3)] == [True, False, True]


def test_cost_is_counted_by_price():
    """Prices are those of a million tokens."""
    ledger = Ledger(prices=Prices(prompt=0.5, completion=2.0))
    ledger.reserve(10)
    ledger.settle(10, prompt=1_000_000, completion=500_000)

    assert ledger.usage.cost == 1.5
    assert (ledger.usage.requests, ledger.usage.prompt_tokens) == (1, 1_000_000)


def test_without_a_budget_nothing_is_refused():
    """A local model costs nothing."""
    assert Ledger().reserve(10**12)
