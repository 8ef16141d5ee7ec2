"""Cases of single rules that no conversation over the fixture can reach: (rule, order, changes to the order, facts beside it, what the verdict must be)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assistant.tools.fixture import fixture_rows
from assistant.tools.rules import Facts, Rules
from assistant.types import Line, Order, RuleVerdict
from assistant.workspace.model import Workspace


@dataclass(frozen=True, slots=True)
class Case:
    """`clause` "" is what the rules do not foresee. `quantity` replaces that of the order's only line; `new` holds slots."""

    rule: str
    order: str
    clause: str
    outcome: str
    quantity: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    stock: int | None = 1000
    new: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, workspace: Workspace, rules: Rules, now: datetime) -> bool:
        verdict = self.verdict(workspace, rules, now)
        return (verdict.clause, verdict.outcome) == (self.clause, self.outcome)

    def verdict(self, workspace: Workspace, rules: Rules, now: datetime) -> RuleVerdict:
        order = _order(workspace, rules, self.order)
        if self.quantity:
            order = replace(order, lines=(replace(order.lines[0], quantity=self.quantity),))
        return rules.evaluate(self.rule, Facts(now, order=replace(order, **self.changes), stock=self.stock, new=self.new))


def _order(workspace: Workspace, rules: Rules, number: str) -> Order:
    row = next(row for row in fixture_rows(workspace, rules)["orders"] if row["number"] == number)
    lines = tuple(Line(line["sku"], line["quantity"], line["price"]) for line in row["lines"])
    named = ("number", "company", "status", "due", "placed", "ship_to", "amount", "currency", "delivered", "invoiced")
    return Order(lines=lines, version=1, **{name: row[name] for name in named})


TABLES: Mapping[str, tuple[Case, ...]] = {
    "demo": (
        Case("ADDR", "12360", "ADDR.unknown_region", "human", changes={"ship_to": "somewhere"}, new={"address": "12 Dock Road, Austin, TX 78735"}),
        Case("QTY", "12366", "QTY.cut", "human", quantity=99, new={"quantity": 79}),
        Case("DAMAGE", "12361", "", "human", new={"photos": ["a photo of an earlier message"]}),
        Case("PRICE", "12361", "", "human", new={"quantity": 0, "product": "P-100"}),
        Case("EXCHANGE", "12361", "EXCHANGE.same", "refuse", new={"product": "SK-25", "unopened": True}),
    ),
    "kettlebean": (),
}
