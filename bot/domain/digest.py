"""Which stories one reader gets, and in what order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.hearing import Hearing, heard
from bot.domain.memory import news_since
from bot.domain.ranking import diverse, weight
from bot.domain.story import Change, Publisher, StoryCard
from bot.domain.tastes import NO_TASTES, Tastes
from summarizer.topic import Topic

#: Stories in one digest: more than a reader finishes with a coffee is not a digest.
MOST_STORIES = 15


@dataclass(frozen=True, slots=True)
class Item:
    """One story in a digest."""

    story: int
    topic: Topic
    lang: str
    headline: str
    #: Its summary; for a changed story, what is new.
    summary: str
    #: The article that headline and summary come from.
    url: str
    #: All outlets, the linked one first.
    publishers: tuple[Publisher, ...]
    published: datetime
    #: How it changed since the reader was told; None for a story not told before.
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories picked for one edition, in order: topics by their best story, stories by weight."""

    since: datetime
    until: datetime
    languages: tuple[str, ...]
    topics: frozenset[Topic]
    items: tuple[Item, ...]

    def by_topic(self) -> list[tuple[Topic, tuple[Item, ...]]]:
        """Items under their topic, topics in order of their first item."""
        grouped: dict[Topic, list[Item]] = {}
        for item in self.items:
            grouped.setdefault(item.topic, []).append(item)
        return [(topic, tuple(items)) for topic, items in grouped.items()]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one reader wants to read, and was told already."""

    #: In order of preference.
    languages: Sequence[str]
    topics: Collection[Topic]
    #: When each story was told to this reader last.
    told: Mapping[int, datetime] = field(default_factory=dict)
    tastes: Tastes = NO_TASTES
    #: None: all that the cards tell, which is then only what anybody may hear.
    hearing: Hearing | None = None


class Weigh(Protocol):
    """How much a story matters to a reader of these topics; `live` publishers published lately."""

    def __call__(self, card: StoryCard, topics: Collection[Topic], now: datetime, live: int) -> float:
        """Comparable with other stories' only."""


def pick(
    cards: Iterable[StoryCard],
    wishes: Wishes,
    now: datetime,
    most: int = MOST_STORIES,
    weigh: Weigh = weight,
) -> tuple[Item, ...]:
    """The reader's items: their topics, their first language that tells the story, not told before.

    Outlets that the reader does not hear (bot.domain.hearing) tell nothing and count for nothing.
    A story told before comes again only when it has changed (bot.domain.memory). Order is by the reader's
    tastes, then by weight (bot.domain.ranking); grouped by topic afterwards.
    """
    cards = list(cards)
    if wishes.hearing:
        cards = [found for card in cards if (found := heard(card, wishes.hearing))]
    live = len({telling.publisher.name for card in cards for telling in card.tellings})
    offers = [offer for card in cards if (offer := _offer(card, wishes))]
    offers.sort(key=lambda one: (one.taste, weigh(one.card, wishes.topics, now, live)), reverse=True)
    items = [offer.item for offer in diverse(offers, most)]
    order = {topic: rank for rank, topic in enumerate(dict.fromkeys(item.topic for item in items))}
    return tuple(sorted(items, key=lambda item: order[item.topic]))


@dataclass(frozen=True, slots=True)
class _Offer:
    card: StoryCard
    item: Item
    #: 1 for a followed story, -1 for a disliked one.
    taste: int

    @property
    def publisher(self) -> str:
        return self.item.publishers[0].name


def _offer(card: StoryCard, wishes: Wishes) -> _Offer | None:
    """The card as this reader's item; None where it is not for them or has nothing new to say."""
    lang = next((lang for lang in wishes.languages if lang in card.summaries), None)
    taste = _taste(card, wishes.tastes)
    if lang is None or taste is None:
        return None
    topic = next((topic for topic in card.topics if topic in wishes.topics), None)
    # What a reader follows comes whatever its topic.
    topic = card.topics[0] if topic is None and taste > 0 else topic
    told = wishes.told.get(card.id)
    news = (None, card.summaries[lang].text) if told is None else news_since(card, lang, told)
    return _Offer(card, _item(card, lang, topic, news), taste) if topic and news else None


def _taste(card: StoryCard, tastes: Tastes) -> int | None:
    texts = card.texts if tastes.muted or tastes.followed else ()
    return tastes.weigh(texts, card.topics, [publisher.name for publisher in card.publishers])


def _item(card: StoryCard, lang: str, topic: Topic, news: tuple[Change | None, str]) -> Item:
    condensed = card.summaries[lang]
    source = next(telling for telling in card.tellings if telling.article == condensed.article)
    others = tuple(publisher for publisher in card.publishers if publisher.name != source.publisher.name)
    return Item(
        story=card.id,
        topic=topic,
        lang=lang,
        headline=condensed.headline,
        summary=news[1],
        url=source.publisher.url,
        publishers=(source.publisher, *others),
        published=source.published,
        change=news[0],
    )
