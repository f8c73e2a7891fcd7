"""Whose tellings reach one reader: not those of outlets they muted, nor of other readers' own feeds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.story import Condensed, Publisher, StoryCard, Telling
from bot.domain.subscriber import Subscriber


@dataclass(frozen=True, slots=True)
class Hearing:
    """Which outlets tell a reader anything."""

    #: Names of muted sources.
    muted: frozenset[str] = frozenset()
    #: Names of readers' own feeds that are this reader's too.
    own: frozenset[str] = frozenset()

    def hears(self, publisher: Publisher) -> bool:
        """Whether this outlet tells the reader anything."""
        return publisher.name not in self.muted and (not publisher.private or publisher.name in self.own)


#: What anybody may hear: everything but readers' own feeds.
PUBLIC = Hearing()


def hearing(reader: Subscriber) -> Hearing | None:
    """What this reader hears; None for one who hears what anybody may, as most do."""
    found = Hearing(reader.preferences.muted_sources, reader.own)
    return None if found == PUBLIC else found


def heard(card: StoryCard, hearing: Hearing) -> StoryCard | None:
    """The story as the outlets that are heard tell it; None where only others do.

    A summary made from an outlet that is not heard is left out: the headline of one that is heard stands
    in its place, for a summary may only be shown with the article it was checked against.
    """
    tellings = tuple(one for one in card.tellings if hearing.hears(one.publisher))
    if len(tellings) == len(card.tellings):
        return card
    return replace(card, tellings=tellings, summaries=_summaries(card, tellings)) if tellings else None


def _summaries(card: StoryCard, tellings: tuple[Telling, ...]) -> Mapping[str, Condensed]:
    known = {one.article for one in tellings}
    bare = {
        one.publisher.lang: Condensed(one.article, one.title, "")
        for one in tellings
        if one.publisher.lang in card.summaries
    }
    return bare | {lang: one for lang, one in card.summaries.items() if one.article in known}
