"""`db` and `stats`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.domain.errors import JobFailed
from bot.settings import database_address
from bot.store import backups
from bot.store import copying as copies
from bot.store.checking import check as problems
from bot.store.copying import Progress
from bot.store.counts import counts
from bot.store.engine import Database, open_database


@click.group("db", epilog="Example: habarshy db check")
def database() -> None:
    """The database: upgrade, check, back up, restore, move to another engine."""


@database.command(epilog="Example: habarshy db upgrade")
@asynchronous
async def upgrade() -> None:
    """Bring the schema to this version (every start does so too)."""
    async with open_database(read_settings().database_url) as opened:
        click.echo(f"{opened.url.render_as_string()} is at this version")


@database.command(epilog="Example: habarshy db check")
@AS_JSON
@asynchronous
async def check(*, as_json: bool) -> None:
    """Look for damage; exit status 1 when something is wrong."""
    async with open_database(read_settings().database_url, as_it_is=True, patient=True) as opened:
        found = await problems(opened)
    if as_json:
        click.echo(json.dumps({"problems": found}, ensure_ascii=False))
    if found:
        raise JobFailed(f"{'; '.join(found)}; restore a backup")
    if not as_json:
        click.echo("ok")


@database.command(epilog="Example: habarshy db backup habarshy-today.db")
@click.argument("file", type=click.Path(path_type=Path))
@asynchronous
async def backup(*, file: Path) -> None:
    """Copy the running database to a new FILE, of SQLite's kind from any engine."""
    async with open_database(read_settings().database_url, as_it_is=True, patient=True) as opened:
        with _steps() as step:
            await backups.backup(opened, file, step)
    click.echo(f"{file} written")


@database.command(epilog="Example: habarshy db restore habarshy-today.db")
@click.argument("file", type=click.Path(path_type=Path))
@asynchronous
async def restore(*, file: Path) -> None:
    """Put a backup in the database's place; stop Habarshy first. The old file is kept beside it."""
    url = read_settings().database_url
    # Not opened: what is restored may well be what can't be opened any more.
    closed = Database(url, patient=True)
    try:
        with _steps() as step:
            aside = await backups.restore(closed, file, datetime.now(UTC), step)
    finally:
        await closed.close()
    async with open_database(url) as opened:
        click.echo(f"{opened.shown} restored from {file}")
    if aside:
        click.echo(f"the old one is kept as {aside}")


@database.command(epilog="Example: habarshy db copy postgresql+asyncpg://habarshy@localhost/habarshy")
@click.argument("url")
@AS_JSON
@asynchronous
async def copy(*, url: str, as_json: bool) -> None:
    """Copy everything to the empty database at URL, on either engine, and prove that it arrived.

    What is written here meanwhile stays behind: stop Habarshy first, then point DATABASE_URL at the copy.
    """
    there = database_address(url)
    async with (
        open_database(read_settings().database_url, as_it_is=True, patient=True) as opened,
        open_database(there, patient=True) as target,
    ):
        with _steps() as step:
            copied = await copies.copy(opened, target, step)
    if as_json:
        click.echo(json.dumps({name: asdict(done) for name, done in copied.items()}))
        return
    for name, done in copied.items():
        click.echo(f"{name:24}{done.rows:>12}  {done.checksum[:16]}")
    click.echo("the same rows on both sides; now set HABARSHY_DATABASE_URL to the copy")


@database.command(epilog="Example: habarshy db index")
@asynchronous
async def index() -> None:
    """Let /search find everything now (a running bot gets there in passes, after an upgrade or a copy)."""
    from bot.store.search import SearchStore  # noqa: PLC0415 - the other commands need none of it

    async with open_database(read_settings().database_url) as opened:
        search, done = SearchStore(opened), 0
        waiting = await search.waiting()
        with _steps() as step:
            while filed := await search.index():
                done += filed
                step("articles", done, waiting)
    click.echo(f"articles indexed: {done}")


@contextmanager
def _steps() -> Iterator[Progress]:
    """A bar a table where somebody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks = {}

        def step(table: str, done: int, total: int) -> None:
            if table not in tasks:
                tasks[table] = bars.add_task(table, total=total)
            bars.update(tasks[table], completed=done)

        yield step


@database.command(epilog="Example: habarshy db tidy")
@asynchronous
async def tidy() -> None:
    """Let go of what is past the terms of the settings (a running bot does so once a day)."""
    from bot.app.newsroom import open_newsroom  # noqa: PLC0415 - the other commands need none of it

    async with open_newsroom(read_settings(), follow=False) as newsroom:
        gone = await newsroom.retain()
    click.echo(", ".join(f"{count} {name}" for name, count in gone.items()) or "nothing is past its term")


@click.command(epilog="Example: habarshy stats --json")
@AS_JSON
@asynchronous
async def stats(*, as_json: bool) -> None:
    """Counts and health."""
    async with open_database(read_settings().database_url) as opened:
        found = await counts(opened)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, number in found.items():
            click.echo(f"{name:24}{number}")
