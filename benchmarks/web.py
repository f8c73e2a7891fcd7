"""What a visitor waits for: time to the first byte at a constant rate of requests, and how large pages are.

A store of a month's articles (told by sixty outlets in three languages, two tellings a story, grouped and
summarized), the server in a process of its own on one core, and a client on another that sends each request
at its appointed time, whether the ones before were answered or not (an open loop: a server that stalls
is not given a rest). The time counts from the appointed moment to the answer's first byte. Meanwhile a new
article comes every few seconds, as from a running crawl, so that every cached page has to be made again.

Six of ten requests are for today's page in one of the languages, three for any day and topic of the month,
one for any story. wrk can't hold a rate, and wrk2 is packaged nowhere: the client is ours.
"""

import argparse
import asyncio
import gzip
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from aiohttp import ClientSession, TCPConnector
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.app.newsroom import open_newsroom  # noqa: E402 - as above
from bot.app.settled import settle  # noqa: E402 - as above
from bot.app.website import website  # noqa: E402 - a script is started by its path, and the root must be known
from bot.domain.pages import page, story_page  # noqa: E402 - as above
from bot.domain.source import Source  # noqa: E402 - as above
from bot.domain.subscriber import LANGUAGES  # noqa: E402 - as above
from bot.settings import Settings  # noqa: E402 - as above
from bot.store.engine import Database, open_database  # noqa: E402 - as above
from bot.store.sources import SourceStore  # noqa: E402 - as above
from bot.store.tables import articles, stories, summaries  # noqa: E402 - as above
from bot.web.server import serving  # noqa: E402 - as above
from summarizer.topic import Topic  # noqa: E402 - as above

NOW = datetime(2026, 11, 22, 11, tzinfo=UTC)
MONTH = timedelta(days=30)
OUTLETS = tuple(Source(f"Издание № {number}", f"https://outlet{number}.example/rss") for number in range(60))
#: Words of about the length that Kazakh and Russian news have.
WORDS = (
    *("бүгін", "облыс", "әкімі", "жаңа", "мектеп", "ашылуына", "қатысты"),
    *("правительство", "утвердило", "план", "развития", "школы"),
)
#: What is asked: kB of a page without images; ms to the first byte in the median at 200 requests a second.
ASKED_SIZE, ASKED_WAIT = 30.0, 50.0
_EVERY = 5.0


@dataclass(frozen=True)
class Waited:
    """Milliseconds to the first byte, by kind of page."""

    kind: str
    milliseconds: list[float]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/web.py --rate 200"
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=200.0, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument(
        "--warm", type=float, default=30.0, help="seconds of the same traffic before, not counted"
    )
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.serve))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/web.db"
        began = time.perf_counter()
        asyncio.run(fill(url, options.articles))
        console = Console(width=110)
        console.print(f"{options.articles:,} articles stored in {time.perf_counter() - began:.0f} s")
        run(url, options, console)


