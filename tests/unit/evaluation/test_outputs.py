"""Outputs made elsewhere are read line by line; a line without an output is none."""

import json

import pytest

from summarizer.errors import WrongGold
from summarizer.evaluation import outputs


@pytest.fixture
def written(tmp_path):
    """A file with good, bad and missing outputs."""
    rows = [
        {"id": "a", "summary": "A.", "story": "a", "topics": ["sport", "world"]},
        {"id": "b", "summary": None, "story": None, "topics": None},
        {"id": "c", "error": "empty"},
        {"id": None, "error": "not JSON"},
        [1],
    ]
    path = tmp_path / "out.jsonl"
    path.write_text("\n".join([*map(json.dumps, rows), "", ""]))
    return path


def test_each_kind_reads_its_own_key(written):
    """What is missing counts as the public scorers count it."""
    assert outputs.read_summaries(written) == {"a": "A.", "b": "", "c": ""}
    assert outputs.read_stories(written) == {"a": "a"}
    assert outputs.read_topics(written) == {"a": ["sport", "world"]}


def test_a_missing_file_is_named(tmp_path):
    """One line with the path."""
    with pytest.raises(WrongGold, match="nowhere"):
        outputs.read_summaries(tmp_path / "nowhere")


@pytest.mark.parametrize("line", ["{broken", "[" * 9999, "not outputs"])
def test_a_file_that_is_not_json_lines_is_named_with_its_line(tmp_path, line):
    """Scoring half of a broken file would flatter or wrong its writer."""
    path = tmp_path / "out.jsonl"
    path.write_text(f'{{"id": "a", "summary": "A."}}\n{line}\n')
    with pytest.raises(WrongGold, match=r"out\.jsonl.*line 2 is not JSON"):
        outputs.read_summaries(path)
