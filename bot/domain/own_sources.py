"""A reader's own feeds: how many, what they are called, and what becomes of a wish for one."""

import re
from collections.abc import Collection
from enum import StrEnum
from urllib.parse import urlsplit

from yarl import URL

from bot.domain.address import canonical_url

#: Own feeds a reader may have.
MOST_OWN = 5
#: Code points of a name: a publisher's line has no room for more.
LONGEST_NAME = 60
_LONGEST_HOST = 30
_LONGEST_URL = 500
_CHANNEL = re.compile(r"@[A-Za-z]\w{3,31}", re.ASCII)
#: http or https, and a host with a dot or of figures; whether it is a public one is the client's to say.
_ADDRESS = re.compile(r"https?://(?:[^\s/]+\.[^\s/]+|\[[0-9a-f:.]+\])(?:[/?#]\S*)?", re.IGNORECASE)


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
    #: They asked too often.
    LATER = "later"


def adoption(origin: str | None, *, enabled: bool, yours: bool, owned: int) -> Adoption:
    """What becomes of a wish; `origin` is that of the source stored at this address, None: there is none."""
    if origin is not None and not enabled:
        return Adoption.REFUSED
    if origin is not None and origin != "reader":
        return Adoption.PUBLIC
    if yours:
        return Adoption.YOURS
    return Adoption.FULL if owned >= MOST_OWN else Adoption.ADDED


def web_address(text: str) -> str:
    """The address a reader means by «example.kz», «https://example.kz/rss» or «@channel»; "" for none."""
    word = text.strip()
    if _CHANNEL.fullmatch(word):
        return f"https://t.me/{word[1:]}"
    url = word if "://" in word else f"https://{word}"
    usable = len(url) <= _LONGEST_URL and _ADDRESS.fullmatch(url) and canonical_url(url)
    return url if usable and URL(url).user is URL(url).password is None else ""


def own_name(title: str, url: str, taken: Collection[str]) -> str:
    """A name for a feed nobody has yet: its title and its host, so that it can't pass for another outlet."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")[:_LONGEST_HOST]
    plain = " ".join("".join(char if char.isprintable() else " " for char in title).split())
    room = LONGEST_NAME - len(host) - len(" · 99")
    name = f"{plain[:room].strip()} · {host}" if plain and plain != host else host
    names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
