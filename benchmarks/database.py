"""How fast `habarshy db copy` moves an archive to the other engine, proof included.

Invented rows of usual sizes: articles of 1,800 characters with a vector each, a story and a summary for every
second, readers with editions, told stories and parts. PostgreSQL comes from the test extra's wheel, no fsync.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.store import tables  # noqa: E402 - a script is started by its path, and the root must be known
from bot.store.copying import copy  # noqa: E402 - as above
from bot.store.engine import Database, open_database  # noqa: E402 - as above
from bot.store.search import SearchStore  # noqa: E402 - as above
from tests.postgres import postgres  # noqa: E402 - as above

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
_TEXT = "Қазақстанда бүгін жаңа көпір ашылды, деп хабарлады әкімдік. Оның ұзындығы екі жүз метр. " * 20
_BATCH = 5000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="example: python benchmarks/database.py --articles 50000"
    )
    parser.add_argument("--articles", type=int, default=20_000)
    asyncio.run(_measure(parser.parse_args().articles))


async def _measure(articles: int) -> None:
    report = Table("moving", "rows", "seconds", "rows a second")
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres())
        first, back = [
            await stack.enter_async_context(open_database(f"sqlite+aiosqlite:///{folder}/{name}.db"))
            for name in ("first", "back")
        ]
        big = await stack.enter_async_context(open_database(server.create()))
        await _fill(first, articles)
        for name, source, target in (
            ("SQLite to PostgreSQL", first, big),
            ("PostgreSQL to SQLite", big, back),
        ):
            started = time.perf_counter()
            copied = await copy(source, target, lambda *_: None)
            taken, rows = time.perf_counter() - started, sum(done.rows for done in copied.values())
            report.add_row(name, f"{rows:,}", f"{taken:.1f}", f"{rows / taken:,.0f}")
        for name, database in (("indexing on SQLite", back), ("indexing on PostgreSQL", big)):
            started = time.perf_counter()
            rows = await SearchStore(database).index(most=5000)
            taken = time.perf_counter() - started
            report.add_row(name, f"{rows:,}", f"{taken:.1f}", f"{rows / taken:,.0f}")
    Console().print(report)


async def _fill(database: Database, count: int) -> None:
    # A Telegram chat a hundred articles, with a hundred stories told.
    readers = max(1, count // 100)
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (tables.sources, [_source()]),
        (tables.stories, [_story(n) for n in range(1, count // 2 + 1)]),
        (tables.articles, [_article(n) for n in range(1, count + 1)]),
        (tables.vectors, [{"article_id": n, "model": "x", "data": bytes(768)} for n in range(1, count + 1)]),
        (tables.summaries, [_summary(n) for n in range(1, count // 2 + 1)]),
        (tables.subscribers, [_reader(n) for n in range(1, readers + 1)]),
        (tables.editions, [_edition(n, readers) for n in range(1, 10 * readers + 1)]),
        (tables.parts, [_part(n, readers) for n in range(1, 20 * readers + 1)]),
        (tables.told, [_told(n, readers) for n in range(1, 50 * readers + 1) if n <= count // 2]),
    ]
    for table, values in rows:
        for start in range(0, len(values), _BATCH):
            async with database.write() as connection:
                await connection.execute(insert(table), values[start : start + _BATCH])


def _source() -> dict[str, Any]:
    return {
        **dict.fromkeys(("name", "url", "kind", "origin", "health", "etag", "last_modified", "message"), "x"),
        "id": 1,
        "every": 900,
        "topics": [],
        "drop": [],
        "errors": 0,
    }


def _story(number: int) -> dict[str, Any]:
    return {"id": number, "topics": ["economy", "society"], "created_at": NOW, "updated_at": NOW}


def _article(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "source_id": 1,
        "story_id": (number + 1) // 2,
        "url": f"https://example.org/news/{number}",
        "content_hash": f"{number:064}",
        "title": f"Көпір ашылды {number}",
        "text": f"{number} {_TEXT}",
        "lang": "kk",
        "categories": [],
        "found_at": NOW,
        "appeared_at": NOW - timedelta(seconds=number),
    }


def _summary(number: int) -> dict[str, Any]:
    words = {"backend": "extractive", "headline": "Көпір ашылды", "text": _TEXT[:280]}
    return {
        "story_id": number,
        "lang": "kk",
        "article_id": 2 * number,
        "rejected": [],
        "picked": [0],
        **words,
    }


def _reader(number: int) -> dict[str, Any]:
    wishes = {"languages": ["kk"], "topics": ["economy"], "slots": ["09:00"], "days": [1], "zone": "UTC"}
    return {"id": number, "chat_id": number, "state": "active", "created_at": NOW, **wishes}


def _edition(number: int, readers: int) -> dict[str, Any]:
    day = date(2026, 1, 1) + timedelta(days=number // readers)
    return {
        "id": number,
        "subscriber_id": 1 + number % readers,
        "day": day,
        "slot": "09:00",
        "created_at": NOW,
    }


def _part(number: int, readers: int) -> dict[str, Any]:
    edition = 1 + number % (10 * readers)
    what = {"ordinal": number // (10 * readers), "last": False, "html": _TEXT, "state": "sent"}
    return {
        "id": number,
        "edition_id": edition,
        "subscriber_id": 1 + edition % readers,
        "message_id": 7,
        **what,
    }


def _told(number: int, readers: int) -> dict[str, Any]:
    edition = 1 + number % (10 * readers)
    return {"subscriber_id": 1 + edition % readers, "story_id": number, "edition_id": edition}


if __name__ == "__main__":
    main()
