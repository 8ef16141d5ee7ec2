"""Hand-offs through their life: one open at a time, owner and epoch with each step, and what routing sees of the queues."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from assistant.errors import Conflict, NotFound
from assistant.store.agents import find_agent, list_agents, put_agents, set_presence
from assistant.store.conversations import create_conversation, get_conversation
from assistant.store.engine import SqlStore
from assistant.store.handoffs import (
    assign_handoff,
    close_handoff,
    get_handoff,
    list_handoffs,
    open_handoff,
    open_handoff_of,
    queue_snapshot,
    raise_handoff,
    requeue_handoff,
    set_handoff_summary,
)
from assistant.store.log import events_after
from assistant.store.tables import handoffs
from assistant.types import Agent, ConversationId, Handoff

Make = Callable[..., Handoff]


def owner(store: SqlStore) -> tuple[str, int, int]:
    found = store.read_now(lambda c: get_conversation(c, "c-1", tenant="demo"))
    return found.owner, found.owner_epoch, found.episode


def test_each_step_changes_owner_and_epoch_and_is_logged(store: SqlStore, conversation: str, handoff: Make, now: datetime) -> None:
    store.write_now(lambda c: open_handoff(c, handoff(), tenant="demo"))
    assert owner(store) == ("queue", 1, 1)
    taken, events = store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a1", now=now))
    assert (taken.state, taken.routing.assigned_to, owner(store)) == ("assigned", "a1", ("agent:a1", 2, 1))
    assert events[0].data == {"handoff": "h-1", "agent": "a1"}
    waiting, _ = store.write_now(lambda c: requeue_handoff(c, "h-1", tenant="demo", now=now, queue="claims"))
    assert (waiting.state, waiting.routing.queue, waiting.created_at, owner(store)) == ("queued", "claims", now, ("queue", 3, 1))
    closed, _ = store.write_now(lambda c: close_handoff(c, "h-1", tenant="demo", by="a1", now=now))
    assert (closed.state, owner(store)) == ("closed", ("assistant", 4, 2))
    names = [event.name for event in store.read_now(lambda c: events_after(c, "c-1"))]
    assert names == ["handoff.created", "handoff.assigned", "handoff.requeued", "handoff.closed"]
    assert store.read_now(lambda c: open_handoff_of(c, "c-1")) is None


def test_repeated_steps_do_nothing_and_impossible_ones_are_conflicts(store: SqlStore, conversation: str, handoff: Make, now: datetime) -> None:
    store.write_now(lambda c: open_handoff(c, handoff(), tenant="demo"))
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: open_handoff(c, handoff("h-2"), tenant="demo"))
    assert caught.value.code == "handoff_open"
    store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a1", now=now))
    assert store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a1", now=now))[1] == ()
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a2", now=now))
    assert caught.value.code == "taken"
    store.write_now(lambda c: close_handoff(c, "h-1", tenant="demo", by="a1", now=now))
    assert store.write_now(lambda c: close_handoff(c, "h-1", tenant="demo", by="a1", now=now))[1] == ()
    with pytest.raises(Conflict):
        store.write_now(lambda c: requeue_handoff(c, "h-1", tenant="demo", now=now))
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: assign_handoff(c, "h-1", tenant="demo", agent="a2", now=now))
    assert caught.value.code == "closed"
    store.write_now(lambda c: open_handoff(c, handoff("h-2"), tenant="demo"))
    assert [each.id for each in store.read_now(lambda c: list_handoffs(c, tenant="demo", states=["queued"]))] == ["h-2"]


def test_a_raised_handoff_keeps_its_age_and_is_taken_when_it_is_raised(store: SqlStore, conversation: str, handoff: Make, now: datetime) -> None:
    store.write_now(lambda c: open_handoff(c, handoff(), tenant="demo"))
    waiting = store.read_now(lambda c: get_handoff(c, "h-1", tenant="demo"))
    later = now + timedelta(hours=2)
    routing = replace(waiting.routing, queue="technical", priority="P1", assigned_to="a1")
    raised = replace(waiting, reason="urgent_line_stop", routing=routing, state="assigned")
    store.write_now(lambda c: raise_handoff(c, raised, now=later))
    assert store.read_now(lambda c: get_handoff(c, "h-1", tenant="demo")) == raised
    assert store.read_now(lambda c: c.execute(sa.select(handoffs.c.assigned)).scalar_one()) == later
    with pytest.raises(Conflict) as caught:
        store.write_now(lambda c: raise_handoff(c, raised, now=later))
    assert caught.value.code == "taken"


def test_a_handoff_is_read_back_as_it_was_given(store: SqlStore, conversation: str, handoff: Make, now: datetime) -> None:
    given = replace(handoff(on_duty=False, opens=now + timedelta(hours=11), place=3))
    store.write_now(lambda c: open_handoff(c, given, tenant="demo"))
    assert store.read_now(lambda c: get_handoff(c, "h-1", tenant="demo")) == given
    with pytest.raises(NotFound):
        store.read_now(lambda c: get_handoff(c, "h-1", tenant="other"))
    store.write_now(lambda c: set_handoff_summary(c, "c-1", summary={"goal": "new"}))
    assert store.read_now(lambda c: get_handoff(c, "h-1", tenant="demo").summary) == {"goal": "new"}
    with pytest.raises(NotFound):
        store.write_now(lambda c: set_handoff_summary(c, "c-2", summary={}))


def test_the_snapshot_orders_by_priority_then_age_and_counts_load(store: SqlStore, conversation: str, handoff: Make, now: datetime) -> None:
    put = [Agent("a1", "小陈", ("pump_tech",), ("after_sales",), ("zh-Hans",), 2), Agent("a2", "Ann", (), ("sales",), ("en",), 1)]
    store.write_now(lambda c: put_agents(c, put, tenant="demo"))

    def hand_over(number: int, **changes: object) -> None:
        name = f"c-{number}"
        store.write_now(lambda c: create_conversation(c, name, tenant="demo", contact=name, company="C1", channel="web", now=now))
        made = replace(handoff(f"h-{number}", **changes), conversation_id=ConversationId(name), created_at=now - timedelta(minutes=number))
        store.write_now(lambda c: open_handoff(c, made, tenant="demo"))

    hand_over(2)
    hand_over(3)
    hand_over(4, priority="P1", skills=("pump_tech",))
    hand_over(5, queue="sales")
    hand_over(6, assigned_to="a1")
    snapshot = store.read_now(lambda c: queue_snapshot(c, tenant="demo"))
    assert {queue: [each.handoff for each in entries] for queue, entries in snapshot.waiting.items()} == {
        "after_sales": ["h-4", "h-3", "h-2"],
        "sales": ["h-5"],
    }
    assert snapshot.waiting["after_sales"][0].skills == ("pump_tech",)
    assert [(agent.id, agent.load) for agent in snapshot.agents] == [("a1", 1), ("a2", 0)]
    assert store.read_now(lambda c: queue_snapshot(c, tenant="other")).agents == ()


def test_agents_are_found_by_id_or_by_a_name_of_their_own(store: SqlStore) -> None:
    put = [Agent("a1", "Ann", (), (), (), 1), Agent("a2", "Bo", (), (), (), 1), Agent("a3", "Bo", (), (), (), 1)]
    store.write_now(lambda c: put_agents(c, put, tenant="demo"))
    store.write_now(lambda c: put_agents(c, [replace(put[0], capacity=5)], tenant="demo"))
    store.write_now(lambda c: set_presence(c, "a1", tenant="demo", present=False))
    assert store.read_now(lambda c: find_agent(c, "Ann", tenant="demo")) == replace(put[0], capacity=5, present=False)
    assert store.read_now(lambda c: find_agent(c, "a3", tenant="demo").name) == "Bo"
    assert len(store.read_now(lambda c: list_agents(c, tenant="demo"))) == 3
    for name in ("Bo", "Zoe"):
        with pytest.raises(NotFound):
            store.read_now(lambda c, name=name: find_agent(c, name, tenant="demo"))
    with pytest.raises(NotFound):
        store.write_now(lambda c: set_presence(c, "a9", tenant="demo", present=True))
