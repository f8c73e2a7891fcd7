"""The benchmark of the site measures a small store."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_small_store_is_served_and_asked():
    """Server and client, each in a process of its own; sizes and waits come out."""
    options = ["--articles", "400", "--rate", "40", "--seconds", "1", "--warm", "0.5"]
    command = [sys.executable, "benchmarks/web.py", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)

    assert done.returncode == 0, done.stderr
    assert "400 articles stored" in done.stdout
    assert "first byte at 40/s" in done.stdout
