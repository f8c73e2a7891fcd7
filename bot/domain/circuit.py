"""Whether Telegram is there at all: when it is not, everything waits instead of being tried in turn."""

from datetime import datetime, timedelta

from bot.domain.delivery import Ambiguous, Outcome, Unsent

#: So many requests in a row without an answer of Telegram's, whoever they were for, and it is down.
#: With every other request failing by chance, one run in a thousand is so long.
MOST_FAILURES = 10
#: Until the first probe; twice as long after each that fails, up to the longest.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(minutes=1)

_NONE = timedelta(0)


class Circuit:
    """Closed while Telegram answers; open while it does not; between the two, one request as a probe.

    What waits for the circuit has not been tried: it uses up neither attempts nor patience.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._pause = _NONE
        self._open_until: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """How long nothing may be tried."""
        wait = self._open_until - now if self._open_until else _NONE
        # A wait longer than any was counted from a clock that has been put back since.
        return wait if _NONE < wait <= self._pause else _NONE

    @property
    def probes(self) -> bool:
        """Whether the next request is a probe, to be sent alone."""
        return self._pause > _NONE

    def heard(self, outcome: Outcome, now: datetime) -> bool:
        """Learn from an outcome; True when Telegram just turned out to be down."""
        if not isinstance(outcome, Unsent | Ambiguous):
            self._failures, self._pause, self._open_until = 0, _NONE, None
            return False
        self._failures += 1
        # What was on its way when the circuit opened proves nothing more.
        if self._failures < MOST_FAILURES or self.wait(now):
            return False
        first = not self._pause
        self._pause = min(max(FIRST_PAUSE, 2 * self._pause), LONGEST_PAUSE)
        self._open_until = now + self._pause
        return first
