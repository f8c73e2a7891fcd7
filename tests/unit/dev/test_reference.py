"""The reference says what the code says."""

import subprocess
import sys
from pathlib import Path

import pytest

from dev.reference import FOLDER

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Pages by name, from a process of its own: click keeps what other tests made of a command's help."""
    folder = tmp_path_factory.mktemp("docs") / "reference"
    command = [sys.executable, str(ROOT / "dev" / "reference.py"), str(folder)]
    subprocess.run(command, check=True, env={"PYTHONPATH": str(ROOT)}, timeout=60)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


def test_the_reference_is_up_to_date(written):
    """Otherwise: make reference."""
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")} == written


def test_every_setting_and_command_is_explained(written):
    """A setting without a meaning, or a command without an example, is no reference."""
    rows = [line for line in written["settings.md"].splitlines() if line.startswith("| `HABARSHY_")]
    assert all(row.rsplit("|", 2)[1].strip() for row in rows)
    assert written["commands.md"].count("\n## habarshy ") == written["commands.md"].count("Example: ")
