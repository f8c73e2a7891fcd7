"""What the operator's side keeps: broadcasts, bans, troubles, ways into the dashboard, why articles joined."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    time = bot.store.columns.UtcDateTime(timezone=True)
    _broadcasts(time)
    op.create_table(
        "banned",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("banned_at", time, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_banned"),
    )
    op.create_table(
        "troubles",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False, comment="a source's name; empty for the whole"),
        sa.Column("since", time, nullable=False, comment="when administrators were told"),
        sa.Column("well_at", time, comment="when it was well again"),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_troubles"),
    )
    op.create_table(
        "passes",
        sa.Column(
            "digest", sa.String(), nullable=False, comment="SHA-256 of the secret, which is nowhere stored"
        ),
        sa.Column("kind", sa.String(), nullable=False, comment="login: one use; session"),
        sa.Column("admin", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", time, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_passes"),
    )
    op.create_index("ix_passes_expires_at", "passes", ["expires_at"])
    _placements()


def _broadcasts(time: bot.store.columns.UtcDateTime) -> None:
    reached = "the last subscriber it was posted to"
    op.create_table(
        "broadcasts",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("admin", sa.BigInteger(), nullable=False, comment="Telegram id of who wrote it"),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.Column("ended_at", time),
        sa.Column("reached", _ROW_ID, server_default="0", nullable=False, comment=reached),
        sa.Column("message_id", sa.BigInteger(), comment="where its progress is shown"),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    edition, broadcast = (
        "fk_broadcast_editions_edition_id_editions",
        "fk_broadcast_editions_broadcast_id_broadcasts",
    )
    op.create_table(
        "broadcast_editions",
        sa.Column("edition_id", _ROW_ID, nullable=False),
        sa.Column("broadcast_id", _ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=edition, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=broadcast, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("edition_id", name="pk_broadcast_editions"),
    )
    op.create_index("ix_broadcast_editions_broadcast_id", "broadcast_editions", ["broadcast_id"])


def _placements() -> None:
    article, beside = "fk_placements_article_id_articles", "fk_placements_beside_id_articles"
    shared = "what was shared with that article, by name; zeros left out"
    op.create_table(
        "placements",
        sa.Column("article_id", _ROW_ID, nullable=False),
        sa.Column("beside_id", _ROW_ID, comment="who spoke loudest"),
        sa.Column("score", sa.Float(), nullable=False, comment="log odds of joining; above 0 it joins"),
        sa.Column("evidence", sa.JSON(), nullable=False, comment=shared),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=article, ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["beside_id"], ["articles.id"], name=beside, ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_placements"),
    )
    op.create_index("ix_placements_beside_id", "placements", ["beside_id"])
