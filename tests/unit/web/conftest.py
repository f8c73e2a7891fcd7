"""The site as it is served, over stories of the test's own."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.store.engine import open_database
from tests.newsstand import Newsstand, newsstand, visiting


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory) -> Path:
    """An empty, migrated database to copy."""
    path = tmp_path_factory.mktemp("store") / "empty.db"

    async def migrate() -> None:
        async with open_database(f"sqlite+aiosqlite:///{path}"):
            pass

    asyncio.run(migrate())
    return path


@pytest.fixture
async def stand(empty_store, tmp_path) -> AsyncIterator[Newsstand]:
    """A newsroom without stories."""
    async with newsstand(Path(shutil.copy(empty_store, tmp_path / "test.db"))) as opened:
        yield opened


@pytest.fixture
async def web(stand) -> AsyncIterator[ClientSession]:
    """Its site."""
    async with visiting(stand) as session:
        yield session
