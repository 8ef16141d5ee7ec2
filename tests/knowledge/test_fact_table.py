"""Facts from the catalogue and from spec tables, with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge.base import Knowledge
from assistant.knowledge.facts import FactTable, attribute_named, display
from assistant.knowledge.mentions import Names
from assistant.store.engine import SqlStore
from tests.knowledge.garden import CATALOG, HashEncoder, Still, document, workspace

SPECS = """# M-40 mower

## Data
| Item | Value |
|---|---|
| cutting width | 40 cm |
| blade noise | 99 dB |
| weight (kg) | 18 kg |
| colour | – |
"""
BOTH = """# Mowers

## Figures
| Item | M-40 | M-52 |
|---|---|---|
| noise | 88 dB | 92 dB |

## Prices
| Model | List price |
|---|---|
| M-40, M-52 | $499 |
"""


@pytest.fixture
def table(store: SqlStore, tmp_path: Path) -> FactTable:
    found = [document("m-40", SPECS, level="product", products=("M-40",)), document("mowers", BOTH)]
    made = Knowledge(store, workspace(tmp_path, found), HashEncoder(), state=tmp_path, clock=Still())
    made.sync()
    return made.facts()


def values(table: FactTable, subject: str, attribute: str) -> list[tuple[str, str]]:
    everything = [True] * len(table.snapshot.sections)
    return [(table.citation(fact.section, fact.start, fact.end).document, fact.value) for fact in table.about(subject, attribute, everything)]


def test_the_catalogue_comes_first_and_the_page_agrees(table: FactTable) -> None:
    found = values(table, "M-40", "width")
    assert [value for _, value in found] == ["40 cm"] * 3
    assert [name for name, _ in found] == ["catalog", "catalog", "m-40"]


def test_a_figure_belongs_to_the_product_of_its_column(table: FactTable) -> None:
    assert ("mowers", "88 dB") in values(table, "M-40", "noise")
    assert ("mowers", "92 dB") in values(table, "M-52", "noise")
    assert ("mowers", "92 dB") not in values(table, "M-40", "noise")


def test_a_longer_label_is_another_thing(table: FactTable, names: Names) -> None:
    assert "99 dB" not in [value for _, value in values(table, "M-40", "noise")]
    assert attribute_named("weight (kg)", names) == "weight"
    assert attribute_named("blade noise", names) == ""


def test_a_source_that_disagrees_with_the_catalogue_is_not_cited(table: FactTable) -> None:
    assert [value for name, value in values(table, "M-40", "price") if name == "mowers"] == ["$499"]
    assert [name for name, _ in values(table, "M-52", "price")] == ["catalog", "catalog"]


def test_the_quote_is_the_row_as_it_is_written(table: FactTable) -> None:
    fact = next(fact for fact in table.facts["M-40", "width"] if not fact.from_catalog)
    assert table.citation(fact.section, fact.start, fact.end).quote == "cutting width | 40 cm"


def test_edges_come_from_the_catalogue(table: FactTable) -> None:
    assert {(edge.subject, edge.relation, edge.object) for edge in table.edges} == {("M-40", "blade", "B-40"), ("M-52", "blade", "B-52")}
    assert all(len(edge.sections) == 2 for edge in table.edges)


def test_a_product_is_called_by_its_model() -> None:
    assert display("M-40", CATALOG, "en") == "M-40"
    assert display("unknown", CATALOG, "en") == "unknown"
