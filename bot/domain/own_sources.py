"""A reader's own feeds: how many, what they are called, and what becomes of a wish for one."""

from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

#: Own feeds a reader may have.
MOST_OWN = 5
#: Code points of a name: a publisher's line has no room for more.
LONGEST_NAME = 60
_LONGEST_HOST = 30


class Adoption(StrEnum):
    """What became of a reader's wish for a feed."""

    ADDED = "added"
    #: It is theirs already.
    YOURS = "yours"
    #: Everybody hears it already.
    PUBLIC = "public"
    #: The operator switched it off.
    REFUSED = "refused"
    #: The reader has as many as they may.
    FULL = "full"


def adoption(origin: str | None, *, enabled: bool, yours: bool, owned: int) -> Adoption:
    """What becomes of a wish; `origin` is that of the source stored at this address, None: there is none."""
    if origin is not None and not enabled:
        return Adoption.REFUSED
    if origin is not None and origin != "reader":
        return Adoption.PUBLIC
    if yours:
        return Adoption.YOURS
    return Adoption.FULL if owned >= MOST_OWN else Adoption.ADDED


def own_name(title: str, url: str, taken: Collection[str]) -> str:
    """A name for a feed nobody has yet: its title and its host, so that it can't pass for another outlet."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")[:_LONGEST_HOST]
    plain = " ".join("".join(char if char.isprintable() else " " for char in title).split())
    room = LONGEST_NAME - len(host) - len(" · 99")
    name = f"{plain[:room].strip()} · {host}" if plain and plain != host else host
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
