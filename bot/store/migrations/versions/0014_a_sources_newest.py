"""Find a source's newest articles by one look at an index, on PostgreSQL too."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.drop_index("ix_articles_source_id", "articles")
    op.create_index("ix_articles_source_id", "articles", ["source_id", "id"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_articles_source_id", "articles")
    op.create_index("ix_articles_source_id", "articles", ["source_id"])
