"""A model's words for an answer: streamed when they hold, mended once, dropped when they do not, and closed by us when the model stops."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.app import Company
from assistant.dialog import turn as turn_module
from assistant.dialog.model import compose
from assistant.dialog.model.compose import MOST_JUDGED, MOST_SENTENCES, NO_ANSWER
from assistant.dialog.support.judge import Ground, Judged
from assistant.store.audit import audit_after
from assistant.types import Sentence
from assistant.workspace.company import ModelSpec
from tests.llm.faulty import Answer
from tests.puppets.world import Said, World

DANA = "C2/Dana Cole"
KNOWN = "How much dripping from the seal is normal, and what should we do beyond that?"
UNKNOWN = "Would your pumps be suitable for brewing beer?"
TRUE, TRUE2, LIE = "Three drops a minute are fine.", "Beyond that the seal wants replacing.", "Ninety drops are fine."
Replies = list[Answer]


class Script:
    """Gives the next answer of its list; the last one again and again."""

    def __init__(self) -> None:
        self.answers: Replies = []
        self.bodies: list[dict[str, Any]] = []

    def __call__(self, body: dict[str, Any]) -> Answer:
        self.bodies.append(body)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def said(text: str, *calls: tuple[str, Any]) -> Answer:
    return Answer(tuple(text[at : at + 5] for at in range(0, len(text), 5)), tuple((name, json.dumps(given)) for name, given in calls))


@pytest.fixture(scope="module")
def stage(company: Company, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Script]]:
    script, state = Script(), shutil.copytree(prepared, tmp_path_factory.mktemp("compose") / "state")
    world = World(company, state, reply=script, spec=ModelSpec(turn_seconds=3.0, first_token_seconds=1.0, idle_seconds=0.5))
    yield world, script
    world.end()


@pytest.fixture
def ask(stage: tuple[World, Script], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """`ask(question, answers)` with a judge that knows two true sentences and takes "Hello." for empty talk."""
    world, script = stage

    def judged(sentence: str, grounds: Sequence[Ground], **_: object) -> Judged:
        if sentence in (TRUE, TRUE2) or sentence.startswith("True"):
            return Judged(True, 1.0, citations=tuple(ground.citation for ground in grounds if ground.citation)[:1])
        return Judged(True, 1.0) if sentence == "Hello." else Judged(False, 0.0, "number")

    monkeypatch.setattr(compose, "judge", judged)

    def asked(question: str, *answers: Answer, mode: str = "") -> Said:
        world.calm()
        world.server.mode = mode
        script.answers, script.bodies = list(answers), []
        try:
            return world.talk(DANA, [question])[0]
        finally:
            world.server.mode = ""

    return asked


@pytest.fixture(scope="module")
def builtin(stage: tuple[World, Script]) -> dict[str, str]:
    """The same questions to a model that has no answer."""
    world, script = stage
    script.answers = [said(NO_ANSWER)]
    return {question: world.talk(DANA, [question])[0].text for question in (KNOWN, UNKNOWN)}


def test_sentences_that_hold_are_streamed_and_begin_the_stored_reply(ask: Callable[..., Said]) -> None:
    turn = ask(KNOWN, said(f"{TRUE} {TRUE2}"))
    assert turn.streamed == [TRUE, TRUE2]
    assert turn.text.startswith(f"{TRUE} {TRUE2}")
    assert turn.ended == 1
    assert turn.view["citations"]


def test_an_unsupported_sentence_beside_true_ones_is_left_out(ask: Callable[..., Said]) -> None:
    turn = ask(KNOWN, said(f"{TRUE} {LIE} {TRUE2}"))
    assert turn.streamed == [TRUE, TRUE2]
    assert LIE not in turn.raw


def test_what_does_not_hold_is_mended_once(ask: Callable[..., Said], stage: tuple[World, Script]) -> None:
    turn = ask(KNOWN, said(LIE), said(TRUE))
    assert TRUE in turn.text
    assert LIE not in turn.raw
    bodies = stage[1].bodies
    assert len(bodies) == 2
    assert LIE in bodies[1]["messages"][-1]["content"]
    assert "number" in bodies[1]["messages"][-1]["content"]


def test_what_cannot_be_mended_gives_the_built_in_answer(ask: Callable[..., Said], builtin: dict[str, str], stage: tuple[World, Script]) -> None:
    turn = ask(KNOWN, said(LIE))
    assert turn.text == builtin[KNOWN]
    assert turn.streamed == []
    assert len(stage[1].bodies) == 2
    assert (LIE, "number") in [tuple(pair) for pair in stage[0].record(turn)["blocked"]]


def test_no_answer_is_believed(ask: Callable[..., Said], builtin: dict[str, str], stage: tuple[World, Script]) -> None:
    for question in (KNOWN, UNKNOWN):
        turn = ask(question, said(NO_ANSWER))
        assert turn.text == builtin[question]
        assert len(stage[1].bodies) == 1


def test_empty_talk_alone_is_no_answer(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    assert ask(KNOWN, said("Hello.")).text == builtin[KNOWN]
    assert ask(UNKNOWN, said("Hello. Hello.")).text == builtin[UNKNOWN]


def test_a_sentence_said_again_is_read_once(ask: Callable[..., Said]) -> None:
    turn = ask(KNOWN, said(f"{TRUE} " * 30))
    assert turn.streamed == [TRUE]
    assert turn.text.count(TRUE) == 1


def test_a_flood_of_sentences_is_bounded(ask: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    judge = compose.judge

    def counted(sentence: str, grounds: Any, **given: Any) -> Judged:
        seen.append(sentence)
        return judge(sentence, grounds, **given)

    monkeypatch.setattr(compose, "judge", counted)
    turn = ask(KNOWN, said(" ".join(f"True number {n}." for n in range(200))))
    assert len(turn.streamed) == MOST_SENTENCES
    seen.clear()
    ask(KNOWN, said(" ".join(f"Lie number {n}." for n in range(200))))
    assert len(seen) <= 2 * MOST_JUDGED


@pytest.mark.parametrize("mode", ["cut", "reset", "error_event"])
def test_what_was_read_stays_when_the_model_stops_and_is_closed_by_us(ask: Callable[..., Said], mode: str) -> None:
    turn = ask(KNOWN, said(f"{TRUE} {TRUE2} and so on and so on, "), mode=mode)
    assert turn.streamed == [TRUE]
    assert turn.text.startswith(TRUE)
    assert len(turn.text) > len(TRUE) + 10
    assert "and so on" not in turn.text
    assert turn.ended == 1


def test_our_own_sentences_around_a_models_are_verified_like_any(
    ask: Callable[..., Said], stage: tuple[World, Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    invented, sound = Sentence("Beyond that it costs $987."), Sentence("Please write again if anything else is unclear.")
    monkeypatch.setattr(compose, "lost", lambda *_, **__: (invented, sound))
    turn = ask(KNOWN, said(f"{TRUE} {TRUE2}"))
    assert turn.text == f"{TRUE} {TRUE2} {sound.text}"
    assert (invented.text, "number") in [tuple(pair) for pair in stage[0].record(turn)["blocked"]]


def test_what_a_turn_took_counts_for_others_until_it_is_stored(ask: Callable[..., Said], stage: tuple[World, Script], monkeypatch: pytest.MonkeyPatch) -> None:
    models = stage[0].assistant.models
    assert models is not None
    seen: list[int] = []
    commit = turn_module.commit_turn

    def watched(conn: Any, made: Any) -> Any:
        seen.append(models.ledger.pending.tokens)
        return commit(conn, made)

    monkeypatch.setattr(turn_module, "commit_turn", watched)
    ask(KNOWN, said(TRUE))
    assert len(seen) == 1
    assert seen[0] > 0
    assert models.ledger.pending.tokens == 0


def test_a_fault_before_the_first_sentence_gives_the_built_in_answer(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    for mode in ("server_error", "unauthorized", "bad_json", "huge_chunk", "empty"):
        assert ask(KNOWN, said(TRUE), mode=mode).text == builtin[KNOWN]


def test_a_bug_of_ours_gives_the_built_in_answer_too(ask: Callable[..., Said], builtin: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Judged:
        raise RecursionError

    monkeypatch.setattr(compose, "judge", broken)
    turn = ask(KNOWN, said(TRUE))
    assert turn.text == builtin[KNOWN]
    assert turn.ended == 1


def test_half_characters_do_not_lose_the_turn(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    turn = ask(KNOWN, said("\ud83d Ninety \udc00 drops."))
    assert turn.text == builtin[KNOWN]
    assert turn.ended == 1


def test_what_was_not_found_is_looked_for_with_tools_and_never_streamed(ask: Callable[..., Said], stage: tuple[World, Script]) -> None:
    found = "True pumps for brewing beer are not ours."
    turn = ask(UNKNOWN, said("Let me look. ", ("search_knowledge", {"query": "media"})), said(f"{found} {TRUE2}"))
    first, second = stage[1].bodies
    assert {tool["function"]["name"] for tool in first["tools"]} >= {"get_order", "search_knowledge", "start_procedure"}
    assert "tools" not in second
    assert turn.streamed == []
    assert turn.text.startswith(found)
    assert "Let me look" not in turn.raw
    assert turn.view["reason"] == "composed"


def test_what_is_true_and_answers_another_question_is_not_said(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    assert ask(UNKNOWN, said(f"{TRUE} {TRUE2}")).text == builtin[UNKNOWN]


def test_half_a_statement_and_a_lead_without_what_it_announces_are_not_said(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    for text in (f"{LIE[:-1]}; {TRUE}", "True are these:"):
        turn = ask(KNOWN, said(text))
        assert turn.text == builtin[KNOWN]
        assert turn.streamed == []
    assert ask(KNOWN, said(f"True are these: {TRUE}")).streamed == [f"True are these: {TRUE}"]


def test_a_foreign_order_reads_as_not_found_and_the_call_is_in_the_record(ask: Callable[..., Said], stage: tuple[World, Script]) -> None:
    turn = ask(UNKNOWN, said("", ("get_order", {"order": "12345"}), ("get_order", {"order": "99999"}), ("cancel_order", {"order": "12360"})), said(NO_ANSWER))
    told = [message["content"] for message in stage[1].bodies[1]["messages"] if message["role"] == "tool"]
    assert told[0] == told[1]
    assert "not_found" in told[0]
    assert "no such tool" in told[2]
    assert [tool["outcome"] for tool in turn.view["tools"] if tool["name"] == "get_order"] == ["refused", "refused"]


@pytest.mark.parametrize(
    ("name", "number", "raised"), [("get_order", "12345", 1), ("track_order", "12345", 1), ("get_order", "99999", 0), ("get_order", "12360", 0)]
)
def test_a_models_look_up_of_a_foreign_order_is_told_to_the_audit_as_a_customers_is(
    ask: Callable[..., Said], stage: tuple[World, Script], name: str, number: str, raised: int
) -> None:
    world = stage[0]

    def audited() -> list[Any]:
        entries = world.run(world.assistant.store.read(lambda conn: audit_after(conn, tenant=world.assistant.tenant)))
        return [(entry.who, entry.what) for entry in entries if entry.kind == "access.denied"]

    before = audited()
    turn = ask(UNKNOWN, said("", (name, {"order": number}), (name, {"order": number}), ("find_orders", {})), said(NO_ANSWER))
    assert list(turn.view["events"]).count("access.denied") == raised
    assert audited()[len(before) :] == [(DANA, {"order": number})] * raised


def test_a_question_of_something_else_never_becomes_a_change(ask: Callable[..., Said], builtin: dict[str, str]) -> None:
    wish = {"name": "cancel_order", "slots": {"order": "12360"}}
    turn = ask(UNKNOWN, said("", ("start_procedure", wish)))
    assert turn.view["action"] != "confirm"
    assert turn.view["cards"] == []
    assert turn.text == builtin[UNKNOWN]


def test_what_the_customer_says_in_a_procedure_supports_nothing(stage: tuple[World, Script]) -> None:
    from assistant.dialog.model.material import prepare
    from assistant.dialog.moment import Moment
    from assistant.dialog.state import Procedure, State
    from assistant.types import Hints, Slot

    world, _ = stage
    assistant = world.assistant
    assert assistant.models is not None
    told = "your returns are free for 90 days"
    state = State("en", procedure=Procedure("register_return", "aftersales.return", slots={"problem": Slot("problem", told, told)}))
    name = next(name for name, spec in assistant.workspace.procedures.items() if "aftersales.return" in spec.intents)
    assert state.procedure is not None
    state = State("en", procedure=Procedure(name, "aftersales.return", slots=state.procedure.slots))
    reading = assistant.parts.reader.read_slots("What is your return policy?", Hints("en", assistant.clock.now(), "ms"))
    who = world.run(assistant.principal(DANA))
    moment = Moment(assistant.parts.world, who, reading, state, known=None, now=assistant.clock.now(), message_id="ms")  # type: ignore[arg-type]
    prepared = prepare(assistant.models, moment, (), said=(), orders=(), tools=False)
    assert told in prepared.messages[0].text
    assert prepared.grounds == ()
