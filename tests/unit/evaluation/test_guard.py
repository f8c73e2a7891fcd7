"""What the guard catches and what it wrongly stops."""

from pathlib import Path

import pytest

from summarizer.evaluation.guard import measure

GOLD = [
    Path(__file__).parents[3].parent / "shared" / "eval" / f"summaries_{lang}.jsonl"
    for lang in ("kk", "ru", "en")
]


@pytest.mark.skipif(
    not all(path.is_file() for path in GOLD), reason="the shared development sets are not here"
)
def test_the_guard_keeps_its_promise_on_real_news() -> None:
    """All wrong numbers, 95 % of wrong names, 80 % of other falsehoods; 2 % false alarms at most."""
    report = measure(GOLD)
    assert sum(share.seen for share in report.caught.values()) >= 600
    assert report.kind("number").stopped == report.kind("number").seen
    assert report.kind("name").stopped >= 0.95 * report.kind("name").seen
    rest = report.kind("negation", "role", "modality")
    assert rest.stopped >= 0.8 * rest.seen
    assert report.alarms["references"].stopped <= 0.02 * report.alarms["references"].seen
    assert report.alarms["extractive"].stopped == 0
