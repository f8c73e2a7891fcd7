"""The clock: APScheduler starts the newsroom's verbs; what is due is always read from the store.

So nothing is lost with the process: a slot missed while it was down is still due when it starts again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.domain.errors import HabarshyError

#: A verb with its ports bound.
Job = Callable[[], Awaitable[object]]

#: How often each verb looks for due work. Delivering every second keeps a digest asked for prompt.
COLLECT_EVERY = timedelta(minutes=1)
COMPOSE_EVERY = timedelta(seconds=10)
DELIVER_EVERY = timedelta(seconds=1)
RETAIN_EVERY = timedelta(hours=24)
#: Seconds between two looks at whether the wall clock was set; smaller steps delay nothing that matters.
WATCH_EVERY = 1.0

_log = structlog.get_logger(__name__)


class Clock:
    """Runs each named job at its interval, first at once.

    A run that is still going delays the next (max_instances, coalesce), and a late run is never
    skipped (misfire_grace_time None): a busy second must not cost anybody a digest.
    """

    def __init__(
        self, jobs: Mapping[str, tuple[Job, timedelta]], wall: Callable[[], float] = time.time
    ) -> None:
        #: Seconds of the clock that can be set, as APScheduler reads it.
        self._wall = wall
        self.scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for name, (job, every) in jobs.items():
            self.scheduler.add_job(
                _guarded(name, job, every),
                IntervalTrigger(seconds=every.total_seconds()),
                id=name,
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Begin; needs a running event loop."""
        self.scheduler.start()
        self._ahead = self._lead()
        self._watch = asyncio.get_running_loop().call_later(WATCH_EVERY, self._look)

    def stop(self) -> None:
        """End at once; runs under way are cancelled."""
        self._watch.cancel()
        self.scheduler.shutdown(wait=False)

    def _lead(self) -> float:
        return self._wall() - asyncio.get_running_loop().time()

    def _look(self) -> None:
        """Wake everything when the wall clock was set: an hour back, APScheduler would sleep for an hour."""
        ahead = self._lead()
        if abs(ahead - self._ahead) > WATCH_EVERY:
            _log.warning("the clock was set", by=round(ahead - self._ahead))
            for job in self.scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        self._ahead = ahead
        self._watch = asyncio.get_running_loop().call_later(WATCH_EVERY, self._look)


def _guarded(name: str, job: Job, every: timedelta) -> Job:
    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            # Only `stop` cancels a job; what it was doing is still due in the store, and no trouble to log.
            _log.info("job stopped", job=name)
        except HabarshyError as error:
            # What was due is due still, and the error says in a line what is in the way.
            _log.warning("job put off", job=name, reason=str(error), again_in=every.total_seconds())
        except Exception:  # noqa: BLE001 - the clock must outlive any job
            # The store still holds what was due: log it, and the next tick tries again.
            _log.exception("job failed", job=name, again_in=every.total_seconds())

    return run
