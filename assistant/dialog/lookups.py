"""Fetches what the core asks for, every order and document through the gate, and keeps a list of the calls; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.dialog.decision import Step
from assistant.dialog.known import History, Known, Lookup
from assistant.dialog.parts import Parts
from assistant.dialog.question import Question
from assistant.errors import Conflict, ToolFailed
from assistant.events import STAGE, Event
from assistant.store.history import history_of
from assistant.tools.gate import Seat
from assistant.types import Answer, Scope, ToolCall, ToolResult

MOST_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known now, the calls that brought it, which of them touched somebody else's order, and which orders carry text that
    gives orders to the assistant (told to the audit; it is only data)."""

    known: Known
    results: tuple[ToolResult, ...] = ()
    denied: tuple[str, ...] = ()
    suspicious: tuple[str, ...] = ()


async def settle_lookups(parts: Parts, seat: Seat, fetched: Fetched, decide: Callable[[Known], Step]) -> tuple[Step, Fetched]:
    """Asks the core again with each look-up it names until it has decided. Raises Conflict when it never does, which is a bug."""
    for _ in range(MOST_ROUNDS):
        made = decide(fetched.known)
        if made.lookup is None:
            return made, fetched
        parts.bus.publish(Event(STAGE, seat.conversation_id, {"stage": "search" if made.lookup.kind == "answer" else "lookup", "message": seat.message_id}))
        fetched = await fetch(parts, seat, fetched, made.lookup)
    raise Conflict("the decision did not settle", code="rounds")


async def fetch(parts: Parts, seat: Seat, fetched: Fetched, lookup: Lookup) -> Fetched:
    """One look-up more. Raises BackendUnavailable or ToolFailed when the order system does not answer."""
    match lookup.kind:
        case "orders":
            result, own = await parts.gate.find(seat, _call(parts, "find_orders", {}))
            return _with(fetched, replace(fetched.known, own=own), result)
        case "order":
            return await _order(parts, seat, fetched, lookup)
        case "stock":
            result, _, _ = await parts.gate.read(seat, _call(parts, "check_stock", {"sku": lookup.key}))
            stock = result.data if isinstance(result.data, int) else None
            return _with(fetched, replace(fetched.known, stock_by_sku={**fetched.known.stock_by_sku, lookup.key: stock}), result)
        case "history":
            tickets, receipts = await parts.store.read(lambda conn: history_of(conn, lookup.key, tenant=parts.tenant))
            history = {**fetched.known.history_by_number, lookup.key: History(tickets, receipts)}
            return replace(fetched, known=replace(fetched.known, history_by_number=history))
        case "tool":
            assert lookup.call is not None
            return await _tool(parts, seat, fetched, lookup.key, lookup.call)
        case "answer":
            assert lookup.question is not None
            return await _answer(parts, seat, fetched, lookup.question)


async def _order(parts: Parts, seat: Seat, fetched: Fetched, lookup: Lookup) -> Fetched:
    result, order, foreign = await parts.gate.read(seat, _call(parts, lookup.tool, {"order": lookup.key}))
    known = replace(fetched.known, orders_by_number={**fetched.known.orders_by_number, lookup.key: order})
    after = _with(fetched, known, result)
    if order is not None and order.note and parts.suspicious(order.note):
        after = replace(after, suspicious=(*after.suspicious, order.number))
    return replace(after, denied=(*after.denied, lookup.key)) if foreign else after


async def _tool(parts: Parts, seat: Seat, fetched: Fetched, key: str, call: ToolCall) -> Fetched:
    """What a tool of the workspace's own says. Raises ToolFailed when the gate refuses it: somebody looks at it then."""
    result, _, _ = await parts.gate.read(seat, replace(call, id=parts.ids.new("tc")))
    if result.outcome != "ok":
        raise ToolFailed(f"the tool {call.name} was refused: {result.error}", code=result.error or "refused")
    return _with(fetched, replace(fetched.known, results={**fetched.known.results, key: result.data}), result)


async def _answer(parts: Parts, seat: Seat, fetched: Fetched, question: Question) -> Fetched:
    spec = parts.gate.tools["search_knowledge"]
    call = _call(parts, "search_knowledge", {"query": question.standalone})
    if spec.permission not in seat.principal.permissions:
        return _with(
            fetched, replace(fetched.known, answers={**fetched.known.answers, question: None}), ToolResult(call.id, call.name, "refused", error="denied")
        )
    audience = "public" if seat.principal.role == "customer" else "internal"
    answer: Answer | None = await parts.run(parts.answers, question, Scope(audience, parts.clock.now(), question.products))  # type: ignore[arg-type]
    result = ToolResult(call.id, call.name, "ok", [passage.id for passage in answer.passages] if answer else [])
    return _with(fetched, replace(fetched.known, answers={**fetched.known.answers, question: answer}), result)


def _call(parts: Parts, name: str, arguments: dict[str, object]) -> ToolCall:
    return ToolCall(parts.ids.new("tc"), name, arguments)  # type: ignore[arg-type]


def _with(fetched: Fetched, known: Known, result: ToolResult) -> Fetched:
    return replace(fetched, known=known, results=(*fetched.results, result))
