"""Does what was decided: previews become confirmations, confirmed calls go through the gate, and the agenda goes on; the only place that writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.dialog.decision import Decision, Step, Wish, Write
from assistant.dialog.known import Known
from assistant.dialog.lookups import Fetched, settle_lookups
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.serve import said
from assistant.dialog.state import Executed, State
from assistant.dialog.step import go_on, look_again
from assistant.events import STAGE, Event
from assistant.model_types import ModelUse
from assistant.store.writes import WriteIntent, WriteResult
from assistant.tools.gate import Seat
from assistant.types import Confirmation, Line, Order, Receipt, Sentence, ToolCall, ToolResult

# what a change is called in a receipt -> the order's field
CHANGED = {"delivery_date": "due", "ship_to": "ship_to", "amount": "amount", "status": "status", "fee": "fee"}
REDO = {"needs_confirmation", "stale"}


@dataclass(frozen=True, slots=True)
class Acted:
    """A turn's decisions with what came of them. `uses` are its calls to models, `held_back` sentences of theirs that nothing supports, with the reason."""

    fetched: Fetched
    state: State
    decisions: tuple[Decision, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    writes: tuple[WriteResult, ...] = ()
    confirmation: Confirmation | None = None
    uses: tuple[ModelUse, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()

    @property
    def wish(self) -> Wish | None:
        return next((decision.wish for decision in self.decisions if decision.wish is not None), None)


async def act(parts: Parts, seat: Seat, moment: Moment, acted: Acted) -> Acted:
    """Every decision done, in order; what the agenda brings up afterwards included."""
    waiting, acted = acted.decisions, replace(acted, decisions=())
    while waiting:
        decision, waiting = waiting[0], waiting[1:]
        if decision.action == "confirm" and decision.write is not None:
            acted = await _preview(parts, seat, acted, decision, decision.write)
        elif decision.action == "execute" and decision.write is not None:
            acted, more = await _execute(parts, seat, moment, acted, decision)
            waiting += more
        else:
            acted = await _read(parts, seat, acted, decision, moment)
    return acted


async def _preview(parts: Parts, seat: Seat, acted: Acted, decision: Decision, write: Write) -> Acted:
    """Asks the gate beforehand, so that nothing is previewed that it would refuse, and issues the confirmation that a yes will use up."""
    verdict = await parts.gate.check(seat, write.call)
    result = ToolResult(write.call.id, "check_permission", "refused" if verdict.error else "ok", error=verdict.error)
    acted = _called(acted, result)
    procedure = acted.state.procedure
    if verdict.error or procedure is None:
        refused = replace(decision, action="handoff", reason="tool_failed", sentences=(), write=None, wish=Wish("tool_failed", text=""))
        return replace(acted, decisions=(*acted.decisions, refused))
    minutes = parts.world.workspace.settings.limits.confirmation_minutes
    number, version = (verdict.order.number, verdict.order.version) if verdict.order else ("", 0)
    expires = parts.clock.now() + timedelta(minutes=minutes)
    confirmation = Confirmation(parts.ids.new("cf"), seat.principal.id, write.call.name, number, version, write.call.arguments, expires)
    state = replace(acted.state, procedure=replace(procedure, confirmation=confirmation))
    return replace(acted, state=state, decisions=(*acted.decisions, decision), confirmation=confirmation)


async def _execute(parts: Parts, seat: Seat, moment: Moment, acted: Acted, decision: Decision) -> tuple[Acted, tuple[Decision, ...]]:
    """One write through the gate; then its receipt, a new preview, or a person."""
    write = decision.write
    assert write is not None
    call = replace(write.call, id=parts.ids.new("tc"), key=write.confirmation or f"{seat.conversation_id}:{seat.message_id}:{write.procedure}")
    parts.bus.publish(Event(STAGE, seat.conversation_id, {"stage": "write", "message": seat.message_id}))
    result = await parts.gate.write(seat, call, confirmation=write.confirmation)
    acted = _called(acted, result)
    if result.outcome == "ok" and result.receipt is not None:
        acted = _done(parts, moment, acted, decision, result.receipt, key=call.key)
        return await _go_on(parts, seat, moment, acted, redo=False)
    if result.outcome in REDO or result.error in REDO:
        failed = () if result.outcome == "needs_confirmation" else (WriteResult(call.key, error=result.error),)
        return await _go_on(parts, seat, moment, replace(acted, writes=(*acted.writes, *failed)), redo=True)
    return _not_done(moment, acted, decision, result, call), ()


def _done(parts: Parts, moment: Moment, acted: Acted, decision: Decision, receipt: Receipt, *, key: str) -> Acted:
    assert decision.write is not None
    spec = moment.spec(decision.write.procedure)
    text = moment.world.wording.render(spec.receipt, moment.language, {**decision.write.facts, "receipt": receipt})
    changes: dict[str, Any] = {name: list(change) for name, change in receipt.changes.items()}
    executed = Executed(receipt.id, text, decision.write.procedure, receipt.tool, receipt.order or "", receipt.ticket or "", parts.clock.now(), changes)
    known = acted.fetched.known
    fresh = {number: order for number, order in known.orders_by_number.items() if number != receipt.order}
    fetched = replace(acted.fetched, known=replace(known, own=None, orders_by_number=fresh, history_by_number={}))
    return replace(
        acted,
        fetched=fetched,
        state=replace(acted.state, procedure=None, executed=executed),
        decisions=(*acted.decisions, replace(decision, sentences=(*decision.sentences, Sentence(text)))),
        receipts=(*acted.receipts, receipt),
        writes=(*acted.writes, WriteResult(key, receipt)),
    )


async def _go_on(parts: Parts, seat: Seat, moment: Moment, acted: Acted, *, redo: bool) -> tuple[Acted, tuple[Decision, ...]]:
    state = acted.state
    known = acted.fetched.known
    if redo:
        known = replace(known, own=None, orders_by_number={})

    def decide(now: Known) -> Step:
        seen = replace(moment, known=now, state=state)
        return look_again(seen, state) if redo else go_on(seen, state)

    made, fetched = await settle_lookups(parts, seat, replace(acted.fetched, known=known), decide)
    return replace(acted, fetched=fetched, state=made.state), made.decisions


def _not_done(moment: Moment, acted: Acted, decision: Decision, result: ToolResult, call: ToolCall) -> Acted:
    """Said plainly: not done, or not known; a person looks at it."""
    if result.error == "person":
        # agreed to by the customer, and done by a colleague
        wish = Wish("policy_human_only", next=call.name)
        return replace(acted, decisions=(*acted.decisions, replace(decision, action="handoff", reason="policy_human_only", write=None, wish=wish)))
    unknown = result.error == "unknown_outcome"
    text = said(moment, "unknown_outcome" if unknown else "failed")
    handed = replace(decision, action="handoff", reason="tool_failed", sentences=(text,), write=None, wish=Wish("tool_failed", text=text.text, next=call.name))
    # what the gate refused was never intended, so there is nothing to close
    open_ended = unknown or result.outcome == "refused"
    writes = acted.writes if open_ended else (*acted.writes, WriteResult(call.key, error=result.error or result.outcome))
    return replace(acted, decisions=(*acted.decisions, handed), writes=writes)


async def _read(parts: Parts, seat: Seat, acted: Acted, decision: Decision, moment: Moment) -> Acted:
    """An answer whose procedure names a tool that no look-up has called yet: it is called now, so that permission and trace are complete."""
    acted = replace(acted, decisions=(*acted.decisions, decision))
    if decision.action != "reply" or not decision.procedure or decision.procedure not in moment.world.workspace.procedures:
        return acted
    spec = moment.spec(decision.procedure)
    called = {result.name for result in acted.fetched.results}
    tool = parts.gate.tools.get(spec.tool)
    before = [each.call for each in acted.decisions[:-1] if each.call is not None and each.call.name == spec.tool]
    # of several goods each is looked up: what was read of one proves nothing of the next
    another = bool(before) and decision.call is not None and all(call.arguments != decision.call.arguments for call in before)
    if spec.tool in called and (not another or spec.tool in moment.world.own_reads):
        return acted
    if not spec.answer or tool is None or tool.effect != "read" or "order" in tool.arguments or not decision.call:
        return acted
    result, _, _ = await parts.gate.read(seat, replace(decision.call, id=parts.ids.new("tc")))
    return _called(acted, result)


def _called(acted: Acted, result: ToolResult) -> Acted:
    return replace(acted, fetched=replace(acted.fetched, results=(*acted.fetched.results, result)))


def before(order: Order, receipt: Receipt, intent: WriteIntent) -> Order:
    """The order as it was before a write that is known by its intent and receipt."""
    old: dict[str, Any] = {CHANGED[name]: change[0] for name, change in receipt.changes.items() if name in CHANGED}
    if isinstance(old.get("due"), str):
        old["due"] = date.fromisoformat(old["due"][:10])
    lines = order.lines
    quantity = receipt.changes.get("quantity")
    if quantity is not None and isinstance(quantity[0], int):
        number, sku = quantity[0], str(intent.arguments.get("sku"))
        lines = tuple(replace(line, quantity=number) if line.sku == sku else line for line in lines)
        if number and quantity[1] == 0:
            # the line was taken out: what it cost a piece is what the order cost more
            amounts = receipt.changes.get("amount", (0, 0))
            lines = (*lines, Line(sku, number, (int(str(amounts[0])) - int(str(amounts[1]))) // number))
    return replace(order, **old, lines=lines, version=intent.order_version)
