"""A fresh store, a conversation in it, and short ways to make the values that the store keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.store.conversations import create_conversation, record_message
from assistant.store.engine import SqlStore, open_store
from assistant.store.locks import take_turn
from assistant.store.turns import TurnCommit
from assistant.types import Confirmation, ConversationId, Handoff, Message, MessageId, Routing, TurnId

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TENANT = "demo"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "state.db") as opened:
        yield opened


@pytest.fixture
def conversation(store: SqlStore) -> str:
    store.write_now(lambda c: create_conversation(c, "c-1", tenant=TENANT, contact="C1/李伟", company="C1", channel="cli", now=NOW))
    return "c-1"


@pytest.fixture
def message() -> Callable[..., Message]:
    def make(text: str = "你好", *, id: str = "m-1", conversation: str = "c-1") -> Message:
        return Message(MessageId(id), ConversationId(conversation), "cli", "C1/李伟", text, NOW)

    return make


@pytest.fixture
def begin(store: SqlStore, conversation: str, message: Callable[..., Message]) -> Callable[..., int]:
    """Records a message and takes the turn; gives the fence."""

    def start(id: str = "m-1", text: str = "你好") -> int:
        store.write_now(lambda c: record_message(c, message(text, id=id), role="customer"))
        fence = store.write_now(lambda c: take_turn(c, conversation, holder="test", now=100.0, ttl=30.0))
        assert fence is not None
        return fence

    return start


@pytest.fixture
def turn() -> Callable[..., TurnCommit]:
    def make(fence: int, **changes: Any) -> TurnCommit:
        plain = TurnCommit(
            id=TurnId("t-1"),
            conversation_id=ConversationId("c-1"),
            fence=fence,
            owner_epoch=0,
            at=NOW,
            messages=(MessageId("m-1"),),
            record={"decisions": ["reply"]},
            reply={"text": "您好"},
            state={"misses": 0},
        )
        return replace(plain, **changes)

    return make


@pytest.fixture
def handoff() -> Callable[..., Handoff]:
    def make(id: str = "h-1", **routing: Any) -> Handoff:
        where = Routing(**({"queue": "after_sales", "priority": "P2", "skills": ("zh",), "place": 1} | routing))
        state = "assigned" if where.assigned_to else "queued"
        return Handoff(id, ConversationId("c-1"), "customer_request", where, {"goal": "a person", "messages": ["m-1"]}, NOW, state)

    return make


@pytest.fixture
def confirmation() -> Callable[..., Confirmation]:
    def make(**changes: Any) -> Confirmation:
        whole = Confirmation("cf-1", "C1/李伟", "change_delivery_date", "12345", 1, {"new_date": "2026-06-15"}, NOW.replace(hour=3))
        return replace(whole, **changes)

    return make
