"""The child process of a GGUF model: it ends with its parent, comes back when it dies, is killed when it hangs, and does not let the queue grow."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.errors import ConfigError, ModelFailed
from assistant.llm import local
from assistant.llm.calls import reply_of
from assistant.llm.local import LocalModel, LocalOptions
from assistant.llm.watch import Limits
from assistant.model_types import ModelMessage, ModelRequest
from tests.llm.tiny_gguf import write

ROOT = Path(__file__).parents[2]
PARENT = """
import asyncio, sys
from pathlib import Path
from assistant.llm.local import LocalModel
async def main():
    model = LocalModel(Path(sys.argv[1]))
    await model.start()
    print(model.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def ask(text: str = "hello", *, seconds: float = 10.0) -> ModelRequest:
    return ModelRequest((ModelMessage("user", text),), seconds=seconds, max_tokens=3000)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("gguf") / "tiny.gguf", "It leaves on Friday.", {"slowly": "One, two, three and so on. "}, endless="slowly")


@pytest.fixture
async def model(file: Path) -> AsyncIterator[LocalModel]:
    made = LocalModel(file, options=LocalOptions(threads=1, parallel=1, queue=1, context=4096))
    await made.start()
    yield made
    await made.close()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


async def gone(pid: int, seconds: float = 3.0) -> bool:
    until = time.monotonic() + seconds
    while lives(pid) and time.monotonic() < until:
        await asyncio.sleep(0.02)
    return not lives(pid)


async def test_it_comes_back_after_it_was_killed_and_ends_when_closed(model: LocalModel) -> None:
    first = model.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert await gone(first)
    assert (await reply_of(model.stream(ask()))).text == "It leaves on Friday."
    second = model.pid
    assert second not in (None, first)
    assert model.starts == 2
    await model.close()
    assert not lives(second or 0)
    with pytest.raises(ModelFailed):
        await reply_of(model.stream(ask()))


async def test_one_that_stands_still_is_killed(model: LocalModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "PROBE_SECONDS", 0.3)
    first = model.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(ModelFailed) as failed:
        await reply_of(model.stream(ask(seconds=0.3)))
    assert failed.value.code in ("first_token", "total")
    assert await gone(first)
    assert (await reply_of(model.stream(ask()))).text == "It leaves on Friday."


async def test_the_queue_is_bounded_in_length_and_time(model: LocalModel) -> None:
    running = model.stream(ask("slowly"))
    await anext(running)
    waiting = asyncio.create_task(reply_of(model.stream(ask(seconds=0.5))))
    await asyncio.sleep(0.05)
    with pytest.raises(ModelFailed) as full:
        await reply_of(model.stream(ask()))
    assert full.value.code == "busy"
    with pytest.raises(ModelFailed) as late:
        await waiting
    assert late.value.code in ("busy", "first_token")
    await running.aclose()
    assert (await reply_of(model.stream(ask()))).text == "It leaves on Friday."


async def test_no_process_is_left_when_the_parent_is_killed(file: Path) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, str(file), stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    assert lives(child)
    parent.kill()
    await parent.wait()
    assert await gone(child)


async def test_a_file_that_the_engine_cannot_load_is_said_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + b"\x00" * 100)
    broken = LocalModel(tmp_path / "bad.gguf")
    with pytest.raises(ModelFailed, match="cannot be loaded"):
        await broken.start()
    await broken.close()


def test_options_are_read_and_what_is_wrong_is_named() -> None:
    assert local.read_options({"context": 2048, "engine": "llama_cpp"}, limits=Limits()).context == 2048
    with pytest.raises(ConfigError) as wrong:
        local.read_options({"context": "much", "parallel": 0, "treads": 2, "engine": "ggml"}, limits=Limits())
    assert len(wrong.value.problems) == 4


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.gguf").write_text("hello")
    for path in (tmp_path / "none.gguf", tmp_path / "text.gguf"):
        with pytest.raises(ConfigError):
            LocalModel(path)
    monkeypatch.setattr(local, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="localwheel"):
        LocalModel(tmp_path / "text.gguf")
