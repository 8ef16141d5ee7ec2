"""Units of sections, what they say of a question, and which are chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.knowledge.base import Knowledge
from assistant.knowledge.calibration import DEFAULT_ORDER
from assistant.knowledge.extract import Chooser, Memo, choose, said, units, wanted
from assistant.knowledge.mentions import Names
from assistant.knowledge.query import Item
from assistant.store.knowledge import SectionRow
from assistant.types import Scope

TORQUE = (
    "Before you start:\n\n| Part | M-40 | M-52 |\n|---|---|---|\n| blade bolt | 35 N·m | 50 N·m |\n\nThe M-52 needs two people. Use the B-52 tool. Wear gloves."
)


def section(text: str, products: tuple[str, ...] = ("M-40", "M-52"), kind: str = "prose", context: str = "") -> SectionRow:
    return SectionRow("d", "en", 1, "en/s", 0, kind, "Torque", context, text, 0, 1, products, "h")


def spoken(found: tuple[object, ...]) -> list[str]:
    return [getattr(unit, "text", "") for unit in found]


def test_sentences_lists_and_rows_are_units_with_their_places(names: Names) -> None:
    text = "Do this:\n\n1. Open it.\n2. Close it.\n   - gently\n\nThat is **all**."
    found = units(section(text, ()), (), names, rivals=frozenset())
    assert [(unit.kind, unit.text) for unit in found] == [("sentence", "Do this:"), ("list", "1. Open it.\n2. Close it.\ngently"), ("sentence", "That is all.")]
    assert text[found[1].start : found[1].end] == "1. Open it.\n2. Close it.\n   - gently"
    assert text[found[2].start : found[2].end] == "That is **all**."


def test_for_a_product_its_siblings_are_left_out_with_what_goes_on_from_them(names: Names) -> None:
    found = spoken(units(section(TORQUE), ("M-40",), names, rivals=frozenset({"M-52"})))
    assert found == ["Before you start:", "blade bolt: 35 N·m"]
    others = spoken(units(section(TORQUE), ("M-52",), names, rivals=frozenset({"M-40"})))
    assert others[-3:] == ["The M-52 needs two people.", "Use the B-52 tool.", "Wear gloves."]
    assert "The M-52 needs two people." not in spoken(units(section(TORQUE, ("M-40",)), ("M-40",), names, rivals=frozenset({"M-52"})))
    accessory = "The M-40 needs one person. Use the B-40 tool. Wear gloves."
    assert len(units(section(accessory), ("M-40",), names, rivals=frozenset({"M-52"}))) == 3


def test_of_a_list_the_items_of_other_products_are_left_out(names: Names) -> None:
    text = "Tighten the bolt:\n\n- M-40: 35 N·m\n- M-52: 50 N·m\n  - twice\n- all models: check after an hour"
    found = units(section(text), ("M-40",), names, rivals=frozenset({"M-52"}))
    assert spoken(found) == ["Tighten the bolt:", "M-40: 35 N·m", "all models: check after an hour"]
    assert [text[unit.start : unit.end].strip() for unit in found][1:] == ["- M-40: 35 N·m", "- all models: check after an hour"]


def test_a_row_of_another_product_is_not_told(names: Names) -> None:
    text = "| Part | Price |\n|---|---|\n| M-40 | 499 |\n| M-52 | 799 |\n| B-52 | 39 |\n| manual | 5 |"
    found = units(section(text, ()), ("M-40",), names, rivals=frozenset({"M-52"}), unrelated=frozenset({"B-52"}))
    assert spoken(found) == ["M-40: 499", "manual: 5"]


def test_a_row_of_a_split_table_reads_its_header_from_the_context(names: Names) -> None:
    piece = section("| blade bolt | 35 N·m | 50 N·m |", kind="table", context="| Part | M-40 | M-52 |\n|---|---|---|")
    assert spoken(units(piece, (), names, rivals=frozenset())) == ["Part: blade bolt; M-40: 35 N·m; M-52: 50 N·m"]
    assert spoken(units(piece, ("M-52",), names, rivals=frozenset({"M-40"}))) == ["blade bolt: 50 N·m"]


def test_a_figure_says_what_it_measures(knowledge: Knowledge) -> None:
    torque = Item(("torqu",), tuple(knowledge.concepts.ideas[("torqu",)]), 1.0, known=True)
    assert said("tighten with 35 N·m", knowledge.concepts).covers(torque)
    assert said("35 N·m", knowledge.concepts).covers(torque)
    assert not said("35 kg", knowledge.concepts).covers(torque)


def test_coverage_is_the_weight_of_what_is_said(knowledge: Knowledge) -> None:
    items = (Item(("hedges",), (), 3.0, known=True), Item(("trim",), (), 1.0, known=True))
    need = wanted(items)
    assert need.share(need.in_(said("hedges", knowledge.concepts, ["hedges"]))) == pytest.approx(0.75)
    assert wanted(()).share(0) == 1.0


def test_the_choice_knows_what_its_section_leaves_unsaid(knowledge: Knowledge, scope: Scope) -> None:
    chooser = Chooser(knowledge.names, knowledge.concepts, DEFAULT_ORDER, memo=Memo())
    found = knowledge.retriever.find("return unused tools sharpen zeppelin", language="en", scope=scope, k=5)
    assert found is not None
    best = next(choice for choice in choose(found, chooser) if choice.hit.section.id == "en/return-window")
    assert best.signals["missing_unknown"] > 0
    assert best.signals["missing_known"] > 0
    assert 0 < best.signals["coverage"] < 1
    assert all(-1 <= value <= 1.01 for name, value in best.signals.items() if name != "fused")


def test_remembering_changes_nothing(knowledge: Knowledge, scope: Scope) -> None:
    found = knowledge.retriever.find("blade bolt torque M-52", language="en", scope=replace(scope, products=("M-52",)), k=5)
    assert found is not None
    memo = Memo()
    choosers = [Chooser(knowledge.names, knowledge.concepts, DEFAULT_ORDER, ("M-52",), rivals=frozenset({"M-40"}), memo=memo) for _ in range(2)]
    first, second = (choose(found, chooser) for chooser in choosers)
    assert first == second


def test_the_memo_stays_small() -> None:
    memo = Memo()
    for number in range(Memo.SIZE + 10):
        assert memo.get(number, lambda number=number: number) == number  # type: ignore[misc]
    assert len(memo._held) <= Memo.SIZE
