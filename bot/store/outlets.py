"""Sources from the administrators' side: the paused too, with their newest article."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, select, update

from bot.domain.address import canonical_url
from bot.domain.own_sources import own_name
from bot.domain.source import Source
from bot.newsroom.control import Outlet
from bot.store.engine import Database
from bot.store.sources import READERS, SourceStore, source_of, state_of
from bot.store.tables import articles, sources

#: Origin of a catalogue's source while an administrator has it paused: the file does not wake it.
PAUSED = "paused"
_CATALOGUE = "catalogue"
#: Of what follows no file: the catalogue's file dropped it, and an administrator wants it.
_OPERATOR = "operator"


class OutletStore:
    """Satisfies newsroom.control.Outlets."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sources = SourceStore(database)

    async def listed(self) -> Sequence[Outlet]:
        """Every source but readers' own, by name; what the catalogue dropped is left out."""
        dropped = (sources.c.origin == _CATALOGUE) & ~sources.c.enabled
        async with self._database.read() as connection:
            rows = await connection.execute(_outlets(~dropped).order_by(sources.c.name))
            return [_outlet(row) for row in rows.mappings()]

    async def find(self, named: str | int) -> Outlet | None:
        """By name in any letter case, or by number."""
        if isinstance(named, str):
            # SQLite's lower() knows ASCII only, and there are few sources.
            wanted = named.strip().casefold()
            return next((one for one in await self.listed() if one.source.name.casefold() == wanted), None)
        async with self._database.read() as connection:
            row = (await connection.execute(_outlets(sources.c.id == named))).mappings().first()
            return _outlet(row) if row else None

    async def add(self, source: Source) -> str:
        """Follow a source, or once more the one at that address, as it is defined; returns its name.

        A title is what the other side says: one that another source has already replaces none.
        """
        async with self._database.read() as connection:
            known = (
                await connection.execute(
                    select(sources.c.id, sources.c.name, sources.c.url, _public().label("open"))
                )
            ).all()
        here = canonical_url(source.url)
        for one in known:
            if one.open and canonical_url(one.url) == here:
                await self._wake(one.id, {PAUSED: _CATALOGUE, _CATALOGUE: _OPERATOR})
                return str(one.name)
        taken = {one.name for one in known}
        name = source.name if source.name not in taken else own_name(source.name, source.url, taken)
        await self._sources.add(replace(source, name=name))
        return name

    async def switch(self, outlet: int, *, on: bool) -> bool:
        """Ask it or not; False where it is so already. Asked again, it is due at once."""
        if on:
            return await self._wake(outlet, {PAUSED: _CATALOGUE})
        return await self._change(outlet, {_CATALOGUE: PAUSED}, enabled=False)

    async def _wake(self, outlet: int, origins: Mapping[str, str]) -> bool:
        return await self._change(outlet, origins, enabled=True, next_at=None, health="ok")

    async def _change(self, outlet: int, origins: Mapping[str, str], *, enabled: bool, **values: Any) -> bool:
        """Switch it and give it the origin that comes after its own; False where it is so already."""
        origin = case(origins, value=sources.c.origin, else_=sources.c.origin)
        change = update(sources).where(sources.c.id == outlet, sources.c.enabled != enabled, _public())
        async with self._database.write() as connection:
            changed = change.values(enabled=enabled, origin=origin, **values)
            return bool((await connection.execute(changed)).rowcount)


def _outlets(where: ColumnElement[bool]) -> Select[Any]:
    mine = select(articles.c.found_at).where(articles.c.source_id == sources.c.id)
    last = mine.order_by(articles.c.id.desc()).limit(1).correlate(sources).scalar_subquery()
    return select(sources, last.label("last")).where(where, _public())


def _public() -> ColumnElement[bool]:
    return sources.c.origin != READERS


def _outlet(row: RowMapping) -> Outlet:
    return Outlet(row["id"], source_of(row), state_of(row), row["enabled"], row["last"])
