"""Two workers against one, on collecting and on summarizing, over a real Valkey and a real database.

What runs where: each worker is a process of its own (`bot.jobs.shared.Crew` over the newsroom's own verbs,
threads only, so one core each), which has loaded what it needs before the watch starts; the site, Valkey and
the database are processes beside them, and this one asks for the work and waits until the queue is empty.
The site answers after 50 ms from feeds made beforehand, on 60 addresses, so that politeness to one host is
not what is measured. Collecting is asking, parsing, cleaning and storing; summarizing is the extractive
writer with its check. Grouping between them is one stream of decisions and can't be divided; here each
article becomes a story of its own, unmeasured.

CPU is what each kind of process took of the processor meanwhile: where the sum comes near the cores there
are, the machine is full, and two workers can't be twice as fast as one on it.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from subprocess import PIPE, Popen

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.app.newsroom import Newsroom, open_newsroom  # noqa: E402 - a script is started by its path
from bot.app.roster import AT_ONCE  # noqa: E402 - as above
from bot.app.work import gathering  # noqa: E402 - as above
from bot.domain.share import Share  # noqa: E402 - as above
from bot.domain.source import Kind as SourceKind  # noqa: E402 - as above
from bot.domain.source import Source  # noqa: E402 - as above
from bot.jobs.shared import Crew, SharedBroker, shared_broker  # noqa: E402 - as above
from bot.jobs.tasks import DUTIES, Kind, Verb  # noqa: E402 - as above
from bot.newsroom.ports import Filing  # noqa: E402 - as above
from bot.settings import Settings  # noqa: E402 - as above
from bot.store.counts import counts  # noqa: E402 - as above
from summarizer.article import Classification  # noqa: E402 - as above
from summarizer.pipeline import read, summarize  # noqa: E402 - as above
from summarizer.topic import Topic  # noqa: E402 - as above
from tests.postgres import postgres  # noqa: E402 - as above
from tests.valkey import valkey  # noqa: E402 - as above

#: Addresses that the feeds are spread over.
ADDRESSES = 60
#: How much faster two workers must be.
ASKED = 1.7
PHASES = {Kind.COLLECT: "collecting", Kind.SUMMARIZE: "summarizing"}


@dataclass(frozen=True, slots=True)
class Phase:
    """One kind of work, done by some workers."""

    seconds: float
    #: Seconds of the processor, by what took them.
    cpu: dict[str, float]
    #: Articles stored, or summaries written, altogether.
    done: int


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/workers.py --rounds 5"
    )
    parser.add_argument("--feeds", type=int, default=180)
    parser.add_argument("--items", type=int, default=12, help="full-text items a feed")
    parser.add_argument("--rounds", type=int, default=3, help="medians of so many")
    parser.add_argument("--sqlite", action="store_true", help="one SQLite file instead of PostgreSQL")
    parser.add_argument(
        "--work", nargs=2, metavar=("DATABASE", "BROKER"), help="be a worker (used by itself)"
    )
    asked = parser.parse_args()
    if asked.work:
        asyncio.run(_work(*asked.work))
        return
    rounds = [asyncio.run(_round(asked.feeds, asked.items, sqlite=asked.sqlite)) for _ in range(asked.rounds)]
    _print(rounds, asked.feeds, asked.items)


def _print(rounds: list[dict[tuple[Kind, int], Phase]], feeds: int, items: int) -> None:
    table = Table("", "one worker, s", "two, s", "faster", "CPU of one round, s: one worker", "two")
    for kind, name in PHASES.items():
        pairs = [(each[kind, 1], each[kind, 2]) for each in rounds]
        one, two = (median(pair[index].seconds for pair in pairs) for index in (0, 1))
        faster = median(pair[0].seconds / pair[1].seconds for pair in pairs)
        cells = (f"{one:.2f}", f"{two:.2f}", f"{faster:.2f} (asked: {ASKED})")
        table.add_row(name, *cells, *(_spent(phase) for phase in pairs[-1]))
    console = Console(width=150)
    console.print(table)
    counts = ", ".join(
        f"{rounds[-1][kind, 2].done} {what}"
        for kind, what in zip(PHASES, ("articles", "summaries"), strict=True)
    )
    console.print(
        f"{feeds} feeds of {items} items: {counts}; medians of {len(rounds)}; {os.cpu_count()} cores"
    )


def _spent(phase: Phase) -> str:
    return ", ".join(f"{name} {seconds:.1f}" for name, seconds in phase.cpu.items() if seconds >= 0.05)


async def _round(feeds: int, items: int, *, sqlite: bool) -> dict[tuple[Kind, int], Phase]:
    found = {}
    for workers in (1, 2):
        with _site(feeds, items) as (site, port), valkey() as broker, _database(sqlite=sqlite) as url:
            sources = [
                Source(
                    f"{number}", f"http://127.0.1.{number % ADDRESSES + 1}:{port}/{number}", SourceKind.FEED
                )
                for number in range(feeds)
            ]
            async with AsyncExitStack() as stack:
                settings = Settings(database_url=url, allow_private_addresses=True)
                newsroom = await stack.enter_async_context(open_newsroom(settings, sources=sources))
                asking = await stack.enter_async_context(shared_broker(broker.url, "Valkey"))
                crew = [await stack.enter_async_context(_worker(url, broker.url)) for _ in range(workers)]
                for kind in PHASES:
                    begun, before = time.perf_counter(), _cpu(site, crew)
                    await _done(asking, kind)
                    took, after = time.perf_counter() - begun, _cpu(site, crew)
                    cpu = {name: after[name] - before[name] for name in after}
                    found[kind, workers] = Phase(took, cpu, await _counted(newsroom, kind))
                    if kind is Kind.COLLECT:
                        await _file(newsroom)
    return found


async def _done(broker: SharedBroker, kind: Kind) -> None:
    await broker.ask(kind)
    stream = broker.streams[DUTIES[kind].queue]
    while (await stream.counts())["queued"]:  # noqa: ASYNC110 - what is waited for is in other processes
        await asyncio.sleep(0.05)


async def _counted(newsroom: Newsroom, kind: Kind) -> int:
    return (await counts(newsroom.database))["articles" if kind is Kind.COLLECT else "summaries"]


async def _file(newsroom: Newsroom) -> None:
    """Make each article a story."""
    topics = Classification((Topic.SOCIETY,), {})
    while waiting := await newsroom.articles.ungrouped(500):
        for article in waiting:
            filing = Filing(int(article.id), None, topics, None, "none", lang=article.lang)
            await newsroom.stories.file(filing, newsroom.now())


@contextmanager
def _database(*, sqlite: bool) -> Iterator[str]:
    if sqlite:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite+aiosqlite:///{folder}/habarshy.db"
        return
    with postgres() as server:
        yield server.create()


@contextmanager
def _site(feeds: int, items: int) -> Iterator[tuple[int, int]]:
    script = str(ROOT / "benchmarks" / "collect.py")
    command = [sys.executable, script, "--serve", "--feeds", str(feeds), "--items", str(items)]
    with Popen(command, stdout=PIPE, text=True) as process:  # noqa: S603 - our own script
        assert process.stdout
        try:
            yield process.pid, int(process.stdout.readline())
        finally:
            process.terminate()


@asynccontextmanager
async def _worker(database: str, broker: str) -> AsyncIterator[int]:
    """A worker's process that has loaded everything and waits."""
    command = (sys.executable, __file__, "--work", database, broker)
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"ready\n"
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def _work(database: str, broker: str) -> None:
    settings = Settings(database_url=database, allow_private_addresses=True)
    async with open_newsroom(settings, follow=False) as newsroom, shared_broker(broker, "Valkey") as shared:
        article = read(id="0", title="Көпір ашылды", text="Қалада жаңа көпір ашылды. Оны екі жыл салды.")
        summarize([article], newsroom.writer())
        verbs = {kind: _alone(verb) for kind, verb in gathering(newsroom).items() if kind in PHASES}
        async with Crew(shared, verbs).working(AT_ONCE, 1):
            print("ready", flush=True)  # noqa: T201 - for the parent
            await asyncio.Event().wait()


def _alone(verb: Verb) -> Verb:
    """The same work, which calls for nothing more."""

    async def work(share: Share) -> tuple[Kind, ...]:
        await verb(share)
        return ()

    return work


def _cpu(site: int, crew: list[int]) -> dict[str, float]:
    """Seconds of the processor so far, by what took them."""
    mine = psutil.Process()
    found = dict.fromkeys(("workers", "site", "Valkey", "PostgreSQL", "this"), 0.0)
    for process in psutil.process_iter():
        try:
            kind = _kind(process, mine, site, crew)
            spent = process.cpu_times() if kind else None
        except psutil.Error:
            continue
        if spent:
            found[kind] += spent.user + spent.system
    return found


def _kind(process: psutil.Process, mine: psutil.Process, site: int, crew: list[int]) -> str:
    if process.pid in {site, mine.pid, *crew}:
        return {site: "site", mine.pid: "this"}.get(process.pid, "workers")
    return {"valkey-server": "Valkey", "postgres": "PostgreSQL"}.get(process.name(), "")


if __name__ == "__main__":
    main()
