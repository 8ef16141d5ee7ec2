"""A GGUF file in a process of its own, which is started here, watched, started again and killed; what is said to it goes the way of every other server."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from assistant.errors import ConfigError, ModelFailed
from assistant.llm.hosted import HostedModel, Options
from assistant.llm.tokens import estimate
from assistant.llm.watch import Limits, close
from assistant.llm.wire import Dialect
from assistant.model_types import ModelEvent, ModelRequest
from assistant.types import Json

Engine = Literal["xllamacpp", "llama_cpp"]
EXTRAS: dict[Engine, str] = {"xllamacpp": "localwheel", "llama_cpp": "local"}
ROOT = Path(__file__).parents[2]
FIRST_BACKOFF, MOST_BACKOFF = 0.5, 30.0
# one that ran for so long has not failed at its start
STEADY_SECONDS = 60.0
PROBE_SECONDS = 2.0
END_SECONDS = 1.0
NOTICE_SECONDS = 0.3
_SLOW = frozenset({"first_token", "idle", "total"})


@dataclass(frozen=True, slots=True)
class LocalOptions:
    """`context` in tokens for each of `parallel` answers side by side; `queue` requests may wait; `threads` 0 is half the machine's cores; `load` in seconds;
    `gpu_layers` None leaves it to the engine; `engine` "" takes what is installed."""

    context: int = 8192
    parallel: int = 2
    queue: int = 8
    threads: int = 0
    gpu_layers: int | None = None
    load: float = 120.0
    engine: Engine | Literal[""] = ""
    limits: Limits = field(default_factory=Limits)
    thinks: bool = False


def read_options(given: Mapping[str, Json], *, limits: Limits) -> LocalOptions:
    """Options from the settings, by the names of LocalOptions. Raises ConfigError naming what is unknown or no such value."""
    whole = {"context": 256, "parallel": 1, "queue": 0, "threads": 0, "gpu_layers": -1, "load": 1}
    problems = [f"llama.{key}: unknown; known are {', '.join((*whole, 'engine', 'thinks'))}" for key in given if key not in (*whole, "engine", "thinks")]
    for key, least in whole.items():
        value = given.get(key, least)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            problems.append(f"llama.{key}: is no whole number from {least}")
    if given.get("engine", "xllamacpp") not in EXTRAS or not isinstance(given.get("thinks", False), bool):
        problems.append(f"llama.engine is one of {', '.join(EXTRAS)}, and llama.thinks true or false")
    if problems:
        raise ConfigError("; ".join(problems), problems=problems)
    values: dict[str, Any] = dict(given)
    return LocalOptions(limits=limits, **values)


def installed_engine() -> Engine | None:
    """The engine at hand, the one from a wheel first."""
    return next((engine for engine in EXTRAS if find_spec(engine) is not None), None)


class LocalModel:
    """The model of a GGUF file. Its process starts with the first request (or `start`), and again by itself after it ended, later each time.

    Raises ConfigError for a file that is none, or when no engine is installed.
    """

    def __init__(self, path: Path, *, options: LocalOptions | None = None, count: Callable[[str], int] = estimate) -> None:
        self._options = options or LocalOptions()
        engine = self._options.engine or installed_engine()
        if engine is None or find_spec(engine) is None:
            raise ConfigError("llama: models need an engine: pip install 'b2b-assistant[localwheel]' (a wheel), or 'b2b-assistant[local]' (built here)")
        if not path.is_file():
            raise ConfigError(f"llama:{path}: there is no such file")
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise ConfigError(f"llama:{path}: is no GGUF file")
        self.engine: Engine = engine
        self.name = f"llama:{path.name}"
        self.starts = 0
        self._path = path
        self._count = count
        self._places = asyncio.Semaphore(1 if engine == "llama_cpp" else self._options.parallel)
        self._waiting = 0
        self._process: Process | None = None
        self._hosted: HostedModel | None = None
        self._starting: asyncio.Task[HostedModel] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._probing: asyncio.Task[None] | None = None
        self._failures = 0
        self._not_before = 0.0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def stream(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        """As a hosted model's; busy when the queue is full or no place came free, unreachable while the process is not there."""
        return self._events(request)

    async def start(self) -> None:
        """Waits until the model is loaded. Raises ModelFailed(unreachable)."""
        await self._ready(self._options.load)

    async def ping(self) -> str:
        """Raises ModelFailed."""
        hosted = await self._ready(PROBE_SECONDS)
        await hosted.ping()
        return f"{self.name} in process {self.pid} ({self.engine}): answers"

    async def close(self) -> None:
        """Ends the process and everything it started; afterwards the model is not used again."""
        self._closed = True
        for task in (self._starting, self._probing, self._watching):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError, ModelFailed):
                    await task
        if self._process is not None:
            await _end(self._process)
        if self._hosted is not None:
            await self._hosted.close()
            self._hosted = None

    async def _events(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        ends = time.monotonic() + request.seconds
        async with self._place(request.seconds):
            for attempt in (1, 2):
                hosted = await self._ready(ends - time.monotonic())
                source = hosted.stream(replace(request, seconds=max(ends - time.monotonic(), 0.01)))
                try:
                    async for event in source:
                        yield event
                    self._failures = 0
                    return
                except ModelFailed as failure:
                    if failure.code in _SLOW:
                        self._suspect(hosted)
                    # a process that died before it said anything is worth another one
                    if attempt == 2 or failure.code != "unreachable" or not await self._ended():
                        raise
                finally:
                    await close(source)

    async def _ended(self) -> bool:
        """Whether the process is gone; its end may not have been noticed yet."""
        with suppress(TimeoutError):
            async with asyncio.timeout(NOTICE_SECONDS):
                if self._process is not None:
                    await self._process.wait()
        return self.pid is None

    @asynccontextmanager
    async def _place(self, seconds: float) -> AsyncIterator[None]:
        """One of the places side by side; the queue before them is bounded in length and time."""
        if self._places.locked() and self._waiting >= self._options.queue:
            raise ModelFailed("the local model's queue is full", code="busy")
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await self._places.acquire()
        except TimeoutError:
            raise ModelFailed("no place at the local model came free in time", code="busy") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()

    async def _ready(self, seconds: float) -> HostedModel:
        if self._closed:
            raise ModelFailed("the local model is closed", code="unreachable")
        if self._hosted is not None and self.pid is not None:
            return self._hosted
        if self._starting is None or self._starting.done():
            wait = self._not_before - time.monotonic()
            if wait > seconds:
                raise ModelFailed("the local model's process ended; it is started again soon", code="unreachable", retry_after=wait)
            self._starting = asyncio.create_task(self._launch(max(wait, 0.0)))
        starting = self._starting
        await asyncio.wait({starting}, timeout=max(seconds, 0.0))
        if not starting.done():
            raise ModelFailed("the local model is still being loaded", code="unreachable", retry_after=1.0)
        return starting.result()

    async def _launch(self, wait: float) -> HostedModel:
        await asyncio.sleep(wait)
        if self._hosted is not None:
            await self._hosted.close()
            self._hosted = None
        key, began = os.urandom(16).hex(), time.monotonic()
        self.starts += 1
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "assistant.llm.local_child"), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=ROOT, start_new_session=True
        )
        self._process = process
        self._watching = asyncio.create_task(self._watch(process, began))
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(self._settings(key)).encode() + b"\n")
            await process.stdin.drain()
            async with asyncio.timeout(self._options.load):
                port = int(json.loads(await process.stdout.readline())["port"])
        except (OSError, ValueError, TimeoutError) as error:
            await _end(process)
            reason = "took too long to load" if isinstance(error, TimeoutError) else "cannot be loaded by the engine"
            raise ModelFailed(f"{self.name} {reason}", code="unreachable") from None
        except asyncio.CancelledError:
            await _end(process)
            raise
        dialect = Dialect(schema="json_schema" if self.engine == "xllamacpp" else "object_schema")
        options = Options(dialect=dialect, limits=self._options.limits, thinks=self._options.thinks)
        self._hosted = HostedModel("local", base_url=f"http://127.0.0.1:{port}/v1", key=key, options=options, count=self._count, name=self.name)
        return self._hosted

    def _settings(self, key: str) -> dict[str, object]:
        return {
            "engine": self.engine,
            "path": str(self._path.resolve()),
            "key": key,
            "context": self._options.context,
            "parallel": self._options.parallel,
            "threads": self._options.threads or max(1, (os.cpu_count() or 2) // 2),
            "gpu_layers": self._options.gpu_layers,
            "parent": os.getpid(),
        }

    async def _watch(self, process: Process, began: float) -> None:
        """After the process ended, starts another one, later each time."""
        await process.wait()
        if self._closed or process is not self._process:
            return
        self._failures = 1 if time.monotonic() - began > STEADY_SECONDS else self._failures + 1
        wait = min(FIRST_BACKOFF * 2 ** (self._failures - 1), MOST_BACKOFF)
        self._not_before = time.monotonic() + wait
        if self._starting is not None and not self._starting.done():
            with suppress(ModelFailed):
                await asyncio.shield(self._starting)
        await asyncio.sleep(wait)
        if not self._closed and self.pid is None:
            with suppress(ModelFailed):
                await self._ready(self._options.load)

    def _suspect(self, hosted: HostedModel) -> None:
        """After an answer that did not come in time: a process that does not even list its models hangs, and is killed."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe(hosted))

    async def _probe(self, hosted: HostedModel) -> None:
        try:
            async with asyncio.timeout(PROBE_SECONDS):
                await hosted.ping()
        except (TimeoutError, ModelFailed):
            if self._process is not None and hosted is self._hosted:
                _kill(self._process)


async def _end(process: Process) -> None:
    """The end of its standard input asks the process to go; its whole group is killed if it does not."""
    if process.stdin is not None:
        process.stdin.close()
    with suppress(TimeoutError):
        async with asyncio.timeout(END_SECONDS):
            await process.wait()
    _kill(process)
    await process.wait()


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
