"""Give the number of a reader, an edition or a part once, on SQLite too: an answer may come after it is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLES = ("subscribers", "editions", "parts")


def upgrade() -> None:
    """Forward."""
    _rebuild(once=True)


def downgrade() -> None:
    """Back."""
    _rebuild(once=False)


def _rebuild(*, once: bool) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        # PostgreSQL's sequences never go back.
        return
    for table in _TABLES:
        # They go with the table that is replaced.
        mine = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :name")
        triggers = connection.execute(mine, {"name": table}).scalars().all()
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": once}):
            pass
        for trigger in triggers:
            connection.exec_driver_sql(trigger)
