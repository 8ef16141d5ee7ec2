"""A turn is stored whole or not at all, and only by whoever holds the lock while the owner is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.errors import Conflict, NotFound
from assistant.events import Event
from assistant.store.audit import AuditEntry, audit_after
from assistant.store.conversations import get_conversation, record_message
from assistant.store.engine import SqlStore
from assistant.store.gaps import Gap, close_gap, open_gaps
from assistant.store.handoffs import assign_handoff, open_handoff_of
from assistant.store.locks import holder_alive, process_holder, release_turn, renew_turn, take_turn
from assistant.store.log import events_after
from assistant.store.outbox import Outgoing, delay_outgoing, due_outgoing, finish_outgoing
from assistant.store.settings import business_time
from assistant.store.turns import TurnCommit, commit_turn, get_turn, turns_after
from assistant.types import Confirmation, Handoff, Message, Slot

Begin = Callable[..., int]
MakeTurn = Callable[..., TurnCommit]


def test_a_turn_is_stored_with_all_that_follows_from_it(store: SqlStore, begin: Begin, turn: MakeTurn, now: datetime) -> None:
    commit = turn(
        begin(),
        record={"slots": (Slot("order", "12345", start=1, end=6),), "at": now},
        audit=(AuditEntry("access.denied", "C1/李伟", {"order": "12360"}, now, "c-1"),),
        gaps=(Gap("g-1", "c-1", "t-1", "多重?", "zh-Hans", now, {"best": 0.1}),),
        outbox=(Outgoing("email", {"to": "x"}), Outgoing("email", {"to": "y"})),
    )
    store.write_now(commit_turn, commit)
    stored = store.read_now(lambda c: get_turn(c, "t-1", tenant="demo"))
    assert (stored.seq, stored.created, stored.reply) == (2, now, {"text": "您好"})
    assert stored.record["slots"][0]["value"] == "12345"  # type: ignore[index,call-overload]
    assert store.read_now(lambda c: turns_after(c, "c-1")) == (stored,)
    conversation = store.read_now(lambda c: get_conversation(c, "c-1", tenant="demo"))
    assert (conversation.state, conversation.seq, conversation.owner) == ({"misses": 0}, 2, "assistant")
    assert [(each.kind, each.who, each.n) for each in store.read_now(lambda c: audit_after(c, tenant="demo", conversation_id="c-1"))] == [
        ("access.denied", "C1/李伟", 1)
    ]
    assert store.read_now(lambda c: open_gaps(c, tenant="demo")) == commit.gaps
    assert store.read_now(lambda c: business_time(c, tenant="demo")) == now
    with pytest.raises(NotFound):
        store.read_now(lambda c: get_turn(c, "t-1", tenant="other"))


def test_the_lock_is_given_back_by_the_commit_and_its_number_rises(store: SqlStore, begin: Begin, turn: MakeTurn) -> None:
    fence = begin()
    store.write_now(commit_turn, turn(fence))
    with pytest.raises(Conflict):
        store.write_now(commit_turn, turn(fence, id="t-2", messages=()))
    assert begin("m-2") == fence + 1


def test_a_held_lock_is_refused_until_it_expires_or_its_holder_dies(store: SqlStore, begin: Begin) -> None:
    begin()

    def take(now: float, alive: bool = True) -> int | None:
        return store.write_now(lambda c: take_turn(c, "c-1", holder="second", now=now, ttl=30.0, alive=lambda holder: alive))

    assert take(129.9) is None
    assert take(130.0) == 2
    assert take(140.0) is None
    assert take(140.0, alive=False) == 3
    # the clock was set back: a lock taken in the future would otherwise stand for as long
    assert take(5.0) == 4
    with pytest.raises(NotFound):
        store.write_now(lambda c: take_turn(c, "c-9", holder="x", now=0.0, ttl=1.0))


def test_a_lock_can_be_kept_and_given_back_only_by_its_own_number(store: SqlStore, begin: Begin) -> None:
    fence = begin()
    store.write_now(lambda c: renew_turn(c, "c-1", fence=fence, now=120.0, ttl=30.0))
    assert store.write_now(lambda c: take_turn(c, "c-1", holder="second", now=140.0, ttl=30.0)) is None
    store.write_now(lambda c: release_turn(c, "c-1", fence=fence - 1))
    assert store.write_now(lambda c: take_turn(c, "c-1", holder="second", now=140.0, ttl=30.0)) is None
    store.write_now(lambda c: release_turn(c, "c-1", fence=fence))
    assert store.write_now(lambda c: take_turn(c, "c-1", holder="second", now=140.0, ttl=30.0)) == fence + 1
    with pytest.raises(Conflict):
        store.write_now(lambda c: renew_turn(c, "c-1", fence=fence, now=141.0, ttl=30.0))


def test_a_turn_whose_lock_was_lost_leaves_no_trace(store: SqlStore, begin: Begin, turn: MakeTurn, handoff: Callable[..., Handoff]) -> None:
    stale = begin()
    store.write_now(lambda c: take_turn(c, "c-1", holder="second", now=200.0, ttl=30.0))
    with pytest.raises(Conflict) as caught:
        store.write_now(commit_turn, turn(stale, handoff=handoff(), events=(Event("x"),)))
    assert caught.value.code == "fence"
    assert store.read_now(lambda c: turns_after(c, "c-1")) == ()
    assert store.read_now(lambda c: open_handoff_of(c, "c-1")) is None
    assert len(store.read_now(lambda c: events_after(c, "c-1"))) == 1


def test_a_turn_computed_for_another_owner_is_refused(store: SqlStore, begin: Begin, turn: MakeTurn, handoff: Callable[..., Handoff], now: datetime) -> None:
    store.write_now(commit_turn, turn(begin(), handoff=handoff()))
    fence = begin("m-2")
    store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a1", now=now))
    late = turn(fence, id="t-2", messages=("m-2",), owner_epoch=1)
    with pytest.raises(Conflict) as caught:
        store.write_now(commit_turn, late)
    assert caught.value.code == "owner_changed"
    store.write_now(commit_turn, replace(late, owner_epoch=2))


def test_a_message_is_answered_by_one_turn_only(store: SqlStore, begin: Begin, turn: MakeTurn, message: Callable[..., Message]) -> None:
    store.write_now(commit_turn, turn(begin()))
    fence = begin("m-2")
    with pytest.raises(Conflict) as caught:
        store.write_now(commit_turn, turn(fence, id="t-2", messages=("m-2", "m-1")))
    assert caught.value.code == "already_answered"
    store.write_now(lambda c: record_message(c, message("好", id="m-3"), role="customer"))
    store.write_now(commit_turn, turn(fence, id="t-2", messages=("m-2", "m-3")))
    assert [each.id for each in store.read_now(lambda c: turns_after(c, "c-1", after=2))] == ["t-2"]


def test_a_handoff_changes_the_owner_with_the_turn(store: SqlStore, begin: Begin, turn: MakeTurn, handoff: Callable[..., Handoff]) -> None:
    events = store.write_now(commit_turn, turn(begin(), handoff=handoff()))
    assert [each.name for each in events] == ["turn.completed", "handoff.created"]
    assert events[1].data["queue"] == "after_sales"
    conversation = store.read_now(lambda c: get_conversation(c, "c-1", tenant="demo"))
    assert (conversation.owner, conversation.owner_epoch) == ("queue", 1)
    fence = begin("m-2")
    second = turn(fence, id="t-2", messages=("m-2",), owner_epoch=1)
    with pytest.raises(Conflict) as caught:
        store.write_now(commit_turn, replace(second, handoff=handoff("h-2")))
    assert caught.value.code == "handoff_open"
    store.write_now(commit_turn, replace(second, summary={"goal": "a person", "wanted": ["cancel 12345"]}))
    assert store.read_now(lambda c: open_handoff_of(c, "c-1").summary) == {"goal": "a person", "wanted": ["cancel 12345"]}


def test_a_handoff_given_to_an_agent_at_once_is_the_agents(store: SqlStore, begin: Begin, turn: MakeTurn, handoff: Callable[..., Handoff]) -> None:
    store.write_now(commit_turn, turn(begin(), handoff=handoff(assigned_to="a1", place=0)))
    assert store.read_now(lambda c: get_conversation(c, "c-1", tenant="demo").owner) == "agent:a1"
    found = store.read_now(lambda c: open_handoff_of(c, "c-1"))
    assert found == handoff(assigned_to="a1", place=0)


def test_a_new_preview_withdraws_the_one_before(store: SqlStore, begin: Begin, turn: MakeTurn, confirmation: Callable[..., Confirmation]) -> None:
    from assistant.store.confirmations import get_confirmation, newest_confirmation

    store.write_now(commit_turn, turn(begin(), confirmation=confirmation()))
    store.write_now(commit_turn, turn(begin("m-2"), id="t-2", messages=("m-2",), confirmation=confirmation(id="cf-2", arguments={"new_date": "2026-06-16"})))
    assert store.read_now(lambda c: get_confirmation(c, "cf-1").used_by) == "withdrawn"
    assert store.read_now(lambda c: newest_confirmation(c, "c-1").confirmation.id) == "cf-2"
    store.write_now(commit_turn, turn(begin("m-3"), id="t-3", messages=("m-3",), withdraw=True))
    assert store.read_now(lambda c: get_confirmation(c, "cf-2").used_by) == "withdrawn"


def test_what_leaves_keeps_its_order_within_a_conversation(store: SqlStore, begin: Begin, turn: MakeTurn, now: datetime) -> None:
    store.write_now(commit_turn, turn(begin(), outbox=(Outgoing("email", {"n": 1}), Outgoing("email", {"n": 2}))))

    def due(at: datetime) -> list[int]:
        return [each.n for each in store.read_now(lambda c: due_outgoing(c, tenant="demo", now=at))]

    assert due(now) == [1]
    store.write_now(lambda c: delay_outgoing(c, 1, until=now + timedelta(minutes=1)))
    assert due(now) == []
    assert [(each.n, each.attempts) for each in store.read_now(lambda c: due_outgoing(c, tenant="demo", now=now + timedelta(minutes=1)))] == [(1, 1)]
    store.write_now(lambda c: finish_outgoing(c, 1, now=now))
    assert due(now) == [2]


def test_a_gap_is_closed_once_written_up(store: SqlStore, begin: Begin, turn: MakeTurn, now: datetime) -> None:
    store.write_now(commit_turn, turn(begin(), gaps=(Gap("g-1", "c-1", "t-1", "?", "en", now, {}),)))
    store.write_now(lambda c: close_gap(c, "g-1", tenant="demo", now=now))
    assert store.read_now(lambda c: open_gaps(c, tenant="demo")) == ()
    with pytest.raises(NotFound):
        store.write_now(lambda c: close_gap(c, "g-1", tenant="other", now=now))


def test_this_process_is_alive_and_others_are_known_dead_only_when_surely_so() -> None:
    host, namespace, _, start = process_holder().split("/")
    assert holder_alive(process_holder())
    assert not holder_alive(f"{host}/{namespace}/4194999/{start}")
    assert not holder_alive(f"{host}/{namespace}/1/999999999999")
    assert holder_alive(f"elsewhere/{namespace}/4194999/{start}")
    assert holder_alive("anything")
