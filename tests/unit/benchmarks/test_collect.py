"""The benchmark of collecting measures a small pass."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_small_pass_stores_every_entry_once():
    """Server, pass and second pass, each in a process of its own."""
    command = [
        sys.executable,
        "benchmarks/collect.py",
        "--feeds",
        "3",
        "--items",
        "2",
        "--alone",
        "--rounds",
        "1",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)

    assert done.returncode == 0, done.stderr
    assert "cold: 3 sources: 6 new, 0 known, 0 unread, 0 failed" in done.stdout
    assert "304: 3 sources: 0 new, 0 known, 0 unread, 0 failed" in done.stdout
