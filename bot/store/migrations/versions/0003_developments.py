"""What later articles add to a story."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "developments",
        _of("articles", "article_id"),
        _of("stories", "story_id"),
        sa.Column("text", sa.String(), nullable=False, comment="the article's sentence with what it adds"),
        sa.Column("found_at", bot.store.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_developments"),
    )
    op.create_index("ix_developments_story_id", "developments", ["story_id"])


def _of(target: str, column: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_developments_{column}_{target}", ondelete="CASCADE")
    return sa.Column(column, sa.Integer(), key, nullable=False)
