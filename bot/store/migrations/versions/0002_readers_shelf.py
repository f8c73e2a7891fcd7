"""What a reader keeps and likes: filters, saved stories, votes."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("subscribers") as table:
        for name in ("muted", "followed"):
            column = sa.Column(
                name, sa.JSON(), server_default=sa.text("'[]'"), nullable=False, comment="filter terms"
            )
            table.add_column(column)
        table.add_column(sa.Column("breaking", sa.String(), server_default="topics", nullable=False))
    for name, columns in (
        ("saved", [_time("saved_at")]),
        ("votes", [sa.Column("value", sa.Integer(), nullable=False, comment="1 or -1"), _time("voted_at")]),
    ):
        op.create_table(
            name,
            _of(name, "subscribers", "subscriber_id"),
            _of(name, "stories", "story_id"),
            *columns,
            sa.PrimaryKeyConstraint("subscriber_id", "story_id", name=f"pk_{name}"),
        )


def _time(name: str) -> sa.Column[object]:
    return sa.Column(name, bot.store.columns.UtcDateTime(timezone=True), nullable=False)


def _of(table: str, target: str, column: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{column}_{target}", ondelete="CASCADE")
    return sa.Column(column, bot.store.columns.RowId, key, nullable=False)
