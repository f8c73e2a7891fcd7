"""Subscribers and what is theirs."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from bot.store.columns import UtcDateTime
from bot.store.tables.base import key, metadata, of

subscribers = Table(
    "subscribers",
    metadata,
    key(),
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
    Column("quiet", String, nullable=False, server_default="22:00-07:00", comment="empty: never"),
    Column("muted_sources", JSON, nullable=False, server_default=text("'[]'"), comment="names"),
    Column("weekly", String, nullable=False, server_default="", comment="ISO weekday, local HH:MM"),
    Column("rich", Boolean, nullable=False, server_default=false()),
    Column("state", String, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("claimed_until", UtcDateTime, comment="a clock is composing for them; PostgreSQL only"),
    Column("told_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
    sqlite_autoincrement=True,
)

told = Table(
    "told",
    metadata,
    of("subscribers", primary_key=True),
    of("stories", primary_key=True, index=True),
    of("editions", index=True),
)

saved = Table(
    "saved",
    metadata,
    of("subscribers", primary_key=True),
    of("stories", primary_key=True, index=True),
    Column("saved_at", UtcDateTime, nullable=False),
)

votes = Table(
    "votes",
    metadata,
    of("subscribers", primary_key=True),
    of("stories", primary_key=True, index=True),
    Column("value", Integer, nullable=False, comment="1 or -1"),
    Column("voted_at", UtcDateTime, nullable=False),
)

own_sources = Table(
    "own_sources",
    metadata,
    of("subscribers", primary_key=True),
    of("sources", primary_key=True, index=True),
    Column("added_at", UtcDateTime, nullable=False),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False, comment="Telegram's, answered"),
    Column("answered_at", UtcDateTime, nullable=False, index=True),
)
