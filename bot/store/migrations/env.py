"""Runs migrations on the connection that bot.store.schema hands over."""

from alembic import context

from bot.store.schema import COMPARED
from bot.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, **COMPARED)
context.run_migrations()
