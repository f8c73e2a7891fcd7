"""Mark each reader's first open part, so that finding work costs no look at the others."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("parts", sa.Column("head", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE parts SET head = true WHERE id IN (SELECT min(id) FROM parts "
        "WHERE state IN ('pending', 'sending') OR (state = 'unknown' AND not_before IS NOT NULL) "
        "GROUP BY subscriber_id)"
    )
    where: Any = {"sqlite_where": sa.text("head = 1"), "postgresql_where": sa.text("head")}
    op.create_index("ix_parts_heads", "parts", ["not_before", "id"], **where)
    op.create_index("uq_parts_head", "parts", ["subscriber_id"], unique=True, **where)


def downgrade() -> None:
    """Back."""
    op.drop_index("uq_parts_head", "parts")
    op.drop_index("ix_parts_heads", "parts")
    op.drop_column("parts", "head")
