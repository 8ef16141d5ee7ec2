"""The steps of a stored turn, and the checks of the doctor, as people and programs read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from assistant.cli.show import steps, went_out
from assistant.errors import NotFound
from assistant.workspace.scaffold import init_workspace


def record(**more: Any) -> dict[str, Any]:
    decision = {"action": "handoff", "intent": "human.request", "procedure": "", "rule": "", "reason": "customer_request"}
    view = {
        "text": "One.\nTwo.",
        "requests": [{"action": "wait", "intent": "human.request", "reason": "queued", "procedure": None}],
        "citations": [{"document": "returns", "version": 2, "section": "en/window", "quote": "within\n15 days"}],
        "receipts": [{"id": "RC-1"}],
    }
    reading = {"requests": [], "slots": [], "language": "en", "verdict": "other", "sentiment": 0.0, "urgency": 0}
    found = {"message": {"text": "hello"}, "reading": reading, "view": view, "calls": [], "passages": [], "blocked": [], "decisions": [decision]}
    return found | {"business_time": "2026-06-01T02:00:00+00:00", "timings_ms": {"read": 1.25, "decide": 130.0}, "stamps": {"model": "none"}, **more}


def test_a_trace_tells_what_went_out_and_not_what_was_decided_on_the_way() -> None:
    told = dict(steps(record()))
    assert told["Decided"] == ["wait human.request: queued"]
    assert told["Said"] == ["One.", "Two.", "[1] returns@2#en/window: “within 15 days”", "receipt RC-1"]
    assert told["Times"] == ["read         1.2 ms", "decide     130.0 ms"]


def test_what_was_decided_keeps_its_rule_where_the_two_belong_together() -> None:
    decision = {"action": "confirm", "intent": "order.cancel", "procedure": "cancel_order", "rule": "CANCEL.fee", "reason": "preview"}
    request = {"action": "confirm", "intent": "order.cancel", "reason": "preview", "procedure": None}
    view = {**record()["view"], "requests": [request]}
    assert dict(steps(record(decisions=[decision], view=view)))["Decided"] == ["confirm cancel_order: preview (rule CANCEL.fee)"]
    assert went_out(record(decisions=[decision, decision], view=view)) == [request]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "glass"
    init_workspace(folder)
    return folder


def test_an_unknown_turn_is_told_with_where_turns_are_named(company: Path) -> None:
    CliRunner().invoke(app, ["kb", "status", "--workspace", str(company)])
    result = CliRunner().invoke(app, ["trace", "nope", "--workspace", str(company)])
    assert isinstance(result.exception, NotFound)
    assert "assistant chat --json" in result.exception.message


def test_the_doctor_says_one_document_to_programs_and_looks_no_further_than_it_can(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--workspace", str(tmp_path), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert not told["ok"]
    wrong = {check["name"]: check["text"] for check in told["checks"] if not check["ok"]}
    assert set(wrong) == {"workspace", "seams", "models"}
    assert "assistant init" in wrong["workspace"]
    assert "mend the workspace first" in wrong["models"]


def test_the_doctor_finds_a_state_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = CliRunner().invoke(app, ["doctor", "--workspace", str(tmp_path), "--state", str(tmp_path / "file" / "state"), "--json"])
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert not checks["state"]["ok"]
    assert "--state" in checks["state"]["text"]
