"""`db` and `stats`."""

import json
from pathlib import Path

import click

from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.domain.errors import JobFailed
from bot.store.backups import backup as copy
from bot.store.checking import check as problems
from bot.store.counts import counts
from bot.store.engine import open_database


@click.group("db", epilog="Example: habarshy db check")
def database() -> None:
    """The database: upgrade, check, backup."""


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
    async with open_database(read_settings().database_url, as_it_is=True) as opened:
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
    """Copy the running database to a new FILE."""
    async with open_database(read_settings().database_url, as_it_is=True) as opened:
        await copy(opened, file)
    click.echo(f"{file} written")


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
