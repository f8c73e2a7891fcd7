"""What every table is declared with."""

from sqlalchemy import Column, ForeignKey, MetaData

from bot.store.columns import RowId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """A row's own number."""
    return Column("id", RowId, primary_key=True)


def of(table: str, *, nullable: bool = False, primary_key: bool = False, index: bool = False) -> Column[int]:
    """The number of a row of another table, with which this one goes."""
    name = f"{table.removesuffix('s') if table != 'stories' else 'story'}_id"
    target = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Column(name, RowId, target, nullable=nullable, primary_key=primary_key, index=index)
