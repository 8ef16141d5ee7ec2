"""The cards beside a reply: previews, receipts, choices and hand-offs as data that every screen draws alike; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State
from assistant.dialog.values.fields import label, shown
from assistant.types import Confirmation, Handoff, Json, Receipt

Card = Mapping[str, Json]
# tool -> argument -> the order's field that it replaces; a ticket's fields replace nothing
FIELDS: Mapping[str, Mapping[str, str]] = {
    "change_delivery_date": {"date": "due"},
    "change_address": {"address": "ship_to"},
    "change_quantity": {"amount": "amount"},
}


def cards(moment: Moment, state: State, decisions: Sequence[Decision], receipts: Sequence[Receipt]) -> tuple[Card, ...]:
    """One card for the open preview or question, one for each receipt of this turn, and the preview that this turn ended, as it ended."""
    found: list[Card] = [receipt_card(moment, receipt, name) for receipt, name in zip(receipts, _done(decisions, len(receipts)), strict=True)]
    found += _ended(moment, state, decisions, receipts)
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


def _done(decisions: Sequence[Decision], count: int) -> Sequence[str]:
    """The procedure each receipt is from; "" where receipts and what was done cannot be told one from one."""
    names = [decision.procedure for decision in decisions if decision.action == "execute" and decision.procedure]
    return names if len(names) == count else [""] * count


def _title(moment: Moment, procedure: str) -> str:
    return moment.world.wording.pick(moment.spec(procedure).title, moment.language)


def _ended(moment: Moment, state: State, decisions: Sequence[Decision], receipts: Sequence[Receipt]) -> list[Card]:
    """The preview that was open before this turn and is not any more. "Nothing written" is implied only by states of which it is certain."""
    before = moment.state.procedure
    if before is None or before.confirmation is None:
        return []
    preview, now = before.confirmation, state.procedure.confirmation if state.procedure else None
    if now is not None and now.id == preview.id:
        return []
    data: dict[str, Json] = {"title": _title(moment, before.name), "order": preview.order or None}
    return [{"id": preview.id, "kind": "confirm", "state": _end(preview, moment, decisions, receipts), "data": data, "actions": []}]


def _end(preview: Confirmation, moment: Moment, decisions: Sequence[Decision], receipts: Sequence[Receipt]) -> str:
    reasons = {decision.reason for decision in decisions}
    if receipts and "confirmed" in reasons:
        return "confirmed"
    if "tool_failed" in reasons:
        return "unsettled"
    if any(decision.action == "handoff" for decision in decisions):
        return "passed"
    if "cancelled" in reasons:
        return "declined"
    return "expired" if moment.now >= preview.expires else "replaced"


def confirm_card(moment: Moment, procedure: str, confirmation: Confirmation, facts: Mapping[str, Any]) -> Card:
    """What would change, old beside new, and until when a yes counts."""
    order, spec = facts.get("order"), moment.spec(procedure)
    replaced = FIELDS.get(confirmation.tool, {})
    rows: list[Json] = []
    for name, value in confirmation.arguments.items():
        old = _old(order, replaced[name]) if isinstance(order, Mapping) and name in replaced else None
        if name == "quantity" and confirmation.tool == "change_quantity" and isinstance(facts.get("line"), Mapping):
            old = facts["line"]["quantity"]
        if name not in {"order", "kind"}:
            rows.append({"field": name, "label": label(moment, spec, name), "old": old, "new": shown(moment, spec, name, value)})
    data: dict[str, Json] = {"title": _title(moment, procedure), "order": confirmation.order or None, "rows": rows, "expires": confirmation.expires.isoformat()}
    return {"id": confirmation.id, "kind": "confirm", "state": "open", "data": data, "actions": ["confirm", "cancel"]}


def _old(order: Mapping[str, Any], field: str) -> Json:
    value = order[field]
    return value if isinstance(value, str | int) else str(value.isoformat())


def receipt_card(moment: Moment, receipt: Receipt, procedure: str = "") -> Card:
    """What was done, by the title of its procedure where it is known."""
    spec = moment.spec(procedure) if procedure else None
    changes: dict[str, Json] = {name: [shown(moment, spec, name, old), shown(moment, spec, name, new)] for name, (old, new) in receipt.changes.items()}
    data: dict[str, Json] = {
        "title": _title(moment, procedure) if procedure else "",
        "order": receipt.order,
        "ticket": receipt.ticket,
        "tool": receipt.tool,
        "changes": changes,
        "labels": {name: label(moment, spec, name) for name in receipt.changes},
    }
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
