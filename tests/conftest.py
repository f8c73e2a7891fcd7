"""Servers that several kinds of tests share: started once a session (a worker), and only when asked for."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.engine import open_database
from tests.postgres import TEMPLATE, PostgresServer, postgres
from tests.valkey import Valkey, valkey


async def _migrate(url: str) -> None:
    async with open_database(url):
        pass


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory) -> Path:
    """An empty, migrated SQLite database to copy: migrations run once for all tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A running PostgreSQL with a migrated database to copy."""
    with postgres() as server:
        asyncio.run(_migrate(server.create(TEMPLATE)))
        yield server


@pytest.fixture
def postgres_url(postgres_server) -> Iterator[str]:
    """The address of an empty, migrated database of the test's own."""
    url = postgres_server.create(template=TEMPLATE)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def bare_postgres_url(postgres_server) -> Iterator[str]:
    """The address of a database without any table."""
    url = postgres_server.create()
    yield url
    postgres_server.drop(url)


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """A running Valkey."""
    with valkey() as server:
        yield server


@pytest.fixture
def broker(valkey_server) -> Valkey:
    """The running Valkey, empty."""
    if not valkey_server.is_up:
        valkey_server.start()
    with valkey_server.client() as client:
        client.flushall()
    return valkey_server
