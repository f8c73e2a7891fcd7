"""The main job's commands: collect, articles, digest."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from bot.app.newsroom import open_newsroom
from bot.cli.options import AS_JSON, DURATION, LANGS, TOPICS, asynchronous, read_settings
from bot.delivery.render import as_text, render
from bot.domain.digest import Digest, Item, Wishes
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.collect import Collected, totals
from bot.newsroom.compose import digest as compose
from summarizer.article import Article
from summarizer.topic import Topic


@click.command(epilog="Example: habarshy collect --all")
@click.option("--all", "everything", is_flag=True, help="Ask every source, due or not.")
@click.option("--fetch-only", is_flag=True, help="Fetch and store; group and summarize later.")
@AS_JSON
@asynchronous
async def collect(*, everything: bool, fetch_only: bool, as_json: bool) -> None:
    """One pass over the due sources: fetch, store, group, classify, summarize."""
    async with open_newsroom(read_settings()) as newsroom:
        reports = []
        asked = await newsroom.sources.all()
        with _progress() as progress:
            say = partial(progress.console.print, markup=False, highlight=False, soft_wrap=True)
            task = progress.add_task("Collecting", total=len(asked))
            async for report in newsroom.collect(everything=everything):
                reports.append(report)
                say(json.dumps(asdict(report), ensure_ascii=False) if as_json else _line(report))
                progress.advance(task)
            if not as_json:
                say(_summary(reports))
            if not fetch_only:
                progress.add_task("Grouping and summarizing", total=None)
                filed, condensed = await newsroom.condense()
                made = {"filed": filed, "summaries": condensed}
                say(json.dumps(made) if as_json else f"{filed} articles filed, {condensed} summaries written")


def _progress() -> Progress:
    # Plain lines where nobody watches: cron, a pipe, a log.
    return Progress(console=Console(), transient=True, disable=not Console().is_terminal)


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


@click.command(epilog="Example: habarshy articles --since 7d | habarshy summarize")
@click.option(
    "--since", type=DURATION, default="24h", show_default=True, help="How far back, by publication."
)
@click.option("--source", default=None, help="Only this source.")
@asynchronous
async def articles(*, since: timedelta, source: str | None) -> None:
    """What is stored, as JSON Lines."""
    async with open_newsroom(read_settings(), follow=False) as newsroom:
        for article, story in await newsroom.articles.listed(newsroom.now() - since, source):
            click.echo(json.dumps(_stored(article, story), ensure_ascii=False))


def _stored(article: Article, story: int | None) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    fields = {"id": article.id, "title": article.title, "text": article.text, "published": published}
    return {**fields, "url": article.url, "source": article.source, "lang": article.lang, "story": story}


@click.command(epilog="Example: habarshy digest --lang kk --topics economy --since 24h")
@click.option(
    "--lang", "langs", type=LANGS, default=LANGUAGES, help="Reading languages by comma; default all."
)
@click.option("--topics", type=TOPICS, default=tuple(map(str, Topic)), help="Topics by comma; default all.")
@click.option(
    "--since", type=DURATION, default="24h", show_default=True, help="How far back, by publication."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True
)
@asynchronous
async def digest(*, langs: tuple[str, ...], topics: tuple[str, ...], since: timedelta, form: str) -> None:
    """Compose a digest from the store and print it."""
    settings = read_settings()
    async with open_newsroom(settings, follow=False) as newsroom:
        now = newsroom.now()
        wishes = Wishes(langs, [Topic(topic) for topic in topics])
        found = await compose(newsroom.stories, wishes, now - since, now)
    for text in _shown(found, topics, form, settings.timezone):
        click.echo(text)


def _shown(found: Digest, topics: tuple[str, ...], form: str, zone: str) -> Iterator[str]:
    if form == "json":
        yield json.dumps(as_json(found, topics), ensure_ascii=False, indent=2)
    elif form == "html":
        yield from render(found, found.languages[0], zone)
    else:
        yield as_text(found, found.languages[0], zone)


def as_json(found: Digest, topics: tuple[str, ...]) -> dict[str, Any]:
    """A digest by the schema of the outward interface."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "langs": list(found.languages),
        "topics": list(topics),
        "stories": [_story(item) for item in found.items],
    }


def _story(item: Item) -> dict[str, Any]:
    fields = {"id": item.story, "topic": str(item.topic), "lang": item.lang, "headline": item.headline}
    told = {"summary": item.summary, "url": item.url, "publishers": [asdict(one) for one in item.publishers]}
    return {**fields, **told, "published": _iso(item.published)}


def _iso(moment: datetime) -> str:
    return moment.isoformat()
