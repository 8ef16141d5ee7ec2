"""What the outcome of a rule is said with: its words and their document, the row of a product, the receipt given before; it decides nothing."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ready, clause_of
from assistant.dialog.state import Procedure
from assistant.types import Citation, RuleVerdict, Sentence


def ruled(moment: Moment, text: str, rule: RuleVerdict | None) -> Sentence:
    """A rule's message with the document that states the rule as its citation."""
    return Sentence(text, moment.world.wording.cite_rule(rule, moment.language) if rule and text else ())


def cited(moment: Moment, procedure: Procedure, ready: Ready) -> tuple[Citation, ...]:
    """An answer that rests on a rule cites its document; one about a product of the catalogue also its row."""
    slots = moment.spec(procedure.name).slots
    skus = [str(slot.value) for name, slot in procedure.slots.items() if name in slots and slots[name].type == "product"]
    rows = [citation for sku in skus for citation in moment.world.wording.cite_product(sku, moment.language)]
    return (*rows, *moment.world.wording.cite_rule(ready.rule, moment.language))


def with_earlier_receipt(moment: Moment, decision: Decision, procedure: Procedure, rule: RuleVerdict | None) -> Decision:
    """What was already done is answered with its receipt."""
    order = procedure.slots.get("order")
    if rule is None or order is None or moment.known.order(str(order.value)) is None:
        return decision
    if not clause_of(moment, rule).earlier_receipt:
        return decision
    tool = moment.spec(procedure.name).tool
    receipts = [receipt for receipt in moment.known.history(str(order.value)).receipts if receipt.tool == tool]
    if not receipts:
        return decision
    return replace(decision, sentences=(*decision.sentences, Sentence(moment.world.wording.say("earlier_receipt", moment.language, receipt=receipts[-1]))))
