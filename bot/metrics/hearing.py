"""What the verbs tell, as numbers and as lines of the log.

A line for each step of a text's way: `source` leads to `article`, `article` to `story`, and `story` to the
`edition` and the `message` that Telegram confirmed.
"""

import structlog

from bot.domain.delivery import Flooded, PartState, Sent
from bot.metrics import catalogue
from bot.metrics.meter import Meter
from bot.newsroom.collect import Collected
from bot.newsroom.events import Attempted, Condensed, Event, Filed, Posted

_log = structlog.get_logger(__name__)


class Hearing:
    """Satisfies newsroom.events.Hear."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def __call__(self, event: Event) -> None:
        """Count it and write it down."""
        match event:
            case Collected():
                self._collected(event)
            case Filed():
                self._filed(event)
            case Condensed():
                self._condensed(event)
            case Posted():
                self._meter.add(catalogue.POSTED, event.editions)
            case Attempted():
                self._attempted(event)

    def _collected(self, event: Collected) -> None:
        result = "failed" if event.failed else "unchanged" if event.unchanged else "answered"
        self._meter.add(catalogue.ASKED, result=result)
        for counted, number in (("new", event.new), ("known", event.known), ("unread", event.unread)):
            self._meter.add(catalogue.COLLECTED, number, result=counted)
        _log.info("collected", source=event.source, new=event.new, failed=event.failed)

    def _filed(self, event: Filed) -> None:
        place = "repeat" if event.repeat else "new" if event.new else "joined"
        self._meter.add(catalogue.FILED, place=place)
        self._meter.add(catalogue.MERGED, len(event.merges))
        _log.info(
            "filed",
            source=event.source,
            article=event.article,
            story=event.story,
            place=place,
            merged=event.merges,
        )

    def _condensed(self, event: Condensed) -> None:
        backend = event.backend.partition(":")[0]
        self._meter.add(catalogue.SUMMARIZED, lang=event.lang, backend=backend)
        self._meter.add(catalogue.CORRECTED, event.corrected)
        for reason in event.rejected:
            self._meter.add(catalogue.REJECTED, reason=reason.partition(":")[0])
        _log.info(
            "summarized",
            story=event.story,
            article=event.article,
            lang=event.lang,
            backend=event.backend,
            rejected=event.rejected,
        )

    def _attempted(self, event: Attempted) -> None:
        self._meter.add(catalogue.ATTEMPTS, outcome=type(event.outcome).__name__.lower())
        if event.state is PartState.SENT:
            self._meter.observe(catalogue.LATENESS, max(0.0, event.after.total_seconds()))
        part, outcome = event.part, event.outcome
        told = {"message": outcome.message_id} if isinstance(outcome, Sent) else {}
        say = _log.warning if isinstance(outcome, Flooded) else _log.info
        say("attempted", edition=part.edition, part=part.id, stories=part.stories, state=event.state, **told)
