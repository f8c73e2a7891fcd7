"""A reader looks around: the latest, the saved, an edition again. Only a newcomer's sample counts as told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.digest import Digest, Item, Wishes, pick
from bot.domain.hearing import Hearing, hearing
from bot.domain.schedule import SAMPLE, Edition
from bot.domain.subscriber import LANGUAGES, Subscriber
from bot.domain.tastes import Tastes, tastes
from bot.newsroom.desk import Desk
from summarizer.topic import Topic

#: How far back "the latest" reaches.
REACH = timedelta(hours=48)
#: How far back a search goes.
SEARCHED = timedelta(days=14)
#: Stories in a sample and in a look at the latest.
MOST_SAMPLE, LATEST = 3, 10
#: Saved stories shown together: so many fit into one message, which is edited in place.
SHELF = 4


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of what a reader kept."""

    items: tuple[Item, ...]
    #: 0-based.
    page: int
    #: Whether there are more on the next.
    more: bool


async def sample(desk: Desk, reader: Subscriber) -> Digest:
    """A few stories as a digest would tell them; empty while there are none."""
    wanted = reader.preferences
    wishes = Wishes(wanted.languages, wanted.topics, tastes=tastes(wanted, ()), hearing=hearing(reader))
    return await _recent(desk, reader, wishes, MOST_SAMPLE)


async def sampled(desk: Desk, reader: Subscriber, shown: Digest) -> None:
    """The sample was seen: its stories count as told."""
    if shown.items:
        today = shown.until.astimezone(ZoneInfo(reader.preferences.zone)).date()
        await desk.tell(Edition(reader.id, today, f"{SAMPLE}{shown.until:%H:%M:%S}"), shown, (), shown.until)


async def latest(desk: Desk, reader: Subscriber) -> Digest:
    """The reader's best stories of the last two days, told or not."""
    wanted = reader.preferences
    liked = tastes(wanted, await desk.shelf.votes(reader.id))
    wishes = Wishes(wanted.languages, wanted.topics, tastes=liked, hearing=hearing(reader))
    return await _recent(desk, reader, wishes, LATEST)


async def topic(desk: Desk, reader: Subscriber, named: Topic) -> Digest:
    """The best stories of one topic in the last two days, told or not."""
    wanted = reader.preferences
    liked = Tastes(muted=wanted.muted)
    wishes = Wishes(wanted.languages, {named}, tastes=liked, hearing=hearing(reader))
    return await _recent(desk, reader, wishes, LATEST)


async def search(desk: Desk, reader: Subscriber, terms: Sequence[str]) -> Digest:
    """Stories of two weeks in which every term stands, in any topic and of the reader's languages."""
    now, languages = desk.now(), reader.preferences.languages
    hits = await desk.search.find(terms, languages, now, since=now - SEARCHED, own=reader.own, limit=LATEST)
    place = {hit.story: number for number, hit in enumerate(hits)}
    cards = await desk.stories.cards_of(place, private=bool(reader.own))
    wishes = Wishes(languages, frozenset(Topic), hearing=hearing(reader))
    # The best answer first, whatever a digest would make of it.
    return digest(desk, reader, pick(cards, wishes, now, LATEST, lambda card, *_: -place[card.id]))


async def saved(desk: Desk, reader: Subscriber, page: int) -> Shelf:
    """A page of what the reader kept, the latest first; the last there is where there is no such page."""
    kept = await desk.shelf.saved(reader.id, SHELF + 1, page * SHELF)
    if not kept and page:
        return await saved(desk, reader, page - 1)
    return Shelf(await _these(desk, reader, kept[:SHELF]), page, len(kept) > SHELF)


async def told_in(desk: Desk, reader: Subscriber, edition: int) -> Sequence[Item]:
    """The stories of one of the reader's editions; none of anybody else's."""
    return await _these(desk, reader, await desk.shelf.told_in(reader.id, edition))


def digest(desk: Desk, reader: Subscriber, items: Sequence[Item]) -> Digest:
    """Stories as they are rendered: together, as of now."""
    now, wanted = desk.now(), reader.preferences
    return Digest(now - REACH, now, wanted.languages, wanted.topics, tuple(items))


async def _these(desk: Desk, reader: Subscriber, ids: Collection[int]) -> tuple[Item, ...]:
    """These stories in this order, in whatever language they are told and whoever tells them."""
    cards = await desk.stories.cards_of(ids, private=bool(reader.own))
    languages = dict.fromkeys((*reader.preferences.languages, *LANGUAGES))
    wishes = Wishes(tuple(languages), frozenset(Topic), hearing=Hearing(own=reader.own))
    order = list(ids)
    return tuple(
        sorted(pick(cards, wishes, desk.now(), len(cards)), key=lambda item: order.index(item.story))
    )


async def _recent(desk: Desk, reader: Subscriber, wishes: Wishes, most: int) -> Digest:
    now = desk.now()
    cards = await desk.stories.cards(now - REACH, now, private=bool(reader.own))
    return digest(desk, reader, pick(cards, wishes, now, most))
