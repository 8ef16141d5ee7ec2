"""What the pure core may know of the outside: results of look-ups already done, and the request for one that is missing; no I/O here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.dialog.question import NEAR, Question
from assistant.types import Answer, Json, Order, Receipt, Ticket, ToolCall

LookupKind = Literal["orders", "order", "stock", "history", "answer", "tool"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One thing to fetch: the caller's own orders, one order, the stock of a SKU, what was done with an order, an answer from the
    documents, or what a tool of the workspace's own gives to `call`."""

    kind: LookupKind
    key: str = ""
    question: Question | None = None
    tool: str = "get_order"
    call: ToolCall | None = None


class Need(Exception):
    """Raised inside the core when a decision needs a look-up; `step` turns it into a value, so it never leaves the room."""

    def __init__(self, lookup: Lookup) -> None:
        super().__init__(lookup.kind)
        self.lookup = lookup


@dataclass(frozen=True, slots=True)
class History:
    """Tickets and receipts of one order."""

    tickets: tuple[Ticket, ...] = ()
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Look-ups by key. An order that is missing or foreign is None: the core cannot tell them apart, so neither can the customer."""

    own: tuple[Order, ...] | None = None
    orders_by_number: Mapping[str, Order | None] = field(default_factory=dict)
    stock_by_sku: Mapping[str, int | None] = field(default_factory=dict)
    history_by_number: Mapping[str, History] = field(default_factory=dict)
    answers: Mapping[Question, Answer | None] = field(default_factory=dict)
    results: Mapping[str, Json] = field(default_factory=dict)

    def orders(self) -> tuple[Order, ...]:
        if self.own is None:
            raise Need(Lookup("orders"))
        return self.own

    def order(self, number: str, *, tool: str = "get_order") -> Order | None:
        if number not in self.orders_by_number:
            raise Need(Lookup("order", number, tool=tool))
        return self.orders_by_number[number]

    def stock(self, sku: str) -> int | None:
        if sku not in self.stock_by_sku:
            raise Need(Lookup("stock", sku))
        return self.stock_by_sku[sku]

    def history(self, number: str) -> History:
        if number not in self.history_by_number:
            raise Need(Lookup("history", number))
        return self.history_by_number[number]

    def result(self, call: ToolCall) -> Json:
        """What a tool gave to these arguments; None when it knows nothing of them."""
        key = f"{call.name} {json.dumps(call.arguments, sort_keys=True, ensure_ascii=False)}"
        if key not in self.results:
            raise Need(Lookup("tool", key, call=call))
        return self.results[key]

    def answer(self, question: Question) -> Answer | None:
        """What the documents and the catalogue answer; None when they do not."""
        found = self._asked(question)
        return None if found is not None and found.kind == NEAR else found

    def nearest(self, question: Question) -> Answer | None:
        """What comes nearest to a question that they do not answer; None when nothing is near, or when they do."""
        found = self._asked(question)
        return found if found is not None and found.kind == NEAR else None

    def _asked(self, question: Question) -> Answer | None:
        if question not in self.answers:
            raise Need(Lookup("answer", question=question))
        return self.answers[question]
