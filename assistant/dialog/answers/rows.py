"""What of a table's row a question asks: whose row it is, and the cells that say something of what is asked; it words nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.knowledge.extract import Chooser, Unit
from assistant.knowledge.query import Item


def asked_cells(row: str, items: Sequence[Item], chooser: Chooser) -> str:
    """A row "head: cell; head: cell" with its first cell, those whose head says what is asked, and those that name a product asked for.

    Whole where no head says it: in "item: loft; result: 650" the answer stands in another cell than its name.
    """
    cells = row.split("; ")
    if len(cells) < 3 or not items or not all(": " in cell for cell in cells):
        return row
    wanted = set(chooser.products)
    rest = cells[1:]
    headed = [any(chooser.said(cell.partition(": ")[0]).covers(item) for item in items) for cell in rest]
    valued = [any(chooser.said(cell.partition(": ")[2]).covers(item) for item in items) for cell in rest]
    if not any(headed) or any(value and not head for value, head in zip(valued, headed, strict=True)):
        return row
    kept = [cell for cell, head in zip(rest, headed, strict=True) if head or wanted & set(chooser.names.products(cell))]
    return "; ".join([cells[0], *kept])


def owner(unit: Unit, products: Sequence[str], chooser: Chooser) -> str:
    """The one product whose row a unit is: its section's only product, or the only one asked for where the row is of it; "" for none."""
    if len(products) == 1:
        return products[0]
    return chooser.products[0] if len(chooser.products) == 1 and unit.kind == "row" and chooser.products[0] in unit.about else ""
