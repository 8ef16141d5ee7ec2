"""From thumbs to a change of ranking: what counts as a labelled question, what is proposed, and that only an approved change moves anything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import Conflict, InvalidInput, NotFound
from assistant.evaluation import retrieval_tuning as tuning
from assistant.evaluation.retrieval_state import State
from assistant.knowledge.base import Knowledge
from assistant.knowledge.feedback import collected, give
from assistant.knowledge.library import Library
from assistant.knowledge.purge import remove
from assistant.store import knowledge_feedback as store
from assistant.store.audit import audit_after
from assistant.store.conversations import create_conversation, record_message
from assistant.store.engine import open_store
from assistant.store.locks import take_turn
from assistant.store.turns import TurnCommit, commit_turn
from assistant.types import ConversationId, Message, MessageId, TurnId
from assistant.workspace.company import KnowledgeSpec
from tests.knowledge.garden import NOW, HashEncoder, Still, workspace

WINDOW = ("returns", "en/return-window")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_store(tmp_path / "state.db") as opened:
        company = workspace(tmp_path)
        company.settings.knowledge = KnowledgeSpec()
        knowledge = Knowledge(opened, company, HashEncoder(), state=tmp_path, clock=Still())
        knowledge.sync()
        yield State(company, opened, knowledge, NOW)
        knowledge.close()


def answered(state: State, name: str, question: str, *cited: tuple[str, str]) -> None:
    """A conversation with one answered turn, `t-<name>`."""
    message = Message(MessageId(f"m-{name}"), ConversationId(name), "web", "C1/Dana Cole", question, NOW)
    citations = [{"document": document, "section": section, "version": 1, "quote": "…"} for document, section in cited]

    def write(conn: Any) -> None:
        create_conversation(conn, name, tenant="garden", contact="C1/Dana Cole", company="C1", channel="web", now=NOW)
        record_message(conn, message, role="customer")
        fence = take_turn(conn, name, holder="test", now=1.0, ttl=30.0)
        reply = {"text": "…", "citations": citations}
        commit_turn(conn, TurnCommit(TurnId(f"t-{name}"), ConversationId(name), fence or 0, 0, NOW, (message.id,), {"message": message}, reply, {}))

    state.store.write_now(write)


def by(state: State, who: str = "mia") -> Library:
    return state.knowledge.library(who)


def test_thumbs_and_corrections_become_labelled_questions(state: State) -> None:
    for name, question in {"a": "how long can I return it", "b": "sharpening", "c": "noise", "d": "torque", "e": "how long can I return it?"}.items():
        answered(state, name, question, WINDOW)
    give(by(state, "customer"), "t-a", thumb=1)
    give(by(state), "t-b", thumb=-1, right="care#en/sharpening", text="that is about returns")
    give(by(state), "t-c", thumb=-1)
    give(by(state), "t-d", thumb=1)
    give(by(state, "noa"), "t-d", thumb=-1)
    give(by(state), "t-e", thumb=1, right="returns")
    found = collected(by(state), days=30)
    assert {case.id: (case.documents, case.sections) for case in found.cases} == {
        "feedback-t-e": (("returns",), ()), "feedback-t-b": (("care",), ("en/sharpening",)),
    }  # fmt: skip
    assert (found.open, found.up, found.down, found.corrections) == ((("t-c", "noise"),), 3, 3, 2)
    give(by(state), "t-c", thumb=1)
    assert "feedback-t-c" in {case.id for case in collected(by(state), days=30).cases}


def test_what_names_nothing_is_refused(state: State) -> None:
    answered(state, "a", "how long", WINDOW)
    for turn, given in (("t-none", {"thumb": 1}), ("t-a", {"thumb": 0, "right": "nothing"}), ("t-a", {"thumb": 0, "right": "returns#nothing"})):
        with pytest.raises(NotFound):
            give(by(state), turn, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        give(by(state), "t-a", thumb=1, conversation="another")
    for wrong in ({"thumb": 0}, {"thumb": 2}, {"thumb": 1, "text": "x" * 3000}):
        with pytest.raises(InvalidInput):
            give(by(state), "t-a", **wrong)  # type: ignore[arg-type]


def labelled(state: State, *cases: tuple[str, str, str]) -> None:
    path = state.workspace.root / "evals" / "data" / "retrieval.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [
        {"id": f"l-{n}", "split": "dev", "lang": "en", "question": question, "document": [document], "section": [section]}
        for n, (question, document, section) in enumerate(cases)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_change_is_proposed_applied_and_taken_back(state: State) -> None:
    labelled(state, ("return window", *WINDOW), ("sharpening the blade", "care", "en/sharpening"))
    with pytest.raises(InvalidInput, match="at least"):
        tuning.proposed(state, by="mia")
    before = state.knowledge.mix
    settings = {"weight": round(before.weight / 2, 3)}
    proposal = tuning.proposed(state, by="mia", settings=settings)
    assert (state.knowledge.mix, proposal.settings) == (before, settings)
    assert proposal.sound
    with pytest.raises(InvalidInput):
        tuning.decided(state, proposal.n, "approve", by=" ")
    tuning.decided(state, proposal.n, "approve", by="noa")
    assert state.knowledge.mix.weight == settings["weight"]
    again = Knowledge(state.store, state.workspace, HashEncoder(), state=state.workspace.root / "other", clock=Still())
    again.sync()
    assert again.mix == state.knowledge.mix
    second = tuning.proposed(state, by="mia", settings={"edge": 0.35})
    tuning.decided(state, second.n, "approve", by="noa")
    assert [(each["n"], each["state"]) for each in tuning.changes(state)] == [(second.n, "applied"), (proposal.n, "reverted")]
    tuning.decided(state, second.n, "revert", by="noa")
    assert state.knowledge.mix == before
    with pytest.raises(Conflict):
        tuning.decided(state, second.n, "reject", by="noa")
    with pytest.raises(NotFound):
        tuning.decided(state, 99, "approve", by="noa")
    kinds = [entry.kind for entry in state.store.read_now(lambda conn: audit_after(conn, tenant="garden"))]
    assert kinds == ["ranking.proposed", "ranking.applied", "ranking.proposed", "ranking.applied", "ranking.reverted"]


def test_what_serves_labelled_questions_worse_cannot_be_applied(state: State) -> None:
    labelled(state, ("return window", *WINDOW), ("how to return", "returns", "en/how-to-return"))
    n = state.store.write_now(
        lambda conn: store.propose(conn, {"weight": 0.0}, {"sound": False, "moved": {"weight": [0.7, 0.0]}}, tenant="garden", by="mia", at=NOW)
    )
    before = state.knowledge.mix
    with pytest.raises(Conflict, match="worse"):
        tuning.decided(state, n, "approve", by="noa")
    assert (state.knowledge.mix, tuning.changes(state)[0]["state"]) == (before, "proposed")


def test_settings_are_looked_for_that_serve_the_feedback_better(state: State) -> None:
    labelled(state, ("return window", *WINDOW))
    poor = dict.fromkeys(("covered", "titled", "figured"), 0.0) | {"weight": 1.0, "heading": 1.0}
    n = state.store.write_now(lambda conn: store.propose(conn, poor, {"sound": True}, tenant="garden", by="mia", at=NOW))
    tuning.decided(state, n, "approve", by="mia")
    questions = ("blade bolt nut 35", "wheel nut N·m", "50 N·m bolt", "every 25 hours", "how often every 40 hours", "needs it every 40 hours")
    for number, question in enumerate(questions):
        answered(state, f"q{number}", question)
        give(by(state), f"t-q{number}", thumb=-1, right="care#en/sharpening" if "hours" in question else "care#en/torque")
    proposal = tuning.proposed(state, by="mia")
    assert (proposal.cases, proposal.sound) == (6, True)
    assert proposal.after["feedback"]["mrr@10"] > proposal.before["feedback"]["mrr@10"]
    assert state.knowledge.mix.weight == 1.0


def test_a_correction_that_quotes_a_removed_document_is_blacked_out(state: State) -> None:
    answered(state, "a", "sharpening", WINDOW)
    give(by(state), "t-a", thumb=-1, text="It says: Sharpen the blade of the M-40 every 25 hours.")
    assert remove(by(state), "care", prove_it=True).hits == 0
    (kept,) = state.store.read_now(lambda conn: store.feedback_since(conn, NOW, tenant="garden"))
    assert "removed sha256" in kept.feedback.text
