"""Keep count of what is asked for often: a million rows take longer to count than a dashboard may wait."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: Tables that are counted, and the column each is counted by.
_COUNTED = {"articles": "", "stories": "", "summaries": "", "subscribers": "state", "parts": "state"}

# One writer: a row a name, changed in place.
_SQLITE = "CREATE TABLE tallies (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID"
_ADD = "INSERT INTO tallies VALUES ({name}, {by}) ON CONFLICT (name) DO UPDATE SET number = number + ({by})"

# Writers that changed one row would wait for each other: each adds one of its own, and reading sums them up.
_POSTGRESQL = """
CREATE TABLE tallies (id BIGSERIAL PRIMARY KEY, name TEXT NOT NULL, number BIGINT NOT NULL);;

CREATE FUNCTION tallies_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named text := quote_literal(tg_table_name) || coalesce(' || '' '' || ' || tg_argv[0], '');
    come text := format('SELECT %s AS name, 1 AS by FROM come', named);
    gone text := format('SELECT %s AS name, -1 AS by FROM gone', named);
BEGIN
    EXECUTE format(
        'INSERT INTO tallies (name, number) SELECT name, sum(by) FROM (%s) AS changed GROUP BY name HAVING sum(by) <> 0',
        CASE tg_op WHEN 'INSERT' THEN come WHEN 'DELETE' THEN gone ELSE come || ' UNION ALL ' || gone END
    );
    RETURN NULL;
END $$
"""
_TRIGGER = """
CREATE TRIGGER tallies_{event} AFTER {event} ON {table} REFERENCING {rows}
    FOR EACH STATEMENT EXECUTE FUNCTION tallies_count({column})
"""
_ROWS = {
    "insert": "NEW TABLE AS come",
    "delete": "OLD TABLE AS gone",
    "update": "NEW TABLE AS come OLD TABLE AS gone",
}


def upgrade() -> None:
    """Forward."""
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()
    for table, column in _COUNTED.items():
        name = f"'{table} ' || {column}" if column else f"'{table}'"
        counted = f"SELECT {name}, count(*) FROM {table} GROUP BY 1"  # noqa: S608 - all names are ours
        op.execute(f"INSERT INTO tallies (name, number) {counted}")


def _upgrade_sqlite() -> None:
    op.execute(_SQLITE)
    for table, column in _COUNTED.items():
        new, old = (f"'{table} ' || {row}.{column}" if column else f"'{table}'" for row in ("new", "old"))
        come, gone = _ADD.format(name=new, by=1), _ADD.format(name=old, by=-1)
        op.execute(f"CREATE TRIGGER tallies_{table}_come AFTER INSERT ON {table} BEGIN {come}; END")
        op.execute(f"CREATE TRIGGER tallies_{table}_gone AFTER DELETE ON {table} BEGIN {gone}; END")
        if column:
            changed = f"AFTER UPDATE OF {column} ON {table} WHEN new.{column} <> old.{column}"
            op.execute(f"CREATE TRIGGER tallies_{table}_changed {changed} BEGIN {come}; {gone}; END")


def _upgrade_postgresql() -> None:
    for statement in _POSTGRESQL.split(";;"):
        op.execute(statement)
    for table, column in _COUNTED.items():
        for event, rows in _ROWS.items():
            if column or event != "update":
                op.execute(_TRIGGER.format(event=event, table=table, rows=rows, column=column))


def downgrade() -> None:
    """Back."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, column in _COUNTED.items():
        for event in ("come", "gone", "changed") if sqlite else _ROWS:
            if column or event not in {"changed", "update"}:
                op.execute(
                    f"DROP TRIGGER tallies_{table}_{event}"
                    if sqlite
                    else f"DROP TRIGGER tallies_{event} ON {table}"
                )
    if not sqlite:
        op.execute("DROP FUNCTION tallies_count")
    op.execute("DROP TABLE tallies")
