"""Full-text search by each engine's own: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Both are given words that are stemmed already (bot.store.keywords). An article that is new or changed waits in
`search_queue`, where triggers put it whoever writes; `index` takes it from there.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Float, RowMapping, String, TextualSelect, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.filters import holds
from bot.domain.search import Hit, best
from bot.store.engine import Database
from bot.store.keywords import INDEXED, Words, query_of, words_of
from bot.store.sources import READERS
from bot.store.tables import articles

#: Articles indexed in one transaction, and in one pass: after an upgrade a whole archive waits, and new
#: articles must not wait behind it.
_BATCH, AT_ONCE = 200, 2000
#: A search looks at the newest articles that hold its words, so many at most: a common word stays cheap.
NEWEST = 1000
#: Articles whose text is read to see whether a phrase stands in it.
_VERIFIED = 200
#: A word in the headline counts so many times one in the text.
_TITLE_WEIGHT = 8.0

#: What the one who asks may read: neither other languages (keys tell them apart by a letter only), nor other
#: readers' own feeds, nor what is in no story yet may take the place of an answer.
_READABLE = """
    found.lang IN :languages AND found.story_id IS NOT NULL AND found.source_id NOT IN
        (SELECT id FROM sources WHERE origin = :readers AND name NOT IN :own)
"""
#: Numbers grow with time, so nothing below the lowest is looked at; the sum keeps the planner from going
#: through the archive from its beginning.
_SINCE = """
    AND found.appeared_at >= :since
    AND {number} >= (SELECT min(id + 0) FROM articles WHERE appeared_at >= :since)
