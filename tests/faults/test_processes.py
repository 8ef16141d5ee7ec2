"""Two processes on one conversation never both write, and a `kb sync` that is killed leaves documents whole: the old or the new, never half of one."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Company, build
from assistant.config import Config
from assistant.knowledge.base import Knowledge
from assistant.store.engine import SqlStore, open_store
from assistant.types import Scope
from tests.conftest import MONDAY, ROOT
from tests.crash.seams import in_child
from tests.knowledge.garden import NOW, RETURNS_EN, HashEncoder, Still, changed, documents, workspace

DANA, LI = "C2/Dana Cole", "C1/李伟"
WISHES = ((DANA, "Cancel 12366"), (DANA, "Please move order 12360 to June 24"), (LI, "12345改到6月16日"), (LI, "12346改到6月16日"))


def previewed(company: Company, state: Path) -> list[tuple[str, str]]:
    """(who, conversation) with a preview that waits for a yes, in a process of its own."""

    async def run() -> None:
        assistant = build(Config(ROOT, state, clock=MONDAY), company=company)
        for who, wish in WISHES:
            principal = await assistant.principal(who)
            conversation = await assistant.open_conversation(principal, channel="test")
            view = await assistant.say(principal, conversation, text=wish)
            assert view["action"] == "confirm", view["text"]
            with (state / "opened").open("a") as file:
                file.write(f"{who}\t{conversation}\n")
        await assistant.close()

    assert in_child(lambda: asyncio.run(run())) == 0
    return [tuple(line.split("\t")) for line in (state / "opened").read_text().splitlines()]  # type: ignore[misc]


def confirms(company: Company, state: Path, opened: list[tuple[str, str]], *, name: str, start: int) -> None:
    """Says yes in every conversation at once, when the other process does."""

    async def run() -> None:
        assistant = build(Config(ROOT, state, clock=MONDAY), company=company)
        said = [(await assistant.principal(who), conversation) for who, conversation in opened]
        (state / f"ready-{name}").touch()
        os.read(start, 1)
        await asyncio.gather(*(assistant.say(who, conversation, text="yes" if who.id == DANA else "确认", message_id=name) for who, conversation in said))
        await assistant.close()

    asyncio.run(run())


def test_two_processes_on_the_same_conversations_write_once(company: Company, tmp_path: Path) -> None:
    tmp_path.joinpath("state").mkdir()
    state = tmp_path / "state"
    opened = previewed(company, state)
    reading, writing = os.pipe()
    children = []
    for name in ("a", "b"):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                confirms(company, state, opened, name=name, start=reading)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    while not all((state / f"ready-{name}").exists() for name in ("a", "b")):
        assert not any(os.waitpid(child, os.WNOHANG)[0] for child in children), "a process ended before it said anything"
    os.write(writing, b"go")
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]

    def told(conn: Any) -> list[tuple[Any, ...]]:
        return list(conn.exec_driver_sql("SELECT conversation, count(*), count(DISTINCT state) FROM write_intents GROUP BY conversation"))

    with open_store(state / "assistant.db") as store:
        assert sorted(store.read_now(told)) == sorted((conversation, 1, 1) for _, conversation in opened), "one write a conversation"
        answered = store.read_now(lambda conn: conn.exec_driver_sql("SELECT count(*), count(turn) FROM messages WHERE role = 'customer'").one())
    assert tuple(answered) == (3 * len(WISHES), 3 * len(WISHES)), "both processes' messages are answered"


class Killing:
    """A store that ends this process at its write number `at`, before it or after it."""

    def __init__(self, inner: SqlStore, at: int, *, after: bool) -> None:
        self._inner, self._left, self._after = inner, at, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def write_now(self, function: Any, *args: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = self._inner.write_now(function, *args)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("first", [True, False])
def test_a_killed_sync_leaves_whole_documents_and_the_next_one_ends_it(tmp_path: Path, first: bool, after: bool) -> None:
    old = documents()
    new = [changed(each, RETURNS_EN.replace("20 days", "25 days")) if (each.id, each.language) == ("returns", "en") else each for each in old[:-1]]
    state = tmp_path / "state"

    def bring(found: Any, store: Any) -> Any:
        return Knowledge(store, workspace(tmp_path, found), HashEncoder(), state=state, clock=Still()).sync()

    if not first:
        with open_store(state / "assistant.db") as store:
            bring(old, store)

    def dies(at: int) -> None:
        with open_store(state / "assistant.db") as store:
            bring(new, Killing(store, at, after=after))

    killed = 0
    while in_child(lambda: dies(1)) == signal.SIGKILL:
        killed += 1
        assert killed < 100
        with open_store(state / "assistant.db") as store:
            whole(store, tmp_path)
            if not after:
                break
    assert killed
    with open_store(state / "assistant.db") as store:
        bring(new, store)
        assert bring(new, store).writes == 0
        made = Knowledge(store, workspace(tmp_path, new), HashEncoder(), state=state, clock=Still())
        assert "25 days" in made.search("return window unused tools", language="en", scope=Scope("public", NOW))[0].text
        made.close()


def whole(store: SqlStore, folder: Path) -> None:
    """Every live document has its sections and all their vectors, and its text is the old one or the new one."""
    made = Knowledge(store, workspace(folder, documents()), HashEncoder(), state=folder / "state", clock=Still())
    held = made.snapshot()
    assert {(row.id, row.language) for row in held.documents} == {(section.document, section.language) for section in held.sections}
    assert {chunk.hash for section in held.sections for chunk in section.chunks} == set(held.hashes)
    assert all(row.any() for row in held.matrix)
    returns = "".join(section.text for section in held.sections if (section.document, section.language) == ("returns", "en"))
    assert not returns or ("20 days" in returns) != ("25 days" in returns)
    made.close()
