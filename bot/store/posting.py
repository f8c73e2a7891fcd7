"""Into the outbox: editions with what they tell and the parts that tell it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import Message, PartState
from bot.domain.schedule import Edition
from bot.newsroom.ports import Posting
from bot.store.engine import Database
from bot.store.settling import advance, hold
from bot.store.tables import editions, parts, subscribers, told


async def post_all(
    database: Database, connection: AsyncConnection, postings: Sequence[Posting], now: datetime
) -> Collection[Edition]:
    """Store editions that do not exist with told stories, `told_until` and parts; returns those."""
    # Rows that point to readers lock them one by one, in the order of the rows.
    await hold(connection, {one.edition.subscriber for one in postings})
    numbers = await _begin(database, connection, postings, now)
    new = [(numbers[one.edition], one) for one in postings if one.edition in numbers]
    if not new:
        return ()
    earlier = await _earlier(connection, [posting for _, posting in new])
    await _tell(database, connection, new)
    rows = [row for number, posting in new for row in _parts(number, posting, earlier)]
    if rows:
        await connection.execute(insert(parts), rows)
    digests = [posting.edition.subscriber for _, posting in new if posting.edition.is_digest]
    reached = update(subscribers).where(subscribers.c.id.in_(digests))
    await connection.execute(reached.values(told_until=now))
    await advance(connection, {row["subscriber_id"] for row in rows})
    return numbers.keys()


async def _begin(
    database: Database, connection: AsyncConnection, postings: Sequence[Posting], now: datetime
) -> dict[Edition, int]:
    rows = [
        {"subscriber_id": one.edition.subscriber, "day": one.edition.day, "slot": one.edition.slot}
        | {"created_at": now}
        for one in postings
    ]
    key = (editions.c.subscriber_id, editions.c.day, editions.c.slot)
    new = database.insert(editions).on_conflict_do_nothing().returning(editions.c.id, *key)
    begun = (await connection.execute(new, rows)).all()
    return {Edition(row.subscriber_id, row.day, row.slot): row.id for row in begun}


async def _earlier(connection: AsyncConnection, postings: Sequence[Posting]) -> dict[tuple[int, int], int]:
    """The messages that told these readers the stories of which more is told now: by reader and story."""
    wanted = {
        (posting.edition.subscriber, message.follows)
        for posting in postings
        for message in posting.messages
        if isinstance(message, Message) and message.follows is not None
    }
    if not wanted:
        return {}
    readers, stories = (set(column) for column in zip(*wanted, strict=True))
    query = (
        select(told.c.subscriber_id, told.c.story_id, parts.c.stories, parts.c.message_id)
        .join_from(told, parts, parts.c.edition_id == told.c.edition_id)
        .where(told.c.subscriber_id.in_(readers), told.c.story_id.in_(stories))
        .where(parts.c.message_id.is_not(None))
    )
    return {
        (row.subscriber_id, row.story_id): row.message_id
        for row in await connection.execute(query)
        if row.story_id in row.stories
    }


async def _tell(database: Database, connection: AsyncConnection, new: Sequence[tuple[int, Posting]]) -> None:
    rows = [
        {"subscriber_id": posting.edition.subscriber, "edition_id": number, "story_id": item.story}
        for number, posting in new
        for item in posting.digest.items
    ]
    if not rows:
        return
    told_now = database.insert(told)
    again = {"edition_id": told_now.excluded.edition_id}
    key = ["subscriber_id", "story_id"]
    await connection.execute(told_now.on_conflict_do_update(index_elements=key, set_=again), rows)


def _parts(number: int, posting: Posting, earlier: dict[tuple[int, int], int]) -> Iterator[dict[str, Any]]:
    reader, last = posting.edition.subscriber, len(posting.messages) - 1
    for ordinal, each in enumerate(posting.messages):
        message = Message(each) if isinstance(each, str) else each
        yield {
            "edition_id": number,
            "subscriber_id": reader,
            "ordinal": ordinal,
            "last": ordinal == last and message.buttons,
            "html": message.html,
            "stories": list(message.stories),
            "answers": None if message.follows is None else earlier.get((reader, message.follows)),
            "state": PartState.PENDING,
        }
