"""Opens a state's database and runs functions on it: reads where they are called, writes on one thread; what they do is other modules' business."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.errors import AssistantError, BackendUnavailable, ConfigError
from assistant.store import migrate, sqlite
from assistant.store.writer import Writer

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

T = TypeVar("T")


class SqlStore:
    """The Store seam over SQLAlchemy. Safe for concurrent tasks and threads: a read borrows an idle connection, a write goes to the one writer."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine
        self._idle: deque[Connection] = deque()
        self._closed = False
        self._writer = Writer(lambda: engine.connect().execution_options(begin="BEGIN IMMEDIATE"), sqlite.translate)

    async def read(self, function: Callable[..., T], *args: object) -> T:
        """`function(connection, *args)` in one read transaction, called at once on this thread: keep it to a few rows."""
        return self.read_now(function, *args)

    async def write(self, function: Callable[..., T], *args: object) -> T:
        """`function(connection, *args)` on the writer thread; durable when this returns. A call cancelled while it runs may still be kept."""
        result: T = await asyncio.wrap_future(self._writer.submit(function, args))
        return result

    def read_now(self, function: Callable[..., T], *args: object) -> T:
        """`read` for code without an event loop."""
        if self._closed:
            raise BackendUnavailable("the store is closed", code="closed")
        try:
            connection = self._borrow()
            healthy = False
            try:
                sqlite.begin_read(connection)
                try:
                    result = function(connection, *args)
                finally:
                    sqlite.end_read(connection)
                healthy = True
            except AssistantError:
                healthy = True
                raise
            finally:
                if healthy:
                    self._idle.append(connection)
                else:
                    connection.close()
        except Exception as error:
            known = sqlite.translate(error)
            if known is error:
                raise
            raise known from error
        return result

    def write_now(self, function: Callable[..., T], *args: object) -> T:
        """`write` for code without an event loop; waits. Never call it on a thread that runs one."""
        result: T = self._writer.submit(function, args).result()
        return result

    async def ping(self) -> str:
        """One line for people: dialect, schema and size. Raises BackendUnavailable."""
        revision = self.read_now(migrate.current_revision)
        return f"sqlite {sqlite3.sqlite_version}, schema {revision}, {self.path.stat().st_size / 1e6:.1f} MB"

    def close(self) -> None:
        """Finishes queued writes and closes every idle connection; a second call does nothing."""
        self._closed = True
        self._writer.close()
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _borrow(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
            sqlite.raw(connection).execute("PRAGMA query_only=ON")
            return connection


def open_store(where: str | Path) -> SqlStore:
    """The store at a path or a `sqlite:///` address, created or brought to the current schema.

    Raises ConfigError for a damaged or foreign file (which is left as it is) and for another dialect, BackendUnavailable when it cannot be opened.
    """
    path = _path(where)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sqlite.refuse_foreign_file(path)
        # customers' words are nobody else's business: the log files beside it inherit these rights
        path.touch(mode=0o600)
    except OSError as error:
        advice = "Check its owner and rights, or name another folder with --state"
        raise BackendUnavailable(f"the state folder {path.parent} cannot be used: {error}. {advice}", code="denied") from error
    engine = sqlite.make_engine(path)
    try:
        with engine.connect() as connection:
            sqlite.check_file(connection, path)
            migrate.refuse_foreign_schema(connection, name=str(path))
            sqlite.log_ahead(connection)
            migrate.bring_up_to_date(connection, name=str(path))
    except Exception as error:
        engine.dispose()
        known = sqlite.translate(error)
        if known is error:
            raise
        if isinstance(known, BackendUnavailable) and known.code == "corrupt":
            raise ConfigError(f"{path}: {known.message}") from error
        raise known from error
    return SqlStore(engine, path)


def _path(where: str | Path) -> Path:
    text = str(where)
    if "://" not in text:
        return Path(text)
    if not text.startswith("sqlite:///") or text == "sqlite:///":
        raise ConfigError(f"no store for {text.split('://')[0]}:// addresses: give a path or sqlite:///PATH")
    return Path(text.removeprefix("sqlite:///"))
