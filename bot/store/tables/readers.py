"""Subscribers and what is theirs."""

from sqlalchemy import JSON, BigInteger, Column, Integer, String, Table, UniqueConstraint, text

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
    Column("state", String, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("told_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "thread_id"),
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
