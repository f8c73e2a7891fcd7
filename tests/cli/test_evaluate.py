"""`habarshy evaluate`: figures by command, for people and for programs."""

import json
from pathlib import Path

import pytest

from tests.cli.gold import ROW, STREAM

GOLD = {"summaries": [ROW], "topics": [ROW], "stories": STREAM}
OUT = {
    "summaries": [{"id": "a1", "summary": ROW["sentences"][1]}],
    "topics": [{"id": "a1", "topics": ["economy"]}],
    "stories": [{"id": name, "story": story} for name, story in (("a", "1"), ("b", "1"), ("c", "2"))],
}
KINDS = pytest.mark.parametrize("kind", GOLD)


def write(name, rows):
    """A JSON Lines file."""
    Path(name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return name


@KINDS
def test_our_own_work_is_measured(habarshy, kind):
    """A table by default, an object a line with --json."""
    gold = write("gold.jsonl", GOLD[kind])
    table = habarshy("evaluate", kind, gold)
    assert (table.status, table.err) == (0, "")
    assert "gold" in table.out
    rows = [json.loads(line) for line in habarshy("evaluate", kind, gold, "--json").out.splitlines()]
    assert rows
    assert {"gold", "system"} <= rows[0].keys()


@KINDS
def test_given_outputs_are_measured_instead(habarshy, kind):
    """Lines that are answers to bad lines count as missing."""
    out = write("out.jsonl", [*OUT[kind], {"id": None, "error": "not JSON"}])
    ran = habarshy("evaluate", kind, write("gold.jsonl", GOLD[kind]), "--out", out, "--json")
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1


@KINDS
@pytest.mark.parametrize(
    ("gold", "out"), [("not gold\n", None), ('{"id": "a"}\n', None), (None, "not outputs\n"), (None, "\xff")]
)
def test_a_file_that_is_not_one_is_a_failed_job(habarshy, kind, gold, out):
    """Exit status 1; the line names the file."""
    write("gold.jsonl", GOLD[kind])
    write("out.jsonl", OUT[kind])
    wrong = "gold.jsonl" if gold else "out.jsonl"
    Path(wrong).write_text(gold or out, encoding="latin-1")
    ran = habarshy("evaluate", kind, "gold.jsonl", *(["--out", "out.jsonl"] if out else []))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert wrong in ran.err
    assert "unexpected" not in ran.err
