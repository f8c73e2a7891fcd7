"""What a reader keeps and likes: saved stories and votes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, delete, func, select

from bot.domain.tastes import Vote
from bot.store.engine import Database
from bot.store.tables import articles, editions, parts, saved, sources, stories, told, votes
from summarizer.topic import Topic

#: Votes that count: tastes change.
_MOST_VOTES = 200


class ShelfStore:
    """Satisfies newsroom.ports.Shelf."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, subscriber: int, story: int, now: datetime) -> None:
        """Keep a story; again changes nothing but its place."""
        await self._put(saved, subscriber, story, saved_at=now)

    async def unsave(self, subscriber: int, story: int) -> None:
        """Keep a story no longer."""
        mine = (saved.c.subscriber_id == subscriber) & (saved.c.story_id == story)
        async with self._database.write() as connection:
            await connection.execute(delete(saved).where(mine))

    async def saved(self, subscriber: int, limit: int, offset: int = 0) -> Sequence[int]:
        """Kept stories, the latest first."""
        query = select(saved.c.story_id).where(saved.c.subscriber_id == subscriber)
        async with self._database.read() as connection:
            ordered = query.order_by(saved.c.saved_at.desc(), saved.c.story_id.desc())
            page = ordered.limit(limit).offset(offset)
            return (await connection.execute(page)).scalars().all()

    async def vote(self, subscriber: int, story: int, value: int, now: datetime) -> None:
        """Like (1) or dislike (-1) a story; the last vote counts."""
        await self._put(votes, subscriber, story, value=value, voted_at=now)

    async def votes(self, subscriber: int) -> Sequence[Vote]:
        """A reader's latest votes, with what they were about."""
        return (await self.votes_of([subscriber])).get(subscriber, ())

    async def votes_of(self, subscribers: Collection[int]) -> Mapping[int, Sequence[Vote]]:
        """The same of many readers, by reader; those who never voted are left out."""
        latest = _latest_votes(subscribers).cte("latest")
        cast = select(latest.c.subscriber_id, latest.c.story_id, latest.c.value, stories.c.topics)
        voted = select(latest.c.story_id).scalar_subquery()
        outlets = select(articles.c.story_id, sources.c.name).join_from(articles, sources).distinct()
        async with self._database.snapshot() as connection:
            ordered = cast.join_from(latest, stories).order_by(latest.c.place)
            rows = (await connection.execute(ordered)).all()
            names: dict[int, list[str]] = {}
            for story, name in await connection.execute(outlets.where(articles.c.story_id.in_(voted))):
                names.setdefault(story, []).append(name)
        found: dict[int, list[Vote]] = {}
        for reader, story, value, topics in rows:
            vote = Vote(value, tuple(map(Topic, topics[:1])), tuple(names.get(story, ())))
            found.setdefault(reader, []).append(vote)
        return found

    async def records(self, subscriber: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All rows of this reader's about stories and digests, by what they are; times are aware."""
        queries = {
            "saved_stories": _theirs(saved, subscriber, "story_id", "saved_at"),
            "votes": _theirs(votes, subscriber, "story_id", "value", "voted_at"),
            "editions": _theirs(editions, subscriber, "id", "day", "slot", "created_at"),
            "messages": _theirs(parts, subscriber, "edition_id", "message_id", "state", "html"),
        }
        async with self._database.snapshot() as connection:
            return {
                name: [dict(row) for row in (await connection.execute(query)).mappings()]
                for name, query in queries.items()
            }

    async def told_in(self, subscriber: int, edition: int) -> Sequence[int]:
        """Stories of one of this reader's editions in the order in which it told them; none of another's.

        A story that a later edition told again still stands here; one that was merged, as what it became.
        """
        theirs = select(parts.c.stories).where(
            parts.c.subscriber_id == subscriber, parts.c.edition_id == edition
        )
        # What was told outside the outbox, or before parts said what they tell.
        last = select(told.c.story_id).where(told.c.subscriber_id == subscriber, told.c.edition_id == edition)
        async with self._database.read() as connection:
            shown = (await connection.execute(theirs.order_by(parts.c.ordinal))).scalars()
            ids = [story for stories_ in shown for story in stories_]
            ids += (await connection.execute(last.order_by(told.c.story_id))).scalars()
            became = select(stories.c.id, stories.c.merged_into).where(stories.c.id.in_(ids))
            now = {row.id: row.merged_into or row.id for row in await connection.execute(became)}
        return list(dict.fromkeys(now[story] for story in ids if story in now))

    async def _put(self, table: Table, subscriber: int, story: int, **values: object) -> None:
        row = {"subscriber_id": subscriber, "story_id": story, **values}
        new = self._database.insert(table).values(row)
        async with self._database.write() as connection:
            await connection.execute(
                new.on_conflict_do_update(index_elements=["subscriber_id", "story_id"], set_=values)
            )


def _latest_votes(subscribers: Collection[int]) -> Select[Any]:
    """The votes that count of each reader; `place` is 1 for the latest."""
    order = (votes.c.voted_at.desc(), votes.c.story_id.desc())
    place = func.row_number().over(partition_by=votes.c.subscriber_id, order_by=order).label("place")
    theirs = select(votes, place).where(votes.c.subscriber_id.in_(subscribers)).subquery()
    return select(theirs).where(theirs.c.place <= _MOST_VOTES)


def _theirs(table: Table, subscriber: int, *columns: str) -> Select[Any]:
    mine = select(*(table.c[name] for name in columns)).where(table.c.subscriber_id == subscriber)
    return mine.order_by(*(table.c[name] for name in columns[:2]))
