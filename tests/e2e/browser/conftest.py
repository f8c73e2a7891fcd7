"""The site over the demo's sample, and the system's Chromium in front of it: once a session."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from bot.app.newsroom import Newsroom
from dev.pictures import NOW, TOKEN, browsing, chromium, exhibition
from summarizer.article import Summary
from tests.newsstand import init_data


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one these tests can't be run."""
    path = chromium()
    if not path:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return path


@dataclass
class Gallery:
    """The site, its newsroom, and a browser."""

    newsroom: Newsroom
    address: str
    browser: Browser
    folder: Path
    #: A story that several outlets tell in all languages, and that changed since.
    story: int = 0

    def app(self, reader: int) -> str:
        """The Mini App's address as Telegram opens it for a reader."""
        return f"/app#tgWebAppData={quote(init_data(reader, NOW, TOKEN))}"


@dataclass
class Look:
    """A page as one screen shows it."""

    page: Page
    #: What the browser's console said.
    heard: list[str] = field(default_factory=list)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(chromium_path, tmp_path_factory) -> AsyncIterator[Gallery]:
    """Everything, once."""
    folder = tmp_path_factory.mktemp("screenshots")
    async with exhibition() as (newsroom, address), browsing(chromium_path) as browser:
        yield Gallery(newsroom, address, browser, folder, await _changed_story(newsroom))


async def _changed_story(newsroom: Newsroom) -> int:
    """The story most outlets tell, with a correction that came later."""
    cards = await newsroom.stories.cards(NOW.replace(hour=0), NOW)
    card = max(cards, key=lambda one: (len(one.summaries), len(one.tellings)))
    said = card.summaries["kk"]
    corrected = Summary(said.text, "kk", "test", said.headline)
    await newsroom.stories.correct(card.id, said.article, corrected, NOW)
    return card.id


async def silence(route: Route) -> None:
    """Telegram's own script, which does nothing here: no test asks the internet."""
    await route.fulfill(body="", content_type="text/javascript")
