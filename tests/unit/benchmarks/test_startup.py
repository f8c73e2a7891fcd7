"""The benchmark of starting runs a bot and the commands it measures."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(180)
def test_a_bot_is_started_and_commands_are_timed():
    """One round, with a moment of idleness."""
    command = [sys.executable, "benchmarks/startup.py", "--rounds", "1", "--idle", "0.5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=170)

    assert done.returncode == 0, done.stderr
    assert "PSS, MB" in done.stdout
    assert "habarshy collect --fetch-only" in done.stdout
