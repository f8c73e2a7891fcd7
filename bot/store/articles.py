"""Articles: stored once by address and once by content."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import RowMapping, Select, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.content import content_hash
from bot.domain.source import Found, Source
from bot.store.engine import Database
from bot.store.own_sources import give_way
from bot.store.sources import READERS
from bot.store.tables import article_link, articles, passed_over, revisions, sources, vectors
from summarizer.article import Article

_BATCH = 500

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.newsroom.ports import Grouped

T = TypeVar("T")


class ArticleStore:
    """Satisfies newsroom.ports.Articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, source: Source, urls: Collection[str]) -> Mapping[str, str]:
        """Which of these canonical URLs are stored, with the fingerprint of their entry in this source.

        The fingerprint is "" where another source brought the article. What only some reader's own feed
        brought is not known to others.
        """
        theirs = or_(sources.c.origin != READERS, sources.c.name == source.name)
        found: dict[str, str] = {}
        async with self._database.read() as connection:
            for batch in _batches(urls):
                query = select(articles.c.url, articles.c.listing_hash, sources.c.name)
                rows = await connection.execute(query.join(sources).where(articles.c.url.in_(batch), theirs))
                found |= {row.url: row.listing_hash if row.name == source.name else "" for row in rows}
                marks = {mark: url for url in batch for mark in (url, _own_mark(source, url))}
                passed = select(passed_over.c.url).where(passed_over.c.url.in_(marks))
                found |= {marks[mark]: "" for mark in (await connection.execute(passed)).scalars()}
        return found

    async def add(
        self,
        source: Source,
        found: Sequence[Article],
        found_at: datetime,
        listed: Mapping[str, str] | None = None,
    ) -> int:
        """Store what one source brought (`take_in`), in which each URL's entry had this fingerprint."""
        marked = [
            Found(one, content_hash(one.title, one.text), (listed or {}).get(one.url, "")) for one in found
        ]
        (new,) = await self.take_in([(source, marked)], found_at)
        return new

    async def take_in(
        self, brought: Sequence[tuple[Source, Sequence[Found]]], found_at: datetime
    ) -> Sequence[int]:
        """Store what sources brought in one transaction; returns how many articles of each were new.

        New is by canonical URL and by content. Raises LookupError where a source is not there any more.
        """
        async with self._database.write() as connection:
            owners = await _owners(connection, {source.name for source, _ in brought})
            new = []
            for source, found in brought:
                owner = owners[source.name]
                rows = _rows(owner.id, found, found_at)
                replaced = 0 if owner.origin == READERS else await give_way(connection, rows)
                new.append(replaced + await self._add(connection, rows))
            return new

    async def _add(self, connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Insert what is new and say how many were; naming them (RETURNING) would double SQLite's time."""
        statement = self._database.insert(articles).on_conflict_do_nothing()
        if self._database.is_sqlite:
            counted = await connection.execute(statement, rows, execution_options={"preserve_rowcount": True})
            return counted.rowcount
        named = [
            (await connection.execute(statement.returning(articles.c.id), batch)).all()
            for batch in _batches(rows)
        ]
        return sum(map(len, named))

    async def pass_over(self, source: Source, urls: Collection[str], now: datetime) -> None:
        """Remember addresses that were read and not stored (reprints, empty pages): `known` has them too.

        What some reader's own feed said was not worth storing still may be, where others list it.
        """
        async with self._database.write() as connection:
            owners = await _owners(connection, {source.name})
            private = owners[source.name].origin == READERS
            for batch in _batches(urls):
                marks = [_own_mark(source, url) for url in batch] if private else batch
                rows = [{"url": mark, "found_at": now} for mark in marks]
                await connection.execute(self._database.insert(passed_over).on_conflict_do_nothing(), rows)

    async def revise(self, changed: Sequence[Found], now: datetime) -> None:
        """Take over what sources changed in articles that are stored, by canonical URL.

        One that says something else is marked corrected, and the hash of what it said is kept.
        """
        async with self._database.write() as connection:
            for found in changed:
                query = select(articles.c.id, articles.c.content_hash).where(
                    articles.c.url == found.article.url
                )
                row = (await connection.execute(query)).one_or_none()
                if row:
                    await self._revise(connection, row, found, now)

    async def _revise(self, connection: AsyncConnection, row: Any, found: Found, now: datetime) -> None:
        article = found.article
        values: dict[str, Any] = {
            "title": article.title,
            "text": article.text,
            "listing_hash": found.listing_hash,
        }
        if row.content_hash != found.content_hash:
            kept = {"article_id": row.id, "replaced_at": now, "content_hash": row.content_hash}
            await connection.execute(self._database.insert(revisions).values(kept).on_conflict_do_nothing())
            same = select(articles.c.id).where(articles.c.content_hash == found.content_hash)
            taken = (await connection.execute(same)).first()
            values |= {"revised_at": now, "corrected_at": now}
            # Another article may say the same already; hashes are unique.
            values |= {} if taken else {"content_hash": found.content_hash}
        await connection.execute(update(articles).where(articles.c.id == row.id).values(values))

    async def revised(self) -> Sequence[tuple[Article, datetime]]:
        """Articles that their sources changed and nobody has looked at since, with the time of the change."""
        changed = _articles().add_columns(articles.c.revised_at).where(articles.c.revised_at.is_not(None))
        async with self._database.read() as connection:
            rows = (await connection.execute(changed.order_by(articles.c.id))).mappings()
            return [(article(row), row["revised_at"]) for row in rows]

    async def reviewed(self, changes: Collection[tuple[int, datetime]]) -> None:
        """These changes of articles, by the time of each, have been looked at; later ones have not."""
        this = (articles.c.id == bindparam("article")) & (articles.c.revised_at == bindparam("changed_at"))
        rows = [{"article": number, "changed_at": at} for number, at in changes]
        if rows:
            async with self._database.write() as connection:
                await connection.execute(update(articles).where(this).values(revised_at=None), rows)

    async def ungrouped(self, limit: int) -> Sequence[Article]:
        """Articles without a story, oldest first; `Article.id` is the store's id as text."""
        query = _articles().where(articles.c.story_id.is_(None))
        async with self._database.read() as connection:
            rows = await connection.execute(
                query.order_by(articles.c.appeared_at, articles.c.id).limit(limit)
            )
            return [article(row) for row in rows.mappings()]

    async def grouped_since(self, since: datetime, model: str) -> "Sequence[Grouped]":
        """Articles that appeared since then, with story and that encoder's vector, in order of appearance."""
        query = (
            _articles()
            .add_columns(articles.c.story_id, vectors.c.data)
            .outerjoin(vectors, (vectors.c.article_id == articles.c.id) & (vectors.c.model == model))
            .where(articles.c.story_id.is_not(None), articles.c.appeared_at >= since)
            .order_by(articles.c.appeared_at, articles.c.id)
        )
        async with self._database.read() as connection:
            return [_grouped(row) for row in (await connection.execute(query)).mappings()]

    async def remember_vectors(self, model: str, encoded: "Mapping[int, NDArray[np.float32]]") -> None:
        """Store vectors of that encoder, by article."""
        async with self._database.write() as connection:
            for batch in _batches(list(encoded.items())):
                rows = [vector_row(article, model, vector) for article, vector in batch]
                await connection.execute(self._database.insert(vectors).on_conflict_do_nothing(), rows)

    async def listed(
        self, since: datetime, source: str | None = None
    ) -> Sequence[tuple[Article, int | None]]:
        """Articles that appeared since then with their story's id, oldest first."""
        query = _articles().add_columns(articles.c.story_id).where(articles.c.appeared_at >= since)
        query = query.where(sources.c.name == source) if source else query
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(articles.c.appeared_at, articles.c.id))
            return [(article(row), row["story_id"]) for row in rows.mappings()]


