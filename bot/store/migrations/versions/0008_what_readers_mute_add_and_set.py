"""Keep what readers mute, add and set, and which updates were answered."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    quiet = sa.Column("quiet", sa.String(), server_default="22:00-07:00", nullable=False)
    muted = sa.Column("muted_sources", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("subscribers", quiet)
    op.add_column("subscribers", muted)
    op.add_column("subscribers", sa.Column("weekly", sa.String(), server_default="", nullable=False))
    op.add_column("subscribers", sa.Column("rich", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "own_sources",
        sa.Column("subscriber_id", bot.store.columns.RowId, nullable=False),
        sa.Column("source_id", bot.store.columns.RowId, nullable=False),
        sa.Column("added_at", bot.store.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_own_sources_source_id_sources"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscribers.id"],
            name=op.f("fk_own_sources_subscriber_id_subscribers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "source_id", name=op.f("pk_own_sources")),
    )
    op.create_index(op.f("ix_own_sources_source_id"), "own_sources", ["source_id"])
    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answered_at", bot.store.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_updates")),
    )
    op.create_index(op.f("ix_updates_answered_at"), "updates", ["answered_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_updates_answered_at"), "updates")
    op.drop_table("updates")
    op.drop_index(op.f("ix_own_sources_source_id"), "own_sources")
    op.drop_table("own_sources")
    for name in ("rich", "weekly", "muted_sources", "quiet"):
        op.drop_column("subscribers", name)
