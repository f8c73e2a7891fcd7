"""Courtesy towards hosts: few requests at a time, a gap between two, and the wishes of robots.txt."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

from aiolimiter import AsyncLimiter
from protego import Protego
from yarl import URL

from bot.domain.errors import SourceError, SourceUnreachable, SourceUnusable
from bot.sources.guard import is_public

#: Requests at a time to one host.
PER_HOST = 2
#: A machine of the operator's own (a private literal address) bears this many times more than a stranger's.
_OWN_MACHINE = 50
#: The longest Crawl-delay that is honoured, seconds; a longer one would stall the crawl.
_LONGEST_GAP = 10.0
#: Robots rules are asked for again after this many seconds (RFC 9309 §2.4: at most a day).
_RULES_LAST = 24 * 3600.0
#: Hosts whose robots rules are kept.
_MOST_RULES = 2_000


@dataclass(slots=True)
class _Turn:
    """One host's queue."""

    gap: float
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PER_HOST))
    pace: AsyncLimiter = field(init=False)

    def __post_init__(self) -> None:
        self.slow_down(self.gap)

    def slow_down(self, gap: float) -> None:
        """Start at most one request in `gap` seconds from now on."""
        self.gap = gap
        self.pace = AsyncLimiter(1, max(gap, 1e-3))


class Hosts:
    """Every host's queue."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def turn(self, url: URL) -> AsyncIterator[None]:
        """Wait until this host may be asked, and hold one of its slots meanwhile."""
        queue = self._queue(url)
        async with queue.slots, queue.pace:
            yield

    def respect(self, url: URL, delay: float | None) -> None:
        """Widen a host's gap to what its robots.txt asks for."""
        queue = self._queue(url)
        wanted = min(delay or 0.0, _LONGEST_GAP)
        if wanted > queue.gap:
            queue.slow_down(wanted)

    def _queue(self, url: URL) -> _Turn:
        host = url.host or ""
        if host not in self._turns:
            self._turns[host] = _Turn(self._gap / _OWN_MACHINE if _is_own(host) else self._gap)
        return self._turns[host]


def _is_own(host: str) -> bool:
    return host == "localhost" or (host.replace(".", "").isdigit() and not is_public(host))


#: Fetches one robots.txt: its bytes, or an error as for any page.
RulesFetcher = Callable[[URL], Awaitable[bytes]]


class Robots:
    """Rules of robots.txt by origin, asked for once a day (RFC 9309)."""

    def __init__(self, agent: str, fetch: RulesFetcher) -> None:
        self._agent = agent
        self._fetch = fetch
        self._rules: dict[URL, tuple[float, Protego]] = {}
        self._asking: defaultdict[URL, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: URL) -> float | None:
        """The host's Crawl-delay in seconds, if any. Raises SourceUnusable where the page is disallowed."""
        rules = await self._of(url.origin())
        if not rules.can_fetch(str(url), self._agent):
            raise SourceUnusable(
                f"{url.host}: robots.txt does not allow this page; ask the publisher for a feed"
            )
        delay = rules.crawl_delay(self._agent)
        return float(delay) if delay is not None else None

    async def _of(self, origin: URL) -> Protego:
        async with self._asking[origin]:
            asked_at, rules = self._rules.get(origin, (0.0, None))
            if rules is None or monotonic() - asked_at > _RULES_LAST:
                rules = await self._ask(origin)
                self._remember(origin, rules)
            return rules

    def _remember(self, origin: URL, rules: Protego) -> None:
        if len(self._rules) >= _MOST_RULES:
            oldest = next(iter(self._rules))
            del self._rules[oldest]
            self._asking.pop(oldest, None)
        self._rules[origin] = (monotonic(), rules)

    async def _ask(self, origin: URL) -> Protego:
        try:
            body = await self._fetch(origin.with_path("/robots.txt"))
        except SourceUnreachable:
            raise
        except SourceError:
            return Protego.parse("")
        return Protego.parse(body.decode("utf-8-sig", "replace"))
