"""Note which readers a clock is composing for, so that another leaves them to it."""

import sqlalchemy as sa
from alembic import op

import bot.store.columns

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    time = bot.store.columns.UtcDateTime(timezone=True)
    op.add_column("subscribers", sa.Column("claimed_until", time, nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("subscribers", "claimed_until")
