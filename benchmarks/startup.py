"""How soon a bot that is started asks Telegram for updates, and what it takes while nothing happens.

`habarshy run` (all roles in one process) against the Bot API of tests/e2e on loopback, with an empty source
list and no model loaded; the database is there already, as at every start but the first. Memory is the
process's proportional set (PSS) and its resident set (RSS) after some idle seconds, processor time that of
the whole start and of an idle second. Beside it, how long commands take that load less.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.e2e.botapi import TOKEN, BotApi  # noqa: E402 - found beside this folder, not installed

#: Shortest and longest commands of everyday use.
COMMANDS = (("--version",), ("sources", "list"), ("collect", "--fetch-only"), ("articles",), ("stats",))
#: Seconds until a bot that never asks is given up.
_PATIENCE = 60.0


async def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/startup.py --rounds 1 --idle 3"
    )
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many")
    parser.add_argument("--idle", type=float, default=10, help="seconds before memory is looked at")
    asked = parser.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        await _command(("db", "upgrade"), environment)
        runs = [await _run(environment, asked.idle) for _ in range(asked.rounds)]
        console.print(_running(runs))
        table = Table("command", "s")
        for words in COMMANDS:
            seconds = [await _command(words, environment) for _ in range(asked.rounds)]
            table.add_row(f"habarshy {' '.join(words)}", f"{median(seconds):.2f}")
        console.print(table)


def _environment(folder: Path) -> dict[str, str]:
    (folder / "sources.toml").write_text("", "utf-8")
    settings = {
        "HABARSHY_SOURCES": str(folder / "sources.toml"),
        "HABARSHY_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'habarshy.db'}",
        "HABARSHY_BOT_TOKEN": TOKEN,
        "HABARSHY_WEB_PORT": "0",
        "PYTHONPATH": str(ROOT),
    }
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HABARSHY_")},
        **settings,
    }


def _running(runs: Sequence[tuple[float, ...]]) -> Table:
    table = Table(
        "first poll after, s", "PSS, MB", "RSS, MB", "CPU of the start, s", "CPU of an idle second, ms"
    )
    first, pss, rss, start, idle = (median(column) for column in zip(*runs, strict=True))
    table.add_row(f"{first:.2f}", f"{pss:.0f}", f"{rss:.0f}", f"{start:.2f}", f"{idle * 1e3:.1f}")
    return table


async def _run(environment: dict[str, str], idle: float) -> tuple[float, ...]:
    """Seconds to the first poll; PSS and RSS when idle, MB; processor seconds of the start, and idle."""
    api = BotApi()
    await api.start()
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env={**environment, "HABARSHY_TELEGRAM_API": api.address},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_PATIENCE):
            # The server that tests share has no event for every method.
            while not any(method == "getUpdates" for method, _ in api.calls):
                if process.returncode is not None:
                    raise SystemExit("the bot ended at once; `habarshy run` says why")
                await asyncio.sleep(0.005)
        first = time.perf_counter() - begun
        await asyncio.sleep(idle / 2)
        started = _cpu(process.pid)
        await asyncio.sleep(idle / 2)
        rested = (_cpu(process.pid) - started) / (idle / 2)
        return first, _memory(process.pid, "Pss:"), _memory(process.pid, "Rss:"), started, rested
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        await api.stop()


def _memory(process: int, kind: str) -> float:
    """Megabytes of this kind."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(kind))


def _cpu(process: int) -> float:
    """Seconds of the processor so far."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _command(words: Sequence[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=environment,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await process.communicate()
    if process.returncode:
        raise SystemExit(f"habarshy {' '.join(words)} failed: {said.decode()[-500:]}")
    return time.perf_counter() - begun


if __name__ == "__main__":
    asyncio.run(main())
