"""Shares: one kind of work cut into parts that several processes can do at the same time."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Share:
    """Every `of`-th piece of work, from number `index` on; by itself all of it."""

    index: int = 0
    of: int = 1

    def holds(self, number: int) -> bool:
        """Whether the piece with this number (a story's, a subscriber's) belongs here."""
        return number % self.of == self.index

    def holds_host(self, url: str) -> bool:
        """Whether this address belongs here: all of a host does, so that one process keeps its gap."""
        return self.holds(crc32((urlsplit(url).hostname or "").encode()))


#: All of it.
WHOLE = Share()


def shares(count: int) -> tuple[Share, ...]:
    """The whole in so many shares."""
    return tuple(Share(index, count) for index in range(count))
