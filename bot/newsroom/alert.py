"""Alert: breaking news at once, to those who want it, at most a few a day and each story once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

import structlog

from bot.domain.alerts import GROWS_FOR, MOST_A_DAY, alert, grown, is_quiet, wanted_topics
from bot.domain.delivery import Message
from bot.domain.digest import Digest, Item, Wishes, pick
from bot.domain.hearing import hearing
from bot.domain.memory import may_be_news
from bot.domain.ranking import is_breaking
from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Tastes
from bot.newsroom.compose import Composing
from bot.newsroom.desk import Presenter
from bot.newsroom.ports import Posting
from bot.newsroom.proofs import LONGEST_REACH
from bot.words.translator import translate

#: Readers looked at in one go, and their alerts stored in one transaction, as digests are.
_AT_ONCE = 500

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sounded:
    """An alert that a reader has."""

    #: Its part in the outbox.
    part: int
    subscriber: int
    story: int
    #: When it was sent, or changed last.
    known: datetime


class Alerts(Protocol):
    """What was alerted before."""

    async def counts(self, readers: Collection[int], since: date) -> Mapping[tuple[int, date], int]:
        """Alerts by reader and their local day, of that day and later ones; nothing where there was none."""

    async def growing(self, since: datetime, stories: Collection[int]) -> Sequence[Sounded]:
        """Alerts of these stories that were posted since then and may still be changed."""

    async def revise(self, changes: Sequence[tuple[Sounded, str]]) -> None:
        """Have messages changed into this HTML."""


@dataclass(frozen=True, slots=True)
class Alerting:
    """The ports alerting needs."""

    composing: Composing
    alerts: Alerts
    render: Presenter


async def alert_all(ports: Alerting, now: datetime) -> int:
    """Post an alert to everyone awake who wants to hear of a story that is breaking; returns how many.

    Alerts sent before are changed where their stories have grown: nobody is woken twice for one story.
    """
    cards = await ports.composing.stories.cards(now - LONGEST_REACH, now)
    await _grow(ports, {card.id: card for card in cards}, now)
    live = len({telling.publisher.name for card in cards for telling in card.tellings})
    breaking = [card for card in cards if is_breaking(card, now, live)]
    if not breaking:
        return 0
    readers = await ports.composing.subscribers.active()
    batches = [readers[start : start + _AT_ONCE] for start in range(0, len(readers), _AT_ONCE)]
    return sum([await _alert(ports, breaking, batch, now) for batch in batches])


async def _grow(ports: Alerting, cards: Mapping[int, StoryCard], now: datetime) -> None:
    alerted = await ports.alerts.growing(now - GROWS_FOR, cards)
    news = [sounded for sounded in alerted if may_be_news(cards[sounded.story], sounded.known)]
    for start in range(0, len(news), _AT_ONCE):
        some = news[start : start + _AT_ONCE]
        if changes := await _changes(ports, cards, some, now):
            await ports.alerts.revise(changes)


async def _changes(
    ports: Alerting, cards: Mapping[int, StoryCard], alerted: Sequence[Sounded], now: datetime
) -> Sequence[tuple[Sounded, str]]:
    readers = await ports.composing.subscribers.several({sounded.subscriber for sounded in alerted})
    changes = []
    for sounded in alerted:
        reader = readers.get(sounded.subscriber)
        try:
            html = reader and _grown(ports, cards[sounded.story], reader, sounded.known, now)
        except Exception:  # noqa: BLE001 - one reader's trouble must not cost the others what is new
            _log.exception("alert not changed", subscriber=sounded.subscriber)
            continue
        if html:
            changes.append((sounded, html))
    return changes


def _grown(ports: Alerting, card: StoryCard, reader: Subscriber, known: datetime, now: datetime) -> str:
    """The alert as it should read now; empty where nothing is new, or it would no longer fit."""
    item = next(iter(pick([card], _wishes(reader), now, 1)), None)
    told = item and grown(item, card, known)
    messages = _messages(ports, told, reader, now) if told else []
    return messages[0] if len(messages) == 1 else ""


async def _alert(
    ports: Alerting, breaking: Sequence[StoryCard], readers: Sequence[Subscriber], now: datetime
) -> int:
    ids = [reader.id for reader in readers]
    told = await ports.composing.subscribers.told_to(ids, min(card.id for card in breaking))
    # No reader's local day is earlier than yesterday's date in UTC.
    counts = await ports.alerts.counts(ids, (now - timedelta(days=1)).date())
    postings = []
    for reader in readers:
        new = [card for card in breaking if card.id not in told.get(reader.id, ())]
        try:
            posting = _posting(ports, new, reader, counts, now) if new else None
        except Exception:  # noqa: BLE001 - one reader's trouble must not cost the others their alert
            _log.exception("alert not composed", subscriber=reader.id)
            continue
        if posting:
            postings.append(posting)
    return len(await ports.composing.outbox.post_all(postings, now))


def _posting(
    ports: Alerting,
    new: Sequence[StoryCard],
    reader: Subscriber,
    counts: Mapping[tuple[int, date], int],
    now: datetime,
) -> Posting | None:
    """The weightiest of these stories for the reader; None where none is wanted, or not now."""
    wanted = reader.preferences
    if not wanted_topics(wanted) or is_quiet(wanted, now):
        return None
    item = next(iter(pick(new, _wishes(reader), now, 1)), None)
    if item is None:
        return None
    edition = alert(reader.id, item.story, wanted.zone, now)
    if counts.get((reader.id, edition.day), 0) >= MOST_A_DAY:
        return None
    messages = [Message(html, (item.story,)) for html in _messages(ports, item, reader, now)]
    return Posting(edition, _digest(item, reader, now), messages)


def _messages(ports: Alerting, item: Item, reader: Subscriber, now: datetime) -> list[str]:
    title = translate(reader.lang, "title-breaking")
    return ports.render(_digest(item, reader, now), reader.lang, reader.preferences.zone, title)


def _digest(item: Item, reader: Subscriber, now: datetime) -> Digest:
    return Digest(now, now, reader.preferences.languages, reader.preferences.topics, (item,))


def _wishes(reader: Subscriber) -> Wishes:
    wanted = reader.preferences
    liked = Tastes(muted=wanted.muted)
    return Wishes(wanted.languages, wanted_topics(wanted), tastes=liked, hearing=hearing(reader))
