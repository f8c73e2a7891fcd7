"""`/metrics`, for the operator's own Prometheus and nobody else."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

#: Headers that say a proxy stands between: a scraper asks directly.
_RELAYED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")

#: All metrics as text, refreshed.
Exposition = Callable[[], Awaitable[bytes]]


def metrics_route(text: Exposition, media_type: str) -> Route:
    """`/metrics` for who asks directly from a loopback or private address; it does not exist for others."""

    async def answer(request: Request) -> Response:
        if not is_internal(request):
            raise HTTPException(404)
        return Response(await text(), headers={"Content-Type": media_type, "Cache-Control": "no-store"})

    return Route("/metrics", answer)


def is_internal(request: Request) -> bool:
    """Whether the request comes from this machine or its network, and through no proxy."""
    if any(name in request.headers for name in _RELAYED) or request.client is None:
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return address.is_loopback or address.is_private
