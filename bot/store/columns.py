"""Column types that both databases share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator

#: A row's number. Ten million readers use up 32 bits of parts in weeks; SQLite's INTEGER has 64 anyway.
RowId = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored as UTC: SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002  (SQLAlchemy's signature)
        """Aware to UTC; a naive time is a programming error and raises ValueError."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r} must not reach the store")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (as above)
        """What the database holds, aware."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)
