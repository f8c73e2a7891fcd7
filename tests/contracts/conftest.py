"""Every store test runs on each database there is."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.store.engine import Database, open_database

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def url(request, tmp_path) -> str:
    """The address of an empty, migrated database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    path = shutil.copy(request.getfixturevalue("empty_store"), tmp_path / "test.db")
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(params=ENGINES)
def bare_url(request, tmp_path) -> str:
    """The address of a database without any table."""
    if request.param == "postgresql":
        return request.getfixturevalue("bare_postgres_url")
    return f"sqlite+aiosqlite:///{tmp_path}/bare.db"


@pytest.fixture
async def database(url) -> AsyncIterator[Database]:
    """An empty, migrated database, on each engine."""
    async with open_database(url) as opened:
        yield opened


@pytest.fixture
async def on_sqlite(empty_store, tmp_path) -> AsyncIterator[Database]:
    """An empty, migrated SQLite database, for what only it has."""
    path = shutil.copy(empty_store, tmp_path / "lite.db")
    async with open_database(f"sqlite+aiosqlite:///{path}") as opened:
        yield opened


@pytest.fixture
async def on_postgres(postgres_url) -> AsyncIterator[Database]:
    """An empty, migrated PostgreSQL database, for what only it has."""
    async with open_database(postgres_url) as opened:
        yield opened


@pytest.fixture
def now() -> datetime:
    """09:00 in Almaty on a Sunday."""
    return NOW
