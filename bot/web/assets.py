"""Styles, scripts and images: held in memory, at addresses that change with their content."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.web.described import Described, Endpoint

#: A year, the longest that caches promise: what changes gets another address.
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    #: Path on this server.
    address: str
    kind: str
    body: bytes
    packed: bytes


@cache
def _by_name() -> dict[str, Asset]:
    folder = files("bot.web") / "static"
    return {item.name: _asset(item.name, item.read_bytes()) for item in folder.iterdir() if item.is_file()}


def _asset(name: str, body: bytes) -> Asset:
    stem, _, ending = name.rpartition(".")
    mark = hashlib.sha256(body).hexdigest()[:12]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(f"/static/{stem}.{mark}.{ending}", kind, body, gzip.compress(body, 9, mtime=0))


def asset(name: str) -> str:
    """The address of a file in `bot/web/static`. Raises KeyError where there is none."""
    return _by_name()[name].address


def _serving(found: Asset) -> Endpoint:
    headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}

    async def answer(request: Request) -> Response:
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            packed = headers | {"Content-Encoding": "gzip"}
            return Response(found.packed, media_type=found.kind, headers=packed)
        return Response(found.body, media_type=found.kind, headers=headers)

    return answer


def asset_routes() -> list[BaseRoute]:
    """`/static/…`: what `asset` names, and nothing else."""
    return [Described(found.address, _serving(found), {200: found.kind}) for found in _by_name().values()]
