"""Runs statements that are module constants straight on SQLite's driver: SQLAlchemy compiles each once, and is spared afterwards; it names no table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import exc
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.engine.result import IteratorResult, Result, SimpleResultMetaData
from sqlalchemy.sql import Executable

from assistant.store.columns import dump_json, load_json
from assistant.store.sqlite import raw

# more than there are statements: a plan follows from its statement alone, so none ever goes stale
_MOST = 512


@dataclass(frozen=True, slots=True)
class _Plan:
    """A statement for the driver: `binds` in its order, each with what prepares its value; `fixed` are the values that stand in the statement itself."""

    sql: str
    binds: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    fixed: Mapping[str, object]
    shape: SimpleResultMetaData | None

    def bound(self, values: Mapping[str, object]) -> list[object]:
        fixed = self.fixed
        return [
            (values[name] if name in values else fixed[name]) if prepare is None else prepare(values[name] if name in values else fixed[name])
            for name, prepare in self.binds
        ]


def rows(conn: Connection, statement: Executable, values: Mapping[str, object]) -> Result[Any]:
    """What `conn.execute` gives for a statement that returns rows, at a fifth of its cost. `statement` must be a module constant: its plan is kept."""
    plan = _planned(conn, statement, values)
    if plan is None or plan.shape is None:
        return conn.execute(statement, values)
    try:
        found = raw(conn).execute(plan.sql, plan.bound(values)).fetchall()
    except sqlite3.Error as error:
        raise _wrapped(plan, error) from error
    return IteratorResult(plan.shape, iter(found))


def stream(conn: Connection, statement: Executable, values: Mapping[str, object]) -> Iterator[Any]:
    """`rows`, one after the other as the driver gives them, for columns that are texts, numbers and bytes in the database too."""
    plan = _planned(conn, statement, values)
    if plan is None:
        return (tuple(row) for row in conn.execute(statement, values))
    try:
        return raw(conn).execute(plan.sql, plan.bound(values))
    except sqlite3.Error as error:
        raise _wrapped(plan, error) from error


def change(conn: Connection, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]) -> int:
    """Runs a module constant that returns no rows, once for each mapping; the number of rows it met."""
    if not isinstance(values, Mapping) and len(values) == 1:
        (values,) = values
    plan = _planned(conn, statement, values if isinstance(values, Mapping) else values[0])
    if plan is None:
        return conn.execute(statement, values).rowcount
    try:
        if isinstance(values, Mapping):
            return raw(conn).execute(plan.sql, plan.bound(values)).rowcount
        return raw(conn).executemany(plan.sql, [plan.bound(each) for each in values]).rowcount
    except sqlite3.Error as error:
        raise _wrapped(plan, error) from error


def _planned(conn: Connection, statement: Executable, values: Mapping[str, object]) -> _Plan | None:
    return _plan(statement, tuple(values)) if conn.dialect.name == "sqlite" else None


@lru_cache(maxsize=1)
def _dialect() -> Dialect:
    """The dialect of every engine of this room: their plans are the same."""
    from sqlalchemy.dialects.sqlite import dialect

    return dialect(json_serializer=dump_json, json_deserializer=load_json)


@lru_cache(maxsize=_MOST)
def _plan(statement: Any, names: tuple[str, ...]) -> _Plan | None:
    """None for a statement whose text depends on its values (a list to be in)."""
    speaks = _dialect()
    compiled = statement.compile(dialect=speaks, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params:
        return None
    prepare = {name: bind.type.dialect_impl(speaks).bind_processor(speaks) for name, bind in compiled.binds.items()}
    columns = list(getattr(statement, "exported_columns", ()))
    keys = [column.key for column in columns]
    if len(set(keys)) < len(keys):
        return None
    shape = SimpleResultMetaData(keys, _processors=[column.type.dialect_impl(speaks).result_processor(speaks, None) for column in columns])
    fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    return _Plan(compiled.string, tuple((name, prepare[name]) for name in compiled.positiontup), fixed, shape if keys else None)


def _wrapped(plan: _Plan, error: sqlite3.Error) -> Exception:
    """The error as SQLAlchemy raises it."""
    return exc.DBAPIError.instance(plan.sql, None, error, sqlite3.Error)
