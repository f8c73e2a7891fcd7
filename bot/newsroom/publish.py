"""What anybody may read without being a subscriber: digest days, stories, feeds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.digest import MOST_STORIES, Digest, Item, Wishes, pick
from bot.domain.hearing import PUBLIC, heard
from bot.domain.pages import bounds, newest, shortlist, tally
from bot.domain.story import StoryCard
from bot.newsroom.publishing import Publishing, Told
from summarizer.topic import Topic

#: Stories in a feed, and how far back it reaches.
IN_FEED, FEED_REACH = 30, timedelta(days=3)
#: So many times the stories of a page are weighed for it.
_CHOICE = 4


@dataclass(frozen=True, slots=True)
class Front:
    """One day's news in one language, of one topic or all."""

    lang: str
    day: date
    topic: Topic | None
    digest: Digest
    #: Stories of that day by topic, shown or not.
    counts: Mapping[Topic, int]
    #: The nearest days with news, earlier and later.
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The story was found to be another one."""

    story: int

    def __bool__(self) -> bool:
        """Nothing to show here."""
        return False


@dataclass(frozen=True, slots=True)
class Gone:
    """There was such a story, and it is not kept any more."""

    def __bool__(self) -> bool:
        """Nothing to show."""
        return False


async def front(ports: Publishing, lang: str, day: date, topic: Topic | None = None) -> Front | None:
    """A day's page; None where nothing was published."""
    since, until = bounds(day, ports.zone)
    candidates = await ports.candidates(since, until, lang)
    chosen = shortlist(candidates, topic, MOST_STORIES * _CHOICE)
    wanted = frozenset({topic} if topic else Topic)
    moment = min(ports.now(), until)
    items = pick(await _public(ports, chosen), Wishes((lang,), wanted), moment, MOST_STORIES)
    if not items:
        return None
    before, after = await ports.index.around(since, until, Told(lang, topic))
    return Front(
        lang=lang,
        day=day,
        topic=topic,
        digest=Digest(since, until, (lang,), wanted, items),
        counts=tally(candidates),
        before=ports.day_of(before) if before else None,
        after=ports.day_of(after) if after else None,
    )


async def latest_day(ports: Publishing, lang: str, topic: Topic | None = None) -> date:
    """Today, or the last day before it that has such news; today where there are none at all."""
    _, tomorrow = bounds(ports.today(), ports.zone)
    newest_article, _ = await ports.index.around(tomorrow, tomorrow, Told(lang, topic))
    return ports.day_of(newest_article) if newest_article else ports.today()


async def story(ports: Publishing, number: int) -> StoryCard | Moved | Gone | None:
    """A story with what anybody may read of it; None where there never was one."""
    there = await ports.index.became(number)
    if there is None:
        return Gone() if await ports.index.assigned(number) else None
    if there != number:
        return Moved(there)
    return next(iter(await _public(ports, [number])), None)


async def feed(ports: Publishing, lang: str, topic: Topic | None = None) -> Sequence[tuple[Item, datetime]]:
    """The latest stories, newest first, each with the time of its last change."""
    now = ports.now()
    # Whole hours: the same for everybody who asks within one.
    hour = now.replace(minute=0, second=0, microsecond=0)
    candidates = await ports.candidates(hour - FEED_REACH, hour + timedelta(hours=1), lang)
    cards = await _public(ports, newest(candidates, topic, IN_FEED))
    changed = {card.id: _changed(card) for card in cards}
    items = pick(cards, Wishes((lang,), frozenset({topic} if topic else Topic)), now, IN_FEED)
    newest_first = sorted(items, key=lambda item: (item.published, item.story), reverse=True)
    return [(item, max(item.published, changed[item.story])) for item in newest_first]


def _changed(card: StoryCard) -> datetime:
    return max((card.latest, *(one.found for one in card.developments)))


async def _public(ports: Publishing, ids: Collection[int]) -> list[StoryCard]:
    cards = await ports.stories.cards_of(ids, private=True)
    return [found for card in cards if (found := _public_part(card))]


def _public_part(card: StoryCard) -> StoryCard | None:
    """The story without readers' own feeds; what changed may be told by them, so it goes with them."""
    found = heard(card, PUBLIC)
    return found if found is None or found is card else replace(found, developments=())
