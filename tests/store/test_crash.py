"""What was acknowledged survives kill -9, and two processes never answer the same conversation at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from assistant.store.conversations import record_message, unanswered
from assistant.store.engine import SqlStore, open_store
from assistant.store.locks import process_holder, take_turn
from assistant.store.log import events_after
from assistant.store.turns import turns_after
from assistant.types import Message

KILLS = 5

WRITE = """
import asyncio, sys
from datetime import UTC, datetime
from assistant.store.conversations import create_conversation, record_message
from assistant.store.engine import open_store
from assistant.types import ConversationId, Message, MessageId

NOW = datetime(2026, 6, 1, tzinfo=UTC)
store = open_store(sys.argv[1])

async def talk(name):
    await store.write(lambda c: create_conversation(c, name, tenant="demo", contact=name, company="C1", channel="cli", now=NOW))
    for number in range(100000):
        said = Message(MessageId(f"m-{number}"), ConversationId(name), "cli", name, "x" * 300, NOW)
        await store.write(lambda c: record_message(c, said, role="customer"))
        print(f"{name} m-{number}", flush=True)

async def main():
    await asyncio.gather(*(talk(f"{sys.argv[2]}-{n}") for n in range(8)))

asyncio.run(main())
"""

ANSWER = """
import sys, time
from datetime import UTC, datetime
from assistant.errors import Conflict
from assistant.store.conversations import unanswered
from assistant.store.engine import open_store
from assistant.store.locks import process_holder, take_turn
from assistant.store.turns import TurnCommit, commit_turn
from assistant.types import ConversationId, TurnId

NOW = datetime(2026, 6, 1, tzinfo=UTC)
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
done = 0
while store.read_now(lambda c: unanswered(c, "c-1")):
    fence = store.write_now(lambda c: take_turn(c, "c-1", holder=process_holder(), now=time.time(), ttl=30.0))
    if fence is None:
        continue
    waiting = store.read_now(lambda c: unanswered(c, "c-1"))
    turn = TurnCommit(
        id=TurnId(f"t-{sys.argv[2]}-{done}"), conversation_id=ConversationId("c-1"), fence=fence, owner_epoch=0, at=NOW,
        messages=tuple(message.id for message in waiting[:1]), record={"fence": fence}, reply={}, state={"last": fence},
    )
    store.write_now(commit_turn, turn)
    done += 1
print(done, flush=True)
"""

HOLD = """
import sys, time
from assistant.store.engine import open_store
from assistant.store.locks import process_holder, take_turn

store = open_store(sys.argv[1])
print(store.write_now(lambda c: take_turn(c, "c-1", holder=process_holder(), now=100.0, ttl=3600.0)), flush=True)
time.sleep(600)
"""


def start(code: str, *args: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_acknowledged_rows_survive_kills(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    acknowledged: set[tuple[str, ...]] = set()
    for kill in range(KILLS):
        process = start(WRITE, str(path), f"k{kill}")
        for _ in range(40 + 37 * kill):
            acknowledged.add(tuple(line_of(process).split()))
        process.kill()
        assert process.stdout is not None
        acknowledged.update(tuple(line.split()) for line in process.stdout.read().splitlines() if line.count("m-") == 1)
        process.communicate()
    with open_store(path) as store:
        kept = {(row.conversation, row.id) for row in store.read_now(lambda c: c.exec_driver_sql("SELECT conversation, id FROM messages").all())}
        assert store.read_now(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"
        assert store.read_now(lambda c: c.exec_driver_sql("PRAGMA foreign_key_check").all()) == []
    assert len(acknowledged) > 500
    assert {pair for pair in acknowledged if pair not in kept and len(pair) == 2} == set()


def test_two_processes_answer_each_message_once_and_in_turn(store: SqlStore, conversation: str, message: Callable[..., Message], tmp_path: Path) -> None:
    for number in range(30):
        store.write_now(lambda c, number=number: record_message(c, message(f"{number}", id=f"m-{number:02}"), role="customer"))
    workers = [start(ANSWER, str(tmp_path / "state.db"), name) for name in ("a", "b")]
    for worker in workers:
        assert line_of(worker) == "ready"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    done = [int(worker.communicate(timeout=60)[0]) for worker in workers]
    turns = store.read_now(lambda c: turns_after(c, conversation))
    fences = [turn.record["fence"] for turn in turns]
    assert sum(done) == len(turns) >= 30
    assert fences == sorted(set(fences))  # type: ignore[type-var]
    assert store.read_now(lambda c: unanswered(c, conversation)) == ()
    answered = store.read_now(lambda c: c.exec_driver_sql("SELECT count(DISTINCT turn), count(turn) FROM messages").one())
    assert tuple(answered) == (30, 30)
    log = store.read_now(lambda c: events_after(c, conversation))
    assert [event.seq for event in log] == list(range(1, len(log) + 1))


def test_the_lock_of_a_killed_process_is_free_at_once(store: SqlStore, conversation: str, tmp_path: Path) -> None:
    holder = start(HOLD, str(tmp_path / "state.db"))

    def take() -> int | None:
        return store.write_now(lambda c: take_turn(c, conversation, holder=process_holder(), now=101.0, ttl=30.0))

    assert line_of(holder) == "1"
    assert take() is None
    holder.kill()
    holder.communicate()
    assert take() == 2


def test_a_reader_in_another_process_sees_commits_while_we_write(store: SqlStore, tmp_path: Path) -> None:
    with open_store(tmp_path / "state.db") as other:
        for number in range(5):
            store.write_now(lambda c, number=number: c.execute(sa.text("INSERT INTO settings VALUES ('demo', :name, '1')"), {"name": f"n{number}"}))
            assert other.read_now(lambda c: c.exec_driver_sql("SELECT count(*) FROM settings").scalar()) == number + 1
