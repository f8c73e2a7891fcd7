"""Which stories one reader gets, and in what order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.hearing import Hearing, heard
from bot.domain.memory import news_since
from bot.domain.ranking import diverse, weight
from bot.domain.story import Change, Publisher, StoryCard, Telling
from bot.domain.subscriber import Subscriber
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


#: A note that there is nothing new comes when the last digest is so long ago, and so often at most.
QUIET_FOR, NOTE_EVERY = timedelta(hours=20), timedelta(days=7)


def wants_note(reader: Subscriber, now: datetime) -> bool:
    """Whether silence would puzzle a reader whose slot has begun and for whom nothing is new.

    Someone who has had digests and gets none would wonder; a group does not mind.
    """
    told = reader.told_until
    return told is not None and now - told >= QUIET_FOR and reader.chat.id > 0


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


@dataclass(frozen=True, slots=True)
class Offer:
    """A story as readers with the same wishes may get it."""

    card: StoryCard
    lang: str
    topic: Topic
    #: 1 for a followed story, -1 for a disliked one.
    taste: int
    #: Time of its newest telling.
    latest: datetime
    #: The article it links to.
    source: Telling

    @property
    def publisher(self) -> str:
        """The outlet that a reader would be sent to."""
        return self.source.publisher.name


def pick(
    cards: Iterable[StoryCard],
    wishes: Wishes,
    now: datetime,
    most: int = MOST_STORIES,
    weigh: Weigh = weight,
) -> tuple[Item, ...]:
    """The reader's items: their topics, their first language that tells the story, not told before.

    A story told before comes again only when it has changed (bot.domain.memory).
    """
    return choose(rank(cards, wishes, now, weigh), wishes.told, most)


def rank(
    cards: Iterable[StoryCard], wishes: Wishes, now: datetime, weigh: Weigh = weight
) -> tuple[Offer, ...]:
    """What there is for readers with these wishes, best first, whatever each of them was told.

    Outlets that they do not hear (bot.domain.hearing) tell nothing and count for nothing. Order is by
    tastes, then by weight (bot.domain.ranking).
    """
    cards = list(cards)
    if wishes.hearing:
        cards = [found for card in cards if (found := heard(card, wishes.hearing))]
    live = len({telling.publisher.name for card in cards for telling in card.tellings})
    offers = [offer for card in cards if (offer := _offer(card, wishes))]
    offers.sort(key=lambda one: (one.taste, weigh(one.card, wishes.topics, now, live)), reverse=True)
    return tuple(offers)


def choose(
    ranked: Iterable[Offer],
    told: Mapping[int, datetime],
    most: int = MOST_STORIES,
    since: datetime | None = None,
) -> tuple[Item, ...]:
    """The best of what is new to a reader who was told this much, grouped by topic."""
    fresh = [one for one in ranked if since is None or one.latest >= since]
    new = [(one, news) for one in fresh if (news := _news(one, told.get(one.card.id)))]
    said = {one.card.id: news for one, news in new}
    items = [_item(one, said[one.card.id]) for one in diverse([one for one, _ in new], most)]
    order = {topic: rank for rank, topic in enumerate(dict.fromkeys(item.topic for item in items))}
    return tuple(sorted(items, key=lambda item: order[item.topic]))


def _offer(card: StoryCard, wishes: Wishes) -> Offer | None:
    """The card as these readers'; None where it is not for them."""
    lang = next((lang for lang in wishes.languages if lang in card.summaries), None)
    if lang is None or (taste := _taste(card, wishes.tastes)) is None:
        return None
    topic = next((topic for topic in card.topics if topic in wishes.topics), None)
    # What a reader follows comes whatever its topic.
    topic = card.topics[0] if topic is None and taste > 0 else topic
    article = card.summaries[lang].article
    source = next(telling for telling in card.tellings if telling.article == article)
    return Offer(card, lang, topic, taste, card.latest, source) if topic else None


def _news(offer: Offer, told: datetime | None) -> tuple[Change | None, str] | None:
    """What to say to a reader who was told then (None: never); None where there is nothing new."""
    if told is None:
        return None, offer.card.summaries[offer.lang].text
    return news_since(offer.card, offer.lang, told)


def _taste(card: StoryCard, tastes: Tastes) -> int | None:
    texts = card.texts if tastes.muted or tastes.followed else ()
    return tastes.weigh(texts, card.topics, [publisher.name for publisher in card.publishers])


def _item(offer: Offer, news: tuple[Change | None, str]) -> Item:
    card, linked = offer.card, offer.source.publisher
    return Item(
        story=card.id,
        topic=offer.topic,
        lang=offer.lang,
        headline=card.summaries[offer.lang].headline,
        summary=news[1],
        url=linked.url,
        publishers=(linked, *(one for one in card.publishers if one.name != linked.name)),
        published=offer.source.published,
        change=news[0],
    )
