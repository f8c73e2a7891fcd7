"""How soon a search answers, and a dashboard's questions, in an archive of invented articles on both engines.

Articles are bulk-made: forty words each from a Zipf distribution over 200,000, every third word in any
article. PostgreSQL comes from the test extra's wheel with its own defaults, no fsync. Times are of
SearchStore.find as the chat calls it, medians of many different queries of a kind.
"""

import argparse
import asyncio
import io
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.newsroom.browse import SEARCHED  # noqa: E402 - a script is started by its path, and the root must be known
from bot.store.books import BookStore  # noqa: E402 - as above
from bot.store.counts import counts  # noqa: E402 - as above
from bot.store.engine import Database, open_database  # noqa: E402 - as above
from bot.store.ledgers import LedgerStore  # noqa: E402 - as above
from bot.store.search import SearchStore  # noqa: E402 - as above
from tests.postgres import PostgresServer, postgres  # noqa: E402 - as above

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
#: Words of an article, and of its headline.
WORDS, TITLE = 40, 6
VOCABULARY = 200_000
_BATCH = 20_000
_COLUMNS = ("id", "source_id", "story_id", "url", "content_hash", "title", "text", "lang", "categories")
_COLUMNS += ("found_at", "appeared_at", "listing_hash")
#: By kind, ranks of the words asked for: 0 stands in most articles, 100,000 in a handful.
QUERIES = {
    "a rare word": [(rank,) for rank in range(100_000, 100_020)],
    "a usual word": [(rank,) for rank in range(500, 520)],
    "the commonest words": [(rank,) for rank in range(5)],
    "two usual words": [(rank, rank + 100) for rank in range(100, 120)],
    "a common and a rare word": [(1, rank) for rank in range(100_000, 100_020)],
}

#: As far back as there is anything, and as far as the chat looks.
REACHES = {"": None, ", two weeks": NOW - SEARCHED}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/search.py --articles 1000000"
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    asyncio.run(_measure(parser.parse_args()))


async def _measure(options: argparse.Namespace) -> None:
    table = Table(f"{options.articles:,} articles: milliseconds", "median", "worst", "stories found")
    async with AsyncExitStack() as stack:
        if options.engine != "postgresql":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            lite = await stack.enter_async_context(open_database(f"sqlite+aiosqlite:///{folder}/archive.db"))
            _fill_sqlite(str(lite.url.database), options.articles)
            await _report(lite, table)
        if options.engine != "sqlite":
            server = stack.enter_context(postgres())
            big = await stack.enter_async_context(open_database(server.create()))
            await _fill_postgresql(server, str(big.url.database), options.articles)
            await _report(big, table)
    Console().print(table)


async def _report(database: Database, table: Table) -> None:
    name, search = database.engine.dialect.name, SearchStore(database)
    for kind, queries in QUERIES.items():
        found: list[int] = []

        async def ask(ranks: Sequence[int], since: datetime | None, found: list[int] = found) -> None:
            words = [str(rank) for rank in ranks]
            found.append(len(await search.find(words, ("en",), NOW, since=since)))

        for reach, since in REACHES.items():
            found.clear()
            row = await _times([lambda ranks=ranks, since=since: ask(ranks, since) for ranks in queries])
            table.add_row(f"{name}: {kind}{reach}", *row, f"{statistics.median(found):.0f}")
    books, ledger = BookStore(database), LedgerStore(database)
    for what, ask_ in (
        ("counts", lambda: counts(database)),
        ("articles by hour and source", lambda: books.by_hour(NOW, 48)),
        ("a page of stories", lambda: books.stories(0, 50)),
        ("deliveries", lambda: ledger.deliveries(NOW)),
    ):
        table.add_row(f"{name}, dashboard: {what}", *await _times([ask_] * 10))


async def _times(work: Sequence[Callable[[], Awaitable[object]]]) -> tuple[str, str]:
    taken = []
    for one in work:
        started = time.perf_counter()
        await one()
        taken.append(1000 * (time.perf_counter() - started))
    return f"{statistics.median(taken):.1f}", f"{max(taken):.1f}"


