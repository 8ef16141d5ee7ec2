"""The cards beside a reply: previews, receipts, choices and hand-offs as data that every screen draws alike; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State
from assistant.types import Confirmation, Handoff, Json, Receipt

Card = Mapping[str, Json]
# argument of a tool -> the order's field that it replaces
FIELDS = {"date": "due", "address": "ship_to", "amount": "amount"}


def cards(moment: Moment, state: State, decisions: Sequence[Decision], receipts: Sequence[Receipt]) -> tuple[Card, ...]:
    """One card for the open preview or question, and one for each receipt of this turn."""
    found: list[Card] = [receipt_card(receipt) for receipt in receipts]
    procedure = state.procedure
    if procedure is None:
        return tuple(found)
    asking = next((d for d in reversed(decisions) if d.procedure == procedure.name), None)
    if procedure.stage == "confirm" and procedure.confirmation and asking and asking.write:
        found.append(confirm_card(moment, procedure.name, procedure.confirmation, asking.write.facts))
    elif procedure.stage == "collect" and procedure.options:
        found.append(
            {"id": procedure.name, "kind": "choices", "state": "open", "data": {"slot": procedure.waiting, "options": list(procedure.options)}, "actions": []}
        )
    return tuple(found)


def confirm_card(moment: Moment, procedure: str, confirmation: Confirmation, facts: Mapping[str, Any]) -> Card:
    """What would change, old beside new, and until when a yes counts."""
    order = facts.get("order")
    rows: list[Json] = []
    for name, value in confirmation.arguments.items():
        old = _old(order, FIELDS[name]) if isinstance(order, Mapping) and name in FIELDS else None
        if name == "quantity" and isinstance(facts.get("line"), Mapping):
            old = facts["line"]["quantity"]
        if name not in {"order", "kind"}:
            rows.append({"field": name, "old": old, "new": value})
    title = moment.world.wording.pick(moment.spec(procedure).title, moment.language)
    data: dict[str, Json] = {"title": title, "order": confirmation.order or None, "rows": rows, "expires": confirmation.expires.isoformat()}
    return {"id": confirmation.id, "kind": "confirm", "state": "open", "data": data, "actions": ["confirm", "cancel"]}


def _old(order: Mapping[str, Any], field: str) -> Json:
    value = order[field]
    return value if isinstance(value, str | int) else str(value.isoformat())


def receipt_card(receipt: Receipt) -> Card:
    changes: dict[str, Json] = {name: [old, new] for name, (old, new) in receipt.changes.items()}
    data: dict[str, Json] = {"order": receipt.order, "ticket": receipt.ticket, "tool": receipt.tool, "changes": changes}
    return {"id": receipt.id, "kind": "receipt", "state": "done", "data": data, "actions": []}


def handoff_card(handoff: Handoff) -> Card:
    """Where the customer stands in the queue; the reason and the packet are for people only."""
    routing = handoff.routing
    opens = routing.opens.isoformat() if routing.opens else None
    return {
        "id": handoff.id,
        "kind": "handoff",
        "state": handoff.state,
        "data": {"queue": routing.queue, "place": routing.place, "opens": opens},
        "actions": [],
    }
