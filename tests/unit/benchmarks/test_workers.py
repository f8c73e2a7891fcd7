"""The benchmark of two workers measures a small round."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_small_round_stores_and_summarizes_everything():
    """Site, Valkey, database, one worker and two, each in processes of their own."""
    command = [
        sys.executable,
        "benchmarks/workers.py",
        "--feeds",
        "4",
        "--items",
        "2",
        "--rounds",
        "1",
        "--sqlite",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    assert "4 feeds of 2 items: 8 articles, 8 summaries" in done.stdout
