"""Conversations, messages under their client ids, and the one numbered log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.events import Event
from assistant.store.conversations import (
    close_conversation,
    create_conversation,
    get_conversation,
    get_message,
    list_conversations,
    messages_after,
    open_conversation_of,
    record_message,
    unanswered,
    unanswered_messages,
)
from assistant.store.engine import SqlStore
from assistant.store.log import append_events, events_after
from assistant.store.turns import TurnCommit, commit_turn
from assistant.types import Attachment, Message

Make = Callable[..., Message]


def test_a_conversation_is_found_by_id_and_by_contact_within_its_tenant(store: SqlStore, conversation: str, now: datetime) -> None:
    found = store.read_now(lambda c: get_conversation(c, conversation, tenant="demo"))
    assert (found.owner, found.owner_epoch, found.episode, found.status, found.seq, found.state) == ("assistant", 0, 1, "open", 0, {})
    assert found.created == now
    assert store.read_now(lambda c: open_conversation_of(c, "C1/李伟", tenant="demo")) == found
    assert store.read_now(lambda c: open_conversation_of(c, "C1/李伟", tenant="other")) is None
    with pytest.raises(NotFound):
        store.read_now(lambda c: get_conversation(c, conversation, tenant="other"))
    with pytest.raises(Conflict):
        store.write_now(lambda c: create_conversation(c, conversation, tenant="demo", contact="x", company="C2", channel="web", now=now))


def test_the_open_conversation_touched_last_is_joined_until_it_is_closed(store: SqlStore, conversation: str, now: datetime) -> None:
    later = now + timedelta(hours=1)
    store.write_now(lambda c: create_conversation(c, "c-2", tenant="demo", contact="C1/李伟", company="C1", channel="web", now=later))
    assert store.read_now(lambda c: open_conversation_of(c, "C1/李伟", tenant="demo").id) == "c-2"
    store.write_now(lambda c: close_conversation(c, "c-2", tenant="demo", now=later))
    store.write_now(lambda c: close_conversation(c, "c-2", tenant="demo", now=later))
    assert store.read_now(lambda c: open_conversation_of(c, "C1/李伟", tenant="demo").id) == conversation
    assert [each.id for each in store.read_now(lambda c: list_conversations(c, tenant="demo"))] == ["c-2", "c-1"]
    with pytest.raises(NotFound):
        store.write_now(lambda c: close_conversation(c, conversation, tenant="other", now=later))


def test_a_repeated_message_is_stored_once_and_tells_its_turn(
    store: SqlStore, begin: Callable[..., int], message: Make, turn: Callable[..., TurnCommit]
) -> None:
    fence = begin()
    repeat = store.write_now(lambda c: record_message(c, message(), role="customer"))
    assert (repeat.new, repeat.turn, repeat.seq) == (False, None, 1)
    store.write_now(commit_turn, turn(fence))
    repeat = store.write_now(lambda c: record_message(c, message(), role="customer"))
    assert (repeat.new, repeat.turn) == (False, "t-1")
    assert [each.text for each in store.read_now(lambda c: messages_after(c, "c-1"))] == ["你好"]


def test_an_id_used_for_other_words_is_a_conflict(store: SqlStore, begin: Callable[..., int], message: Make) -> None:
    begin()
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: record_message(c, message("别的"), role="customer"))
    assert caught.value.code == "message_reused"


def test_messages_keep_everything_and_unknown_conversations_are_refused(store: SqlStore, conversation: str, message: Make) -> None:
    photo = Attachment("ab" * 32, "照片.jpg", "image/jpeg", 1234)
    sent = replace(message("看图"), attachments=(photo,), reply_to="m-0")
    store.write_now(lambda c: record_message(c, sent, role="customer"))
    assert store.read_now(lambda c: get_message(c, "m-1", conversation_id=conversation)) == sent
    with pytest.raises(NotFound):
        store.write_now(lambda c: record_message(c, message(conversation="c-9"), role="customer"))
    with pytest.raises(InvalidInput):
        store.write_now(lambda c: record_message(c, message("\udcff", id="m-2"), role="customer"))
    assert store.read_now(lambda c: get_conversation(c, conversation, tenant="demo").seq) == 1


def test_unanswered_messages_are_those_of_customers_without_a_turn(
    store: SqlStore, begin: Callable[..., int], message: Make, turn: Callable[..., TurnCommit]
) -> None:
    fence = begin()
    store.write_now(lambda c: record_message(c, message("还有", id="m-2"), role="customer"))
    store.write_now(lambda c: record_message(c, message("我来", id="m-3"), role="agent"))
    assert [each.id for each in store.read_now(lambda c: unanswered(c, "c-1"))] == ["m-1", "m-2"]
    store.write_now(commit_turn, turn(fence))
    assert [each.id for each in store.read_now(lambda c: unanswered_messages(c, tenant="demo"))] == ["m-2"]
    assert store.read_now(lambda c: unanswered_messages(c, tenant="other")) == ()


def test_recovery_reads_an_index(store: SqlStore) -> None:
    plan = store.read_now(
        lambda c: c.exec_driver_sql("EXPLAIN QUERY PLAN SELECT * FROM messages WHERE tenant = 'demo' AND turn IS NULL AND role = 'customer'").all()
    )
    assert "ix_messages_unanswered" in str(plan)


def test_an_agent_who_no_longer_owns_the_conversation_cannot_send(store: SqlStore, conversation: str, message: Make) -> None:
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: record_message(c, message(), role="agent", owner_epoch=3))
    assert caught.value.code == "owner_changed"
    assert store.write_now(lambda c: record_message(c, message(), role="agent", owner_epoch=0)).new


def test_the_log_numbers_everything_once_and_in_order(store: SqlStore, begin: Callable[..., int], turn: Callable[..., TurnCommit], now: datetime) -> None:
    fence = begin(text="12345 到哪了")
    published = store.write_now(commit_turn, turn(fence, events=(Event("access.denied", data={"order": "12360"}),)))
    more = store.write_now(lambda c: append_events(c, "c-1", entries=[Event("alert.raised"), Event("alert.raised")], at=now))
    log = store.read_now(lambda c: events_after(c, "c-1"))
    assert [(each.seq, each.name) for each in log] == [
        (1, "message.received"),
        (2, "turn.completed"),
        (3, "access.denied"),
        (4, "alert.raised"),
        (5, "alert.raised"),
    ]
    assert log[0].data["text"] == "12345 到哪了"
    assert log[1].data == {"turn": "t-1", "reply": {"text": "您好"}}
    assert log[1:] == (*published, *more)
    assert store.read_now(lambda c: events_after(c, "c-1", after=3, limit=1)) == more[:1]
    with pytest.raises(NotFound):
        store.write_now(lambda c: append_events(c, "c-9", entries=[Event("alert.raised")], at=now))


def test_the_event_of_a_new_message_is_what_the_log_will_tell(store: SqlStore, conversation: str, message: Make) -> None:
    recorded = store.write_now(lambda c: record_message(c, message(), role="customer"))
    assert (recorded.event,) == store.read_now(lambda c: events_after(c, conversation))
