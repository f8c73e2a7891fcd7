"""One polite, guarded HTTP client for everything that is fetched from strangers."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from bot.domain.errors import SourceUnusable
from bot.sources.answer import Answer
from bot.sources.guard import public_socket
from bot.sources.manners import PER_HOST, Hosts, Robots
from bot.sources.response import REDIRECTS, Redirect, answer, judge, redirect, trouble, web_address

TIME_OUT = 20.0
MOST_BYTES = 10_000_000
MOST_REDIRECTS = 5
#: Of robots.txt nothing is read beyond this (RFC 9309 §2.5 asks for at least 500 KiB).
_MOST_RULE_BYTES = 512_000
#: Open connections at a time, all hosts together.
_CONNECTIONS = 128
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)


class PoliteClient:
    """GETs with limits; an async context manager.

    `agent` is the User-Agent with a contact, `gap` the least seconds between two requests to one host,
    `time_out` seconds and `most_bytes` (after decompression) bound each answer, redirects included.
    """

    def __init__(
        self,
        *,
        agent: str,
        allow_private: bool = False,
        gap: float = 1.0,
        time_out: float = TIME_OUT,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._agent = agent
        self._allow_private = allow_private
        self._time_out = time_out
        self._most_bytes = most_bytes
        self._hosts = Hosts(gap)
        self._robots = Robots(agent.partition("/")[0], self._rules)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=_CONNECTIONS,
            limit_per_host=PER_HOST,
            socket_factory=None if self._allow_private else public_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
            trust_env=False,
            max_line_size=16_384,
            max_field_size=32_768,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def get(self, url: str, *, etag: str = "", last_modified: str = "", robots: bool = False) -> Answer:
        """Fetch `url`, conditionally where validators are given, obeying robots.txt where asked to.

        Raises SourceUnreachable, SourceUnusable or SourceGone: one line that holds no path or query.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value}
        return await self._follow(web_address(url), headers, robots=robots)

    async def _rules(self, url: URL) -> bytes:
        return (await self._follow(url, {}, robots=False)).body[:_MOST_RULE_BYTES]

    async def _follow(self, url: URL, headers: Mapping[str, str], *, robots: bool) -> Answer:
        left, moved_to, permanent = self._time_out, "", True
        for _ in range(MOST_REDIRECTS + 1):
            if robots:
                self._hosts.respect(url, await self._robots.check(url))
            async with self._hosts.turn(url):
                begun = monotonic()
                step = await self._ask(url, headers, left, moved_to)
                left -= monotonic() - begun
            if isinstance(step, Answer):
                return step
            url, permanent = step.to, permanent and step.permanent
            moved_to = str(url) if permanent else moved_to
        raise SourceUnusable(f"{url.host}: more than {MOST_REDIRECTS} redirects; is the address right?")

    async def _ask(
        self, url: URL, headers: Mapping[str, str], left: float, moved_to: str
    ) -> Answer | Redirect:
        if self._session is None:
            raise RuntimeError("PoliteClient is used outside its `async with`")
        try:
            async with (
                asyncio.timeout(left),
                self._session.get(url, headers=headers, allow_redirects=False) as response,
            ):
                if response.status in REDIRECTS:
                    return redirect(response)
                judge(response)
                return answer(response, await self._read(response), moved_to)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise trouble(error, url.host or "", self._time_out) from error

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > self._most_bytes:
                response.close()
                size = self._most_bytes / 1_000_000
                raise SourceUnusable(f"{response.url.host}: the answer is larger than {size:g} MB")
        return bytes(body)
