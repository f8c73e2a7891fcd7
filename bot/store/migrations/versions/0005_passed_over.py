"""Addresses that were read and passed over, and the indexes that a large archive needs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_INDEXES = (
    ("articles", "duplicate_of"),
    ("parts", "subscriber_id"),
    ("saved", "story_id"),
    ("summaries", "article_id"),
    ("told", "story_id"),
    ("votes", "story_id"),
)


def upgrade() -> None:
    """Forward."""
    time = bot.store.columns.UtcDateTime(timezone=True)
    op.create_table(
        "passed_over",
        sa.Column(
            "url", sa.String(), nullable=False, comment="canonical; read once, and not worth an article"
        ),
        sa.Column("found_at", time, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_passed_over"),
    )
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    changed: Any = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("revised_at IS NOT NULL"))
    op.create_index("ix_articles_revised", "articles", ["id"], **changed)
