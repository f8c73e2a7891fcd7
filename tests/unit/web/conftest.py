"""The site as it is served, over stories of the test's own."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.newsstand import Newsstand, newsstand, visiting


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
