"""What an endpoint costs: tokens and money counted, a day's budget kept."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent in a day."""

    #: Tokens of prompts and answers together.
    tokens: int
    #: Tells which day it is, where the operator counts days.
    today: Callable[[], date]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in the operator's currency."""

    prompt: float = 0.0
    completion: float = 0.0


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent since the start."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    #: In the currency of the prices.
    cost: float = 0.0


class Ledger:
    """Counts what is spent and says no when the day's budget would not hold; safe between threads."""

    def __init__(self, budget: Budget | None = None, prices: Prices | None = None) -> None:
        self._budget = budget
        self._prices = prices or Prices()
        self._lock = threading.Lock()
        self._usage = Usage()
        self._day: date | None = None
        self._spent = 0

    @property
    def usage(self) -> Usage:
        """What was spent since the start."""
        return self._usage

    def reserve(self, tokens: int) -> bool:
        """Set tokens aside for one request; False where the day has not so many left."""
        with self._lock:
            self._turn_day()
            if self._budget and self._spent + tokens > self._budget.tokens:
                return False
            self._spent += tokens
            return True

    def settle(self, reserved: int, prompt: int = 0, completion: int = 0) -> None:
        """Replace what a request had set aside by what it used; nothing used means that it failed."""
        with self._lock:
            self._spent += prompt + completion - reserved
            price = prompt * self._prices.prompt + completion * self._prices.completion
            self._usage = Usage(
                self._usage.requests + 1,
                self._usage.prompt_tokens + prompt,
                self._usage.completion_tokens + completion,
                self._usage.cost + price / 1_000_000,
            )

    def _turn_day(self) -> None:
        today = self._budget.today() if self._budget else None
        if today != self._day:
            self._day, self._spent = today, 0
