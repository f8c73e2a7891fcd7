"""Forget and merge stories by one look at an index at who points to them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index(
        "ix_stories_merged_into", "stories", ["merged_into"], sqlite_where=merged, postgresql_where=merged
    )


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_stories_merged_into", "stories")
