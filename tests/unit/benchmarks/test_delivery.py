"""The benchmarks of composing and sending start."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("benchmarks/delivery.py", "sliding windows"),
        ("benchmarks/compose.py", "distinct sets"),
        ("dev/chaos.py", "every reader must have every message"),
    ],
)
def test_help_says_what_is_measured(script, said):
    """Without measuring anything."""
    command = [sys.executable, script, "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    assert said in " ".join(done.stdout.split())
