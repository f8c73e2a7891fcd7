"""Full-text search by each engine's own, and the articles that wait to be indexed."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TABLE search_queue (id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL);;

CREATE VIRTUAL TABLE search USING fts5(title, body, detail=column,
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");;

CREATE TRIGGER search_new AFTER INSERT ON articles BEGIN
    INSERT INTO search_queue (article_id) VALUES (new.id);
END;;

CREATE TRIGGER search_changed AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO search_queue (article_id) VALUES (new.id);
END;;

CREATE TRIGGER search_gone AFTER DELETE ON articles BEGIN
    DELETE FROM search WHERE rowid = old.id;
    DELETE FROM search_queue WHERE article_id = old.id;
END
"""

_POSTGRESQL = """
CREATE TABLE search_queue (id BIGSERIAL PRIMARY KEY,
    article_id BIGINT NOT NULL REFERENCES articles (id) ON DELETE CASCADE);;

CREATE TABLE search (article_id BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL);;

CREATE INDEX ix_search_words ON search USING gin (words);;

CREATE FUNCTION search_wanted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO search_queue (article_id) VALUES (new.id);
    RETURN NULL;
END $$;;

CREATE TRIGGER search_new AFTER INSERT OR UPDATE OF title, text ON articles
    FOR EACH ROW EXECUTE FUNCTION search_wanted()
"""


def upgrade() -> None:
    """Forward."""
    # Words come stemmed and unique: nothing to fold, and only the column a word stands in is kept.
    for statement in (_SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL).split(";;"):
        op.execute(statement)
    op.execute("CREATE INDEX ix_search_queue_article_id ON search_queue (article_id)")
    op.execute("INSERT INTO search_queue (article_id) SELECT id FROM articles")


def downgrade() -> None:
    """Back."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("search_new", "search_changed", "search_gone"):
        if sqlite or name == "search_new":
            op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON articles")
    if not sqlite:
        op.execute("DROP FUNCTION search_wanted")
    op.execute("DROP TABLE search")
    op.execute("DROP TABLE search_queue")
