"""Alert: breaking news at once, to those who want it, at most a few a day and each story once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.alerts import GROWS_FOR, MOST_A_DAY, alert, grown, is_quiet, wanted_topics
from bot.domain.delivery import Message
from bot.domain.digest import Digest, Item, Wishes, pick
from bot.domain.hearing import hearing
from bot.domain.ranking import is_breaking
from bot.domain.story import StoryCard
from bot.domain.subscriber import Subscriber
from bot.domain.tastes import Tastes
from bot.newsroom.compose import Composing
from bot.newsroom.desk import Presenter
from bot.newsroom.proofs import LONGEST_REACH
from bot.words.translator import translate


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

    async def count(self, subscriber: int, day: date) -> int:
        """Alerts of one reader on their local day."""

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
    return sum([await _alert(ports, breaking, reader, now) for reader in readers])


async def _grow(ports: Alerting, cards: Mapping[int, StoryCard], now: datetime) -> None:
    changes = []
    for sounded in await ports.alerts.growing(now - GROWS_FOR, cards):
        reader = await ports.composing.subscribers.get(sounded.subscriber)
        if reader and (html := _grown(ports, cards[sounded.story], reader, sounded.known, now)):
            changes.append((sounded, html))
    if changes:
        await ports.alerts.revise(changes)


def _grown(ports: Alerting, card: StoryCard, reader: Subscriber, known: datetime, now: datetime) -> str:
    """The alert as it should read now; empty where nothing is new, or it would no longer fit."""
    item = next(iter(pick([card], _wishes(reader), now, 1)), None)
    told = item and grown(item, card, known)
    messages = _messages(ports, told, reader, now) if told else []
    return messages[0] if len(messages) == 1 else ""


async def _alert(ports: Alerting, breaking: Sequence[StoryCard], reader: Subscriber, now: datetime) -> bool:
    wanted = reader.preferences
    if not wanted_topics(wanted) or is_quiet(wanted, now):
        return False
    item = await _news(ports, breaking, reader, now)
    if item is None:
        return False
    edition = alert(reader.id, item.story, wanted.zone, now)
    if await ports.alerts.count(reader.id, edition.day) >= MOST_A_DAY:
        return False
    messages = [Message(html, (item.story,)) for html in _messages(ports, item, reader, now)]
    return await ports.composing.outbox.post(edition, _digest(item, reader, now), messages, now)


def _messages(ports: Alerting, item: Item, reader: Subscriber, now: datetime) -> list[str]:
    title = translate(reader.lang, "title-breaking")
    return ports.render(_digest(item, reader, now), reader.lang, reader.preferences.zone, title)


def _digest(item: Item, reader: Subscriber, now: datetime) -> Digest:
    return Digest(now, now, reader.preferences.languages, reader.preferences.topics, (item,))


async def _news(
    ports: Alerting, breaking: Sequence[StoryCard], reader: Subscriber, now: datetime
) -> Item | None:
    """The weightiest breaking story this reader was not told yet."""
    told = await ports.composing.subscribers.told(reader.id)
    new = [card for card in breaking if card.id not in told]
    return next(iter(pick(new, _wishes(reader), now, 1)), None)


def _wishes(reader: Subscriber) -> Wishes:
    wanted = reader.preferences
    liked = Tastes(muted=wanted.muted)
    return Wishes(wanted.languages, wanted_topics(wanted), tastes=liked, hearing=hearing(reader))
