"""How soon readers are answered while a digest goes out to hundreds of others.

The real process against a Bot API on loopback that counts floods as Telegram does; the answers' time is
from the update to the message (or the edit) at the server. The broadcast runs at Telegram's own limit.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.domain.digest import Digest  # noqa: E402 - a script is started by its path, and the root must be known
from bot.domain.schedule import Edition  # noqa: E402 - as above
from bot.domain.subscriber import Chat, Preferences  # noqa: E402 - as above
from bot.store.deliveries import OutboxStore  # noqa: E402 - as above
from bot.store.engine import open_database  # noqa: E402 - as above
from bot.store.subscribers import SubscriberStore  # noqa: E402 - as above
from tests.e2e.botapi import TOKEN, BotApi  # noqa: E402 - as above

#: Chat ids of those who get the digest, and of those who write meanwhile.
FIRST_READER, FIRST_NEWCOMER = 10_000, 90_000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/answers.py --readers 500"
    )
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--newcomers", type=int, default=30)
    options = parser.parse_args()
    starts, taps, floods = asyncio.run(measure(options.readers, options.newcomers))
    table = Table("milliseconds", "median", "95 %", "worst")
    for name, times in (("/start to the first answer", starts), ("tap to the edit", taps)):
        ordered = sorted(1000 * seconds for seconds in times)
        worst = ordered[int(0.95 * len(ordered))], ordered[-1]
        table.add_row(name, *(f"{value:.0f}" for value in (statistics.median(ordered), *worst)))
    Console().print(table, f"floods (429) in the broadcast: {floods}")


async def measure(readers: int, newcomers: int) -> tuple[list[float], list[float], int]:
    """Seconds of each /start and each tap during the broadcast, and how many 429s there were."""
    api = BotApi()
    await api.start()
    with tempfile.TemporaryDirectory() as folder:
        process = await _start(api, Path(folder), readers)
        try:
            await api.until(lambda: len(api.messages) > 5, 60)
            times = [await _newcomer(api, FIRST_NEWCOMER + number) for number in range(newcomers)]
            under_way = len(api.messages) < readers
        finally:
            process.terminate()
            await process.wait()
            await api.stop()
    assert under_way, "the broadcast ended before the newcomers did: take more readers"
    sent = sum(method == "sendMessage" for method, _ in api.calls)
    return [start for start, _ in times], [tap for _, tap in times], sent - len(api.messages)


async def _start(api: BotApi, folder: Path, readers: int) -> asyncio.subprocess.Process:
    (folder / "sources.toml").write_text("")
    url = f"sqlite+aiosqlite:///{folder}/habarshy.db"
    await _post(url, readers)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HABARSHY_BOT_TOKEN": TOKEN,
        "HABARSHY_TELEGRAM_API": api.address,
        "HABARSHY_DATABASE_URL": url,
        "HABARSHY_SOURCES": str(folder / "sources.toml"),
        "HABARSHY_WEB_PORT": "0",
        "HABARSHY_LOG_LEVEL": "ERROR",
    }
    words = ("-m", "bot", "run", "--roles", "bot")
    return await asyncio.create_subprocess_exec(sys.executable, *words, env=environment, cwd=folder)


async def _post(url: str, readers: int) -> None:
    now = datetime.now(UTC)
    digest = Digest(now, now, ("kk",), frozenset(), ())
    async with open_database(url) as database:
        for number in range(readers):
            reader, _ = await SubscriberStore(database).join(Chat(FIRST_READER + number), Preferences(), now)
            edition = Edition(reader.id, now.date(), "09:00")
            await OutboxStore(database).post(edition, digest, [f"<b>{number}</b> " + "word " * 300], now)


async def _newcomer(api: BotApi, chat: int) -> tuple[float, float]:
    """Seconds from /start to the welcome, and from a tap to the edit."""
    api.user_sends(chat, "/start", lang="kk")
    started = await _seconds(lambda: bool(api.sent_to(chat)))
    welcome = api.sent_to(chat)[0]
    api.taps(welcome, "o:topics")
    return started, await _seconds(lambda: welcome.edits > 0)


async def _seconds(done: Callable[[], bool]) -> float:
    begun = time.perf_counter()
    while not done():  # noqa: ASYNC110 - the server has no event for each thing one may wait for
        await asyncio.sleep(0.002)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
