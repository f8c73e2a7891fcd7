"""What a visitor sees where there is no page, in their language."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web.pages.visitor import language
from bot.web.rendering import render
from bot.words.translator import translate

_KEYS = {404: "not-found", 410: "gone"}


def refuse(request: Request, trouble: Exception) -> Response:
    """A page for an HTTPException; one that tells nothing of what went wrong for any other."""
    status, headers = 500, None
    if isinstance(trouble, HTTPException):
        status, headers = trouble.status_code, trouble.headers
    key = _KEYS.get(status, "failed")
    if key == "failed" and status < 500:
        return Response(f"{status} {HTTPStatus(status).phrase}\n", status, headers, "text/plain")
    lang = language(request)
    title, text = translate(lang, f"{key}-title"), translate(lang, f"{key}-text")
    page = render("notice.html", lang, title=title, text=text, kicker=status, elsewhere=None)
    return HTMLResponse(page, status, {"Vary": "Accept-Language"} | dict(headers or {}))
