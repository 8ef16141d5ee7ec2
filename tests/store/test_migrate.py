"""The schema's history leads to the tables as they are defined, and databases that are too old or too new are treated right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistant.errors import ConfigError
from assistant.store import migrate, sqlite
from assistant.store.engine import open_store
from assistant.store.knowledge_tables import ROOM
from assistant.store.settings import get_setting, set_setting


def migrated(path: Path) -> sa.Engine:
    """A database that has gone through every revision from nothing."""
    engine = sqlite.make_engine(path)
    with engine.connect() as connection, connection.begin():
        migrate._migrate(connection, name="new")
    return engine


def described(engine: sa.Engine) -> dict[str, object]:
    """Tables, columns, keys and indexes as the database itself tells them."""
    inspector = sa.inspect(engine)
    return {
        name: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(name)],
            inspector.get_pk_constraint(name)["constrained_columns"],
            sorted((tuple(key["constrained_columns"]), key["referred_table"]) for key in inspector.get_foreign_keys(name)),
            sorted(
                (index["name"], tuple(index["column_names"]), index["unique"], str(index.get("dialect_options", {}).get("sqlite_where")))
                for index in inspector.get_indexes(name)
            ),
            sorted(tuple(unique["column_names"]) for unique in inspector.get_unique_constraints(name)),
        )
        for name in inspector.get_table_names()
    }


def test_migrations_from_nothing_give_the_tables_as_defined(tmp_path: Path) -> None:
    old = migrated(tmp_path / "old.db")
    open_store(tmp_path / "new.db").close()
    new = sqlite.make_engine(tmp_path / "new.db")
    assert described(old) == described(new)
    with old.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), migrate.TABLES) == []


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_an_older_database_is_migrated_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    engine = migrated(path)
    with engine.begin() as connection:
        set_setting(connection, "kept", tenant="demo", value=7)
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        for table in reversed(migrate.TABLES.sorted_tables):
            if table.name in {*ROOM, "model_usage", "chains"}:
                table.drop(connection)
    engine.dispose()
    with open_store(path) as store:
        assert store.read_now(migrate.current_revision) == migrate.HEAD
        assert store.read_now(lambda c: get_setting(c, "kept", tenant="demo")) == 7


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with open_store(path) as store:
        store.write_now(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer version"):
        open_store(path)


@pytest.mark.parametrize("kind", ["fresh", "current"])
def test_opening_costs_little_and_needs_no_alembic(tmp_path: Path, kind: str) -> None:
    if kind == "current":
        open_store(tmp_path / "state.db").close()
    code = (
        "import sys, time\n"
        "from assistant.store.engine import open_store\n"
        "started = time.process_time()\n"
        "open_store(sys.argv[1]).close()\n"
        "print(time.process_time() - started, 'alembic' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path / "state.db")], capture_output=True, text=True, check=True)
    spent, imported = run.stdout.split()
    assert imported == "False"
    assert float(spent) < 0.2
