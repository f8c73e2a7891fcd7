"""What sending costs and how much of Telegram's limits it uses.

A broadcast is posted to a store, and `deliver` sends it to a Bot API on loopback, which runs in a process
of its own and counts floods as Telegram does (sliding windows): first at 30 a second with the limits on, then
at 1000 a second as a paid broadcast. CPU is that of the sending process alone: the store and HTTP included.
"""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import ClientSession, web
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.chat.footer import Footer  # noqa: E402 - a script is started by its path, and the root must be known
from bot.delivery.pacing import Pacing  # noqa: E402 - as above
from bot.delivery.sender import TelegramMessenger  # noqa: E402 - as above
from bot.domain.delivery import UnknownPolicy  # noqa: E402 - as above
from bot.domain.digest import Digest  # noqa: E402 - as above
from bot.domain.schedule import Edition  # noqa: E402 - as above
from bot.domain.subscriber import Chat, Preferences  # noqa: E402 - as above
from bot.newsroom.deliver import Delivering, deliver_patiently  # noqa: E402 - as above
from bot.newsroom.ports import Posting  # noqa: E402 - as above
from bot.store.deliveries import OutboxStore  # noqa: E402 - as above
from bot.store.engine import open_database  # noqa: E402 - as above
from bot.store.subscribers import SubscriberStore  # noqa: E402 - as above
from tests.e2e.botapi import TOKEN, BotApi  # noqa: E402 - as above

#: Telegram's limit for a bot, and the one with paid broadcasts, in messages a second.
FREE, PAID = 30.0, 1000.0
#: Who gets the first message, which is not measured.
WARM_UP = 1
#: The share of the free limit that must be used, and the paid rate that one core must reach.
ASKED_SHARE, ASKED_RATE = 0.96, 400.0


@dataclass(frozen=True)
class Measured:
    """One broadcast."""

    messages: int
    seconds: float
    cpu: float
    floods: int

    @property
    def rate(self) -> float:
        """Messages a second, from the first arrival to the last."""
        return (self.messages - 1) / self.seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/delivery.py --readers 3000"
    )
    parser.add_argument("--readers", type=int, default=3000, help="of the broadcast at 30 a second")
    parser.add_argument("--paid", type=int, default=4000, help="readers of the broadcast at 1000 a second")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if options.serve:
        asyncio.run(serve())
        return
    table = Table("broadcast", "messages", "seconds", "a second", "asked", "ratio", "CPU ms each", "429")
    for name, readers, rate, asked in (
        ("free, 30/s", options.readers, FREE, ASKED_SHARE * FREE),
        ("paid, 1000/s", options.paid, PAID, ASKED_RATE),
    ):
        found = asyncio.run(broadcast(readers, rate)) if readers else None
        if found:
            table.add_row(name, *_row(found, asked))
    Console().print(table, "a second on one core: 1000 / CPU ms each, where the machine is shared")


def _row(found: Measured, asked: float) -> list[str]:
    each = 1000 * found.cpu / found.messages
    numbers = (f"{found.seconds:.1f}", f"{found.rate:.2f}", f"{asked:.1f}", f"{found.rate / asked:.3f}")
    return [str(found.messages), *numbers, f"{each:.2f}", str(found.floods)]


async def broadcast(readers: int, rate: float) -> Measured:
    """Send one message to each of so many readers."""
    with tempfile.TemporaryDirectory() as folder:
        async with server() as address, open_database(f"sqlite+aiosqlite:///{folder}/bench.db") as database:
            await post(OutboxStore(database), SubscriberStore(database), readers)
            session = AiohttpSession(api=TelegramAPIServer.from_base(address))
            async with Bot(TOKEN, session=session) as bot:
                messenger = TelegramMessenger(bot, Pacing(rate), paid=rate > FREE, buttons=Footer())
                ports = Delivering(
                    OutboxStore(database), messenger, UnknownPolicy.RESEND, lambda: datetime.now(UTC)
                )
                await bot.send_message(WARM_UP, "aiogram builds its models at the first use")
                begun = time.process_time()
                await deliver_patiently(ports, timedelta(seconds=30))
                cpu = time.process_time() - begun
            async with ClientSession() as client, client.get(f"{address}/times") as answer:
                told = await answer.json()
    times = told["times"][1:]
    assert len(times) == readers, f"{len(times)} of {readers} messages arrived"
    return Measured(readers, times[-1] - times[0], cpu, told["floods"])


async def post(outbox: OutboxStore, subscribers: SubscriberStore, readers: int) -> None:
    """As the clock would have: a message of the usual length for everyone."""
    now = datetime.now(UTC)
    digest = Digest(now, now, ("kk",), frozenset(), ())
    postings = []
    for number in range(readers):
        reader, _ = await subscribers.join(Chat(10_000 + number), Preferences(), now)
        text = f"<b>{number}</b> " + "word " * 300
        postings.append(Posting(Edition(reader.id, now.date(), "09:00"), digest, [text]))
    for start in range(0, readers, 500):
        await outbox.post_all(postings[start : start + 500], now)


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    """The Bot API in a process of its own; yields its address."""
    words = (str(Path(__file__)), "--serve")
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def serve() -> None:
    """Serve until terminated; /times tells when messages arrived, and how many were refused as a flood."""
    api = BotApi()

    async def times(_: web.Request) -> web.Response:
        sent = [message.at for message in api.messages]
        tried = sum(method == "sendMessage" for method, _ in api.calls)
        return web.json_response({"times": sent, "floods": tried - len(sent)}, dumps=json.dumps)

    await api.start(routes=[web.get("/times", times)])
    sys.stdout.write(f"{api.address}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    main()
