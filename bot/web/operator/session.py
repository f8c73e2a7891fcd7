"""What every page of the dashboard asks first: who is there, and did the form come from here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.operator.doorkeeper import HOME, SESSION, Doorkeeper
from bot.web.pages.visitor import language
from bot.web.rendering import render

#: Name of the session's cookie.
COOKIE = "habarshy_operator"
#: On every answer: nothing is kept by anybody, and no address (a login's has a secret) is told to others.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
#: A form of ours has two or three fields.
_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Visit:
    """An administrator's request."""

    request: Request
    session: str
    admin: int
    #: kk, ru or en.
    lang: str
    #: For the forms of the page.
    stamp: str

    def page(self, template: str, **values: Any) -> Response:
        """A page of the dashboard."""
        path = self.request.url.path
        html = render(f"operator/{template}", self.lang, stamp=self.stamp, here=path, home=HOME, **values)
        return HTMLResponse(html, headers=HEADERS)


class Handler(Protocol):
    """Answers an administrator."""

    def __call__(self, visit: Visit, /) -> Awaitable[Response]:
        """The page, or where to go."""


#: The language an administrator chose in the bot; "" where they have not.
LanguageOf = Callable[[int], Awaitable[str]]


class Gate:
    """Lets administrators' requests through to handlers."""

    def __init__(self, doorkeeper: Doorkeeper, language_of: LanguageOf) -> None:
        self.doorkeeper = doorkeeper
        self._language_of = language_of

    def reading(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """For pages: without a session there is only the way in."""

        async def answer(request: Request) -> Response:
            visit = await self._visit(request)
            return await handler(visit) if visit else closed(request, 403)

        return answer

    def acting(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """For forms: they also have to come from a page of the same session."""

        async def answer(request: Request) -> Response:
            visit = await self._visit(request)
            if visit is None:
                return closed(request, 403)
            fields = await form(request)
            if is_foreign(request) or not self.doorkeeper.is_stamped(visit.session, fields.get("stamp", "")):
                raise HTTPException(403)
            return await handler(visit)

        return answer

    async def _visit(self, request: Request) -> Visit | None:
        session = request.cookies.get(COOKIE, "")
        admin = await self.doorkeeper.admitted(session)
        if admin is None:
            return None
        lang = await self._language_of(admin) or language(request)
        return Visit(request, session, admin, lang, self.doorkeeper.stamp(session))


async def form(request: Request) -> dict[str, str]:
    """The fields of a plain form, the first of each name; none where the body is no such form."""
    try:
        fields = parse_qs((await request.body()).decode(), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def is_foreign(request: Request) -> bool:
    """Whether the browser says that another site sent this (Fetch Metadata)."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def closed(request: Request, status: int) -> Response:
    """The way in: by a link from the chat."""
    page = render("operator/closed.html", language(request), home=HOME)
    return HTMLResponse(page, status, HEADERS)


def remember(answer: Response, session: str, *, secure: bool) -> None:
    """Keep the session in the browser: no script sees it, no other site sends it."""
    answer.set_cookie(
        COOKIE,
        session,
        max_age=int(SESSION.total_seconds()),
        path=HOME,
        secure=secure,
        httponly=True,
        samesite="strict",
    )
