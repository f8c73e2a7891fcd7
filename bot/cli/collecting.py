"""`habarshy collect`, which loads no more than it needs: cron may start it every minute."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict

import click

from bot.app.crawl import Crawl, open_crawl
from bot.cli.options import AS_JSON, asynchronous, read_settings
from bot.newsroom.collect import Collected, totals


@click.command(epilog="Example: habarshy collect --all")
@click.option("--all", "everything", is_flag=True, help="Ask every source, due or not.")
@click.option("--fetch-only", is_flag=True, help="Fetch and store; group and summarize later.")
@AS_JSON
@asynchronous
async def collect(*, everything: bool, fetch_only: bool, as_json: bool) -> None:
    """One pass over the due sources: fetch, store, group, classify, summarize."""
    if fetch_only:
        async with open_crawl(read_settings(structured=False)) as crawl:
            await _fetch(crawl, everything=everything, as_json=as_json)
        return
    from bot.app.newsroom import open_newsroom  # noqa: PLC0415 - fetching needs no models and no words

    async with open_newsroom(read_settings()) as newsroom:
        await _fetch(newsroom, everything=everything, as_json=as_json)
        filed, condensed = await newsroom.condense()
    made = {"filed": filed, "summaries": condensed}
    click.echo(json.dumps(made) if as_json else f"{filed} articles filed, {condensed} summaries written")


async def _fetch(crawl: Crawl, *, everything: bool, as_json: bool) -> None:
    reports = []
    watched = sys.stdout.isatty()
    with _bar(len(await crawl.sources.all())) if watched else nullcontext(click.echo) as say:
        async for report in crawl.collect(everything=everything):
            reports.append(report)
            say(json.dumps(asdict(report), ensure_ascii=False) if as_json else _line(report))
    if not as_json:
        click.echo(_summary(reports))


@contextmanager
def _bar(total: int) -> Iterator[Callable[[str], None]]:
    """What prints a line above a bar, and moves the bar on."""
    from rich.progress import Progress  # noqa: PLC0415 - for whoever watches; cron, a pipe and a log do not

    with Progress(transient=True) as progress:
        task = progress.add_task("Collecting", total=total)

        def say(line: str) -> None:
            progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
            progress.advance(task)

        yield say


def _summary(reports: list[Collected]) -> str:
    total = totals(reports)
    failed = sum(bool(report.failed) for report in reports)
    counts = f"{total.new} new, {total.known} known, {total.unread} unread, {failed} failed"
    return f"{len(reports)} sources: {counts}"


def _line(report: Collected) -> str:
    if report.failed:
        return f"{report.source}: failed: {report.failed}"
    if report.unchanged:
        return f"{report.source}: 304 not modified"
    unread = f", {report.unread} unread" if report.unread else ""
    return f"{report.source}: {report.new} new, {report.known} known{unread}"
