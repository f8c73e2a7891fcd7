"""The benchmark of the transformers writer starts."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_help_says_what_is_measured():
    """Without loading a model."""
    command = [sys.executable, "benchmarks/neural.py", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)

    assert "one by one" in done.stdout
