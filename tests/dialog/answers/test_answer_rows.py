"""Of a table's row only what is asked is told, with the product it is of."""

from __future__ import annotations

import pytest

from assistant.dialog.answers.rows import asked_cells, owner
from assistant.knowledge.calibration import DEFAULT_ORDER
from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.extract import Chooser, Unit
from assistant.knowledge.mentions import names_of
from assistant.knowledge.query import Item
from assistant.knowledge.terms import terms
from assistant.workspace.load import read_workspace
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    catalog = read_workspace(ROOT)[0].catalog
    return Chooser(names_of(catalog), concepts_of(catalog), DEFAULT_ORDER, ("P-100",))


PRICE = Item(tuple(terms("price")), (), 2.0, known=True)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("part: P-100; description: seal; price: 38", "part: P-100; price: 38"),
        ("part: X; fits: P-100; stock: 4; price: 38", "part: X; fits: P-100; price: 38"),
        ("product: P-100; item: price; result: 650", "product: P-100; item: price; result: 650"),
        ("product: P-100; colour: red; weight: 4 kg", "product: P-100; colour: red; weight: 4 kg"),
        ("price: 38", "price: 38"),
        ("part: P-100; a sentence; price: 38", "part: P-100; a sentence; price: 38"),
    ],
)
def test_of_a_row_the_asked_cells_are_told(row: str, told: str, chooser: Chooser) -> None:
    assert asked_cells(row, (PRICE,), chooser) == told
    assert asked_cells(row, (), chooser) == row


def test_a_row_belongs_to_the_one_product_it_is_about(chooser: Chooser) -> None:
    row = Unit(0, 9, "Weight: 6 kg", "row", frozenset({"P-100"}))
    assert owner(row, (), chooser) == "P-100"
    assert owner(row, ("P-200",), chooser) == "P-200"
    assert owner(Unit(0, 9, "Weight: 6 kg", "row"), (), chooser) == ""
    assert owner(Unit(0, 9, "It weighs 6 kg.", "sentence", frozenset({"P-100"})), (), chooser) == ""
