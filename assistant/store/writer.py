"""One thread that writes: what waits is grouped into one transaction, each function in a savepoint of its own, and answered once the commit is durable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from sqlalchemy.engine import Connection

from assistant.errors import BackendUnavailable

GROUP = 128


@dataclass(frozen=True, slots=True)
class Job:
    """A function to call with the connection and `args`; `future` gets what it returned, after the commit."""

    function: Callable[..., Any]
    args: tuple[object, ...]
    future: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Failed:
    """A function that raised and was undone without its neighbours."""

    error: Exception


class Writer:
    """Owns the only writing connection. `connect` opens one; `translate` turns a database error into ours."""

    def __init__(self, connect: Callable[[], Connection], translate: Callable[[Exception], Exception]) -> None:
        self._connect = connect
        self._translate = translate
        self._connection: Connection | None = None
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._gate = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[..., Any], args: tuple[object, ...]) -> Future[Any]:
        """Queues a function; the future fails with what it raised. Raises BackendUnavailable once closed."""
        job = Job(function, args)
        with self._gate:
            if self._closed:
                raise BackendUnavailable("the store is closed", code="closed")
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Finishes what was queued before, then ends the thread."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        jobs: Sequence[Job] = ()
        more = True
        while more:
            jobs, more = self._gather()
            running = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            if running:
                self._commit(running)
        self._drop_connection()

    def _gather(self) -> tuple[list[Job], bool]:
        """Everything that waits now, at least one job; false when the end was queued."""
        jobs: list[Job] = []
        job = self._queue.get()
        with suppress(Empty):
            while job is not None and len(jobs) < GROUP - 1:
                jobs.append(job)
                job = self._queue.get_nowait()
            if job is None:
                return jobs, False
            jobs.append(job)
        return jobs, True

    def _commit(self, jobs: list[Job]) -> None:
        try:
            if self._connection is None:
                self._connection = self._connect()
            with self._connection.begin():
                outcomes = self._attempt_all(self._connection, jobs)
        except BaseException as error:
            self._drop_connection()
            for job in jobs:
                job.future.set_exception(self._translate(error) if isinstance(error, Exception) else error)
            return
        for job, outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, Failed):
                job.future.set_exception(outcome.error)
            else:
                job.future.set_result(outcome)

    def _attempt_all(self, connection: Connection, jobs: list[Job]) -> list[object]:
        # a lone function needs no savepoint: its failure undoes the transaction, which is nobody else's
        if len(jobs) == 1:
            return [jobs[0].function(connection, *jobs[0].args)]
        return [self._attempt(connection, job) for job in jobs]

    def _attempt(self, connection: Connection, job: Job) -> object:
        connection.exec_driver_sql("SAVEPOINT job")
        try:
            outcome: object = job.function(connection, *job.args)
        except Exception as error:
            try:
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
            except Exception:
                # a full disk may end the whole transaction, savepoints and all: then the group fails as one, with the first cause
                raise error from None
            outcome = Failed(self._translate(error))
        connection.exec_driver_sql("RELEASE SAVEPOINT job")
        return outcome

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None
