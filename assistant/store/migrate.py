"""Brings a database to the current schema: a new one is made whole, a current one costs one query, an older one is migrated by alembic."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine import Connection

from assistant.errors import ConfigError
from assistant.store.knowledge_tables import documents

HEAD = "0008"
# taken from the module that is imported last, so that every room's tables are there
TABLES = documents.metadata
FOLDER = Path(__file__).parent / "migrations"
_revision = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))


def current_revision(connection: Connection) -> str | None:
    """The schema's revision, or None when nothing was ever made here."""
    if not connection.dialect.has_table(connection, _revision.name):
        return None
    return connection.execute(sa.select(_revision.c.version_num)).scalar()


def refuse_foreign_schema(connection: Connection, *, name: str) -> None:
    """Raises ConfigError for a database that holds tables of another program; `name` is what the error calls it."""
    with connection.begin():
        if current_revision(connection) is None and sa.inspect(connection).get_table_names():
            raise ConfigError(f"{name} belongs to another program: it holds tables, but none of ours. It was left as it is; give another state folder")


def bring_up_to_date(connection: Connection, *, name: str) -> None:
    """Makes or migrates the tables in one transaction. Raises ConfigError for a database made by a newer version."""
    with connection.begin():
        if current_revision(connection) == HEAD:
            return
    with connection.execution_options(begin="BEGIN IMMEDIATE").begin():
        # asked again under the lock: another process may have been first
        match current_revision(connection):
            case None:
                for statement in _definitions():
                    connection.exec_driver_sql(statement)
                connection.execute(_revision.insert(), {"version_num": HEAD})
            case revision if revision != HEAD:
                _migrate(connection, name=name)


@lru_cache(maxsize=1)
def _definitions() -> tuple[str, ...]:
    """The statements that make every table and index, the tables before what refers to them; put together once a process."""
    found: list[str] = []
    speaks = dialect()
    engine = sa.create_mock_engine("sqlite://", lambda statement, *_, **__: found.append(str(statement.compile(dialect=speaks))))
    for tables in (TABLES, _revision.metadata):
        tables.create_all(engine, checkfirst=False)
    return tuple(found)


def _migrate(connection: Connection, *, name: str) -> None:
    # imported here because alembic costs 0.3 s and is needed once in the life of a schema
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigError(f"{name} was made by a newer version of this program ({error}). It was left as it is; update the program") from error
