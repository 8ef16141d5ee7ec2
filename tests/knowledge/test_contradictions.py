"""Documents that disagree are told with both quotes; documents that agree, or are never in force together, are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.knowledge.contradictions import Contradiction, contradictions
from assistant.knowledge.library import sync_all
from assistant.store.engine import SqlStore
from tests.knowledge.garden import document, documents
from tests.knowledge.shelf import shelf

TABLE = "# {0}\n\n## Data\n\n| | M-40 |\n|---|---|\n| noise | {1} |\n"


def found(store: SqlStore, root: Path, *given: Any) -> tuple[Contradiction, ...]:
    library = shelf(store, root, list(given))
    sync_all(library)
    return contradictions(library)


def test_the_company_agrees_with_itself(store: SqlStore, tmp_path: Path) -> None:
    assert found(store, tmp_path, *documents()) == ()


def test_another_value_of_the_same_attribute(store: SqlStore, tmp_path: Path) -> None:
    page = document("sheet", TABLE.format("Sheet", "91 dB"), level="product", products=("M-40",))
    (one, *_) = [each for each in found(store, tmp_path, page) if "noise" in each.text]
    assert sum("91 dB" in quote for _, quote in one.quotes) == 1
    assert sum("88 dB" in quote for _, quote in one.quotes) == 1


def test_the_same_value_in_another_unit_is_the_same(store: SqlStore, tmp_path: Path) -> None:
    page = document("sheet", "# Sheet\n\n## Data\n\n| | M-40 |\n|---|---|\n| cutting width | 400 mm |\n", level="product", products=("M-40",))
    assert found(store, tmp_path, page) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Unused tools can be returned within 20 days of delivery.", "Unused tools can be returned within 30 days of delivery."),
        ("Small orders pay a handling fee of 5 percent.", "Small orders pay a handling fee of 8 percent."),
        ("未使用的工具在送达后 20 天内可以退货。", "未使用的工具在送达后 15 天内可以退货。"),
    ],
)
def test_the_same_rule_with_another_window(store: SqlStore, tmp_path: Path, one: str, other: str) -> None:
    language = "en" if one.isascii() else "zh"
    made = [document(name, f"# {name}\n\n## Rules\n\n{text}", language) for name, text in (("alpha", one), ("beta", other))]
    (only,) = found(store, tmp_path, *made)
    assert [quote for _, quote in only.quotes] == [one, other]


def test_rules_that_are_never_in_force_together_may_differ(store: SqlStore, tmp_path: Path) -> None:
    rule = "# {}\n\n## Rules\n\nUnused tools can be returned within {} days of delivery."
    old = document("alpha", rule.format("alpha", 20), valid_until=date(2026, 6, 30))
    new = document("beta", rule.format("beta", 30), valid_from=date(2026, 7, 1))
    inner = document("gamma", rule.format("gamma", 40), audience="internal")
    assert found(store, tmp_path, old, new, inner) == ()


def test_two_products_may_differ(store: SqlStore, tmp_path: Path) -> None:
    body = "# {0}\n\n## Sharpening\n\nSharpen the blade of this machine every {1} hours of work."
    one = document("alpha", body.format("Care one", 25), level="product", products=("M-40",))
    other = document("beta", body.format("Care two", 40), level="product", products=("M-52",))
    assert found(store, tmp_path, one, other) == ()
