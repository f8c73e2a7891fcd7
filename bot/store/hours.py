"""Hours, counted by each database's own means."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, func

from bot.store.engine import Database


def hour_of(database: Database, moment: Any) -> ColumnElement[str]:
    """The hour of a column of times in UTC, "2026-11-22 04"."""
    if database.is_sqlite:
        return func.substr(moment, 1, 13, type_=String)
    return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD HH24", type_=String)


def read_hour(hour: str) -> datetime:
    """The moment such an hour began."""
    return datetime.strptime(hour, "%Y-%m-%d %H").replace(tzinfo=UTC)
