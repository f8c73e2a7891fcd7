"""Group: file every new article under its story, say what it is about and what it adds."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.source import OWN
from bot.newsroom.events import Filed, Hear, unheard
from bot.newsroom.inbound import Sources
from bot.newsroom.ports import Articles, Clock, Filing, Grouped, Stories
from summarizer.article import Article, Classification, Placement
from summarizer.grouping.embeddings import Encoder, Vectors, document
from summarizer.pipeline import Grouper, classify, new_fact
from summarizer.topic import Topic

_log = logging.getLogger(__name__)

#: Articles further apart than this are not one event: agencies' follow-ups come within three days.
WINDOW = timedelta(days=3)
_AT_ONCE = 200
#: Texts between two writes of vectors made anew: seconds of work, so a process that ends loses little.
_ENCODED_AT_ONCE = 50


async def group(  # noqa: PLR0913, PLR0917 - what is read, what is written, who places and who listens
    articles: Articles,
    stories: Stories,
    sources: Sources,
    grouper: Grouper,
    clock: Clock,
    hear: Hear = unheard,
) -> int:
    """File all articles without a story; returns how many. `grouper` starts empty.

    The clock is asked at each filing: a reader told meanwhile must find what is filed now to be newer.
    """
    waiting = await articles.ungrouped(_AT_ONCE)
    if not waiting:
        return 0
    fixed = {source.name: source.topics for source, _ in await sources.all()}
    private = await sources.private()
    # One article with an old date must not bring the whole archive back.
    oldest = max(min(article.published or clock() for article in waiting), clock() - WINDOW)
    known = await articles.grouped_since(oldest - WINDOW, grouper.encoder.name)
    known = await _in_one_space(articles, known, grouper.encoder)
    window = await asyncio.to_thread(_Window.restored, grouper, known, private)
    count = 0
    while waiting:
        for article in waiting:
            filing = await asyncio.to_thread(window.place, article, fixed.get(article.source, ()))
            story = await stories.file(filing, clock())
            window.filed(article, story, filing.merges)
            hear(_filed(filing, story, OWN if article.source in private else article.source))
        count += len(waiting)
        waiting = await articles.ungrouped(_AT_ONCE)
    return count


async def _in_one_space(articles: Articles, known: Sequence[Grouped], encoder: Encoder) -> Sequence[Grouped]:
    """The same articles, with a vector of that encoder where another had made the stored one."""
    lacking = [row for row in known if row.vector is None]
    if lacking:
        _log.info("making %d vectors anew with %s", len(lacking), encoder.name)
    made: dict[str, Vectors] = {}
    for start in range(0, len(lacking), _ENCODED_AT_ONCE):
        batch = [row.article for row in lacking[start : start + _ENCODED_AT_ONCE]]
        rows = await asyncio.to_thread(encoder.encode, [document(article) for article in batch])
        made |= {article.id: row for article, row in zip(batch, rows, strict=True)}
        await articles.remember_vectors(
            encoder.name, {int(article.id): made[article.id] for article in batch}
        )
    return [replace(row, vector=made.get(row.article.id, row.vector)) for row in known]


@dataclass
class _Window:
    """The grouper with what the store knows: its stories' ids and what each has told so far."""

    grouper: Grouper
    #: Sources that some readers added for themselves: what they tell changes no story that others read.
    private: frozenset[str] = frozenset()
    #: Store ids by the grouper's story ids (the id of a story's first article).
    stories: dict[str, int] = field(default_factory=dict)
    told: dict[int, list[Article]] = field(default_factory=dict)
    #: Articles of those sources: who repeats one of them tells it to everybody for the first time.
    hidden: set[str] = field(default_factory=set)
    #: The grouper's story ids by store id.
    firsts: dict[int, str] = field(default_factory=dict)

    @classmethod
    def restored(
        cls, grouper: Grouper, known: Sequence[Grouped], private: frozenset[str] = frozenset()
    ) -> "_Window":
        window = cls(grouper, private)
        for row in known:
            vector = grouper.vector(row.article) if row.vector is None else row.vector
            grouper.restore(row.article, vector, window.firsts.setdefault(row.story, row.article.id))
            window.filed(row.article, row.story)
        return window

    def place(self, article: Article, fixed: tuple[Topic, ...]) -> Filing:
        vector = self.grouper.vector(article)
        placement = self.grouper.add(article, vector)
        story = None if placement.new else self.stories[placement.story]
        repeats = None if placement.duplicate_of in self.hidden else placement.duplicate_of
        return Filing(
            article=int(article.id),
            story=story,
            topics=_with(classify(article, vector, self.grouper.encoder.name), fixed),
            vector=vector,
            model=self.grouper.encoder.name,
            duplicate_of=int(repeats) if repeats else None,
            merges=() if article.source in self.private else tuple(self._merged(placement)),
            lang=article.lang,
            development="" if story is None or repeats else self._news(article, story),
            because=placement.because,
        )

    def _news(self, article: Article, story: int) -> str:
        told = self.told.get(story)
        return new_fact(article, told) if told and article.source not in self.private else ""

    def filed(self, article: Article, story: int, merges: Sequence[int] = ()) -> None:
        self.stories.setdefault(article.id, story)
        if article.source in self.private:
            self.hidden.add(article.id)
        else:
            self.told.setdefault(story, []).append(article)
        for other in merges:
            self.told.setdefault(story, []).extend(self.told.pop(other, []))
            self.stories |= {first: story for first, number in self.stories.items() if number == other}

    def _merged(self, placement: Placement) -> Iterator[int]:
        """Stories that are one with the placed article's own; the grouper forgets that they were two."""
        for other in placement.same:
            yield self.stories[other]
            self.grouper.merge(placement.story, other)


def _filed(filing: Filing, story: int, source: str) -> Filed:
    new, repeat = filing.story is None, filing.duplicate_of is not None
    return Filed(filing.article, story, new=new, repeat=repeat, merges=filing.merges, source=source)


def _with(found: Classification, fixed: tuple[Topic, ...]) -> Classification:
    """A source's fixed topics are always added; the found ones come first."""
    return Classification(tuple(dict.fromkeys((*found.topics, *fixed))), found.scores)