def _articles(count: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Numbers of articles from 1 on, each with its words' ranks."""
    random = np.random.default_rng(7)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    shares = np.cumsum(weights / weights.sum())
    for first in range(1, count + 1, _BATCH):
        size = min(_BATCH, count + 1 - first)
        ranks = np.searchsorted(shares, random.random((size, WORDS)))
        yield from zip(range(first, first + size), ranks, strict=True)


def _row(number: int, count: int, words: Sequence[str]) -> tuple[object, ...]:
    moment = NOW - timedelta(minutes=count - number)
    title, body = " ".join(words[:TITLE]), " ".join(words)
    return (
        number,
        1,
        number,
        f"https://x/{number}",
        str(number),
        title,
        body,
        "en",
        "[]",
        moment,
        moment,
        "",
    )


def _fill_sqlite(path: str, count: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("DROP TRIGGER search_new")
        connection.execute(
            'INSERT INTO sources (id, name, url, kind, every, topics, "drop", origin, health, etag, '
            "last_modified, errors, message) VALUES "
            "(1, 'x', 'x', 'feed', 900, '[]', '[]', 'catalogue', 'ok', '', '', 0, '')"
        )
        stories = "INSERT INTO stories (id, topics, created_at, updated_at) VALUES (?, '[]', ?, ?)"
        marks = ", ".join("?" * len(_COLUMNS))
        new = f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own names
        connection.executemany(
            stories, ((n, *[_moment(NOW - timedelta(minutes=count - n))] * 2) for n in range(1, count + 1))
        )
        connection.executemany(new, (_plain(row) for row in _rows(count)))
        index = "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)"
        connection.executemany(index, ((n, *_split(ranks)) for n, ranks in _articles(count)))
        connection.execute("ANALYZE")


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    return (_row(n, count, [str(rank) for rank in ranks]) for n, ranks in _articles(count))


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(_moment(value) if isinstance(value, datetime) else value for value in row)


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f")


def _split(ranks: NDArray[np.int64]) -> tuple[str, str]:
    words = [f"e{rank}" for rank in dict.fromkeys(ranks.tolist())]
    return " ".join(words[:TITLE]), " ".join(words[TITLE:])


async def _fill_postgresql(server: PostgresServer, name: str, count: int) -> None:
    connection = await asyncpg.connect(server.url(name).replace("+asyncpg", ""))
    try:
        await connection.execute(
            """
            ALTER TABLE articles DISABLE TRIGGER search_new;
            DROP INDEX ix_search_words;
            INSERT INTO sources (id, name, url, kind, every, topics, drop, origin, health, etag,
                last_modified, errors, message, moved_to)
            VALUES (1, 'x', 'x', 'feed', 900, '[]', '[]', 'catalogue', 'ok', '', '', 0, '', '')
            """
        )
        await connection.execute(
            "INSERT INTO stories (id, topics, created_at, updated_at) "
            "SELECT n, '[]', t, t FROM generate_series(1, $1::bigint) AS n, "
            "LATERAL (SELECT $2::timestamptz - ($1 - n) * interval '1 minute') AS at (t)",
            count,
            NOW,
        )
        await connection.copy_records_to_table("articles", records=_rows(count), columns=_COLUMNS)
        for lines in _lines(count):
            await connection.copy_to_table(
                "search", source=io.BytesIO(lines), columns=("article_id", "words")
            )
        await connection.execute("CREATE INDEX ix_search_words ON search USING gin (words)")
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


def _lines(count: int) -> Iterator[bytes]:
    """The index's rows as COPY reads them."""
    lines: list[str] = []
    for number, ranks in _articles(count):
        words = dict.fromkeys(ranks.tolist())
        marked = (f"'e{word}':1{'A' if place < TITLE else ''}" for place, word in enumerate(words))
        lines.append(f"{number}\t{' '.join(marked)}\n")
        if len(lines) == _BATCH or number == count:
            yield "".join(lines).encode()
            lines = []


if __name__ == "__main__":
    main()
