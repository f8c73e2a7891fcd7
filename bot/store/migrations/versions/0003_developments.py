"""What changes after a story was told: later facts, corrections, stories that turn out to be one."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    story = sa.ForeignKey("stories.id", name="fk_developments_story_id_stories", ondelete="CASCADE")
    op.create_table(
        "developments",
        sa.Column("id", bot.store.columns.RowId, primary_key=True),
        sa.Column("story_id", bot.store.columns.RowId, story, nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="news or correction"),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("found_at", _time(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_developments"),
    )
    op.create_index("ix_developments_story_id", "developments", ["story_id"])
    with op.batch_alter_table("stories") as table:
        table.add_column(sa.Column("merged_into", bot.store.columns.RowId, comment="found to be this one"))
        table.create_foreign_key(
            "fk_stories_merged_into_stories", "stories", ["merged_into"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("articles") as table:
        table.add_column(sa.Column("listing_hash", sa.String(), server_default="", nullable=False))
        table.add_column(sa.Column("revised_at", _time()))


def _time() -> bot.store.columns.UtcDateTime:
    return bot.store.columns.UtcDateTime(timezone=True)