"""
_ASK = {
    # The join is CROSS to keep its order: the newest of the index first, and only as many as it takes.
    "sqlite": f"""
        SELECT found.id, found.story_id, found.appeared_at, -bm25(search, :weight, 1.0) AS relevance
        FROM search CROSS JOIN articles AS found ON found.id = search.rowid
        WHERE search MATCH :query AND {_READABLE}
    """,  # noqa: S608 - of our own words only
    "postgresql": f"""
        SELECT found.id, found.story_id, found.appeared_at,
            ts_rank(CAST(ARRAY[1 / :weight, 0, 0, 1] AS real[]), words, asked) AS relevance
        FROM CAST(:query AS tsquery) AS asked, search JOIN articles AS found ON found.id = search.article_id
        WHERE words @@ asked AND {_READABLE}
    """,  # noqa: S608 - of our own words only
}
_NEWEST_FIRST = " ORDER BY {number} DESC LIMIT :newest"
#: An article's number in each engine's index.
_NUMBER = {"sqlite": "search.rowid", "postgresql": "search.article_id"}
_KEEP = {
    "sqlite": text("INSERT INTO search (rowid, title, body) VALUES (:id, :title, :body)"),
    "postgresql": text(
        """
        INSERT INTO search (article_id, words) VALUES (:id, CAST(:words AS tsvector))
        ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
        """
    ),
}


class SearchStore:
    """Satisfies newsroom.desk.Search."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engine = database.engine.dialect.name

    async def index(self, most: int = AT_ONCE) -> int:
        """File so many of the articles that wait, the newest first; returns how many it were.

        Several processes may do so at once.
        """
        count = 0
        while count < most and (found := await self._next()):
            filed = await asyncio.to_thread(words_of, found)
            async with self._database.write() as connection:
                await self._file(connection, filed, [row["number"] for row in found])
            count += len(filed)
        return count

    async def find(  # noqa: PLR0913 - what a search is narrowed by
        self,
        query: Sequence[str],
        languages: Sequence[str],
        now: datetime,
        *,
        since: datetime | None = None,
        own: Collection[str] = (),
        limit: int = 10,
    ) -> Sequence[Hit]:
        """One article for each story in which every term stands and no exception does, best first.

        `query` holds terms as bot.domain.filters.terms gives them; all in them is literal. Articles of
        readers' own feeds are found by these names only.
        """
        wanted = query_of(query, languages, self._engine)
        if not wanted:
            return ()
        hits = await self._hits(wanted, languages, since, own)
        ordered = best(hits, now, len(hits))
        if any(" " in term for term in query):
            ordered = await self._verified(ordered[:_VERIFIED], query)
        return ordered[:limit]

    async def waiting(self) -> int:
        """How many articles wait; counts them."""
        async with self._database.read() as connection:
            return int((await connection.execute(text("SELECT count(*) FROM search_queue"))).scalar_one())

    async def _next(self) -> Sequence[RowMapping]:
        columns = (articles.c[name] for name in ("id", "title", "text", "lang"))
        queue = text("SELECT id AS number, article_id FROM search_queue ORDER BY id DESC LIMIT :batch")
        asked = queue.bindparams(batch=_BATCH).columns(
            number=articles.c.id.type, article_id=articles.c.id.type
        )
        waiting = asked.subquery("waiting")
        query = select(*columns, waiting.c.number).join(waiting, waiting.c.article_id == articles.c.id)
        async with self._database.read() as connection:
            return (await connection.execute(query)).mappings().all()

    async def _file(self, connection: AsyncConnection, filed: Iterable[Words], seen: Sequence[int]) -> None:
        # Whoever takes a row off the queue files it: what changed after we read it stands there once more.
        taken = text("DELETE FROM search_queue WHERE id IN :seen RETURNING article_id")
        rows = await connection.execute(taken.bindparams(bindparam("seen", seen, expanding=True)))
        mine = set(rows.scalars())
        latest = {words.article: words for words in filed if words.article in mine}
        new = [words.row(self._engine) for words in latest.values()]
        if new and self._engine == "sqlite":
            gone = text("DELETE FROM search WHERE rowid = :id")
            await connection.execute(gone, [{"id": row["id"]} for row in new])
        if new:
            await connection.execute(_KEEP[self._engine], new)

    async def _hits(
        self, query: str, languages: Sequence[str], since: datetime | None, own: Collection[str]
    ) -> list[Hit]:
        asked = _asked(self._engine, query, languages, since, own)
        async with self._database.snapshot() as connection:
            if self._engine == "postgresql":
                # How common the words are decides whether their list or the newest articles are gone through.
                await connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
            rows = (await connection.execute(asked)).mappings().all()
        return [Hit(row["id"], row["story_id"], row["relevance"], row["appeared_at"]) for row in rows]

    async def _verified(self, hits: Sequence[Hit], query: Sequence[str]) -> list[Hit]:
        """Those in whose text each phrase stands word by word: the index knows no order."""
        columns = (articles.c[name] for name in ("id", "lang", "title", "text"))
        wanted = select(*columns).where(articles.c.id.in_([hit.article for hit in hits]))
        async with self._database.read() as connection:
            rows = {row["id"]: row for row in (await connection.execute(wanted)).mappings()}
        return await asyncio.to_thread(
            lambda: [hit for hit in hits if hit.article in rows and holds(query, _texts(rows[hit.article]))]
        )


def _asked(
    engine: str, query: str, languages: Sequence[str], since: datetime | None, own: Collection[str]
) -> TextualSelect:
    """The statement that finds the newest articles: `id`, `story_id`, `appeared_at`, `relevance`."""
    narrowed = ((_SINCE if since else "") + _NEWEST_FIRST).format(number=_NUMBER[engine])
    values = [
        bindparam("languages", list(languages), expanding=True),
        bindparam("own", list(own), type_=String(), expanding=True),
        bindparam("readers", READERS, String()),
    ]
    if since:
        values.append(bindparam("since", since, articles.c.appeared_at.type))
    bound = text(_ASK[engine] + narrowed).bindparams(
        *values, query=query, newest=NEWEST, weight=_TITLE_WEIGHT
    )
    kinds = {name: articles.c[name].type for name in ("id", "story_id", "appeared_at")}
    return bound.columns(**kinds, relevance=Float())


def _texts(row: RowMapping) -> list[tuple[str, str]]:
    return [(row["lang"], row["title"]), (row["lang"], row["text"][:INDEXED])]
