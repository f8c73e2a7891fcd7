"""Older servers than the one that the other tests run on; all of them run there by TEST_POSTGRES."""

import pytest

from bot.store.checking import check
from bot.store.engine import open_database
from tests.postgres import NEWEST, OLDEST, VERSION, postgres


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
async def test_the_schema_is_made_on_each_version(version, monkeypatch):
    """The server is of the version asked for, and takes every migration."""
    monkeypatch.setenv(VERSION, str(version))
    with postgres() as server:
        assert server.sql("SHOW server_version").startswith(f"{version}.")
        async with open_database(server.create()) as database:
            assert await check(database) == []


def test_a_version_that_the_wheel_does_not_have_is_refused():
    """Nothing else is tried in its place."""
    with pytest.raises(ValueError, match="Unsupported postgres version: 9"), postgres(9):
        pass
