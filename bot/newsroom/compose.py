"""Compose: a reader's digest from the store, posted to the outbox once per edition."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

import structlog

from bot.domain.delivery import Message
from bot.domain.digest import NOTE_EVERY, Digest, Wishes, pick, wants_note
from bot.domain.schedule import (
    GRACE,
    LATEST,
    NOTE,
    Edition,
    current_edition,
    edition_due,
    is_late,
    next_slot,
    weekly_due,
)
from bot.domain.story import StoryCard
from bot.domain.subscriber import State, Subscriber
from bot.domain.tastes import Vote
from bot.newsroom.clippings import Clippings
from bot.newsroom.ports import Outbox, Posting, Renderer, Stories, Subscribers
from bot.newsroom.proofs import Proofs
from bot.newsroom.weekly import Weeklies
from bot.words.translator import long_date, translate

#: A reader whose digest could not be composed is tried again after this long.
AGAIN = timedelta(minutes=10)
#: Readers composed for in one go, and their editions stored in one transaction.
_AT_ONCE = 500

_log = structlog.get_logger(__name__)


async def no_votes(_: Collection[int]) -> Mapping[int, Sequence[Vote]]:
    """Of readers who can't vote."""
    return {}


@dataclass(frozen=True, slots=True)
class Composing:
    """The ports composing needs."""

    stories: Stories
    subscribers: Subscribers
    outbox: Outbox
    render: Renderer
    #: Votes by subscriber, the latest first; none of those who never voted.
    votes: Callable[[Collection[int]], Awaitable[Mapping[int, Sequence[Vote]]]] = no_votes
    #: How old a missed slot may be to be made up for: GRACE leaves it to the next one.
    late: timedelta = LATEST


@dataclass(frozen=True, slots=True)
class _Histories:
    """What some readers were told and how they voted, by reader."""

    told: Mapping[int, Mapping[int, datetime]]
    votes: Mapping[int, Sequence[Vote]]


async def digest(stories: Stories, wishes: Wishes, since: datetime, until: datetime) -> Digest:
    """The digest of anybody with these wishes."""
    return _digest(await stories.cards(since, until), wishes, since, until)


def _digest(cards: Sequence[StoryCard], wishes: Wishes, since: datetime, until: datetime) -> Digest:
    items = pick((card for card in cards if card.latest >= since), wishes, until)
    return Digest(since, until, tuple(wishes.languages), frozenset(wishes.topics), items)


async def compose_due(ports: Composing, now: datetime) -> int:
    """Post the edition of every subscriber whose slot has begun; returns how many were posted."""
    count = 0
    # One look at the stories serves every reader of this pass, one composition all who get the same.
    clippings = Clippings(ports.stories, now)
    proofs, weeklies = Proofs(clippings, ports.render, now), Weeklies(clippings, ports.render, now)
    while waiting := await ports.subscribers.due(now, _AT_ONCE):
        count += await _compose_all(ports, proofs, weeklies, waiting, now)
    return count


async def _compose_all(
    ports: Composing, proofs: Proofs, weeklies: Weeklies, readers: Sequence[Subscriber], now: datetime
) -> int:
    following: dict[int, datetime | None] = dict.fromkeys((reader.id for reader in readers), now + AGAIN)
    postings: list[Posting] = []
    weeks: list[Posting] = []
    histories = await _histories(ports, proofs, readers)
    for reader in readers:
        with _alone(reader):
            if posting := await _composed(ports, proofs, histories, reader, now):
                postings.append(posting)
            if (edition := weekly_due(reader, now)) and (week := await weeklies.posting(reader, edition)):
                weeks.append(week)
            following[reader.id] = next_slot(reader.preferences, now)
    posted = len(await ports.outbox.post_all(weeks, now))
    posted += await _post_all(ports, postings, now)
    await ports.subscribers.reschedule_all([(reader, following[reader.id]) for reader in readers])
    return posted


@contextmanager
def _alone(reader: Subscriber) -> Iterator[None]:
    """One reader's trouble must not cost the others their digest."""
    try:
        yield
    except Exception:  # noqa: BLE001 - whatever it is, it is this reader's
        _log.exception("digest not composed", subscriber=reader.id, again_in=AGAIN.total_seconds())


