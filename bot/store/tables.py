"""The schema; `migrations/` must lead to exactly this (tests/contracts proves it)."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)

from bot.store.columns import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, nullable: bool = False, primary_key: bool = False, index: bool = False) -> Column[int]:
    name = f"{table.removesuffix('s') if table != 'stories' else 'story'}_id"
    target = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, Integer, target, nullable=nullable, primary_key=primary_key, index=index)


sources = Table(
    "sources",
    metadata,
    _key(),
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
        "origin", String, nullable=False, comment="catalogue: follows the file; operator: changed by hand"
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
    _key(),
    Column("topics", JSON, nullable=False, comment="best first"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column(
        "merged_into", Integer, ForeignKey("stories.id", ondelete="SET NULL"), comment="found to be this one"
    ),
)

articles = Table(
    "articles",
    metadata,
    _key(),
    _of("sources", index=True),
    _of("stories", nullable=True, index=True),
    Column("url", String, nullable=False, unique=True, comment="canonical"),
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
    Column("duplicate_of", Integer, ForeignKey("articles.id", ondelete="SET NULL"), index=True),
)
# Changed articles are few; without this every pass would read the whole archive for them.
Index("ix_articles_revised", articles.c.id, sqlite_where=articles.c.revised_at.is_not(None))

passed_over = Table(
    "passed_over",
    metadata,
    Column("url", String, primary_key=True, comment="canonical; read once, and not worth an article"),
    Column("found_at", UtcDateTime, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    _of("articles", primary_key=True),
    Column("model", String, primary_key=True),
    Column("data", LargeBinary, nullable=False, comment="float32, little-endian"),
)

summaries = Table(
    "summaries",
    metadata,
    _of("stories", primary_key=True),
    Column("lang", String, primary_key=True),
    _of("articles", index=True),
    Column("backend", String, nullable=False),
    Column("headline", String, nullable=False),
    Column("text", String, nullable=False),
    Column("picked", JSON),
    Column("rejected", JSON, nullable=False),
)

developments = Table(
    "developments",
    metadata,
    _key(),
    _of("stories", index=True),
    Column("kind", String, nullable=False, comment="news or correction"),
    Column("lang", String, nullable=False),
    Column("text", String, nullable=False),
    Column("found_at", UtcDateTime, nullable=False),
)

subscribers = Table(
    "subscribers",
    metadata,
    _key(),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger, nullable=False, server_default="0", comment="0: no forum topic"),
    Column("languages", JSON, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("slots", JSON, nullable=False, comment="local HH:MM"),
    Column("days", JSON, nullable=False, comment="ISO weekdays"),
    Column("zone", String, nullable=False),
    Column("muted", JSON, nullable=False, server_default=text("'[]'"), comment="filter terms"),
    Column("followed", JSON, nullable=False, server_default=text("'[]'"), comment="filter terms"),
    Column("breaking", String, nullable=False, server_default="topics"),
    Column("state", String, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("told_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
)

editions = Table(
    "editions",
    metadata,
    _key(),
    _of("subscribers"),
    Column("day", Date, nullable=False),
    Column("slot", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("subscriber_id", "day", "slot"),
)

told = Table(
    "told",
    metadata,
    _of("subscribers", primary_key=True),
    _of("stories", primary_key=True, index=True),
    _of("editions", index=True),
)

saved = Table(
    "saved",
    metadata,
    _of("subscribers", primary_key=True),
    _of("stories", primary_key=True, index=True),
    Column("saved_at", UtcDateTime, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    _of("subscribers", primary_key=True),
    _of("stories", primary_key=True, index=True),
    Column("value", Integer, nullable=False, comment="1 or -1"),
    Column("voted_at", UtcDateTime, nullable=False),
)

_where_head: Any = {"sqlite_where": text("head = 1"), "postgresql_where": text("head")}

parts = Table(
    "parts",
    metadata,
    _key(),
    _of("editions", index=True),
    _of("subscribers", index=True),
    Column("ordinal", Integer, nullable=False),
    Column("last", Boolean, nullable=False),
    Column("html", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    Column("message_id", BigInteger),
    Column("reason", String, nullable=False, server_default=""),
    Column("not_before", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column(
        "head", Boolean, nullable=False, server_default=false(), comment="a reader's first that is not done"
    ),
    Index("ix_parts_outbox", "state", "subscriber_id", "id"),
    # Who looks for work sees one part a reader, in the order of their times, whatever the history.
    Index("ix_parts_heads", "not_before", "id", **_where_head),
    Index("uq_parts_head", "subscriber_id", unique=True, **_where_head),
)
