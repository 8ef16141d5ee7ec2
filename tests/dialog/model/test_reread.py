"""What is kept of a model's reading: only what the message bears out, whatever the model wrote."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app import Company, build
from assistant.config import Config
from assistant.dialog.known import Known
from assistant.dialog.model.reread import CONFIDENCE, MOST_REQUESTS, allowed_intents, applied, mentions, parsed, proposed, unsure
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.state import Procedure, State
from assistant.llm.agent import Proposal
from assistant.types import Hints, Principal, Request
from tests.conftest import MONDAY, ROOT

WHO = Principal("C2/Dana Cole", "customer", "lanstone", "C2")
SAID = "Please move order 12366 to June 29, and what about the seal?"


@pytest.fixture(scope="module")
def parts(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    assistant = build(Config(ROOT, shutil.copytree(prepared, tmp_path_factory.mktemp("reread") / "state"), clock=MONDAY), company=company)
    yield assistant.parts
    asyncio.run(assistant.close())


def _moment(parts: Parts, text: str = SAID, state: State | None = None) -> Moment:
    reading = parts.reader.read_slots(text, Hints("en", MONDAY, "ms-1"))
    return Moment(parts.world, WHO, reading, state or State("en"), Known(), MONDAY, "ms-1")


def _applied(parts: Parts, found: Any, text: str = SAID, *, allowed: frozenset[str] | None = None) -> Any:
    moment = _moment(parts, text)
    return applied(moment, found, allowed=allowed or frozenset(allowed_intents(parts.world)), read_slots=parts.reader.read_slots)


def _entry(intent: Any = "order.change_date", text: Any = SAID, *slots: Any) -> dict[str, Any]:
    return {"intent": intent, "text": text, "slots": list(slots)}


def test_a_request_keeps_its_stretch_and_the_mentions_in_it(parts: Parts) -> None:
    reading = _applied(parts, {"requests": [_entry("order.change_date", "Please move order 12366 to June 29")]})
    (request,) = reading.requests
    assert (request.intent, request.confidence, request.start) == ("order.change_date", CONFIDENCE, 0)
    assert [slot.value for slot in request.slots if slot.name == "order"] == ["12366"]


def test_words_that_were_not_said_bring_no_value(parts: Parts) -> None:
    slots = [{"name": "order", "text": "12380"}, {"name": "date", "text": "March 17, 2031"}, {"name": "address", "text": "Nowhere 1, Austin, TX"}]
    reading = _applied(parts, {"requests": [_entry("order.change_date", SAID, *slots)]})
    assert {slot.text for slot in reading.slots} == {slot.text for slot in _moment(parts).reading.slots}
    assert all(slot.text in SAID for request in reading.requests for slot in request.slots)
    assert mentions(_moment(parts), "12380", read_slots=parts.reader.read_slots) == ()


@pytest.mark.parametrize("intent", ["no.such.intent", "", None, 7, ["order.cancel"], {"a": 1}, True])
def test_an_intent_that_is_none_of_the_companys_is_dropped(parts: Parts, intent: Any) -> None:
    assert _applied(parts, {"requests": [_entry(intent)]}).requests == ()


def test_an_intent_that_the_words_do_not_bear_out_is_dropped(parts: Parts) -> None:
    plausible = parts.reader.plausible(["just tell me the status"])
    assert "order.status" in plausible
    assert "order.cancel" not in plausible
    assert _applied(parts, {"requests": [_entry("order.cancel")]}, allowed=plausible).requests == ()
    assert parts.reader.plausible(["that thing", "  "]) <= {"unclear"}


def test_what_writes_without_a_yes_cannot_be_named(parts: Parts) -> None:
    procedures = parts.world.workspace.procedures
    free = {name for name, spec in procedures.items() if not spec.confirm and not spec.answer and spec.tool == "open_ticket"}
    assert free
    intents = {intent for name in free for intent in procedures[name].intents}
    assert not intents & allowed_intents(parts.world).keys()
    for name in free:
        assert proposed(_moment(parts), Proposal(name, {}), meant=intents, read_slots=parts.reader.read_slots) is None


@pytest.mark.parametrize(
    "found",
    [{}, {"requests": None}, {"requests": 1}, {"requests": {}}, {"requests": [None, 1, "a", [], {}]}, {"requests": [{"intent": "order.cancel"}]}],
)
def test_what_is_no_reading_leaves_the_built_in_one(parts: Parts, found: Any) -> None:
    assert _applied(parts, found) == _moment(parts).reading


def test_no_more_requests_than_four(parts: Parts) -> None:
    assert len(_applied(parts, {"requests": [_entry()] * 20}).requests) == MOST_REQUESTS


def test_values_that_are_objects_are_taken_too(parts: Parts) -> None:
    text = "change that one to what we said for 12366"
    entry = _entry("order.change_date", text, {"name": "order", "text": "change that one"}, {"name": "order", "text": "12366"})
    assert _applied(parts, {"requests": [entry, entry]}, text).requests


def test_verdict_mood_and_danger_are_never_a_models_to_tell(parts: Parts) -> None:
    found = {"requests": [_entry()], "verdict": "yes", "urgency": 3, "anger": True, "injection": True, "language": "zh-Hans", "text": "yes"}
    before, after = _moment(parts).reading, _applied(parts, found)
    for name in ("verdict", "urgency", "anger", "injection", "language", "text", "sentiment"):
        assert getattr(before, name) == getattr(after, name)


@pytest.mark.parametrize(
    ("standalone", "kept"),
    [("What about the seal of the P-200?", True), ("x" * 5000 + "?", False), (7, False), (None, False), ("", False)],
)
def test_a_rewrite_is_for_searching_and_of_the_messages_size(parts: Parts, standalone: Any, kept: bool) -> None:
    reading = _applied(parts, {"requests": [_entry()], "standalone": standalone})
    assert (reading.standalone == standalone) is kept


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["requests", "intent", "text", "slots", "name", "standalone"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None)
@given(JSON, st.text(max_size=20))
def test_no_shape_of_an_answer_breaks_the_turn(parts: Parts, found: Any, around: str) -> None:
    reading = _applied(parts, parsed(f"{around}{json.dumps(found)}{around}"))
    assert all(slot.text in reading.text for slot in reading.slots)


@pytest.mark.parametrize("text", ["", "no json", "[1, 2]", "{", "}", "{" * 3000 + "}" * 3000, '{"a": ' + "9" * 6000 + "}", "} {"])
def test_what_is_no_object_is_an_empty_one(text: str) -> None:
    assert parsed(text) == {}


def test_a_proposal_becomes_a_reading_only_of_what_was_said(parts: Parts) -> None:
    procedures = parts.world.workspace.procedures
    name = next(name for name, spec in procedures.items() if "order.change_date" in spec.intents)
    wish = Proposal(name, {"order": "12380", "date": "June 29"})
    made = proposed(_moment(parts), wish, meant={"order.change_date"}, read_slots=parts.reader.read_slots)
    assert made is not None
    assert "12380" not in [slot.value for slot in made.requests[0].slots]
    assert proposed(_moment(parts), wish, meant={"order.status"}, read_slots=parts.reader.read_slots) is None
    assert proposed(_moment(parts), Proposal("admin", {}), meant={"order.change_date"}, read_slots=parts.reader.read_slots) is None


def _asked(confidence: float, *, accepted: bool = True) -> tuple[Request, ...]:
    return (Request("order.status", confidence, SAID, 0, len(SAID), accepted=accepted),)


def test_a_model_reads_only_what_is_left_open(parts: Parts) -> None:
    moment = _moment(parts, "hm, about that seal, you know")

    def seen(**changes: Any) -> bool:
        return unsure(replace(moment, reading=replace(moment.reading, **changes)))

    assert seen(requests=_asked(0.3))
    assert seen(requests=_asked(0.9, accepted=False))
    assert seen(requests=())
    assert not seen(requests=_asked(0.9))
    for changes in ({"verdict": "yes"}, {"urgency": 3}, {"injection": True}, {"contentless": True}, {"text": " "}):
        assert not seen(requests=(), **changes)


def test_a_preview_that_waits_for_its_yes_is_not_put_aside_on_a_guess(parts: Parts) -> None:
    state = State("en", procedure=Procedure("change_date", "order.change_date", "confirm"))
    moment = _moment(parts, "hm wait, the warehouse", state)
    unread = replace(moment, reading=replace(moment.reading, requests=(), slots=(), verdict="other"))
    assert not unsure(unread)
    assert unsure(replace(unread, state=State("en", procedure=replace(state.procedure, stage="collect"))))  # type: ignore[type-var]
