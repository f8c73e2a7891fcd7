"""How many requests may be on their way at once: as few as the pace needs.

Whatever is on its way when the process dies is in doubt, and may reach its reader twice. Little's law says
how many that must be: the rate times how long one takes. At 30 a second and an answer within 20 ms it is one.
"""

from math import ceil

#: Requests on their way at most, those that hang included.
MOST = 64
#: A request takes longer when others do: room for that, so that the pace is kept.
HEADROOM = 1.5
#: Seconds that a request takes, until one has been seen.
FIRST_GUESS = 0.02
#: Share of the latest request in the average.
SHARE = 0.1
#: A request that takes this many times as long as others, and this many seconds, hangs: nobody waits for it.
OVERDUE_TIMES, OVERDUE_SECONDS = 4, 0.5


class Window:
    """Places for requests. All times are seconds of one monotonic clock."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        #: By part: when its request left (None before), and since when it has its place, less its wait.
        self._out: dict[int, tuple[float | None, float]] = {}
        self._usual = FIRST_GUESS

    def __len__(self) -> int:
        return len(self._out)

    def free(self, rate: float, now: float) -> int:
        """How many more may begin, at `rate` a second."""
        most = min(self._most, max(1, ceil(rate * self._usual * HEADROOM)))
        overdue = now - max(OVERDUE_SECONDS, OVERDUE_TIMES * self._usual)
        waited_for = sum(left is None or left > overdue for left, _ in self._out.values())
        return max(0, min(most - waited_for, self._most - len(self._out)))

    def began(self, part: int, now: float) -> None:
        """A part has a place: it is claimed, and then waits for its turn."""
        self._out[part] = None, now

    def left(self, part: int, now: float, waited: float = 0.0) -> None:
        """Its request leaves, after waiting so long for its turn."""
        self._out[part] = now, self._out[part][1] + waited

    def ended(self, part: int, now: float) -> None:
        """What became of it is written down (or it never left)."""
        left, since = self._out.pop(part)
        if left is not None:
            self._usual += SHARE * (now - since - self._usual)
