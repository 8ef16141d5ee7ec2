"""The turn lock of a conversation: who may answer now, and the rising number that stops whoever lost it; kept in the database, so it holds across processes."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from assistant.errors import Conflict, NotFound
from assistant.store.quick import change, rows
from assistant.store.tables import conversations

_held = (
    sa.select(conversations.c.fence, conversations.c.turn_holder, conversations.c.turn_taken, conversations.c.turn_expires)
    .where(conversations.c.id == sa.bindparam("id"))
    .with_for_update()
)
_take = (
    conversations.update()
    .where(conversations.c.id == sa.bindparam("row"))
    .values(fence=sa.bindparam("number"), turn_holder=sa.bindparam("holder"), turn_taken=sa.bindparam("now"), turn_expires=sa.bindparam("until"))
)
_mine = (conversations.c.id == sa.bindparam("row"), conversations.c.fence == sa.bindparam("number"), conversations.c.turn_holder.is_not(None))
_renew = conversations.update().where(*_mine).values(turn_taken=sa.bindparam("now"), turn_expires=sa.bindparam("until"))
_release = conversations.update().where(*_mine).values(turn_holder=None, turn_taken=None, turn_expires=None)


def process_holder() -> str:
    """The name of this process as a lock holder: host/namespace/process id/start time; another process never has the same."""
    return _holder(os.getpid())


def holder_alive(holder: str) -> bool:
    """False only when the process is known to be gone: one of another machine or another form of name counts as alive until its lock expires."""
    parts = holder.split("/")
    if len(parts) != 4 or parts[:2] != [socket.gethostname(), _namespace()] or not parts[2].isdigit():
        return True
    return _started(int(parts[2])) == parts[3]


def take_turn(conn: Connection, conversation_id: str, *, holder: str, now: float, ttl: float, alive: Callable[[str], bool] = holder_alive) -> int | None:
    """The fence of a lock now ours for `ttl` seconds, or None while another turn holds it: one that has not expired and whose holder lives.

    `now` is wall time in seconds, alike for all processes that share the database. A lock taken in the future (the clock was set back)
    counts as expired. The fence goes into every commit of the turn. Raises NotFound.
    """
    row = rows(conn, _held, {"id": conversation_id}).one_or_none()
    if row is None:
        raise NotFound("no such conversation")
    if row.turn_holder is not None and row.turn_taken <= now < row.turn_expires and alive(row.turn_holder):
        return None
    fence: int = row.fence + 1
    change(conn, _take, {"row": conversation_id, "number": fence, "holder": holder, "now": now, "until": now + ttl})
    return fence


def renew_turn(conn: Connection, conversation_id: str, *, fence: int, now: float, ttl: float) -> None:
    """Keeps a lock for `ttl` seconds more. Raises Conflict (`fence`) when somebody else has taken it."""
    if change(conn, _renew, {"row": conversation_id, "number": fence, "now": now, "until": now + ttl}) == 0:
        raise Conflict("another process answers this conversation now", code="fence")


def release_turn(conn: Connection, conversation_id: str, *, fence: int) -> None:
    """Gives the lock back without a turn; nothing happens when it was lost already."""
    change(conn, _release, {"row": conversation_id, "number": fence})


@cache
def _holder(pid: int) -> str:
    return f"{socket.gethostname()}/{_namespace()}/{pid}/{_started(pid)}"


@cache
def _namespace() -> str:
    with suppress(OSError):
        return os.readlink("/proc/self/ns/pid").strip("pid:[]")
    return "0"


def _started(pid: int) -> str:
    """When the process started, in the kernel's own count; "1" where only its being there can be known, empty when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            # the name in parentheses may hold spaces and parentheses itself
            fields = file.read().rpartition(")")[2].split()
            return "" if fields[0] == "Z" else fields[19]
    except FileNotFoundError:
        if os.path.isdir("/proc/self"):
            return ""
    except OSError:
        return "1"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except OSError:
        return "1"
    return "1"
