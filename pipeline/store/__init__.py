"""Plans in SQLite or PostgreSQL: loading, search, versions."""
