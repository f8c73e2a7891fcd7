"""The sample's content as values: outlets with their articles, read from `sample/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from summarizer.topic import Topic


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One invented article."""

    #: Unique within its outlet; the last part of its address.
    id: str
    #: The invented event it tells: articles with the same event belong in one story.
    event: str
    #: Best first.
    topics: tuple[Topic, ...]
    #: Hours between publication and the demo's now.
    hours_ago: float
    title: str
    #: The photo's credit line, as the outlet prints it.
    credit: str
    paragraphs: tuple[str, ...]

    def published(self, now: datetime) -> datetime:
        """Publication time, to the minute."""
        return (now - timedelta(hours=self.hours_ago)).replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet with the furniture of its pages."""

    #: First part of its addresses.
    slug: str
    name: str
    #: How it announces articles: rss, atom, json or listing.
    format: str
    lang: str
    tagline: str
    #: The words on its share button, before its view counter, above related and popular news.
    share: str
    views: str
    related: str
    popular: str
    #: The paragraph that demands a hyperlink.
    copyright: str
    #: Section names by topic.
    sections: Mapping[Topic, str]
    #: What sources.toml would say about its pages: `item`, `title`, `body`, `date`, `drop`.
    selectors: Mapping[str, Any]
    #: Newest first.
    articles: tuple[SampleArticle, ...]

    def section(self, article: SampleArticle) -> str:
        """The section an article stands in."""
        return self.sections[article.topics[0]]


@cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets of the sample, by slug."""
    files = (file for file in resources.files("bot.demo").joinpath("sample").iterdir())
    return tuple(
        _outlet(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8")))
        for file in sorted(files, key=lambda file: file.name)
        if file.name.endswith(".toml")
    )


def _outlet(slug: str, row: dict[str, Any]) -> Outlet:
    articles = sorted(map(_article, row.pop("article")), key=lambda article: article.hours_ago)
    sections = {Topic(topic): name for topic, name in row.pop("sections").items()}
    chosen = row.pop("selectors", {})
    selectors = {key: tuple(value) if isinstance(value, list) else value for key, value in chosen.items()}
    return Outlet(slug=slug, sections=sections, selectors=selectors, articles=tuple(articles), **row)


def _article(row: dict[str, Any]) -> SampleArticle:
    topics = tuple(map(Topic, row.pop("topics")))
    paragraphs = tuple(row.pop("text").strip().split("\n\n"))
    return SampleArticle(topics=topics, paragraphs=paragraphs, **row)
