"""Processes of one installation, each in its roles: what an operator spreads over machines."""

import asyncio
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.e2e.botapi import TOKEN, BotApi
from tests.e2e.environment import environment


class Crowd:
    """Starts `habarshy run --roles …` in one folder, on one database and one broker."""

    def __init__(self, folder: Path, api: BotApi, **settings: str) -> None:
        self.folder = folder
        self.database = settings.get("HABARSHY_DATABASE_URL", f"sqlite+aiosqlite:///{folder}/habarshy.db")
        own = {"HABARSHY_ALLOW_PRIVATE_ADDRESSES": "true", "HABARSHY_DATABASE_URL": self.database}
        self._environment = environment(api, **own | settings)
        self._running: list[Process] = []
        self.logs: dict[int, bytes] = {}

    def follow(self, *sources: Any) -> None:
        """Write the list of sources."""
        tables = "".join(
            f'[[source]]\nname = "{one.name}"\nurl = "{one.url}"\nkind = "{one.kind}"\n' for one in sources
        )
        (self.folder / "sources.toml").write_text(tables, encoding="utf-8")

    async def start(self, roles: str, **settings: str) -> Process:
        """Start a process; returns when it says that it runs."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--roles", roles,
            cwd=self.folder,
            env={**self._environment, "HABARSHY_WEB_PORT": str(free_port()), **settings},
            stderr=PIPE,
        )  # fmt: skip
        self._running.append(process)
        assert process.stderr
        log = b""
        async with asyncio.timeout(60):
            while b"habarshy is running" not in log:
                line = await process.stderr.readline()
                assert line, log.decode()
                log += line
        self.logs[process.pid] = log
        return process

    async def healthy(self, port: int) -> bool:
        """Whether the process that serves this port says that it is well."""
        try:
            async with ClientSession() as client, client.get(f"http://127.0.0.1:{port}/healthz") as answer:
                return answer.status == 200
        except ClientError:
            return False

    async def stop(self, *processes: Process) -> str:
        """End processes as a supervisor does; returns their logs."""
        for process in processes:
            process.send_signal(signal.SIGTERM)
        ended = await asyncio.wait_for(asyncio.gather(*(one.communicate() for one in processes)), 60)
        logs = "".join(
            self.logs[one.pid].decode() + log.decode() for one, (_, log) in zip(processes, ended, strict=True)
        )
        assert {one.returncode for one in processes} == {0}, logs
        assert TOKEN not in logs
        return logs

    async def kill(self, process: Process) -> None:
        """End a process without a farewell."""
        process.kill()
        await process.communicate()

    async def clear(self) -> None:
        """Leave nothing behind."""
        for process in self._running:
            if process.returncode is None:
                await self.kill(process)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
