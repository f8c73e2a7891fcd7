"""What parts tell, which message they answer, and what they become when a story grows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "stories", sa.JSON(), server_default=sa.text("'[]'"), nullable=False, comment="told, in order"
            )
        )
        batch_op.add_column(
            sa.Column(
                "answers", sa.BigInteger(), nullable=True, comment="message_id of what it tells more of"
            )
        )
        batch_op.add_column(
            sa.Column(
                "revision", sa.Text(), nullable=True, comment="what the message sent is to be changed into"
            )
        )
        batch_op.add_column(
            sa.Column("revised", sa.Integer(), server_default="0", nullable=False, comment="how often it was")
        )
        batch_op.create_index(
            "ix_parts_revision",
            ["id"],
            unique=False,
            sqlite_where=sa.text("revision IS NOT NULL"),
            postgresql_where=sa.text("revision IS NOT NULL"),
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_parts_revision",
            sqlite_where=sa.text("revision IS NOT NULL"),
            postgresql_where=sa.text("revision IS NOT NULL"),
        )
        batch_op.drop_column("revised")
        batch_op.drop_column("revision")
        batch_op.drop_column("answers")
        batch_op.drop_column("stories")
