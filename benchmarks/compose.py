"""What composing costs: CPU and memory for readers of the same morning, by their number.

Two days of stories, told by twelve outlets in three languages, and readers with 500 distinct sets
of languages, topics, mutes and zones. Each store is composed twice, as on two mornings: first for readers who
were told nothing, then, with the second day's news, for readers with a memory. CPU is that of the whole
process in the passes, the store's work included; memory is the process's peak.
"""

import argparse
import asyncio
import logging
import random
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.delivery.render import messages  # noqa: E402 - a script is started by its path, and the root must be known
from bot.domain.schedule import next_slot  # noqa: E402 - as above
from bot.domain.source import Source  # noqa: E402 - as above
from bot.domain.subscriber import LANGUAGES, Preferences, State  # noqa: E402 - as above
from bot.newsroom.compose import Composing, compose_due  # noqa: E402 - as above
from bot.newsroom.ports import Filing  # noqa: E402 - as above
from bot.store.articles import ArticleStore  # noqa: E402 - as above
from bot.store.deliveries import OutboxStore  # noqa: E402 - as above
from bot.store.engine import Database, open_database  # noqa: E402 - as above
from bot.store.sources import SourceStore  # noqa: E402 - as above
from bot.store.stories import StoryStore  # noqa: E402 - as above
from bot.store.subscribers import SubscriberStore, _columns  # noqa: E402 - as above
from bot.store.tables import subscribers  # noqa: E402 - as above
from summarizer.article import Article, Classification, Summary  # noqa: E402 - as above
from summarizer.topic import Topic  # noqa: E402 - as above

#: 09:00 in Almaty.
MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SETS = 500
OUTLETS = tuple(Source(f"Outlet {number}", f"https://outlet{number}.example/rss") for number in range(12))
#: What is asked for at 100,000 readers: seconds of CPU, MB at the peak.
ASKED_CPU, ASKED_MEMORY = 60.0, 400.0


@dataclass(frozen=True)
class Measured:
    """Two mornings of so many readers."""

    readers: int
    first: float
    second: float
    parts: int
    megabytes: float


def main() -> None:
    """Print the table; each number of readers is measured in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/compose.py --readers 1000 10000 100000"
    )
    parser.add_argument("--readers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--stories", type=int, default=300, help="of each day")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if options.alone:
        sys.stdout.write(repr(asyncio.run(measure(options.readers[0], options.stories))))
        return
    columns = ("readers", "CPU s, 1st morning", "2nd morning", "ms a reader", "parts", "peak MB")
    table = Table(*columns, f"of {ASKED_CPU:.0f} s", f"of {ASKED_MEMORY:.0f} MB")
    for readers in options.readers:
        table.add_row(*_row(asyncio.run(_alone(readers, options.stories))))
    Console().print(table, "the asked figures are for 100,000 readers with 500 distinct sets of preferences")


def _row(found: Measured) -> list[str]:
    worst = max(found.first, found.second)
    numbers = (f"{found.first:.2f}", f"{found.second:.2f}", f"{1000 * worst / found.readers:.3f}")
    shares = (f"{worst / ASKED_CPU:.2f}", f"{found.megabytes / ASKED_MEMORY:.2f}")
    return [f"{found.readers:,}", *numbers, f"{found.parts:,}", f"{found.megabytes:.0f}", *shares]


async def _alone(readers: int, stories: int) -> Measured:
    words = (str(Path(__file__)), "--alone", "--readers", str(readers), "--stories", str(stories))
    process = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    return Measured(*eval(told, {"Measured": lambda **fields: tuple(fields.values())}))  # noqa: S307 - our own repr


async def measure(readers: int, stories: int) -> Measured:
    """Compose two mornings for so many readers."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite+aiosqlite:///{folder}/bench.db") as database:
            await subscribe(database, readers)
            outbox = OutboxStore(database)
            ports = Composing(StoryStore(database), SubscriberStore(database), outbox, messages)
            spent = []
            for morning in (MORNING, MORNING + DAY):
                await publish(database, stories, morning)
                begun = time.process_time()
                assert await compose_due(ports, morning) == readers
                spent.append(time.process_time() - begun)
            parts = sum((await outbox.counts()).values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(readers, *spent, parts, peak)


async def subscribe(database: Database, readers: int) -> None:
    """Readers, each with one of the sets of preferences, all due at nine in Almaty."""
    sets = preference_sets()
    rows = [
        {"chat_id": 10_000 + number, "thread_id": 0, "created_at": MORNING, "state": State.ACTIVE}
        | {"next_at": MORNING, **_columns(sets[number % SETS])}
        for number in range(readers)
    ]
    assert all(next_slot(wanted, MORNING - timedelta(seconds=1)) == MORNING for wanted in sets)
    async with database.write() as connection:
        for start in range(0, readers, 10_000):
            await connection.execute(insert(subscribers), rows[start : start + 10_000])


def preference_sets() -> list[Preferences]:
    """Distinct wishes: languages in an order, some topics, now and then a muted word."""
    chance, found = random.Random(7), {}  # noqa: S311 - the same sets at each run
    while len(found) < SETS:
        languages = tuple(chance.sample(LANGUAGES, chance.randint(1, 3)))
        topics = frozenset(chance.sample(list(Topic), chance.randint(2, 12)))
        muted = (f"word{chance.randint(1, 40)}",) if chance.random() < 0.2 else ()
        wanted = Preferences(languages, topics, muted=muted)
        found[languages, topics, muted] = wanted
    return list(found.values())


async def publish(database: Database, stories: int, morning: datetime) -> None:
    """A day's stories, each of one to four outlets, summarized in the languages they are told in."""
    chance = random.Random(morning.day)  # noqa: S311 - the same news at each run
    await SourceStore(database).follow(OUTLETS)
    articles, store = ArticleStore(database), StoryStore(database)
    for number in range(stories):
        moment = morning - DAY + DAY * (number + 1) / (stories + 1)
        story = None
        topics = Classification(tuple(chance.sample(list(Topic), 2)))
        for outlet in chance.sample(OUTLETS, chance.randint(1, 4)):
            lang = chance.choice(LANGUAGES)
            name = f"{morning.day}-{number}"
            headline = (
                f"Story {name} of {outlet.name}: what happened and where, in word{chance.randint(1, 99)}"
            )
            url = f"{outlet.url}/{name}"
            article = Article(
                url, headline, f"{headline}. " + "Text. " * 60, lang, url=url, source=outlet.name
            )
            await articles.add(outlet, [article], found_at=moment)
            (waiting,) = await articles.ungrouped(1)
            story = await store.file(Filing(int(waiting.id), story, topics, None, "none", lang=lang), moment)
            summary = Summary(
                f"{headline}: " + "what it is about, and who said so. " * 6, lang, "bench", headline
            )
            await store.condense(story, int(waiting.id), summary)


if __name__ == "__main__":
    main()
