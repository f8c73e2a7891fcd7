"""What the verbs tell becomes numbers and lines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.delivery import Ambiguous, Flooded, Part, PartState, Sent
from bot.domain.subscriber import Chat
from bot.metrics.hearing import Hearing
from bot.metrics.meter import Meter
from bot.newsroom.collect import Collected
from bot.newsroom.events import Attempted, Condensed, Filed
from tests.unit.metrics.test_meter import read

POSTED = datetime(2026, 11, 22, 4, tzinfo=UTC)
PART = Part(7, 5, 3, Chat(42), 0, "kk", "<b>мәтін</b>", True, POSTED)


@pytest.fixture
def meter() -> Meter:
    """Where it is counted."""
    return Meter()


def test_a_source_is_counted_by_how_it_answered(meter):
    """News, a 304, a failure; entries by what became of them."""
    hear = Hearing(meter)
    for report in (
        Collected("a", new=2, known=5),
        Collected("b", unchanged=True),
        Collected("c", failed="DNS"),
    ):
        hear(report)
    found = read(meter)
    asked = "habarshy_collect_sources_total"
    assert [found[asked, (result,)] for result in ("answered", "unchanged", "failed")] == [1, 1, 1]
    assert found["habarshy_collect_articles_total", ("new",)] == 2
    assert found["habarshy_collect_articles_total", ("known",)] == 5


def test_articles_are_counted_by_their_place(meter):
    """One begins a story, one joins and makes two stories one, one repeats."""
    hear = Hearing(meter)
    for event in (
        Filed(1, 1, new=True, repeat=False),
        Filed(2, 1, new=False, repeat=False, merges=(9,)),
        Filed(3, 1, new=False, repeat=True),
    ):
        hear(event)
    found = read(meter)
    assert [found["habarshy_group_articles_total", (place,)] for place in ("new", "joined", "repeat")] == [
        1,
        1,
        1,
    ]
    assert found["habarshy_group_merges_total", ()] == 1


def test_the_guard_is_counted_by_its_reasons(meter):
    """A model's name in a reason or a backend does not become a label."""
    hear = Hearing(meter)
    hear(Condensed(1, 1, "kk", "endpoint:big", ("numbers", "unavailable:big-model"), corrected=True))
    found = read(meter)
    assert found["habarshy_guard_rejections_total", ("numbers",)] == 1
    assert found["habarshy_guard_rejections_total", ("unavailable",)] == 1
    assert found["habarshy_summarize_summaries_total", ("endpoint", "kk")] == 1
    assert found["habarshy_summarize_corrections_total", ()] == 1


def test_attempts_are_counted_and_only_confirmations_have_a_lateness(meter):
    """By outcome; lateness is from posting to confirmation."""
    hear = Hearing(meter)
    hear(Attempted(PART, Sent(99), PartState.SENT, timedelta(seconds=3)))
    hear(Attempted(PART, Flooded(timedelta(seconds=5)), PartState.PENDING, timedelta(hours=9)))
    hear(Attempted(PART, Ambiguous("time-out"), PartState.UNKNOWN, timedelta(hours=9)))
    found = read(meter)
    outcomes = ("sent", "flooded", "ambiguous")
    assert [found["habarshy_deliver_attempts_total", (one,)] for one in outcomes] == [1, 1, 1]
    assert found["habarshy_deliver_lateness_seconds_count", ()] == 1
    assert found["habarshy_deliver_lateness_seconds_sum", ()] == 3


def test_a_text_can_be_followed_by_its_log_lines(meter):
    """Article to story, story to summary, edition to message; and no reader's chat or words."""
    hear = Hearing(meter)
    with capture_logs() as lines:
        hear(Filed(11, 4, new=True, repeat=False))
        hear(Condensed(4, 11, "kk", "extractive"))
        hear(Attempted(PART, Sent(99), PartState.SENT, timedelta(seconds=3)))
    assert (lines[0]["article"], lines[0]["story"]) == (11, 4)
    assert (lines[1]["story"], lines[1]["article"]) == (4, 11)
    assert (lines[2]["edition"], lines[2]["message"]) == (5, 99)
    assert not any("мәтін" in str(line) or "42" in str(line) for line in lines)


def test_a_message_leads_back_to_its_stories(meter):
    """The line of a confirmed part names the stories it tells."""
    hear = Hearing(meter)
    with capture_logs() as lines:
        hear(Attempted(replace(PART, stories=(4, 9)), Sent(99), PartState.SENT, timedelta(seconds=3)))
    assert lines[0]["stories"] == (4, 9)
