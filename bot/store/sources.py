"""Configured sources with their fetch state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import RowMapping, bindparam, case, insert, select, update

from bot.domain.source import FetchState, Health, Kind, Source
from bot.store.engine import Database
from bot.store.tables import sources
from summarizer.topic import Topic

#: Origin of a source that some readers added for themselves.
READERS = "reader"
#: All but what the origin tells.
_SOURCE_FIELDS = tuple(field.name for field in fields(Source) if field.name != "own")
_STATE_FIELDS = tuple(field.name for field in fields(FetchState))


class SourceStore:
    """Satisfies newsroom.ports.Sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Sequence[tuple[Source, FetchState]]:
        """Every enabled source, readers' own too, by name."""
        query = select(sources).where(sources.c.enabled).order_by(sources.c.name)
        async with self._database.read() as connection:
            return [(source_of(row), state_of(row)) for row in (await connection.execute(query)).mappings()]

    async def private(self) -> frozenset[str]:
        """Names of the sources that some readers added for themselves."""
        theirs = select(sources.c.name).where(sources.c.origin == READERS)
        async with self._database.read() as connection:
            return frozenset((await connection.execute(theirs)).scalars())

    async def addresses(self) -> Mapping[str, str]:
        """Addresses by name of all sources ever known: the removed, the dropped and readers' own too."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(sources.c.name, sources.c.url))
            return {row.name: row.url for row in rows}

    async def remember(self, states: Sequence[tuple[Source, FetchState]]) -> None:
        """Store sources' states after a fetch, all or none."""
        if not states:
            return
        rows = [{**_remembered(state), "of": source.name} for source, state in states]
        async with self._database.write() as connection:
            await connection.execute(update(sources).where(sources.c.name == bindparam("of")), rows)

    async def follow(self, catalogue: Sequence[Source]) -> None:
        """Make the catalogue's sources known; those it dropped are disabled; changes by hand stay."""
        if not any(await self._news(catalogue)):
            # Most starts change nothing, and need not wait for whoever writes.
            return
        async with self._database.write() as connection:
            added, changed, gone = _news(catalogue, (await connection.execute(select(sources))).mappings())
            if added:
                # Another process that starts at this moment may have added them between.
                new = self._database.insert(sources).on_conflict_do_nothing()
                await connection.execute(new, added)
            for name, values in changed.items():
                await connection.execute(update(sources).where(sources.c.name == name).values(values))
            await connection.execute(update(sources).where(sources.c.name.in_(gone)).values(enabled=False))

    async def _news(self, catalogue: Sequence[Source]) -> "_News":
        async with self._database.read() as connection:
            return _news(catalogue, (await connection.execute(select(sources))).mappings())

    async def add(self, source: Source) -> None:
        """Add a source by hand, or replace the one of that name."""
        async with self._database.write() as connection:
            # An update, even of a source that was removed: its articles hang on the row.
            row = new_row(source, "operator")
            known = update(sources).where(sources.c.name == source.name)
            if not (await connection.execute(known.values(row))).rowcount:
                await connection.execute(insert(sources).values(row))

    async def remove(self, name: str) -> bool:
        """Stop asking a source; its articles stay. False where no enabled source has that name.

        A reader's own stays theirs: nobody else hears of it, and nobody can add it again.
        """
        origin = case((sources.c.origin == READERS, READERS), else_="operator")
        change = update(sources).where(sources.c.name == name, sources.c.enabled)
        async with self._database.write() as connection:
            return bool((await connection.execute(change.values(origin=origin, enabled=False))).rowcount)


#: Rows to add, values to change and names to disable.
_News = tuple[list[dict[str, Any]], dict[str, dict[str, Any]], list[str]]


def _news(catalogue: Sequence[Source], rows: Iterable[RowMapping]) -> _News:
    """What of the catalogue is not in the table yet."""
    known = {row["name"]: row for row in rows}
    own = {name: row for name, row in known.items() if row["origin"] == "catalogue"}
    listed = {source.name: source for source in catalogue}
    added = [new_row(source, "catalogue") for name, source in listed.items() if name not in known]
    changed = {
        name: _changed(source, own[name])
        for name, source in listed.items()
        if name in own and not (own[name]["enabled"] and source_of(own[name]) == source)
    }
    return added, changed, [name for name, row in own.items() if row["enabled"] and name not in listed]


def new_row(source: Source, origin: str) -> dict[str, Any]:
    """A source never asked before, as the table keeps it."""
    return {**_definition(source), **_remembered(FetchState()), "origin": origin, "enabled": True}


def _definition(source: Source) -> dict[str, Any]:
    values = {name: getattr(source, name) for name in _SOURCE_FIELDS}
    return {**values, "every": int(source.every.total_seconds())}


def _remembered(state: FetchState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _STATE_FIELDS}


def _changed(source: Source, row: RowMapping) -> dict[str, Any]:
    # Another address or selector makes old validators and failures meaningless.
    definition = {**_definition(source), "enabled": True}
    same = source_of(row) == replace(source, every=source_of(row).every)
    return definition if same else {**definition, **_remembered(FetchState())}


def source_of(row: RowMapping) -> Source:
    """A row of the table as the value that leaves the store."""
    values = {name: row[name] for name in _SOURCE_FIELDS}
    return Source(
        **values
        | {
            "kind": Kind(row["kind"]),
            "every": timedelta(seconds=row["every"]),
            "topics": tuple(Topic(topic) for topic in row["topics"]),
            "drop": tuple(row["drop"]),
            "own": row["origin"] == READERS,
        }
    )


def state_of(row: RowMapping) -> FetchState:
    """What is remembered of the source in this row."""
    return FetchState(**{name: row[name] for name in _STATE_FIELDS} | {"health": Health(row["health"])})
