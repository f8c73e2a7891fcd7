"""What an attempt leaves behind: in its part, in its reader's queue, in what is known of the chat."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import Part, PartState, Settlement
from bot.domain.subscriber import State
from bot.store.tables import editions, parts, subscribers, told

#: How far back from its posting a digest that was given up may have told.
REACH = timedelta(hours=48)


async def settle_all(
    connection: AsyncConnection, settled: Sequence[tuple[Part, Settlement]], now: datetime
) -> Collection[int]:
    """Write what attempts made of parts; returns those for which that came too late."""
    await hold(connection, {part.subscriber for part, _ in settled})
    plain = [(part, one) for part, one in settled if one.state is PartState.SENT]
    if plain:
        await _confirm(connection, plain, now)
    others = [(part, one) for part, one in settled if one.state is not PartState.SENT]
    late = {part.id for part, one in others if not await _settle(connection, part, one, now)}
    await advance(connection, {part.subscriber for part, _ in settled if part.id not in late})
    return late


async def _confirm(
    connection: AsyncConnection, confirmed: Sequence[tuple[Part, Settlement]], now: datetime
) -> None:
    """A confirmation always counts, whoever has the part now."""
    sent = update(parts).where(parts.c.id == bindparam("part"), parts.c.state != PartState.SENT)
    values = {"state": PartState.SENT, "reason": "", "not_before": None, "settled_at": now, "head": False}
    rows = [{"part": part.id, "message": one.message_id} for part, one in confirmed]
    await connection.execute(sent.values(**values, message_id=bindparam("message")), rows)


async def _settle(connection: AsyncConnection, part: Part, settlement: Settlement, now: datetime) -> bool:
    """Whoever lost the lease meanwhile has nothing to say."""
    values = {
        "state": settlement.state,
        "reason": settlement.reason,
        "not_before": settlement.not_before,
        "settled_at": now,
        "head": settlement.is_open,
    } | ({} if settlement.counts else {"attempts": part.attempts})
    held = (parts.c.state == PartState.SENDING) & (parts.c.attempts == part.attempts + 1)
    settled = update(parts).where(parts.c.id == part.id, held).values(values)
    if not (await connection.execute(settled)).rowcount:
        return False
    if settlement.moved_to is not None:
        await _move(connection, part, settlement.moved_to)
    if settlement.gone:
        await _lose(connection, part.subscriber, settlement.reason)
    if settlement.gives_up:
        await give_up(connection, part.edition, part.subscriber, settlement.reason)
    return True


async def advance(connection: AsyncConnection, readers: Collection[int]) -> None:
    """Make each reader's first pending part the head, where nothing else is; nothing waits for the gone."""
    if not readers:
        return
    await hold(connection, readers)
    await _withdraw(connection, readers)
    queue = parts.alias()
    first = (
        select(func.min(queue.c.id))
        .where(queue.c.subscriber_id.in_(readers), queue.c.state == PartState.PENDING)
        .group_by(queue.c.subscriber_id)
    )
    head = parts.alias()
    headed = select(head.c.id).where(head.c.subscriber_id == parts.c.subscriber_id, head.c.head).exists()
    following = update(parts).where(parts.c.id.in_(first), ~headed)
    await connection.execute(following.values(head=True))


async def _withdraw(connection: AsyncConnection, readers: Collection[int]) -> None:
    """They may have left, or been shut out, while a part was on its way or about to be posted."""
    theirs = select(subscribers.c.id).where(subscribers.c.id.in_(readers), subscribers.c.state == State.GONE)
    gone = (await connection.execute(theirs)).scalars().all()
    if gone:
        failed = update(parts).where(parts.c.subscriber_id.in_(gone), unsent())
        values = {"state": PartState.FAILED, "reason": "gone", "not_before": None, "head": False}
        await connection.execute(failed.values(values))


async def hold(connection: AsyncConnection, readers: Collection[int] | Select[Any]) -> None:
    """Whoever posts to these readers or settles a part of theirs waits here for the other.

    Whoever changes parts of readers holds the readers first, all of them at once and in ascending order: any
    other order would be a deadlock. Claiming alone does not: it waits for nobody.
    """
    if connection.dialect.name != "sqlite":
        theirs = select(subscribers.c.id).where(subscribers.c.id.in_(readers)).order_by(subscribers.c.id)
        await connection.execute(theirs.with_for_update())


async def _move(connection: AsyncConnection, part: Part, chat_id: int) -> None:
    there = select(subscribers.c.id).where(
        subscribers.c.chat_id == chat_id, subscribers.c.thread_id == (part.chat.thread or 0)
    )
    if (await connection.execute(there)).first():
        # Somebody said /start in the supergroup first: one chat is one subscriber.
        await _lose(connection, part.subscriber, "migrated")
        return
    moved = update(subscribers).where(subscribers.c.id == part.subscriber)
    await connection.execute(moved.values(chat_id=chat_id))


async def _lose(connection: AsyncConnection, reader: int, reason: str) -> None:
    lost = update(subscribers).where(subscribers.c.id == reader)
    await connection.execute(lost.values(state=State.GONE, next_at=None))
    undone = or_(parts.c.state == PartState.PENDING, parts.c.head)
    rest = update(parts).where(parts.c.subscriber_id == reader, undone)
    failed = rest.values(state=PartState.FAILED, reason=reason, not_before=None, head=False)
    await connection.execute(failed)


async def give_up(connection: AsyncConnection, edition: int, reader: int, reason: str) -> None:
    """Fail what is left of an edition; the next one may tell its stories, and reaches back for them."""
    rest = update(parts).where(parts.c.edition_id == edition, parts.c.state == PartState.PENDING)
    await connection.execute(rest.values(state=PartState.FAILED, reason=reason))
    await _untell(connection, edition, reader)
    posted = select(editions.c.created_at).where(editions.c.id == edition)
    earlier = (await connection.execute(posted)).scalar_one() - REACH
    later = or_(subscribers.c.told_until.is_(None), subscribers.c.told_until > earlier)
    put_back = update(subscribers).where(subscribers.c.id == reader, later)
    await connection.execute(put_back.values(told_until=earlier))


async def _untell(connection: AsyncConnection, edition: int, reader: int) -> None:
    """What the edition was to tell counts as untold, but for what some message that was sent has told."""
    theirs = (parts.c.subscriber_id == reader, parts.c.state == PartState.SENT)
    sent = select(parts.c.edition_id, parts.c.stories).where(*theirs).order_by(parts.c.id)
    latest = {story: row.edition_id for row in await connection.execute(sent) for story in row.stories}
    meant = select(told.c.story_id).where(told.c.edition_id == edition)
    for story in (await connection.execute(meant)).scalars().all():
        this = (told.c.subscriber_id == reader, told.c.story_id == story)
        known = latest.get(story)
        put_back = update(told).values(edition_id=known) if known is not None else delete(told)
        await connection.execute(put_back.where(*this))


def unsent() -> ColumnElement[bool]:
    """What has not left yet. What is on its way may arrive: it is left to settle."""
    return or_(parts.c.state == PartState.PENDING, parts.c.head & unclaimed())


def unclaimed() -> ColumnElement[bool]:
    """Of a head; said with IN, SQLite takes the index of states and sorts all that waits."""
    return parts.c.state != PartState.SENDING
