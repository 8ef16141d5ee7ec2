"""What leaves of a turn: the company's own text of what a yes would do is shown whole, or no yes counts for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import Company, build
from assistant.config import Config
from tests.conftest import MONDAY, ROOT, Chat


def previewing(company: Company, text: str) -> Company:
    """The company with another preview of cancellations."""
    procedures = dict(company.workspace.procedures)
    procedures["cancel_order"] = replace(procedures["cancel_order"], preview={"en": text})
    return replace(company, workspace=replace(company.workspace, procedures=procedures))


@pytest.fixture
def chat(request: pytest.FixtureRequest, company: Company, prepared: Path, tmp_path: Path) -> Iterator[Chat]:
    state = shutil.copytree(prepared, tmp_path / "state")
    made = Chat(build(Config(ROOT, state, clock=MONDAY), company=previewing(company, request.param)))
    made.as_("C2/Dana Cole")
    yield made
    made.end()


@pytest.mark.parametrize("chat", ["Cancel order {{ order.number }}: you get {{ (order.amount - values.fee)|money }} back. Shall I?"], indirect=True)
def test_a_figure_worked_out_in_a_preview_is_shown(chat: Chat) -> None:
    preview, done = chat.talk("Cancel 12360", "yes")
    assert preview["text"] == "Cancel order 12360: you get US$8,640.00 back. Shall I?"
    assert len(done["receipts"]) == 1


@pytest.mark.parametrize("chat", ["Order {{ order.number }} is cancelled, and we will call you about it. Shall I?"], indirect=True)
def test_a_preview_that_may_not_leave_goes_to_a_person_and_takes_no_yes(chat: Chat) -> None:
    preview, after = chat.talk("Cancel 12360", "yes")
    assert preview["action"] == "handoff"
    assert preview["handoff"]["reason"] == "tool_failed"
    assert after["receipts"] == []
    assert chat.order("12360")["status"] == "in_production"
