"""The database: the only home of SQLAlchemy. Rows go in and frozen values come out."""
