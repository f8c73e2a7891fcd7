"""Write the Alembic revision that leads from the newest migration to bot/store/tables.

`python dev/new_migration.py "keep what readers mute"`; `make migration m="…"` calls it.
"""

import re
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot import store

MIGRATIONS = Path(store.__file__).parent / "migrations"


def write(message: str, migrations: Path = MIGRATIONS) -> None:
    """Compare a database made by `migrations` with the tables; the next revision goes into its versions/."""
    with create_engine("sqlite://").connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        newest = ScriptDirectory.from_config(config).get_current_head() or "0000"
        command.upgrade(config, newest)
        command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.search(r"\w", sys.argv[1]):
        sys.exit('say what changes: make migration m="keep what readers mute"')
    write(sys.argv[1])
