"""Alert: breaking news at once, to those who want it, at most a few a day and each story once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.alerts import MOST_A_DAY, alert, is_quiet, wanted_topics
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


class Alerts(Protocol):
    """What was alerted before."""

    async def count(self, subscriber: int, day: date) -> int:
        """Alerts of one reader on their local day."""


@dataclass(frozen=True, slots=True)
class Alerting:
    """The ports alerting needs."""

    composing: Composing
    alerts: Alerts
    render: Presenter


async def alert_all(ports: Alerting, now: datetime) -> int:
    """Post an alert to everyone awake who wants to hear of a story that is breaking; returns how many."""
    cards = await ports.composing.stories.cards(now - LONGEST_REACH, now)
    live = len({telling.publisher.name for card in cards for telling in card.tellings})
    breaking = [card for card in cards if is_breaking(card, now, live)]
    if not breaking:
        return 0
    readers = await ports.composing.subscribers.active()
    return sum([await _alert(ports, breaking, reader, now) for reader in readers])


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
    digest = Digest(now, now, wanted.languages, wanted.topics, (item,))
    title = translate(reader.lang, "title-breaking")
    messages = ports.render(digest, reader.lang, wanted.zone, title)
    return await ports.composing.outbox.post(edition, digest, messages, now)


async def _news(
    ports: Alerting, breaking: Sequence[StoryCard], reader: Subscriber, now: datetime
) -> Item | None:
    """The weightiest breaking story this reader was not told yet."""
    wanted = reader.preferences
    told = await ports.composing.subscribers.told(reader.id)
    new = [card for card in breaking if card.id not in told]
    liked = Tastes(muted=wanted.muted)
    wishes = Wishes(wanted.languages, wanted_topics(wanted), tastes=liked, hearing=hearing(reader))
    return next(iter(pick(new, wishes, now, 1)), None)
