"""Editions and the messages they are sent as."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.store.columns import UtcDateTime
from bot.store.tables.base import key, metadata, of

editions = Table(
    "editions",
    metadata,
    key(),
    of("subscribers"),
    Column("day", Date, nullable=False),
    Column("slot", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("subscriber_id", "day", "slot"),
    sqlite_autoincrement=True,
)

_where_head: Any = {"sqlite_where": text("head = 1"), "postgresql_where": text("head")}
_where_revision: Any = {
    "sqlite_where": text("revision IS NOT NULL"),
    "postgresql_where": text("revision IS NOT NULL"),
}

parts = Table(
    "parts",
    metadata,
    key(),
    of("editions", index=True),
    of("subscribers", index=True),
    Column("ordinal", Integer, nullable=False),
    Column("last", Boolean, nullable=False),
    Column("html", Text, nullable=False),
    Column("stories", JSON, nullable=False, server_default=text("'[]'"), comment="told, in order"),
    Column("answers", BigInteger, comment="message_id of what it tells more of"),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    Column("message_id", BigInteger),
    Column("reason", String, nullable=False, server_default=""),
    Column("not_before", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("revision", Text, comment="what the message sent is to be changed into"),
    Column("revised", Integer, nullable=False, server_default="0", comment="how often it was"),
    Column(
        "head", Boolean, nullable=False, server_default=false(), comment="a reader's first that is not done"
    ),
    Index("ix_parts_outbox", "state", "subscriber_id", "id"),
    # Who looks for work sees one part a reader, in the order of their times, whatever the history.
    Index("ix_parts_heads", "not_before", "id", **_where_head),
    Index("uq_parts_head", "subscriber_id", unique=True, **_where_head),
    Index("ix_parts_revision", "id", **_where_revision),
    sqlite_autoincrement=True,
)
