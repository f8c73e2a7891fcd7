"""How long each page of the dashboard takes with a million invented articles in SQLite, over real HTTP.

`python benchmarks/dashboard.py [--articles 1000000] [--rounds 15]`; builds the store once (a minute or two),
prints a table: milliseconds to the last byte of each page, median and slowest, and whether 300 ms are kept.
"""

import argparse
import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import ClientSession
from rich.console import Console
from rich.table import Table

from bot.app.newsroom import open_newsroom
from bot.app.operating import Operation
from bot.app.tracing import no_span
from bot.app.website import website
from bot.metrics.meter import Meter
from bot.settings import Settings
from bot.store.engine import open_database
from bot.web.operator.session import COOKIE
from bot.web.server import serving

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TARGET = 300.0
_ADMIN, _SOURCES, _READERS, _PARTS = 7001, 60, 100_000, 400_000
_PAGES = (
    "",
    "/sources",
    "/stories",
    "/stories?page=150",
    "/stories/{story}",
    "/summaries",
    "/summaries?doubted=1",
)
_MORE = ("/deliveries", "/readers")
#: An article has about as many characters as a short agency report.
_TEXT = "Бұл ойдан шығарылған мақала, оның сөздері ешқайдан алынбаған. " * 12

#: The archive: articles over a year, three to a story, two summaries of each story's first article.
_BUILD = """
INSERT INTO sources (id, name, url, kind, every, topics, "drop", origin, enabled, health, etag, last_modified,
                     errors, message, moved_to)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :sources)
SELECT i, 'Source ' || i, 'https://s' || i || '.example/rss', 'feed', 900, '[]', '[]', 'operator', 1,
       CASE WHEN i % 9 = 0 THEN 'failing' ELSE 'ok' END, '', '', i % 9 = 0, 'answers at times', '' FROM n;
INSERT INTO stories (id, topics, created_at, updated_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :articles / 3)
SELECT i, '["economy"]', :begin,
       strftime('%Y-%m-%d %H:%M:%f000', :begin, '+' || (i * 3 * :step) || ' seconds') FROM n;
INSERT INTO articles (id, source_id, story_id, url, content_hash, title, text, lang, categories, published_at,
                      found_at, appeared_at, listing_hash)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :articles)
SELECT i, 1 + i * 7919 % :sources, 1 + (i - 1) / 3 % (:articles / 3), 'https://s.example/' || i, 'hash' || i,
       'Ойдан шығарылған тақырып ' || i, :text, CASE i % 3 WHEN 0 THEN 'kk' WHEN 1 THEN 'ru' ELSE 'en' END,
       '[]', at, at, at, ''
FROM (SELECT i, strftime('%Y-%m-%d %H:%M:%f000', :begin, '+' || (i * :step) || ' seconds') AS at FROM n);
INSERT INTO summaries (story_id, lang, article_id, backend, headline, text, picked, rejected)
SELECT 1 + (id - 1) / 3, lang, id, 'extractive', title, substr(text, 1, 280), '[0, 1]',
       CASE WHEN id % 20 = 0 THEN '["numbers"]' ELSE '[]' END
FROM articles WHERE id % 3 < 2 AND (id - 1) / 3 < :articles / 3;
INSERT INTO placements (article_id, beside_id, score, evidence)
SELECT id, id - 1, 2.5, '{"likeness": 0.8, "rare": 0.4}' FROM articles WHERE id % 3 = 0;
INSERT INTO subscribers (id, chat_id, languages, topics, slots, days, zone, state, next_at, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :readers)
SELECT i, i, CASE i % 3 WHEN 0 THEN '["kk"]' WHEN 1 THEN '["ru", "kk"]' ELSE '["en"]' END,
       CASE i % 5 WHEN 0 THEN '["economy"]' WHEN 1 THEN '["sport", "world"]' ELSE '["health", "society"]' END,
       '["09:00"]', '[1,2,3,4,5,6,7]', 'Asia/Almaty', CASE WHEN i % 10 = 0 THEN 'paused' ELSE 'active' END,
       '2026-11-23 04:00:00.000000', :begin FROM n;
INSERT INTO editions (id, subscriber_id, day, slot, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :parts)
SELECT i, 1 + i % :readers, date('2026-11-19', '+' || (i / :readers) || ' days'), '09:00',
       strftime('%Y-%m-%d %H:%M:%f000', '2026-11-19 04:00:00', '+' || (i / :readers) || ' days') FROM n;
INSERT INTO parts (id, edition_id, subscriber_id, ordinal, last, html, state, settled_at, reason)
SELECT id, id, subscriber_id, 0, 1, :html,
       CASE WHEN id % 50 = 0 THEN 'failed' WHEN id % 90 = 0 THEN 'unknown' ELSE 'sent' END,
       strftime('%Y-%m-%d %H:%M:%f000', created_at, '+' || (id % 900) || ' seconds'), 'none' FROM editions;
"""


