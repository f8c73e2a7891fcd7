"""Take the README's pictures of the site over the demo's sample: `make pictures` (needs Chromium).

Each is a page of invented news at the width of a phone or a desk, as PNG below 150 kB.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright

from bot.app.newsroom import Newsroom, open_newsroom
from bot.app.website import website
from bot.demo.site import DemoSite
from bot.domain.subscriber import LANGUAGES, Chat, Preferences
from bot.settings import Settings
from bot.web.server import serving
from dev.panel import dashboard, entered

#: 16:00 in Almaty on a Sunday: the sample's clock stands still.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TOKEN = "42:no-bot-of-anybody"  # noqa: S105 - signs the Mini App's data in tests
_FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
_LARGEST = 150_000
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of a Chromium on this machine; None where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@asynccontextmanager
async def browsing(path: str) -> AsyncIterator[Browser]:
    """That Chromium, without a window."""
    # Chromium's sandbox refuses to run as root, as CI often does; it only sees pages of ours.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=options)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def exhibition() -> AsyncIterator[tuple[Newsroom, str]]:
    """The demo's sample, collected and summarized, on the site; its newsroom and the site's address."""
    with tempfile.TemporaryDirectory(prefix="habarshy-pictures-") as folder:
        settings = Settings.model_validate(
            {
                "bot_token": TOKEN,
                "database_url": f"sqlite+aiosqlite:///{folder}/demo.db",
                "allow_private_addresses": True,
            }
        )
        async with (
            DemoSite(NOW) as sample,
            open_newsroom(settings, sources=sample.sources, now=lambda: NOW, gap=0) as newsroom,
        ):
            for number, lang in enumerate(LANGUAGES, start=1):
                await newsroom.subscribers.join(Chat(number), Preferences((lang,)), NOW)
            async for _ in newsroom.collect(everything=True):
                pass
            await newsroom.condense()
            async with serving(website(newsroom, {"web"}), "127.0.0.1", 0) as port:
                yield newsroom, f"http://127.0.0.1:{port}"


async def main() -> None:
    """Take them."""
    path = chromium()
    if not path:
        raise SystemExit("no Chromium found: apt-get install chromium")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    async with exhibition() as (newsroom, site), browsing(path) as browser:
        await _take(browser, f"{site}/kk", "digest.png", viewport={"width": 960, "height": 680})
        phone = {"width": 390, "height": 844}
        await _take(browser, f"{site}/ru", "phone.png", viewport=phone, color_scheme="dark")
        async with dashboard(newsroom) as (panel, session):
            seen = {
                "viewport": {"width": 1200, "height": 780},
                "locale": "en",
                "storage_state": entered(session),
            }
            await _take(browser, f"{panel}/operator", "dashboard.png", **seen)


async def _take(browser: Browser, address: str, name: str, **screen: Any) -> None:
    page = await browser.new_page(**screen)
    await page.goto(address)
    target = _FOLDER / name
    await page.screenshot(path=target)
    await page.close()
    size = target.stat().st_size
    sys.stdout.write(f"{name}: {size:,} bytes\n")
    if size > _LARGEST:
        raise SystemExit(f"{name} is larger than {_LARGEST:,} bytes")


if __name__ == "__main__":
    asyncio.run(main())