def _batches(items: Collection[T]) -> Iterator[list[T]]:
    # SQLite binds at most 32,766 variables in a statement.
    listed = list(items)
    return (listed[start : start + _BATCH] for start in range(0, len(listed), _BATCH))


def _own_mark(source: Source, url: str) -> str:
    """What a reader's own feed passed over; no canonical address has a space."""
    return f"{source.name} {url}"


async def _owners(connection: AsyncConnection, names: Collection[str]) -> Mapping[str, Any]:
    query = select(sources.c.id, sources.c.name, sources.c.origin).where(sources.c.name.in_(names))
    return {row.name: row for row in await connection.execute(query)}


def _rows(source_id: int, found: Sequence[Found], found_at: datetime) -> list[dict[str, Any]]:
    return [{**_row(one, found_at), "source_id": source_id} for one in found]


def _row(found: Found, found_at: datetime) -> dict[str, Any]:
    article = found.article
    return {
        "url": article.url,
        "content_hash": found.content_hash,
        "listing_hash": found.listing_hash,
        "link": found.link or None,
        "image": found.image or None,
        "views": found.views,
        "title": article.title,
        "text": article.text,
        "lang": article.lang,
        "categories": list(article.categories),
        "published_at": article.published,
        "found_at": found_at,
        # A date in the future would keep an article at the top of every digest until it comes.
        "appeared_at": min(article.published or found_at, found_at),
    }


def _articles() -> Select[Any]:
    columns = [
        articles.c[name]
        for name in ("id", "title", "text", "lang", "categories", "published_at", "appeared_at")
    ]
    return select(*columns, article_link, sources.c.name.label("source")).join_from(articles, sources)


def article(row: RowMapping) -> Article:
    """A row of an articles query as the value that leaves the store."""
    return Article(
        id=str(row["id"]),
        title=row["title"],
        text=row["text"],
        lang=row["lang"],
        published=row["appeared_at"],
        url=row["url"],
        source=row["source"],
        categories=tuple(row["categories"]),
    )


def vector_row(article_id: int, model: str, vector: "NDArray[np.float32]") -> dict[str, Any]:
    """A vector as the table keeps it."""
    return {"article_id": article_id, "model": model, "data": vector.astype("<f4").tobytes()}


def _grouped(row: RowMapping) -> "Grouped":
    # A pass that only fetches has no vectors, and needs few of the ports.
    import numpy as np  # noqa: PLC0415 - as above

    from bot.newsroom.ports import Grouped  # noqa: PLC0415 - as above

    vector = None if row["data"] is None else np.frombuffer(row["data"], dtype="<f4")
    return Grouped(article(row), row["story_id"], vector)
