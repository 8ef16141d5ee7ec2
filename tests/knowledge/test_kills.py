"""A process that is killed at any write loses no edit it was told is done, and leaves no half of one."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.knowledge import life as acts
from assistant.knowledge.library import Library, sync_all
from assistant.knowledge.purge import remove
from assistant.store import knowledge as kb
from assistant.store import knowledge_life as life
from assistant.store.engine import SqlStore, open_store
from tests.crash.seams import Fuse
from tests.knowledge.shelf import live, put, shelf

TEXT = "# Press\n\n## Torque\n\nTighten to {} N·m.\n\n## Care\n\nOil it every {} hours.\n\n## Noise\n\nIt makes {} dB.\n"
KILLS = 200


class Fused:
    """A store that ends this process at a chosen write, before or after it was made."""

    def __init__(self, inner: SqlStore, fuse: Fuse) -> None:
        self.read_now, self.path, self._inner, self._fuse = inner.read_now, inner.path, inner, fuse

    def write_now(self, function: Callable[..., Any], *args: object) -> Any:
        number = self._fuse.before()
        result = self._inner.write_now(function, *args)
        self._fuse.done(number)
        return result


def edits(library: Library, root: Path, tell: Callable[[str], None]) -> None:
    """One after the other; what a document must look like afterwards is told as soon as an edit has returned."""
    for number in (1, 2, 3):
        put(library, root, "press.md", TEXT.format(number, number, number))
        tell(f"live {number}")
    acts.rollback(library.writing(), "press", library.names, version=1)
    tell("live 1")
    acts.retire(library.writing(), "press")
    tell("gone")
    acts.publish(library.writing(), "press", library.names)
    tell("live 1")
    remove(library, "press")
    tell("gone")
    put(library, root, "press.md", TEXT.format(7, 7, 7))
    tell("live 7")


PATH = ("gone", "live 1", "live 2", "live 3", "live 1", "gone", "live 1", "gone", "live 7")


def first_life(root: Path, fuse: Fuse) -> None:
    store = open_store(root / "state" / "assistant.db")
    with (root / "told").open("a", encoding="utf-8", buffering=1) as ledger:
        library = shelf(Fused(store, fuse), root)  # type: ignore[arg-type]
        fuse.armed = True
        edits(library, root, lambda words: ledger.write(words + "\n") and None)
        fuse.armed = False
        (root / "count").write_text(str(fuse.count))
    store.close()


def killed(root: Path, fuse: Fuse) -> int:
    """Runs a first life in a forked process; the signal that ended it."""
    root.mkdir(parents=True)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            first_life(root, fuse)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def standing(library: Library) -> str:
    """What is live, as `edits` tells it; asserts that it is whole."""
    if ("press", "en") not in live(library):
        return "gone"
    row = live(library)["press", "en"]
    sections = library.store.read_now(lambda conn: kb.live_sections(conn, tenant="garden", keys=[("press", "en")]))
    assert [section.heading for section in sections] == ["Torque", "Care", "Noise"]
    numbers = {word for section in sections for word in section.text.split() if word.isdigit()}
    assert len(numbers) == 1, "sections of two versions"
    assert library.store.read_now(lambda conn: kb.without_vectors(conn, tenant="garden", encoder="hash-1-64")) == set()
    stored = library.store.read_now(lambda conn: life.get_version(conn, "press", "en", version=row.version, tenant="garden"))
    assert stored.row.state == "live"
    return f"live {numbers.pop()}"


def check(root: Path) -> None:
    told = (root / "told").read_text(encoding="utf-8").split("\n")[:-1] if (root / "told").exists() else []
    with open_store(root / "state" / "assistant.db") as store:
        library = shelf(store, root)
        found = standing(library)
        # the edit that was under way may have been made; none that was told may be lost
        assert found in (PATH[len(told)], PATH[min(len(told) + 1, len(PATH) - 1)]), (told, found)
        sync_all(library)
        put(library, root, "press.md", TEXT.format(9, 9, 9))
        assert standing(library) == "live 9"


def steps(root: Path) -> int:
    assert killed(root, Fuse()) == 0
    check(root)
    return int((root / "count").read_text())


def test_ten_kills_spread_over_the_life_of_a_document(tmp_path: Path) -> None:
    count = steps(tmp_path / "none")
    for number in range(10):
        at = 1 + number * (count - 1) // 9
        assert killed(tmp_path / str(number), Fuse(at=at, after=bool(number % 2))) == signal.SIGKILL
        check(tmp_path / str(number))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_hundred_kills_at_every_write(tmp_path: Path) -> None:
    count = steps(tmp_path / "none")
    for number in range(KILLS):
        assert killed(tmp_path / str(number), Fuse(at=1 + number // 2 % count, after=bool(number % 2))) == signal.SIGKILL
        check(tmp_path / str(number))
