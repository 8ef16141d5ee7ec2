"""What a text covers of a question, as sets of its items."""

from __future__ import annotations

import pytest

from assistant.knowledge.concepts import concepts_of
from assistant.knowledge.query import Item
from assistant.knowledge.said import said, wanted
from tests.knowledge.garden import CATALOG

NEED = wanted((Item(("hedges",), (), 3.0, known=True), Item(("trim",), (), 1.0, known=True)))


def test_shares_are_by_weight() -> None:
    concepts = concepts_of(CATALOG)
    assert NEED.share(NEED.in_(said("trim", concepts, ("trim",)))) == pytest.approx(0.25)
    assert NEED.share(NEED.in_(said("", concepts, ("trim", "hedges")))) == 1.0


def test_the_peak_is_the_heaviest_item() -> None:
    assert (NEED.peak(0b01), NEED.peak(0b10), wanted(()).peak(0)) == (1.0, 0.0, 1.0)
