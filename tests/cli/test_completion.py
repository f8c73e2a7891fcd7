"""Shells complete commands, options and the words of lists."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def completed(line: str, tmp_path: Path) -> set[str]:
    """What bash is offered at the end of a line."""
    words = line.split(" ")
    ran = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": os.environ["PATH"],
            "_HABARSHY_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {offered.partition(",")[2] for offered in ran.stdout.splitlines()}


@pytest.mark.parametrize(
    ("line", "offered"),
    [("habarshy col", "collect"), ("habarshy sources ", "check"), ("habarshy collect --fe", "--fetch-only")],
)
def test_commands_and_options_are_offered(line, offered, tmp_path):
    """By the same names that `--help` shows."""
    assert offered in completed(line, tmp_path)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_printed_script_asks_the_program(habarshy, shell):
    """It names the variable that click answers to."""
    ran = habarshy("completion", shell)
    assert ran.status == 0
    assert "_HABARSHY_COMPLETE" in ran.out


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
def test_bash_can_read_its_script(habarshy):
    """A syntax error would greet the operator at each login."""
    script = habarshy("completion", "bash").out
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
