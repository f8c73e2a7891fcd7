"""A newsroom with stories of a test's own, and its site as the process serves it."""

import itertools
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, ClientTimeout
from starlette.routing import BaseRoute

from bot.app.newsroom import Newsroom, open_newsroom
from bot.app.website import website
from bot.domain.source import Source
from bot.newsroom.ports import Filing
from bot.settings import Settings
from bot.web.miniapp.initdata import signature
from bot.web.server import serving
from summarizer.article import Article, Classification, Summary
from summarizer.topic import Topic

#: 16:00 in Almaty on a Sunday.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TOKEN = "42:TEST-TOKEN-OF-NO-BOT-0123456789abcdefg"
SITE = "https://news.example.kz"


class Newsstand:
    """Stories put into the real store, one telling at a time."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self._numbers = itertools.count(1)
        self._sources: dict[str, Source] = {}

    async def tell(
        self,
        title: str,
        *,
        lang: str = "ru",
        outlet: str = "Меридиан",
        at: datetime = NOW - timedelta(hours=1),
        story: int | None = None,
        summary: str | None = "",
        **more: Any,
    ) -> int:
        """One article, filed under a new story or that one; returns the story's id.

        `summary`: of the story in that language; "" for one made of the title, None for none.
        """
        await self._follow(outlet)
        number = next(self._numbers)
        url = more.get("url", f"https://outlet{number}.example/{number}")
        article = Article(url, title, f"{title} {number}", lang, url=url, source=outlet)
        await self.newsroom.articles.add(self._sources[outlet], [article], at)
        (waiting,) = await self.newsroom.articles.ungrouped(1)
        topics = Classification((more.get("topic", Topic.ECONOMY),))
        news = more.get("development", "")
        filing = Filing(int(waiting.id), story, topics, None, "none", lang=lang, development=news)
        filed = await self.newsroom.stories.file(filing, at)
        if summary is not None:
            said = Summary(summary or f"Кратко: {title}.", lang, "test", title)
            await self.newsroom.stories.condense(filed, int(waiting.id), said)
        return filed

    async def _follow(self, outlet: str) -> None:
        if outlet not in self._sources:
            self._sources[outlet] = Source(outlet, f"https://{len(self._sources)}.example/rss")
            await self.newsroom.sources.follow(list(self._sources.values()))


@asynccontextmanager
async def newsstand(database: Path, **settings: Any) -> AsyncIterator[Newsstand]:
    """A newsroom on this migrated database, whose clock stands still at NOW."""
    given = {"bot_token": TOKEN, "public_url": SITE} | settings
    made = Settings(database_url=f"sqlite+aiosqlite:///{database}", **given)
    async with open_newsroom(made, sources=[], now=lambda: NOW) as newsroom:
        yield Newsstand(newsroom)


@asynccontextmanager
async def visiting(stand: Newsstand, more: Sequence[BaseRoute] = ()) -> AsyncIterator[ClientSession]:
    """Somebody who looks at the site, which may have more routes than the public ones."""
    async with (
        serving(website(stand.newsroom, {"web"}, more), "127.0.0.1", 0) as port,
        ClientSession(f"http://127.0.0.1:{port}", timeout=ClientTimeout(20)) as session,
    ):
        yield session


def init_data(reader: int, opened: datetime = NOW, token: str = TOKEN, **more: str) -> str:
    """What Telegram tells the Mini App of who opened it."""
    name = json.dumps({"id": reader, "first_name": "Аида", "language_code": "kk"}, ensure_ascii=False)
    fields = {"auth_date": str(int(opened.timestamp())), "query_id": "AAE", "user": name} | more
    said = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
    return urlencode(fields | {"hash": signature(said, token)})
