"""The benchmark of parsing and extraction starts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_help_says_what_is_measured():
    """With how texts are compared."""
    command = [sys.executable, "benchmarks/feeds.py", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)

    assert "harmonic mean" in done.stdout
