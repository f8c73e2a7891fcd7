"""The benchmarks of the databases start."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("script", "said"), [("search.py", "medians of many"), ("database.py", "proof included")]
)
def test_help_says_what_is_measured(script, said):
    """And how."""
    command = [sys.executable, f"benchmarks/{script}", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    assert said in " ".join(done.stdout.split())
