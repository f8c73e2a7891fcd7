"""The schema; `migrations/` must lead to exactly this (tests/contracts proves it)."""

from bot.store.tables.base import metadata
from bot.store.tables.news import (
    article_link,
    articles,
    developments,
    passed_over,
    revisions,
    sources,
    stories,
    summaries,
    vectors,
)
from bot.store.tables.operation import banned, broadcast_editions, broadcasts, passes, placements, troubles
from bot.store.tables.outbox import editions, parts
from bot.store.tables.readers import own_sources, saved, subscribers, told, updates, votes

__all__ = [
    "article_link",
    "articles",
    "banned",
    "broadcast_editions",
    "broadcasts",
    "developments",
    "editions",
    "metadata",
    "own_sources",
    "parts",
    "passed_over",
    "passes",
    "placements",
    "revisions",
    "saved",
    "sources",
    "stories",
    "subscribers",
    "summaries",
    "told",
    "troubles",
    "updates",
    "vectors",
    "votes",
]
