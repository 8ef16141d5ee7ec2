"""Suites and scenarios are looked at with the company: shapes, names, figures; what only looks like a mistake stops nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.tools.whole import notes_of, read_whole
from assistant.workspace.load import load_workspace
from assistant.workspace.model import Problem

Edit = Callable[[str, str, str], None]
CANCEL = "evals/scenarios/S03_cancel_packed.yaml"
RETURN = "evals/scenarios/S05_return.yaml"
SUITE = "evals/suites/scenarios.yaml"

# (name, file, old, new, what the message or hint must say)
MISTAKES = [
    ("unknown_expectation", CANCEL, "intent: order.cancel, state", "intnt: order.cancel, state", ["unknown key 'intnt'", "did you mean 'intent'?"]),
    ("unknown_stage", CANCEL, "state: confirm", "state: confirmed", ["'confirmed' is not one of", "did you mean 'confirm'?"]),
    ("unknown_intent", CANCEL, "intent: order.cancel", "intent: order.cancle", ["unknown intent 'order.cancle'", "did you mean 'order.cancel'?"]),
    ("unknown_contact", CANCEL, "Ana Petrov", "Ana Petrow", ["unknown contact 'L1/Ana Petrow'", "L1/Ana Petrov"]),
    ("unknown_order", CANCEL, '{"7002"', '{"7020"', ["unknown order '7020'"]),
    ("unknown_status", CANCEL, "status: cancelled", "status: canceled", ["unknown status 'canceled'", "did you mean 'cancelled'?"]),
    ("unknown_tool", CANCEL, "must_call: [cancel_order]", "must_call: [cancel_ordr]", ["unknown tool 'cancel_ordr'", "did you mean 'cancel_order'?"]),
    ("unknown_slot", CANCEL, "state: confirm,", 'state: confirm, slot: {ordr: "7002"},', ["unknown slot 'ordr'", "did you mean 'order'?"]),
    ("broken_pattern", CANCEL, '34\\\\.50"]', '34\\\\.50("]', ["no regular expression"]),
    ("missing_attachment", CANCEL, 'say: "yes"', 'say: "yes"\n    attach: [x.png]', ["no file 'x.png'"]),
    ("unreadable_clock", CANCEL, "clock: 2026-03-02T09:00:00+01:00", "clock: monday", ["expected a date or time"]),
    ("id_twice", CANCEL, "id: S03", "id: S02", ["the id 'S02' is given twice", "evals/scenarios/S02_move_date.yaml"]),
    ("mirror", CANCEL, "id: S03", "id: S03\nmirrors: S33", ["has no scenario 'S33'"]),
    ("unknown_clause", "evals/scenarios/S04_return_window.yaml", "RETURN.window", "RETURN.windows", ["unknown clause", "did you mean 'RETURN.window'?"]),
    ("unknown_ticket", RETURN, "kind: return", "kind: returns", ["unknown ticket kind 'returns'", "did you mean 'return'?"]),
    ("unknown_field", RETURN, "fields: {items", "fields: {item", ["has no field 'item'", "'items'"]),
    ("unknown_product", RETURN, "sku: BK-600", "sku: BK-60", ["unknown product 'BK-60'"]),
    ("unknown_document", "evals/scenarios/S07_question.yaml", "fl-250|catalog", "fl-25|catalog", ["unknown document 'fl-25'", "fl-250"]),
    ("unknown_reason", "evals/scenarios/S04_return_window.yaml", "handoff: none}", "handoff: {reason: policy_human}}", ["unknown reason", "policy_human_only"]),
    ("pattern_of_a_suite", SUITE, "../scenarios/*.yaml", "../scenario/*.yaml", ["no file fits"]),
    ("key_of_a_suite", SUITE, "trials: 1", "trails: 1", ["unknown key 'trails'", "did you mean 'trials'?"]),
    ("calibration", "evals/calibration.json", "", '{"confidence": {"default": "high"}}', ["expected a number from 0 to 1"]),
    ("placeholder", "corpus/intents.yaml", "补一份校准证书", "'{ordre}补一份校准证书'", ["nothing fills {ordre}", "did you mean 'order'?"]),
    ("served_twice", "corpus/intents.yaml", "{knowledge: true}", "{knowledge: true, text: greeting}", ["served by text and knowledge"]),
    ("option_filter", "corpus/procedures.yaml", "编号 {{ new.serial }}。确认", "编号 {{ new.serial|option('grade') }}。确认", ["option('grade') has no words"]),
    ("default", "corpus/procedures.yaml", "default: 1}", "default: one}", ["'one' is no default of a quantity"]),
    ("role", "corpus/procedures.yaml", "        type: product\n", "        type: product\n        role: old\n", ["the one role is `new`"]),
    ("unit", "corpus/procedures.yaml", "        type: text\n", "        type: text\n        unit: week\n", ["`unit` belongs to a quantity"]),
    ("part", "corpus/procedures.yaml", "    tool: cancel_order\n", "    tool: cancel_order\n    part: call_back\n", ["cannot be the part of it"]),
    ("status_twice", "corpus/procedures.yaml", "[received, packed,", "[received, received, packed,", ["the status 'received' is given twice"]),
    ("number_pattern", "assistant.toml", '"builtin"', '"builtin"\nnumber_pattern = "KP-("', ["no regular expression"]),
    ("model_name", "assistant.toml", "[demo]", '[model]\nuse = ["opnai:gpt"]\n[demo]', ["names no model", "did you mean 'openai'?"]),
    ("encoder", "assistant.toml", "[demo]", '[knowledge]\nencoder = "usem4"\n[demo]', ["unknown encoder 'usem4'", "did you mean 'usem3'?"]),
    ("example", "assistant.toml", "[demo]", '[[demo.examples]]\nas = "L1/Ana"\ntext = "Hi"\n[demo]', ["demo.examples"]),
    ("table_in_page", "corpus/policies.yaml", "box_percent: 4}", "box_percent: 4, breaks: [[24, 4], [48, 7]]}", ["7 is not stated in"]),
]
NOTES = [
    ("stray_file", "corpus/procedure.yaml", "", "procedures: {}\n", ["nothing reads this file", "corpus/procedures.yaml"]),
    ("figure", "corpus/catalog.yaml", '"600 ml"', '"660 ml"', ["'660 ml' is not stated in corpus/products/bk-600"]),
    ("skill", "corpus/fixture/agents.yaml", "skills: [glass]", "skills: [glas]", ["the skill 'glas'", "did you mean 'glass'?"]),
    ("reason", "corpus/routing.yaml", "urgent_line_stop:", "urgent_linestop:", ["for the reason 'urgent_linestop'", "urgent_line_stop"]),
    ("kind_of_names", "corpus/texts.yaml", "  status:\n", "  statuses:\n    a: {zh: 一, en: a}\n  status:\n", ["'statuses'", "did you mean 'status'?"]),
    ("prompt", "prompts/anwser.en.md", "", "---\nversion: 1\nvariables: []\n---\nhello\n", ["nothing uses a prompt", "did you mean 'answer'?"]),
]


def _found(root: Path) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    workspace, problems = read_whole(root)
    return problems, notes_of(workspace) if workspace is not None else ()


@pytest.mark.parametrize(("file", "old", "new", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_named_with_its_place(root: Path, edit: Edit, *, file: str, old: str, new: str, said: list[str]) -> None:
    (root / file).parent.mkdir(exist_ok=True)
    edit(file, old, new)
    shown = [str(problem) for problem in _found(root)[0]]
    assert any(all(part in line for part in said) for line in shown), shown


@pytest.mark.parametrize(("file", "old", "new", "said"), [case[1:] for case in NOTES], ids=[case[0] for case in NOTES])
def test_what_only_looks_like_a_mistake_is_a_note(root: Path, edit: Edit, *, file: str, old: str, new: str, said: list[str]) -> None:
    (root / file).parent.mkdir(exist_ok=True)
    edit(file, old, new)
    problems, notes = _found(root)
    assert problems == ()
    assert any(all(part in str(note) for part in said) for note in notes), notes


def test_the_example_has_nothing_to_note(root: Path) -> None:
    assert _found(root) == ((), ())


def test_the_line_of_a_scenario_is_told(root: Path, edit: Edit) -> None:
    edit(CANCEL, "intent: order.cancel", "intent: order.cancle")
    (problem,) = _found(root)[0]
    lines = (root / CANCEL).read_text(encoding="utf-8").splitlines()
    assert "order.cancle" in lines[problem.line - 1]


def test_mistakes_of_all_rooms_are_told_together(root: Path, edit: Edit) -> None:
    edit(CANCEL, "intent: order.cancel", "intent: order.cancle")
    edit("corpus/policies.yaml", 'when: "line.custom"', 'when: "lin.custom"')
    edit("corpus/policies.yaml", "percent(order.amount, p.repacking_percent)", "order.amount * 0.15")
    edit("corpus/procedures.yaml", "tool: change_delivery_date", "tool: change_delivery")
    edit("corpus/catalog.yaml", "family: flask", "family: flasks")
    edit("assistant.toml", '"EUR"', '"euro"')
    said = " ".join(str(problem) for problem in _found(root)[0])
    for part in ("order.cancle", "'lin'", "double(x)", "'change_delivery'", "'flasks'", "ISO 4217"):
        assert part in said


def test_one_wrong_word_does_not_make_all_texts_missing(root: Path, edit: Edit) -> None:
    edit("corpus/texts.yaml", "extends: standard", "extends: standart")
    assert [problem.key for problem in _found(root)[0]] == ["extends"]


def test_a_document_of_another_format_may_be_cited(root: Path, edit: Edit) -> None:
    (root / "corpus/enterprise/terms.html").write_text("<h1>Terms</h1>", encoding="utf-8")
    edit("corpus/enterprise/terms.html.yaml", "", "id: terms\ntitle: Terms\nlevel: enterprise\nlanguage: en\n")
    edit("evals/scenarios/S07_question.yaml", "fl-250|catalog", "fl-250|terms")
    assert _found(root)[0] == ()
    edit("corpus/enterprise/gone.pdf.yaml", "", "id: gone\n")
    assert any("there is no file gone.pdf" in str(problem) for problem in _found(root)[0])


def test_scenarios_are_no_part_of_the_hash(root: Path, edit: Edit) -> None:
    before = load_workspace(root).hash
    edit(CANCEL, "id: S03", "id: S03\ntitle: Cancelling")
    assert load_workspace(root).hash == before
