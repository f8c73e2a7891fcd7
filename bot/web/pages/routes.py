"""Addresses of what anybody may read, and who answers there."""

from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.domain.pages import Form, page, story_page
from bot.newsroom.publish import Gone, Moved
from bot.web.cache import Rendered, respond
from bot.web.described import Described, Endpoint
from bot.web.pages.convertors import register
from bot.web.pages.directory import robots, sitemap
from bot.web.pages.feeds import KINDS
from bot.web.pages.site import Site
from bot.web.pages.visitor import language
from summarizer.topic import Topic

#: A feed reader asks often; most of its questions end with 304.
_FEED_AGE = "public, max-age=300"
_HTML = "text/html"
#: Answers by status: of a file or a front page that is always there, of a page, of a story.
_FILE = {304: ""}
_FRONT = _FILE | {200: _HTML}
_PAGE = _FRONT | {404: _HTML}
_STORY = {301: "", 302: "", 304: "", 404: _HTML, 410: _HTML}
#: No digest is older; and the moments of a day near the calendar's ends can't be told.
_FIRST_DAY = date(2000, 1, 1)


def page_routes(site: Site) -> list[BaseRoute]:
    """The public site's routes."""
    register()
    desk = _Pages(site)
    return [
        Described("/", desk.door, {302: ""}),
        Described("/robots.txt", desk.robots, _FILE | {200: "text/plain"}),
        Described("/sitemap.xml", desk.sitemap, _FILE | {200: "application/xml"}),
        Described("/story/{story:story}", desk.story_anywhere, _STORY),
        Described("/{lang:lang}", desk.latest, _FRONT),
        Described("/{lang:lang}/{topic:topic}", desk.latest, _FRONT),
        Described("/{lang:lang}/{day:day}", desk.day, _PAGE),
        Described("/{lang:lang}/{day:day}/{topic:topic}", desk.day, _PAGE),
        Described("/{lang:lang}/story/{story:story}", desk.story, _STORY | {200: _HTML}),
        *(
            Described(f"{place}/feed.{form}", desk.feed(form), _FILE | {200: KINDS[form]})
            for form in Form
            for place in ("/{lang:lang}", "/{lang:lang}/{topic:topic}")
        ),
    ]


@dataclass(frozen=True, slots=True)
class _Pages:
    site: Site

    async def door(self, request: Request) -> Response:
        return _elsewhere(page(language(request)), vary=True)

    async def latest(self, request: Request) -> Response:
        return respond(request, await self.site.front(*_place(request)))

    async def day(self, request: Request) -> Response:
        lang, topic = _place(request)
        try:
            day = date.fromisoformat(request.path_params["day"])
        except ValueError as error:
            raise HTTPException(404) from error
        if not _FIRST_DAY <= day <= self.site.ports.today():
            raise HTTPException(404)
        found = await self.site.day(lang, day, topic)
        if found is None:
            raise HTTPException(404)
        return respond(request, found)

    async def story_anywhere(self, request: Request) -> Response:
        found = await self.site.story(lang := language(request), number := request.path_params["story"])
        if isinstance(found, Moved):
            return _elsewhere(story_page(found.story), forever=True)
        if not found:
            raise HTTPException(410 if isinstance(found, Gone) else 404)
        return _elsewhere(story_page(number, lang), vary=True)

    async def story(self, request: Request) -> Response:
        lang, _ = _place(request)
        found = await self.site.story(lang, request.path_params["story"])
        if isinstance(found, Moved):
            return _elsewhere(story_page(found.story, lang), forever=True)
        if isinstance(found, Rendered):
            return respond(request, found)
        raise HTTPException(410 if isinstance(found, Gone) else 404)

    def feed(self, form: Form) -> Endpoint:
        async def answer(request: Request) -> Response:
            found = await self.site.feed(form, *_place(request))
            return respond(request, found, **{"Cache-Control": _FEED_AGE})

        return answer

    async def robots(self, request: Request) -> Response:
        return respond(request, robots(self.site))

    async def sitemap(self, request: Request) -> Response:
        return respond(request, await sitemap(self.site))


def _place(request: Request) -> tuple[str, Topic | None]:
    topic = request.path_params.get("topic")
    return request.path_params["lang"], Topic(topic) if topic else None


def _elsewhere(path: str, *, forever: bool = False, vary: bool = False) -> Response:
    answer = RedirectResponse(path, 301 if forever else 302)
    answer.headers["Cache-Control"] = "public, max-age=3600" if forever else "private, max-age=0"
    if vary:
        answer.headers["Vary"] = "Accept-Language"
    return answer
