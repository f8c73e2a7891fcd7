"""What is stored, as articles and as a digest."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from bot.app.newsroom import open_newsroom
from bot.cli.options import DURATION, LANGS, TOPICS, asynchronous, read_settings
from bot.delivery.render import as_text, render
from bot.domain.digest import Digest, Item, Wishes
from bot.domain.subscriber import LANGUAGES
from bot.newsroom.compose import digest as compose
from summarizer.article import Article
from summarizer.topic import Topic


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
