"""What a visitor's request says of the language they read."""

import re

from starlette.requests import Request

from bot.domain.subscriber import LANGUAGES

#: Languages of a header that are looked at; browsers send fewer than ten.
_MOST = 20
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?)\s*)?")


def language(request: Request) -> str:
    """The language of the path, else the best of ours in Accept-Language, else Kazakh."""
    first = request.url.path.split("/")[1]
    return first if first in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))


def preferred(header: str) -> str:
    """The best of ours in an Accept-Language header (RFC 9110, 12.5.4); Kazakh where none is."""
    wished: dict[str, float] = {}
    for part in header.split(",", _MOST)[:_MOST]:
        if found := _RANGE.fullmatch(part):
            wished.setdefault(found[1].lower(), float(found[2] or 1))
    known = [lang for lang in LANGUAGES if wished.get(lang)]
    return max(known, key=lambda lang: wished[lang], default=LANGUAGES[0])
