"""Which stories one reader gets, and in what order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from summarizer.topic import Topic

#: Stories in one digest: more than a reader finishes with a coffee is not a digest.
MOST_STORIES = 15


@dataclass(frozen=True, slots=True)
class Publisher:
    """One outlet's telling of a story."""

    name: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story, as far as a digest needs it."""

    article: int
    publisher: Publisher
    title: str
    #: Publication time, or the time it was found where the source gave none. Aware.
    published: datetime


@dataclass(frozen=True, slots=True)
class Condensed:
    """A story's stored summary in one language."""

    #: The article it was made from: the digest links to it.
    article: int
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story with all it takes to place it in a digest."""

    id: int
    #: Best first.
    topics: tuple[Topic, ...]
    #: Oldest first.
    tellings: tuple[Telling, ...]
    #: By language.
    summaries: Mapping[str, Condensed]

    @property
    def latest(self) -> datetime:
        """Time of the newest telling."""
        return max(telling.published for telling in self.tellings)

    @property
    def publishers(self) -> tuple[Publisher, ...]:
        """Each outlet once, in order of publication."""
        return tuple(
            {telling.publisher.name: telling.publisher for telling in reversed(self.tellings)}.values()
        )[::-1]


@dataclass(frozen=True, slots=True)
class Item:
    """One story in a digest."""

    story: int
    topic: Topic
    lang: str
    headline: str
    summary: str
    #: The article that headline and summary come from.
    url: str
    #: All outlets, the linked one first.
    publishers: tuple[Publisher, ...]
    published: datetime


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


def pick(
    cards: Iterable[StoryCard],
    *,
    languages: Sequence[str],
    topics: Collection[Topic],
    told: Collection[int] = (),
    most: int = MOST_STORIES,
) -> tuple[Item, ...]:
    """The reader's items: their topics, their first language that tells the story, not told before.

    Order of weight: more distinct publishers first, then the newer; grouped by topic afterwards.
    """
    wanted = [card for card in cards if card.id not in told and _speaks(card, languages)]
    fitting = [(card, topic) for card in wanted if (topic := _topic(card, topics))]
    fitting.sort(key=lambda pair: _weight(pair[0]), reverse=True)
    items = [_item(card, topic, languages) for card, topic in fitting[:most]]
    order = {topic: rank for rank, topic in enumerate(dict.fromkeys(item.topic for item in items))}
    return tuple(sorted(items, key=lambda item: order[item.topic]))


def _speaks(card: StoryCard, languages: Sequence[str]) -> bool:
    return any(lang in card.summaries for lang in languages)


def _topic(card: StoryCard, topics: Collection[Topic]) -> Topic | None:
    return next((topic for topic in card.topics if topic in topics), None)


def _weight(card: StoryCard) -> tuple[int, datetime]:
    return len(card.publishers), card.latest


def _item(card: StoryCard, topic: Topic, languages: Sequence[str]) -> Item:
    lang = next(lang for lang in languages if lang in card.summaries)
    condensed = card.summaries[lang]
    source = next(telling for telling in card.tellings if telling.article == condensed.article)
    others = tuple(publisher for publisher in card.publishers if publisher.name != source.publisher.name)
    return Item(
        story=card.id,
        topic=topic,
        lang=lang,
        headline=condensed.headline,
        summary=condensed.text,
        url=source.publisher.url,
        publishers=(source.publisher, *others),
        published=source.published,
    )
