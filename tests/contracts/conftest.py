"""Every store test runs on each database there is; PostgreSQL joins with its own issue."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.store.engine import Database, open_database

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path) -> AsyncIterator[Database]:
    """An empty, migrated database."""
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/test.db") as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """09:00 in Almaty on a Sunday."""
    return NOW
