"""What makes a procedure a look at an order, read from the workspace: its intents are called otherwise by every company; pure."""

from __future__ import annotations

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment

STATUS = "order.status"  # what a look at one's own orders is called where no procedure tells it


def plain_look(moment: Moment) -> str:
    """The intent of the workspace's plain look-up of one order: one that needs nothing but the order and asks no rule."""
    plain = [
        spec for spec in moment.world.workspace.procedures.values() if not spec.confirm and not spec.rule and set(spec.slots) == {"order"} and spec.intents
    ]
    return next((spec.intents[0] for spec in plain if spec.tool == "get_order"), next((spec.intents[0] for spec in plain), STATUS))


def track_look(moment: Moment) -> str:
    """The intent of the look-up that tells where an order is; the plain one where the workspace has none of its own."""
    specs = moment.world.workspace.procedures.values()
    found = (spec.intents[0] for spec in specs if not spec.confirm and spec.tool == "track_order" and "order" in spec.slots and spec.intents)
    return next(found, "") or plain_look(moment)


def quote_look(moment: Moment) -> str:
    """The intent of the look-up of goods and a number of them, which needs no order; "" without one."""
    for spec in moment.world.workspace.procedures.values():
        types = {slot.type for slot in spec.slots.values()}
        if not spec.confirm and {"product", "quantity"} <= types and "order" not in types and spec.intents:
            return spec.intents[0]
    return ""


def looks(moment: Moment, decision: Decision) -> bool:
    """Whether a decision tells of the customer's orders: a look-up of one, of its terms or its sum, or the list of them."""
    if decision.action not in {"reply", "ask"} or decision.answer is not None or decision.miss:
        return False
    spec = moment.world.workspace.procedures.get(decision.procedure)
    if spec is not None:
        return not spec.confirm and "order" in spec.slots
    return decision.intent in {STATUS, plain_look(moment)}
