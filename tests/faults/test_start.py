"""Starting where something is in the way: a taken port, a damaged or foreign database, a folder nobody may write, an index that is junk."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from assistant.app import Company, build
from assistant.cli.serve import PORTS_TRIED, listen
from assistant.config import Config
from assistant.errors import BackendUnavailable, ConfigError
from tests.conftest import MONDAY, ROOT
from tests.crash.seams import in_child

NOBODY = 65534


@contextmanager
def taken(port: int) -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", port))
        held.listen()
        yield held.getsockname()[1]


def test_the_next_port_is_used_when_one_is_taken() -> None:
    with taken(0) as port, listen("127.0.0.1", port) as other:
        assert port < other.getsockname()[1] < port + PORTS_TRIED


def test_no_port_at_all_is_told_with_advice() -> None:
    with ExitStack() as stack:
        first = stack.enter_context(taken(0))
        for port in range(first + 1, first + PORTS_TRIED):
            try:
                stack.enter_context(taken(port))
            except OSError:
                continue
        with pytest.raises(ConfigError, match=rf"no free port between {first} and .* pass --port"):
            listen("127.0.0.1", first)


SLOW = ("chat --json", "serve --port 0", "kb sync", "kb search pump", "trace tn-1")


@pytest.mark.parametrize("words", ["state --json", *(pytest.param(words, marks=pytest.mark.slow) for words in SLOW)])
def test_a_damaged_database_is_refused_by_every_command_and_left_as_it_is(tmp_path: Path, words: str) -> None:
    file = tmp_path / "assistant.db"
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    before = file.read_bytes()
    command = [sys.executable, "-c", "from assistant.cli import main; main()", *words.split(), "--workspace", str(ROOT), "--state", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, text=True, timeout=100, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "restore a backup" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == before


def test_a_folder_nobody_may_write_is_told_with_advice(company: Company, tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o555)

    def start() -> None:
        if os.geteuid() == 0:
            # the rights of a folder do not bind the owner of the machine
            tmp_path.chmod(0o777)
            for parent in tmp_path.parents[:3]:
                parent.chmod(parent.stat().st_mode | 0o011)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        with pytest.raises(BackendUnavailable) as caught:
            build(Config(ROOT, folder, clock=MONDAY), company=company)
        assert caught.value.code == "denied"
        assert str(folder) in caught.value.message
        assert "--state" in caught.value.message

    assert in_child(start) == 0
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_an_index_that_is_junk_is_built_again_by_itself(company: Company, tmp_path: Path) -> None:
    def life() -> tuple[str, str]:
        assistant = build(Config(ROOT, tmp_path, clock=MONDAY), company=company)

        async def run() -> tuple[str, str]:
            await assistant.start()
            assert assistant.knowledge.index is not None
            assistant.knowledge.index.follow(assistant.knowledge.snapshot())  # type: ignore[attr-defined]
            who = await assistant.principal("C2/Dana Cole")
            view = await assistant.say(who, await assistant.open_conversation(who, channel="test"), text="How long do I have to return goods?")
            held = assistant.knowledge.ping()
            await assistant.close()
            return held, str(view["text"])

        return asyncio.run(run())

    whole = life()
    damaged = [path for path in (tmp_path / "vectors").rglob("*") if path.is_file()]
    for path in damaged:
        path.write_bytes(b"junk" * 100)
    assert damaged
    assert life() == whole
    assert "vector index" in whole[0]
