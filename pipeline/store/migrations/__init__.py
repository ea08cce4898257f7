"""The versions of the tables: one file a version, applied in order by Alembic."""

from __future__ import annotations

from importlib.resources import as_file, files

from sqlalchemy import Connection


def upgrade(connection: Connection, version: str = "head") -> None:
    """Bring the database up to a version, the newest if not said, within the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config

    with as_file(files(__package__)) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
