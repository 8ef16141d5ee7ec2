"""What is particular to SQLite: the file before it is opened, pragmas, transactions, and which of its errors mean what; no table is named here."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from assistant.errors import AssistantError, BackendUnavailable, ConfigError, Conflict, InvalidInput
from assistant.store.columns import dump_json, load_json

BUSY_SECONDS = 5.0
CHECKED_BYTES = 4 * 1024 * 1024
ADVICE = (
    "Nothing in it was changed. Keep a copy of the file with its -wal and -shm neighbours, then restore a backup, "
    "or recover what is left with: sqlite3 FILE .recover | sqlite3 NEW_FILE, or start with another state folder."
)
# a full disk under the log's index, which cannot be told from SQLITE_FULL by anyone who waits for room
_NO_ROOM = ("SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP")
_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-8000",
)


def refuse_foreign_file(path: Path) -> None:
    """Raises ConfigError for a file that is not SQLite's or was emptied under its log, before SQLite could write a byte to it."""
    log = path.with_name(path.name + "-wal")
    if not path.exists() or path.stat().st_size == 0:
        if log.exists() and log.stat().st_size:
            raise ConfigError(f"{path} is empty or missing, but its write-ahead log {log.name} is not: opening it would delete the log. {ADVICE}")
        return
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise ConfigError(f"{path} is not a SQLite database, or its beginning is damaged. {ADVICE}")


def make_engine(path: Path) -> Engine:
    """An engine whose connections begin a transaction themselves: `begin` among the execution options names the statement, BEGIN by default."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        json_serializer=dump_json,
        json_deserializer=load_json,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": 512},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    driver = raw(connection)
    if not driver.in_transaction:
        driver.execute(connection.get_execution_options().get("begin", "BEGIN"))


def begin_read(connection: Connection) -> None:
    """Begins a transaction that SQLAlchemy joins once a statement goes through it: most reads never do, and its own way to begin costs more than they."""
    raw(connection).execute("BEGIN")


def end_read(connection: Connection) -> None:
    """Ends it on both levels; nothing was written."""
    if connection.in_transaction():
        connection.rollback()
    driver = raw(connection)
    if driver.in_transaction:
        driver.execute("ROLLBACK")


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's connection beneath, for statements that SQLAlchemy would spend many times their cost on."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


def check_file(connection: Connection, path: Path) -> None:
    """Reads the schema; small files are checked page by page. Raises ConfigError or the driver's error for a damaged one."""
    driver = raw(connection)
    driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if path.stat().st_size <= CHECKED_BYTES:
        problems = driver.execute("PRAGMA quick_check(1)").fetchall()
        if problems != [("ok",)]:
            raise ConfigError(f"{path} is damaged ({problems[0][0]}). {ADVICE}")


def integrity_problems(connection: Connection) -> tuple[str, ...]:
    """What a thorough check finds wrong, empty when all is well; reads the whole file."""
    found = [row[0] for row in raw(connection).execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [f"a row of {row[0]} refers to a missing row of {row[2]}" for row in raw(connection).execute("PRAGMA foreign_key_check")]
    return tuple(found)


def log_ahead(connection: Connection) -> None:
    """Turns the write-ahead log on, for good; waits for another process that is doing the same."""
    driver = raw(connection)
    if driver.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    # changing the mode does not wait for a lock by itself, taking the write lock does
    driver.execute("BEGIN IMMEDIATE")
    driver.execute("COMMIT")
    driver.execute("PRAGMA journal_mode=WAL")


def _name(error: BaseException) -> str:
    """The primary result code: SQLITE_IOERR for SQLITE_IOERR_WRITE."""
    return "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])


def unavailable(error: BaseException) -> BackendUnavailable:
    """What a failure of the database itself means to a caller, with advice."""
    name = "SQLITE_FULL" if getattr(error, "sqlite_errorname", "") in _NO_ROOM else _name(error)
    match name:
        case "SQLITE_FULL":
            return BackendUnavailable(
                "the disk is full: nothing of this change was kept, earlier ones are safe; free some space and try again", code="disk_full"
            )
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return BackendUnavailable("another process holds the database; try again", code="busy")
        case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            return BackendUnavailable(f"the database file is damaged ({error}). {ADVICE}", code="corrupt")
        case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM":
            return BackendUnavailable(f"the database cannot be opened for writing ({error}): check the state folder's owner and rights", code="denied")
        case "SQLITE_IOERR":
            return BackendUnavailable(
                f"the disk failed the database ({error}): what was acknowledged before is safe; see that the disk is healthy and has room, then try again",
                code="disk",
            )
        case _:
            return BackendUnavailable(f"the database failed: {error}", code="unavailable")


def translate(error: Exception) -> Exception:
    """The error of our tree that a database error stands for; programming mistakes come back as they are."""
    match error:
        case AssistantError():
            return error
        case exc.IntegrityError():
            return Conflict(f"the store refuses it: {error.orig}", code="exists")
        case exc.OperationalError() if error.orig is not None and _name(error.orig) != "SQLITE_ERROR":
            return unavailable(error.orig)
        case exc.DatabaseError() if error.orig is not None and _name(error.orig) in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
            return unavailable(error.orig)
        case sqlite3.OperationalError() | sqlite3.DatabaseError():
            return unavailable(error)
        case UnicodeEncodeError():
            return InvalidInput("the text holds characters that cannot be stored", code="invalid_unicode")
        case _:
            return error
