"""What the operator's side keeps: messages to everyone, chats shut out, troubles told, ways in."""

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, String, Table, Text

from bot.store.columns import RowId, UtcDateTime
from bot.store.tables.base import key, metadata, of

broadcasts = Table(
    "broadcasts",
    metadata,
    key(),
    Column("admin", BigInteger, nullable=False, comment="Telegram id of who wrote it"),
    Column("html", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column(
        "reached", RowId, nullable=False, server_default="0", comment="the last subscriber it was posted to"
    ),
    Column("message_id", BigInteger, comment="where its progress is shown"),
)

broadcast_editions = Table(
    "broadcast_editions",
    metadata,
    of("editions", primary_key=True),
    of("broadcasts", index=True),
)

banned = Table(
    "banned",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("banned_at", UtcDateTime, nullable=False),
)

troubles = Table(
    "troubles",
    metadata,
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True, comment="a source's name; empty for the whole"),
    Column("since", UtcDateTime, nullable=False, comment="when administrators were told"),
    Column("well_at", UtcDateTime, comment="when it was well again"),
)

passes = Table(
    "passes",
    metadata,
    Column("digest", String, primary_key=True, comment="SHA-256 of the secret, which is nowhere stored"),
    Column("kind", String, nullable=False, comment="login: one use; session"),
    Column("admin", BigInteger, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

placements = Table(
    "placements",
    metadata,
    of("articles", primary_key=True),
    Column(
        "beside_id",
        RowId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        index=True,
        comment="who spoke loudest",
    ),
    Column("score", Float, nullable=False, comment="log odds of joining; above 0 it joins"),
    Column(
        "evidence", JSON, nullable=False, comment="what was shared with that article, by name; zeros left out"
    ),
)
