"""The benchmark of summaries starts, and measures what it is given."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _run(*arguments):
    command = [sys.executable, "benchmarks/summaries.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)


def test_a_gold_file_gives_a_row_for_the_backend_and_each_baseline(tmp_path):
    """With the figures of the public scorer."""
    row = {
        "id": "1",
        "lang": "ru",
        "title": "Мост открыт",
        "sentences": ["В городе Жанатас открыли мост.", "Его длина 120 метров."],
        "reference": "В Жанатасе открыли мост.",
        "facts": [{"text": "В Жанатасе открыли мост", "weight": 3}],
        "best": [0],
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row), encoding="utf-8")

    done = _run(str(gold))

    assert done.returncode == 0, done.stderr
    for system in ("extractive", "lead-3", "oracle", "reference"):
        assert system in done.stdout


def test_a_wrong_file_is_one_line(tmp_path):
    """With the file, the line and the field."""
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}", encoding="utf-8")

    done = _run(str(gold))

    assert done.returncode == 1
    assert "line 1" in done.stderr
    assert "Traceback" not in done.stderr