def run(url: str, options: argparse.Namespace, console: Console) -> None:
    """Start the server on one core, ask from another, print what came of it."""
    cores = sorted(os.sched_getaffinity(0))
    command = [sys.executable, __file__, "--serve", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - this script
        os.sched_setaffinity(server.pid, cores[:1])
        os.sched_setaffinity(0, cores[1:] or cores)
        assert server.stdout
        address = server.stdout.readline().strip()
        try:
            sizes, waited, busy = asyncio.run(visit(address, server.pid, options))
        finally:
            server.terminate()
            server.wait()
    show(console, sizes, waited, busy, options)


async def serve(url: str) -> None:
    """Serve the store, and let a new telling come now and then; prints the address first."""
    settings = Settings(database_url=url)
    async with (
        open_newsroom(settings, follow=False, now=lambda: NOW) as newsroom,
        serving(website(newsroom, {"web"}), "127.0.0.1", 0) as port,
    ):
        settle()
        sys.stdout.write(f"http://127.0.0.1:{port}\n")
        sys.stdout.flush()
        for number in itertools.count():
            await asyncio.sleep(_EVERY)
            async with newsroom.database.write() as connection:
                # The latest story is told once more.
                again = row(10_000_000 + number, 1, NOW)
                await connection.execute(insert(articles), [again])


async def visit(
    address: str, server: int, options: argparse.Namespace
) -> tuple[dict[str, tuple[int, int]], list[Waited], float]:
    """Sizes of pages (plain, gzip), waits by kind, and the server's share of its core."""
    connector = TCPConnector(limit=256)
    async with ClientSession(address, connector=connector, auto_decompress=False) as session:
        sizes = {path: await size(session, path) for path in ("/kk", "/ru", "/en")}
        visits = paths(options.articles // 2)
        await ask(session, options.rate, options.warm, visits)
        before, began = cpu_seconds(server), time.perf_counter()
        waits = await ask(session, options.rate, options.seconds, visits)
        share = (cpu_seconds(server) - before) / (time.perf_counter() - began)
    kinds = {kind for kind, _ in waits}
    return sizes, [Waited(kind, [ms for one, ms in waits if one == kind]) for kind in sorted(kinds)], share


async def size(session: ClientSession, path: str) -> tuple[int, int]:
    """Bytes of a page, plain and as gzip."""
    async with session.get(path, headers={"Accept-Encoding": "identity"}) as answer:
        assert answer.status == 200, path
        plain = await answer.read()
    async with session.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = await answer.read()
    assert gzip.decompress(packed) == plain
    return len(plain), len(packed)


async def ask(
    session: ClientSession, rate: float, seconds: float, visits: Iterator[tuple[str, str]]
) -> list[tuple[str, float]]:
    """Kind and milliseconds of each request, sent at its appointed time."""
    found: list[tuple[str, float]] = []
    began = time.perf_counter()
    addresses = (f"10.7.{number // 250 % 250}.{number % 250}" for number in itertools.count())

    async def one(kind: str, path: str, due: float) -> None:
        # One address may ask 240 times a minute; these are many visitors behind a proxy.
        visitor = {"X-Forwarded-For": next(addresses)}
        async with session.get(path, headers=visitor) as answer:
            found.append((kind, (time.perf_counter() - due) * 1000))
            await answer.read()
            assert answer.status in {200, 404}, (path, answer.status)

    async with asyncio.TaskGroup() as tasks:
        for number, (kind, path) in enumerate(itertools.islice(visits, int(rate * seconds))):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            tasks.create_task(one(kind, path, due))
    return found


def paths(known: int) -> Iterator[tuple[str, str]]:
    """What visitors ask for, for ever the same."""
    dice = random.Random(7)  # noqa: S311 - the same visitors each time
    today = NOW.date()
    while True:
        lang, fate = dice.choice(LANGUAGES), dice.random()
        if fate < 0.6:
            yield "today", page(lang)
        elif fate < 0.9:
            topic = dice.choice([None, *Topic])
            yield "any day and topic", page(lang, today - timedelta(days=dice.randrange(30)), topic)
        else:
            yield "any story", story_page(dice.randrange(1, known), lang)


def cpu_seconds(process: int) -> float:
    """CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def fill(url: str, count: int) -> None:
    """Store so many articles of the month before NOW."""
    async with open_database(url) as database:
        await SourceStore(database).follow(list(OUTLETS))
        dice = random.Random(1)  # noqa: S311 - the same store each time
        for start in range(0, count, 10_000):
            await _fill(database, range(start + 1, min(start + 10_000, count) + 1), count, dice)


async def _fill(database: Database, numbers: range, count: int, dice: random.Random) -> None:
    told = [row(number, (number + 1) // 2, NOW - MONTH * ((count - number) / count)) for number in numbers]
    started = sorted({one["story_id"]: one["appeared_at"] for one in told}.items())
    kept = [
        {
            "id": story,
            "topics": [str(topic) for topic in dice.sample(list(Topic), 1 + story % 2)],
            "created_at": at,
            "updated_at": at,
        }
        for story, at in started
    ]
    said = [
        {
            "story_id": one["story_id"],
            "lang": lang,
            "article_id": one["id"],
            "backend": "extractive",
            "headline": " ".join(dice.choices(WORDS, k=9)).capitalize(),
            "text": " ".join(dice.choices(WORDS, k=38))[:299].capitalize() + ".",
            "rejected": [],
        }
        for one in told
        if one["id"] % 2
        for lang in (LANGUAGES if one["story_id"] % 3 == 0 else [one["lang"]])
    ]
    async with database.write() as connection:
        for table, rows in ((stories, kept), (articles, told), (summaries, said)):
            await connection.execute(insert(table), rows)


def row(number: int, story: int, at: datetime) -> dict[str, Any]:
    """One article's row."""
    return {
        "id": number,
        "source_id": 1 + number * 7 % len(OUTLETS),
        "story_id": story,
        "url": f"https://outlet{number % 60}.example/2026/11/news/{number}-zhana-mektep-ashyldy.html",
        "content_hash": str(number),
        "title": f"{number} " + " ".join(WORDS[:8]),
        "text": " ".join(WORDS) * 20,
        "lang": LANGUAGES[story % 3],
        "categories": [],
        "found_at": at,
        "appeared_at": at,
    }


def show(
    console: Console,
    sizes: dict[str, tuple[int, int]],
    waited: list[Waited],
    busy: float,
    options: argparse.Namespace,
) -> None:
    """The tables."""
    table = Table("page", "bytes", "as gzip", f"of {ASKED_SIZE:.0f} kB")
    for path, (plain, packed) in sizes.items():
        table.add_row(path, f"{plain:,}", f"{packed:,}", f"{plain / ASKED_SIZE / 10:.0f} %")
    console.print(table)
    table = Table(f"first byte at {options.rate:.0f}/s", "requests", "median ms", "95 %", "99 %", "most")
    everything = Waited("all", [ms for one in waited for ms in one.milliseconds])
    for one in [*waited, everything]:
        cuts = quantiles(one.milliseconds * 2, n=100)
        table.add_row(
            one.kind,
            str(len(one.milliseconds)),
            f"{median(one.milliseconds):.1f}",
            f"{cuts[94]:.0f}",
            f"{cuts[98]:.0f}",
            f"{max(one.milliseconds):.0f}",
        )
    console.print(table)
    console.print(f"asked: {ASKED_WAIT:.0f} ms in the median; the server used {busy:.0%} of its core")


if __name__ == "__main__":
    main()
