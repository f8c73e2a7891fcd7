"""Keep where a source moved for good."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_to", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_column("moved_to")
