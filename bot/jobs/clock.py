"""The clock: APScheduler starts the newsroom's verbs; what is due is always read from the store.

So nothing is lost with the process: a slot missed while it was down is still due when it starts again.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

#: A verb with its ports bound.
Job = Callable[[], Awaitable[object]]

#: How often each verb looks for due work. Delivering every second keeps a digest asked for prompt.
COLLECT_EVERY = timedelta(minutes=1)
COMPOSE_EVERY = timedelta(seconds=10)
DELIVER_EVERY = timedelta(seconds=1)

_log = structlog.get_logger(__name__)


def build_clock(jobs: Mapping[str, tuple[Job, timedelta]]) -> AsyncIOScheduler:
    """A scheduler, not yet started, that runs each named job at its interval, first at once.

    A run that is still going delays the next (max_instances, coalesce), and a late run is never
    skipped (misfire_grace_time None): a busy second must not cost anybody a digest.
    """
    clock = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, (job, every) in jobs.items():
        clock.add_job(
            _guarded(name, job, every),
            IntervalTrigger(seconds=every.total_seconds()),
            id=name,
            next_run_time=datetime.now(UTC),
        )
    return clock


def _guarded(name: str, job: Job, every: timedelta) -> Job:
    async def run() -> None:
        try:
            await job()
        except Exception:  # noqa: BLE001 - the clock must outlive any job
            # The store still holds what was due: log it, and the next tick tries again.
            _log.exception("job failed", job=name, again_in=every.total_seconds())

    return run
