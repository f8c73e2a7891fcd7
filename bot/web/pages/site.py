"""The public site: its pages as they go out, each made once for each state of the store."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from bot.domain.pages import Form, Span, bounds, feed, page, story_page
from bot.domain.story import StoryCard
from bot.domain.subscriber import LANGUAGES
from bot.newsroom import publish
from bot.newsroom.publish import Front, Gone, Moved
from bot.newsroom.publishing import Publishing
from bot.web.cache import Pages, Rendered, rendered
from bot.web.pages.feeds import KINDS, written
from bot.web.pages.told import by_language, headline, languages_from
from bot.web.rendering import day_name, render
from bot.words.translator import short_moment, topic_name, translate
from summarizer.topic import Topic

#: Tellings and changes on a story's page; who needs more is at the sources already.
_MOST_TELLINGS, _MOST_CHANGES = 60, 20
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Site:
    """What anybody may read."""

    ports: Publishing
    cache: Pages
    #: Address in front of every path where it leaves the site, without a slash at its end.
    base: str

    async def front(self, lang: str, topic: Topic | None) -> Rendered:
        """The latest day with news; where there has never been any, a page that says so."""
        day = await self._latest(lang, topic)
        return await self.day(lang, day, topic) or self._nothing_yet(lang, topic)

    async def _latest(self, lang: str, topic: Topic | None) -> date:
        key, today = f"{page(lang, None, topic)} is", self.ports.today()
        make = partial(publish.latest_day, self.ports, lang, topic)
        return await self.cache.get(f"{key} {today}", None, make, calm=True)

    async def day(self, lang: str, day: date, topic: Topic | None) -> Rendered | None:
        """A digest day; None where nothing was published."""
        make, scope = partial(self._day, lang, day, topic), Span(*bounds(day, self.ports.zone))
        gone_by = day < self.ports.today()
        return await self.cache.get(page(lang, day, topic), scope, make, calm=gone_by)

    async def story(self, lang: str, number: int) -> Rendered | Moved | Gone | None:
        """A story; where it is not, where it went."""
        return await self.cache.get(story_page(number, lang), number, partial(self._story, lang, number))

    async def feed(self, form: Form, lang: str, topic: Topic | None) -> Rendered:
        """A feed of the latest stories."""
        make = partial(self._feed, form, lang, topic)
        return await self.cache.get(feed(form, lang, topic), None, make, calm=True)

    async def _day(self, lang: str, day: date, topic: Topic | None) -> Rendered | None:
        front = await publish.front(self.ports, lang, day, topic)
        return rendered(self._front_page(front), _HTML) if front else None

    def _front_page(self, front: Front) -> str:
        lang, named = front.lang, day_name(front.lang, front.day)
        title = translate(lang, "page-day", date=named)
        if front.topic:
            title = translate(lang, "page-topic", topic=topic_name(lang, front.topic), date=named)
        return render(
            "day.html",
            lang,
            front=front,
            topic=front.topic,
            zone=self.ports.zone,
            title=title,
            description=translate(lang, "page-described", date=named),
            kind="website",
            base=self.base,
            elsewhere={code: page(code, front.day, front.topic) for code in LANGUAGES},
        )

    def _nothing_yet(self, lang: str, topic: Topic | None) -> Rendered:
        elsewhere = {code: page(code, topic=topic) for code in LANGUAGES}
        title, text = translate(lang, "no-news-yet-title"), translate(lang, "no-news-yet-text")
        named = topic_name(lang, topic) if topic else ""
        known = {"title": title, "text": text, "kicker": named, "topic": topic, "elsewhere": elsewhere}
        return rendered(render("notice.html", lang, **known), _HTML)

    async def _story(self, lang: str, number: int) -> Rendered | Moved | Gone | None:
        found = await publish.story(self.ports, number)
        if not isinstance(found, StoryCard):
            return found
        return rendered(render("story.html", lang, **self._story_values(lang, found)), _HTML)

    def _story_values(self, lang: str, card: StoryCard) -> dict[str, Any]:
        main = headline(card, lang)
        first = card.tellings[0].published
        moment = partial(short_moment, lang, zone=self.ports.zone, today=date.min)
        return {
            "card": card,
            "main": main,
            "others": [
                (code, card.summaries[code])
                for code in languages_from(lang)
                if code != main.lang and code in card.summaries
            ],
            "told": by_language(card.tellings[-_MOST_TELLINGS:], lang),
            "changes": card.developments[-_MOST_CHANGES:],
            "first": first,
            "day": self.ports.day_of(card.latest),
            "moment": moment,
            "topic": None,
            "title": main.headline,
            "description": main.text or main.headline,
            "kind": "article",
            "base": self.base,
            "elsewhere": {code: story_page(card.id, code) for code in LANGUAGES},
        }

    async def _feed(self, form: Form, lang: str, topic: Topic | None) -> Rendered:
        entries = await publish.feed(self.ports, lang, topic)
        return rendered(written(form, self.base, lang, topic, entries), f"{KINDS[form]}; charset=utf-8")
