"""What the form shows: a reader's settings as they are stored, and what else could be chosen."""

from collections.abc import Collection
from typing import Any

from bot.domain.subscriber import Breaking, Preferences, State, Subscriber
from bot.domain.timing import DEFAULT_WEEKLY, OFFERED_SLOTS
from bot.web.miniapp.wishes import LAYOUTS, OFF, edition_of, phrased

#: Pauses offered, in days; 0: without an end.
_PAUSES = (1, 7, 30, 0)


def values(reader: Subscriber, outlets: Collection[str]) -> dict[str, Any]:
    """Values of `form.html` for this reader; `outlets` are the sources everybody hears, in order."""
    have = reader.preferences
    return {
        "reader": reader,
        "have": have,
        "paused": reader.state is State.PAUSED,
        "slots": sorted({*OFFERED_SLOTS, *have.slots}),
        "muted": phrased(have.muted),
        "followed": phrased(have.followed),
        "modes": tuple(Breaking),
        # Who wants hours or a day after all begins with those that /start and /weekly give.
        "quiet": have.quiet or Preferences().quiet,
        "weekly": have.weekly or DEFAULT_WEEKLY,
        "layouts": LAYOUTS,
        "off": OFF,
        "silent": sorted(have.muted_sources),
        "heard": [name for name in outlets if name not in have.muted_sources],
        "pauses": _PAUSES,
        "edition": edition_of(reader),
    }
