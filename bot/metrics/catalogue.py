"""Every metric with its help: the reference, the dashboard and the code cannot disagree."""

from dataclasses import dataclass
from typing import Literal

#: Seconds, from an answer in time to a digest of yesterday.
_LATENESS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 21600.0, 86400.0)
_DURATION = (0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric, by the conventions of https://prometheus.io/docs/practices/naming/."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    labels: tuple[str, ...] = ()
    #: Upper bounds of a histogram, in its unit.
    buckets: tuple[float, ...] = ()


COLLECTED = Metric(
    "habarshy_collect_articles_total",
    "counter",
    "Entries of sources by result: new, known, unread.",
    ("result",),
)
ASKED = Metric(
    "habarshy_collect_sources_total",
    "counter",
    "Sources asked by result: answered, unchanged (304), failed.",
    ("result",),
)
FILED = Metric(
    "habarshy_group_articles_total",
    "counter",
    "Articles filed by place: new (began a story), joined, repeat (of an earlier text).",
    ("place",),
)
MERGED = Metric("habarshy_group_merges_total", "counter", "Stories that turned out to be another.")
SUMMARIZED = Metric(
    "habarshy_summarize_summaries_total",
    "counter",
    "Summaries written by language and by who wrote them: extractive, transformers, endpoint.",
    ("lang", "backend"),
)
CORRECTED = Metric(
    "habarshy_summarize_corrections_total",
    "counter",
    "Summaries redone because their source corrected itself.",
)
REJECTED = Metric(
    "habarshy_guard_rejections_total",
    "counter",
    "Doubts of the guard about drafts, by reason word.",
    ("reason",),
)
POSTED = Metric("habarshy_compose_editions_total", "counter", "Digests put into the outbox.")
ATTEMPTS = Metric(
    "habarshy_deliver_attempts_total",
    "counter",
    "Attempts to send a part by outcome: sent, flooded, refused, migrated, rejected, unsent, ambiguous.",
    ("outcome",),
)
LATENESS = Metric(
    "habarshy_deliver_lateness_seconds",
    "histogram",
    "From a digest's posting to Telegram's confirmation of a part.",
    buckets=_LATENESS,
)
REQUESTS = Metric(
    "habarshy_telegram_requests_total",
    "counter",
    "Requests to the Bot API by method and result: ok, or the outcome they failed with.",
    ("method", "result"),
)
FLOODS = Metric("habarshy_telegram_floods_total", "counter", "Answers 429: Telegram asked for a pause.")
CIRCUIT = Metric(
    "habarshy_telegram_circuit_open", "gauge", "1 while nothing is sent because Telegram is down."
)
JOBS = Metric("habarshy_job_seconds", "histogram", "Time that a run of a job took.", ("job",), _DURATION)
JOB_FAILURES = Metric("habarshy_job_failures_total", "counter", "Runs of a job that failed.", ("job",))
OUTBOX = Metric("habarshy_outbox_parts", "gauge", "Parts of digests by state.", ("state",))
WAITING = Metric(
    "habarshy_outbox_oldest_seconds",
    "gauge",
    "Age of the oldest digest with a part that is still to be sent.",
)
OVERDUE = Metric(
    "habarshy_compose_overdue_seconds", "gauge", "How long ago the earliest slot not composed began."
)
SOURCES = Metric("habarshy_sources", "gauge", "Sources by health: new, ok, failing, gone, off.", ("health",))
SUBSCRIBERS = Metric("habarshy_subscribers", "gauge", "Subscribers by state.", ("state",))
STORED = Metric("habarshy_stored_rows", "gauge", "Rows of articles, stories and summaries.", ("table",))
LAST_ARTICLE = Metric(
    "habarshy_last_article_timestamp_seconds",
    "gauge",
    "Unix time at which the newest public article was found.",
)
DISK = Metric("habarshy_disk_free_bytes", "gauge", "Room left where the database is.")
TROUBLES = Metric(
    "habarshy_troubles", "gauge", "Troubles that administrators were told of, by kind.", ("kind",)
)
BUILD = Metric("habarshy_build_info", "gauge", "1, labelled with the version that runs.", ("version",))

ALL = (
    *(COLLECTED, ASKED, FILED, MERGED, SUMMARIZED, CORRECTED, REJECTED, POSTED, ATTEMPTS, LATENESS),
    *(REQUESTS, FLOODS, CIRCUIT, JOBS, JOB_FAILURES, OUTBOX, WAITING, OVERDUE, SOURCES, SUBSCRIBERS),
    *(STORED, LAST_ARTICLE, DISK, TROUBLES, BUILD),
)


def reference() -> str:
    """The metrics as a table of Markdown, for the documentation."""
    head = "| Metric | Kind | Labels | What it tells |\n|---|---|---|---|\n"
    rows = (
        f"| `{one.name}` | {one.kind} | {', '.join(f'`{label}`' for label in one.labels)} | {one.help} |"
        for one in ALL
    )
    return head + "\n".join(rows) + "\n"
