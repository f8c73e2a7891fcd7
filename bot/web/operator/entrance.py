"""Coming in by a link, and leaving.

The link shows a button and the button opens: a messenger that looks at links for a preview, or a browser
that fetches ahead, does not use it up.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.operator.doorkeeper import HOME, Doorkeeper
from bot.web.operator.session import COOKIE, HEADERS, Visit, closed, form, is_foreign, remember
from bot.web.pages.visitor import language
from bot.web.rendering import render


@dataclass(frozen=True, slots=True)
class Entrance:
    """The login's two steps, and the logout."""

    doorkeeper: Doorkeeper
    #: Whether readers' browsers reach us by https, whatever stands between.
    secure: bool

    async def show(self, request: Request) -> Response:
        """The button behind a link; 403 for a link that was never ours or is too old."""
        token = request.query_params.get("pass", "")
        if not self.doorkeeper.is_signed(token):
            return closed(request, 403)
        return HTMLResponse(
            render("operator/login.html", language(request), token=token, home=HOME), 200, HEADERS
        )

    async def enter(self, request: Request) -> Response:
        """Use the link up, and begin a session."""
        token = (await form(request)).get("pass", "")
        session = None if is_foreign(request) else await self.doorkeeper.enter(token)
        if session is None:
            return closed(request, 403)
        answer = RedirectResponse(HOME, 303, HEADERS)
        remember(answer, session, secure=self.secure or request.url.scheme == "https")
        return answer

    async def leave(self, visit: Visit) -> Response:
        """End the session here and in the browser."""
        await self.doorkeeper.leave(visit.session)
        answer = RedirectResponse(HOME, 303, HEADERS)
        answer.delete_cookie(COOKIE, path=HOME, httponly=True, samesite="strict")
        return answer
