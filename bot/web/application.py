"""The one ASGI application of the process: routes of the rooms, behind the same guards."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.web.limits import Paced, Sized
from bot.web.protection import Protected

#: Asked by machines of the operator, as often as they like.
FREE = ("/healthz", "/readyz", "/metrics")


def build_web(
    routes: Sequence[BaseRoute], free: Collection[str] = (), troubles: Mapping[Any, Any] | None = None
) -> ASGIApp:
    """An application that answers on these routes, the first that fits.

    Addresses are never taken from the Host header: redirects and links are relative, or begin with
    PUBLIC_URL. `free` paths (Telegram's webhook) are not counted against an address. `troubles` answer
    for exceptions and statuses, as Starlette's exception_handlers.
    """
    answering = Starlette(routes=routes, exception_handlers=troubles)
    # Starlette's own redirect to the path with a slash would repeat the Host header.
    answering.router.redirect_slashes = False
    # Outside of Starlette, so that its own answers to failures are guarded too.
    return Protected(Sized(Paced(GZipMiddleware(answering, compresslevel=6), {*FREE, *free})))
