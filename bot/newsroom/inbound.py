"""What collecting needs from the outside world; the other verbs' needs are in `bot.newsroom.ports`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from bot.domain.source import Entry, FetchState, Found, Listing, Source

P = ParamSpec("P")
T = TypeVar("T")


class Offload(Protocol):
    """Keeps work of the processor off the event loop, in a thread or in another process."""

    async def __call__(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns or raises; it and its arguments can be pickled."""


class SourceReader(Protocol):
    """Reads sources over the network."""

    async def listing(self, source: Source, state: FetchState) -> Listing:
        """What the source lists now. Raises SourceError, never anything else."""

    async def article(self, source: Source, entry: Entry) -> Entry:
        """The same entry with its page read (`full`). Raises SourceError, never anything else."""


class Sources(Protocol):
    """Configured sources with their state."""

    async def all(self) -> Sequence[tuple[Source, FetchState]]:
        """Every source, by name."""

    async def private(self) -> frozenset[str]:
        """Names of the sources that some readers added for themselves."""

    async def remember(self, states: Sequence[tuple[Source, FetchState]]) -> None:
        """Store sources' states after a fetch, all or none."""


class Stock(Protocol):
    """The articles that are there already, and those that come."""

    async def known(self, source: Source, urls: Collection[str]) -> Mapping[str, str]:
        """Which of these canonical URLs are stored, with the fingerprint of their entry in this source.

        The fingerprint is "" where another source brought the article.
        """

    async def take_in(
        self, brought: Sequence[tuple[Source, Sequence[Found]]], found_at: datetime
    ) -> Sequence[int]:
        """Store what sources brought in one transaction; returns how many articles of each were new.

        New is by canonical URL and by content. Raises LookupError where a source is not there any more.
        """

    async def pass_over(self, source: Source, urls: Collection[str], now: datetime) -> None:
        """Remember addresses that were read and not stored (reprints, empty pages): `known` has them too."""

    async def revise(self, changed: Sequence[Found], now: datetime) -> None:
        """Take over what sources changed in articles that are stored, by canonical URL."""
