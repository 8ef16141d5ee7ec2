"""An answer below the confidence that its intent asks for: a person gives it, unless the customer is in the middle of a change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.app import Company, build
from assistant.config import Config
from tests.conftest import MONDAY, ROOT, Chat

ASKED = "What is the head of the P-100?"


@pytest.fixture
def careful(company: Company, prepared: Path, tmp_path: Path) -> Iterator[Chat]:
    """A company that trusts no English answer at all, and every Chinese one."""
    calibration = {**company.workspace.calibration, "confidence": {"default": 0.0, "en": 1.01}}
    state = shutil.copytree(prepared, tmp_path / "state")
    made = Chat(build(Config(ROOT, state, clock=MONDAY), company=replace(company, workspace=replace(company.workspace, calibration=calibration))))
    yield made.as_("C2/Dana Cole")
    made.end()


def test_an_unsure_answer_goes_to_a_person(careful: Chat) -> None:
    view = careful.say(ASKED)
    assert (view["action"], view["reason"]) == ("handoff", "low_confidence")
    assert "32 m" not in view["text"]
    assert careful.state()["handoffs"][0]["reason"] == "low_confidence"


def test_the_language_has_its_own_threshold(careful: Chat) -> None:
    assert "32 m" in careful.say("P-100扬程多少？")["text"]


def test_a_question_by_the_way_leaves_the_open_change_alone(careful: Chat) -> None:
    view, done = careful.talk("Cancel 12366", ASKED)[1], careful.say("yes")
    assert view["procedure"]["name"] == "cancel_order"
    assert "32 m" not in view["text"]
    assert done["receipts"], "the change is still the customer's to confirm"
    assert careful.state()["handoffs"] == []
