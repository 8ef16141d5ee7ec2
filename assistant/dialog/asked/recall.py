"""Answers a question about the preview that waits for a yes from the preview itself, or from its order, and leaves it open; pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.dialog.asked.apiece import apiece, asks_apiece
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ready, advance, preview_of, variables_of
from assistant.dialog.state import Procedure
from assistant.dialog.values.fill import order_of
from assistant.dialog.values.fit import ORDERS
from assistant.types import Sentence, Slot
from assistant.understanding.intents.weighing import speaks_of_cost
from assistant.understanding.questions import asks
from assistant.understanding.recalling import recalled, states

GOODS = frozenset({"product", "family", "unknown_product"})
PRICES = frozenset({"cost", "amount"})


def recall(moment: Moment, procedure: Procedure, text: str, slots: tuple[Slot, ...]) -> Decision | None:
    """The preview once more, with the order's own data before it where these are what was asked for; None when the words ask for something else."""
    if procedure.stage != "confirm":
        return None
    moved, ready = advance(moment, procedure, {})
    if not isinstance(ready, Ready) or _elsewhere(procedure, slots):
        return None
    preview = preview_of(moment, moved, ready)
    one = apiece(moment, moved, ready, preview) if asks_apiece(text) and not any(slot.name == "product" for slot in slots) else None
    if one is not None:
        shown = Sentence(preview, moment.world.wording.cite_rule(ready.rule, moment.language, said=preview))
        return Decision("confirm", (one[0], shown), procedure.intent, "recalled", procedure=procedure.name, sources=(*ready.told, *one[1]))
    kinds = recalled(text, preview)
    if not kinds or (kinds & PRICES and any(slot.name in GOODS for slot in slots)):
        return None
    order = order_of(moment, procedure)
    told = ""
    if not all(states(kind, preview, text) for kind in kinds):
        if order is None or kinds & {"cost"}:
            return None
        told = moment.world.wording.say("order_recalled", moment.language, **variables_of(moment, moved, ready.rule, order))
    sentences = (*((Sentence(told),) if told else ()), Sentence(preview, moment.world.wording.cite_rule(ready.rule, moment.language, said=preview)))
    return Decision("confirm", sentences, procedure.intent, "recalled", procedure=procedure.name, sources=ready.told)


def answer_of(moment: Moment, procedure: Procedure) -> Mapping[str, str]:
    """The template a look-up is answered with: its own, or the order's data with its amount where its price is asked for ("how much was 12360?")."""
    spec = moment.spec(procedure.name)
    priced = not spec.rule and spec.tool == "get_order" and asks(procedure.goal) and speaks_of_cost(procedure.goal)
    return moment.world.workspace.texts.texts["order_recalled"] if priced else spec.answer


def _elsewhere(procedure: Procedure, slots: tuple[Slot, ...]) -> bool:
    """Whether another order than the procedure's is named."""
    held = procedure.slots.get("order")
    return any(slot.name in ORDERS and slot.value != {"same": True} and (held is None or slot.value != held.value) for slot in slots)