async def _histories(ports: Composing, proofs: Proofs, readers: Sequence[Subscriber]) -> _Histories:
    ids = [reader.id for reader in readers]
    oldest = min([await proofs.oldest_story(reader) for reader in _kinds(readers)], default=0)
    return _Histories(await ports.subscribers.told_to(ids, oldest), await ports.votes(ids))


def _kinds(readers: Sequence[Subscriber]) -> Collection[Subscriber]:
    """One of those who hear what anybody may, and one of those with feeds of their own."""
    return {bool(reader.own): reader for reader in readers}.values()


async def _composed(
    ports: Composing, proofs: Proofs, histories: _Histories, reader: Subscriber, now: datetime
) -> Posting | None:
    """The edition of the slot that has begun, or a note that nothing is new; None for silence."""
    edition = edition_due(reader.id, reader.preferences, now, _within(ports, reader, now))
    if edition is None:
        return None
    posting = await _posting(proofs, histories, reader, edition, _apology(edition, reader, now))
    return posting or (_note(reader, edition, now) if wants_note(reader, now) else None)


def _note(reader: Subscriber, edition: Edition, now: datetime) -> Posting:
    nothing = Digest(now, now, reader.preferences.languages, reader.preferences.topics, ())
    note = Message(escape(translate(reader.lang, "nothing-new")), buttons=False)
    return Posting(replace(edition, slot=NOTE), nothing, [note])


async def _post_all(ports: Composing, postings: Sequence[Posting], now: datetime) -> int:
    """Post digests, and notes to those who had none for a while; returns how many digests were new."""
    notes = [one.edition.subscriber for one in postings if one.edition.slot == NOTE]
    noted = set(await ports.outbox.noted(notes, now - NOTE_EVERY)) if notes else set()
    kept = [one for one in postings if one.edition.slot != NOTE or one.edition.subscriber not in noted]
    return sum(edition.is_digest for edition in await ports.outbox.post_all(kept, now))


def _within(ports: Composing, subscriber: Subscriber, now: datetime) -> timedelta:
    """How old a slot may be: what was looked at when it was due, or passed during a pause, was not missed."""
    if subscriber.state is not State.ACTIVE:
        return GRACE
    return min(ports.late, max(GRACE, now - (subscriber.next_at or now)))


async def compose_current(ports: Composing, now: datetime) -> int:
    """Post the day's current edition to everyone who gets digests, due or not; returns how many were new."""
    readers = await ports.subscribers.active()
    proofs = Proofs(Clippings(ports.stories, now), ports.render, now)
    count = 0
    for start in range(0, len(readers), _AT_ONCE):
        some = readers[start : start + _AT_ONCE]
        histories = await _histories(ports, proofs, some)
        postings: list[Posting] = []
        for reader in some:
            with _alone(reader):
                edition = current_edition(reader.id, reader.preferences, now)
                if posting := await _posting(proofs, histories, reader, edition):
                    postings.append(posting)
        count += len(await ports.outbox.post_all(postings, now))
    return count


async def compose_now(ports: Composing, subscriber: Subscriber, request: str, now: datetime) -> bool:
    """Post a digest a reader asked for; `request` makes a repeated update harmless. False: nothing new."""
    return await _post(ports, subscriber, Edition(subscriber.id, now.date(), f"now-{request}"), now)


def _apology(edition: Edition, subscriber: Subscriber, now: datetime) -> str:
    """The header of a digest that is late; empty for one in time."""
    zone, lang = subscriber.preferences.zone, subscriber.lang
    if not is_late(edition, zone, now):
        return ""
    return translate(lang, "digest-late", date=long_date(lang, edition.day), time=edition.slot)


async def _post(ports: Composing, reader: Subscriber, edition: Edition, now: datetime) -> bool:
    proofs = Proofs(Clippings(ports.stories, now), ports.render, now)
    histories = await _histories(ports, proofs, [reader])
    posting = await _posting(proofs, histories, reader, edition)
    return posting is not None and bool(await ports.outbox.post_all([posting], now))


async def _posting(
    proofs: Proofs, histories: _Histories, reader: Subscriber, edition: Edition, title: str = ""
) -> Posting | None:
    told, votes = histories.told.get(reader.id, {}), histories.votes.get(reader.id, ())
    found = await proofs.digest(reader, told, votes)
    if not found.items:
        return None
    return Posting(edition, found, proofs.messages(found, reader.lang, reader.preferences.zone, title))
