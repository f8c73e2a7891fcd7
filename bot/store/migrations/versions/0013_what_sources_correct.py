"""Keep what an article's text was before its source changed it, and the link, picture and views it came with."""

import sqlalchemy as sa
from alembic import op

from bot.store.columns import RowId, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("articles", sa.Column("link", sa.String()))
    op.add_column("articles", sa.Column("corrected_at", UtcDateTime()))
    op.add_column("articles", sa.Column("image", sa.String()))
    op.add_column("articles", sa.Column("views", sa.Integer()))
    op.create_table(
        "revisions",
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "replaced_at", name=op.f("pk_revisions")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("revisions")
    for column in ("views", "image", "corrected_at", "link"):
        op.drop_column("articles", column)
