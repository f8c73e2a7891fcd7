"""Write bot/store/migrations/schema.sql: what the migrations make of a SQLite file that has nothing in it.

`python dev/schema.py`; `make schema` calls it, and a test compares.
"""

from alembic import command
from sqlalchemy import create_engine

from bot.store.blank import SCHEMA
from bot.store.schema import config

_MADE = "-- Written by dev/schema.py from the migrations; change those, then `make schema`.\n"
#: What SQLite makes by itself stands in no file: its own tables, and those behind a full-text index.
_DECLARED = """
    SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid
"""


def dump() -> str:
    """The script."""
    with create_engine("sqlite://").connect() as connection:
        command.upgrade(config(connection), "head")
        declared = connection.exec_driver_sql(_DECLARED).scalars().all()
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    statements = (*declared, f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608 - our own
    return _MADE + "".join(f"{statement};\n" for statement in statements)


if __name__ == "__main__":
    SCHEMA.write_text(dump(), encoding="utf-8")
