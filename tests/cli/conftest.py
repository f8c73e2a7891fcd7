"""The real command line: in this process where that will do, as a process of its own where it matters."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import structlog

from bot.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch) -> Iterator[None]:
    """An empty working directory, no settings from outside, and logging put back afterwards."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("HABARSHY_"):
            monkeypatch.delenv(name)
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield
    root.handlers[:] = kept
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def habarshy(capsys, monkeypatch, tmp_path) -> Callable[..., Ran]:
    """Runs a command in this process."""

    def run(*words: str, stdin: str | bytes = "") -> Ran:
        given = tmp_path / "stdin"
        given.write_bytes(stdin if isinstance(stdin, bytes) else stdin.encode())
        capsys.readouterr()
        with given.open(encoding="utf-8") as piped, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", piped)
            with pytest.raises(SystemExit) as ended:
                main(words)
        written = capsys.readouterr()
        return Ran(ended.value.code, written.out, written.err)

    return run


@pytest.fixture
def process(tmp_path) -> Callable[..., subprocess.Popen[str]]:
    """Starts a command as a process with pipes."""

    def start(*words: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    return start


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on loopback; returns its address."""
    servers: list[tuple[ThreadingHTTPServer, Thread]] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()
