"""Sources, articles, stories and what was made of them."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    func,
    true,
)

from bot.store.columns import RowId, UtcDateTime
from bot.store.tables.base import key, metadata, of

sources = Table(
    "sources",
    metadata,
    key(),
    Column("name", String, nullable=False, unique=True),
    Column("url", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("lang", String),
    Column("every", Integer, nullable=False, comment="seconds"),
    Column("topics", JSON, nullable=False),
    Column("item", String),
    Column("title", String),
    Column("body", String),
    Column("date", String),
    Column("drop", JSON, nullable=False),
    Column(
        "origin",
        String,
        nullable=False,
        comment="catalogue: follows the file; operator: changed by hand; reader: for some readers only",
    ),
    Column("enabled", Boolean, nullable=False, server_default=true()),
    Column("health", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("last_modified", String, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("next_at", UtcDateTime, index=True),
    Column("errors", Integer, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("message", String, nullable=False),
    Column("moved_to", String, nullable=False, server_default=""),
)

stories = Table(
    "stories",
    metadata,
    key(),
    Column("topics", JSON, nullable=False, comment="best first"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column(
        "merged_into", RowId, ForeignKey("stories.id", ondelete="SET NULL"), comment="found to be this one"
    ),
)

# Few were merged; without this every story that is forgotten or merged reads all others for who points to it.
_merged: Any = dict.fromkeys(("sqlite_where", "postgresql_where"), stories.c.merged_into.is_not(None))
Index("ix_stories_merged_into", stories.c.merged_into, **_merged)

articles = Table(
    "articles",
    metadata,
    key(),
    of("sources"),
    of("stories", nullable=True, index=True),
    Column("url", String, nullable=False, unique=True, comment="canonical"),
    Column("link", String, comment="as published, where that is not the canonical URL"),
    Column("content_hash", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("lang", String, nullable=False),
    Column("categories", JSON, nullable=False),
    Column("published_at", UtcDateTime, comment="as the source says"),
    Column("found_at", UtcDateTime, nullable=False),
    Column("appeared_at", UtcDateTime, nullable=False, index=True, comment="the earlier of the two"),
    Column("listing_hash", String, nullable=False, server_default="", comment="of its entry in the listing"),
    Column("revised_at", UtcDateTime, comment="when its source changed it, until that is dealt with"),
    Column("corrected_at", UtcDateTime, comment="when its source changed it last"),
    Column("duplicate_of", RowId, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    # A source's newest articles are read from its end, however long it has been silent.
    Index("ix_articles_source_id", "source_id", "id"),
    Column("image", String, comment="the picture its source shows with it"),
    Column("views", Integer, comment="as its source counted them when it was found"),
)
#: Where readers are sent.
article_link = func.coalesce(articles.c.link, articles.c.url).label("url")
# Changed articles are few; without this every pass would read the whole archive for them.
_changed: Any = dict.fromkeys(("sqlite_where", "postgresql_where"), articles.c.revised_at.is_not(None))
Index("ix_articles_revised", articles.c.id, **_changed)

revisions = Table(
    "revisions",
    metadata,
    of("articles", primary_key=True),
    Column("replaced_at", UtcDateTime, primary_key=True),
    Column("content_hash", String, nullable=False, comment="of the text that was replaced then"),
)

passed_over = Table(
    "passed_over",
    metadata,
    Column("url", String, primary_key=True, comment="canonical; read once, and not worth an article"),
    Column("found_at", UtcDateTime, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    of("articles", primary_key=True),
    Column("model", String, primary_key=True),
    Column("data", LargeBinary, nullable=False, comment="float32, little-endian"),
)

summaries = Table(
    "summaries",
    metadata,
    of("stories", primary_key=True),
    Column("lang", String, primary_key=True),
    of("articles", index=True),
    Column("backend", String, nullable=False),
    Column("headline", String, nullable=False),
    Column("text", String, nullable=False),
    Column("picked", JSON),
    Column("rejected", JSON, nullable=False),
)

developments = Table(
    "developments",
    metadata,
    key(),
    of("stories", index=True),
    Column("kind", String, nullable=False, comment="news or correction"),
    Column("lang", String, nullable=False),
    Column("text", String, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
)
