"""What was said is read again: answers with citations, talks with people, names of persons; of one tenant and one time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.store.agents import put_agents
from assistant.store.conversations import record_message
from assistant.store.engine import SqlStore
from assistant.store.lookback import answers_since, personal_words, talks_since
from assistant.store.turns import TurnCommit, commit_turn
from assistant.types import Agent, Message

CITED = {"document": "returns", "version": 2, "section": "en/x", "quote": "20 days"}


def test_answers_that_cite_come_back_with_their_question(store: SqlStore, begin: Callable[..., int], turn: Callable[..., TurnCommit], now: datetime) -> None:
    commit = turn(begin("m-1", "how long?"), record={"message": {"text": "how long?"}}, reply={"text": "20 days.", "citations": [CITED]})
    store.write_now(commit_turn, commit)
    store.write_now(commit_turn, turn(begin("m-2"), id="t-2", messages=("m-2",), reply={"text": "hi", "citations": []}))
    (found,) = store.read_now(lambda conn: answers_since(conn, now - timedelta(days=1), tenant="demo"))
    assert (found.turn, found.question, found.text, found.citations) == ("t-1", "how long?", "20 days.", (CITED,))
    assert store.read_now(lambda conn: answers_since(conn, now + timedelta(seconds=1), tenant="demo")) == ()
    assert store.read_now(lambda conn: answers_since(conn, now - timedelta(days=1), tenant="other")) == ()


def test_talks_with_people_come_whole_and_others_not(store: SqlStore, conversation: str, message: Callable[..., Message], now: datetime) -> None:
    store.write_now(lambda conn: record_message(conn, message("which battery?"), role="customer"))
    assert store.read_now(lambda conn: talks_since(conn, now, tenant="demo")) == ()
    store.write_now(lambda conn: record_message(conn, replace(message("the big one", id="m-2"), sender="agent:a1"), role="agent"))
    found = store.read_now(lambda conn: talks_since(conn, now, tenant="demo"))
    assert [(each.conversation, each.role, each.text, each.turn) for each in found] == [
        (conversation, "customer", "which battery?", ""),
        (conversation, "agent", "the big one", ""),
    ]
    assert store.read_now(lambda conn: talks_since(conn, now + timedelta(days=1), tenant="demo")) == ()


def test_words_that_name_persons_are_known_by_kind(store: SqlStore) -> None:
    assert store.read_now(lambda conn: personal_words(conn, tenant="demo")) == {}
    store.write_now(lambda conn: put_agents(conn, [Agent("a1", "小陈", (), (), ("zh",), 3)], tenant="demo"))
    assert store.read_now(lambda conn: personal_words(conn, tenant="demo")) == {"小陈": "name"}
    assert store.read_now(lambda conn: personal_words(conn, tenant="other")) == {}