def fill(path: str, articles: int) -> int:
    """Write the archive with SQLite's own means; returns its size in bytes."""
    begin = NOW - timedelta(days=365)
    values = {
        "articles": articles,
        "sources": _SOURCES,
        "readers": _READERS,
        "parts": _PARTS,
        "begin": f"{begin:%Y-%m-%d %H:%M:%S.%f}",
        "step": 365 * 86400 / articles,
        "text": _TEXT,
        "html": "<b>Ойдан шығарылған дайджест</b>\n" * 20,
    }
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        for statement in filter(str.strip, _BUILD.split(";\n")):
            connection.execute(statement, values)
        connection.commit()
        connection.execute("ANALYZE")
    return Path(path).stat().st_size


async def measure(path: str, articles: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds by page, the first visit of each among them."""
    settings = Settings.model_validate(
        {"bot_token": "42:benchmark", "database_url": f"sqlite+aiosqlite:///{path}", "admins": [_ADMIN]}
    )
    async with open_newsroom(settings, follow=False, now=lambda: NOW) as newsroom:
        operation = Operation(newsroom, Meter(), no_span, NOW - timedelta(days=3))
        routes = operation.routes({"web"})
        keeper = operation.doorkeeper
        session = await keeper.enter((await keeper.invite(_ADMIN)).partition("pass=")[2])
        paths = [f"/operator{page.format(story=articles // 3 - 5)}" for page in _PAGES + _MORE] + ["/metrics"]
        async with (
            serving(website(newsroom, {"web"}, routes), "127.0.0.1", 0) as port,
            ClientSession(f"http://127.0.0.1:{port}", cookies={COOKIE: session or ""}) as visitor,
        ):
            return {page: [await _visit(visitor, page) for _ in range(rounds)] for page in paths}


async def _visit(visitor: ClientSession, page: str) -> float:
    began = time.perf_counter()
    async with visitor.get(page) as answer:
        await answer.read()
        if answer.status != 200:
            raise SystemExit(f"{page} answered {answer.status}")
    return 1000 * (time.perf_counter() - began)


async def main() -> None:
    """Build, visit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="habarshy-dashboard-") as folder:
        path = f"{folder}/archive.db"
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass
        began = time.perf_counter()
        size = await asyncio.to_thread(fill, path, options.articles)
        built = (
            f"{options.articles:,} articles, {size >> 20:,} MB, built in {time.perf_counter() - began:.0f} s"
        )
        sys.stdout.write(f"{built}\n")
        found = await measure(path, options.articles, options.rounds)
    table = Table("page", "median ms", "slowest ms", f"≤ {TARGET:.0f} ms", box=None)
    for page, times in found.items():
        kept = "yes" if statistics.median(times) <= TARGET else "NO"
        table.add_row(page, f"{statistics.median(times):.0f}", f"{max(times):.0f}", kept)
    Console().print(table)


if __name__ == "__main__":
    asyncio.run(main())
