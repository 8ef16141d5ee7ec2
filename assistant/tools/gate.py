"""The only way to a tool, for the state machine, a model and an agent's console alike; it decides from who asks and what was confirmed, never from words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from assistant.errors import AssistantError, BackendUnavailable, Conflict, InvalidInput, NotFound, ToolFailed
from assistant.ports import Clock, OrderSystem, Store
from assistant.store.conversations import get_message
from assistant.store.writes import WriteIntent, WriteResult, get_intent, intend_write, receipts_of
from assistant.text.fold import fold
from assistant.tools.registry import Done, Tool, Use, argument_problem
from assistant.types import Confirmation, ConversationId, Json, Message, MessageId, Order, Principal, Receipt, Slot, ToolCall, ToolResult

RECORDS = {"default", "conversation", "record", ""}
RECEIPT = "receipt:"


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a call comes from: the conversation and message it serves, under which turn lock and owner; `writes`: whether that may change anything at all."""

    principal: Principal
    conversation_id: ConversationId
    message_id: MessageId
    fence: int
    owner_epoch: int
    writes: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate would say to a call; `order` is the one it names, when it is the caller's. `foreign` marks somebody else's (told to the audit only)."""

    error: str = ""
    order: Order | None = None
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """The company's side of a call: the queue of each ticket kind, the catalogue's rows, and the (tool, ticket kind) pairs that need no yes."""

    queues: Mapping[str, str]
    catalog: Mapping[str, Mapping[str, Json]]
    free: frozenset[tuple[str, str]]


class Gate:
    """Checks and runs tool calls."""

    def __init__(self, tools: Mapping[str, Tool], *, orders: OrderSystem, store: Store, clock: Clock, desk: Desk) -> None:
        self.tools = tools
        self._orders = orders
        self._store = store
        self._clock = clock
        self._desk = desk

    async def check(self, seat: Seat, call: ToolCall) -> Verdict:
        """Unknown tool, bad arguments, missing permission, foreign or missing order, values nobody said, in this order.

        Raises ToolFailed, BackendUnavailable.
        """
        spec = self.tools.get(call.name)
        if spec is None:
            return Verdict("unknown_tool")
        if argument_problem(spec, call.arguments):
            return Verdict("bad_arguments")
        if spec.permission not in seat.principal.permissions:
            return Verdict("denied")
        order: Order | None = None
        number = call.arguments.get("order")
        if isinstance(number, str) and number:
            try:
                order = await self._orders.get(number)
            except NotFound:
                return Verdict("not_found")
            if seat.principal.role == "customer" and order.company != seat.principal.company:
                return Verdict("not_found", foreign=True)
        if spec.effect == "write":
            return Verdict(await self._provenance(seat, call, order), order)
        return Verdict("", order)

    async def read(self, seat: Seat, call: ToolCall) -> tuple[ToolResult, Order | None, bool]:
        """Runs a read; the order it named, and whether that was somebody else's. A write is refused here."""
        verdict = await self.check(seat, call)
        spec = self.tools.get(call.name)
        if verdict.error or spec is None:
            return ToolResult(call.id, call.name, "refused", error=verdict.error), None, verdict.foreign
        if spec.effect != "read":
            return ToolResult(call.id, call.name, "needs_confirmation"), verdict.order, False
        try:
            done = await spec.run(self._use(seat, verdict.order, ""), **call.arguments)
        except InvalidInput:
            return ToolResult(call.id, call.name, "refused", error="bad_arguments"), None, False
        return ToolResult(call.id, call.name, "ok", done.data, version=verdict.order.version if verdict.order else 0), verdict.order, False

    async def find(self, seat: Seat, call: ToolCall) -> tuple[ToolResult, tuple[Order, ...]]:
        """The caller's own orders, with the call's result."""
        result, _, _ = await self.read(seat, call)
        return result, await self._orders.find(seat.principal.company) if result.outcome == "ok" else ()

    async def write(self, seat: Seat, call: ToolCall, *, confirmation: str) -> ToolResult:
        """Runs a write once: intent, call, result. Without a confirmation that fits it in every part it only says so.

        The intent is durable before the call and the confirmation is used up with it; an outcome that is not known is read back, never repeated.
        The caller stores the result with its turn.
        """
        verdict = await self.check(seat, call) if seat.writes else Verdict("denied")
        if verdict.error:
            return ToolResult(call.id, call.name, "refused", error=verdict.error)
        spec = self.tools[call.name]
        if spec.person:
            return ToolResult(call.id, call.name, "refused", error="person")
        claim = self._claim(seat, call, verdict.order, confirmation)
        if claim is None and not self._is_free(call):
            return ToolResult(call.id, call.name, "needs_confirmation")
        key = call.key or confirmation
        intent = WriteIntent(
            key=key,
            conversation_id=seat.conversation_id,
            message_id=seat.message_id,
            tool=call.name,
            order=claim.order if claim else "",
            order_version=claim.order_version if claim else 0,
            arguments=call.arguments,
            fence=seat.fence,
        )
        try:
            stored = await self._store.write(lambda conn: intend_write(conn, intent, claim=claim, owner_epoch=seat.owner_epoch, now=self._clock.now()))
        except Conflict as conflict:
            if conflict.code == "confirmation":
                return ToolResult(call.id, call.name, "needs_confirmation", error="stale")
            raise
        if stored.receipt is not None:
            return ToolResult(call.id, call.name, "ok", receipt=stored.receipt)
        if stored is not intent:
            earlier = await self.settle(key)
            if earlier is None:
                return ToolResult(call.id, call.name, "failed", error="unknown_outcome")
            if earlier.receipt is not None:
                return ToolResult(call.id, call.name, "ok", receipt=earlier.receipt)
        return await self._run(spec, seat, call, verdict.order, key)

    async def settle(self, key: str) -> WriteResult | None:
        """What came of an intended write, read back from the order system by its key; None when that cannot be told now."""
        try:
            receipt = await (await self._reader_of(key))(key)
        except AssistantError:
            return None
        return WriteResult(key, receipt, "" if receipt else "not_executed")

    async def _reader_of(self, key: str) -> Callable[[str], Awaitable[Receipt | None]]:
        """Who knows what came of a key: the system of the tool that was called with it, else the order system."""
        try:
            tool = self.tools.get((await self.intent(key)).tool)
        except NotFound:
            tool = None
        return tool.outcome if tool is not None and tool.outcome is not None else self._orders.outcome

    async def intent(self, key: str) -> WriteIntent:
        """The stored intent of a key. Raises NotFound."""
        return await self._store.read(get_intent, key)

    async def _run(self, spec: Tool, seat: Seat, call: ToolCall, order: Order | None, key: str) -> ToolResult:
        try:
            done: Done = await spec.run(self._use(seat, order, key), **call.arguments)
        except Conflict as conflict:
            return ToolResult(call.id, call.name, "failed", error="stale" if conflict.code == "stale" else "conflict")
        except (InvalidInput, NotFound):
            return ToolResult(call.id, call.name, "failed", error="bad_arguments")
        except (ToolFailed, BackendUnavailable) as error:
            return await self._after_fault(call, key, unknown=getattr(error, "unknown", True))
        return ToolResult(call.id, call.name, "ok", receipt=done.receipt)

    async def _after_fault(self, call: ToolCall, key: str, *, unknown: bool) -> ToolResult:
        """A call that failed may have had its effect: the order system is asked by key before anything is said."""
        if not unknown:
            return ToolResult(call.id, call.name, "failed", error="unavailable")
        result = await self.settle(key)
        if result is None:
            return ToolResult(call.id, call.name, "failed", error="unknown_outcome")
        receipt: Receipt | None = result.receipt
        if receipt is not None:
            return ToolResult(call.id, call.name, "ok", receipt=receipt)
        return ToolResult(call.id, call.name, "failed", error="unavailable")

    def _use(self, seat: Seat, order: Order | None, key: str) -> Use:
        return Use(seat.principal, self._orders, order, key, self._desk.queues, self._desk.catalog)

    def _is_free(self, call: ToolCall) -> bool:
        """Whether a procedure of the workspace makes this write without asking; what a tool says of itself frees it of nothing."""
        return (call.name, str(call.arguments.get("kind", ""))) in self._desk.free

    def _claim(self, seat: Seat, call: ToolCall, order: Order | None, confirmation: str) -> Confirmation | None:
        if not confirmation:
            return None
        number, version = (order.number, order.version) if order else ("", 0)
        return Confirmation(confirmation, seat.principal.id, call.name, number, version, call.arguments, self._clock.now())

    async def _provenance(self, seat: Seat, call: ToolCall, order: Order | None) -> str:
        """A write's values come from the customer's own words or from records: a slot must quote a message of this conversation that holds its text."""
        messages: dict[str, Message] = {}
        for slot in call.slots:
            if slot.source in RECORDS or slot.source.startswith(RECEIPT):
                if not _recorded(slot, order) and not await self._receipted(seat, slot):
                    return "provenance"
                continue
            if slot.source not in messages:
                try:
                    found = await self._store.read(lambda conn, source: get_message(conn, source, conversation_id=seat.conversation_id), slot.source)
                except NotFound:
                    return "provenance"
                messages[slot.source] = found
            if not _said_in(slot, messages[slot.source]):
                return "provenance"
        return ""

    async def _receipted(self, seat: Seat, slot: Slot) -> bool:
        """A value taken back: what a receipt of this conversation says was there before."""
        found = await self._store.read(receipts_of, seat.conversation_id)
        return any(slot.source == f"{RECEIPT}{receipt.id}" and slot.value in [old for old, _ in receipt.changes.values()] for receipt in found)


def _said_in(slot: Slot, message: Message) -> bool:
    """Whether a message holds a slot's words, or the files that are its value."""
    if slot.text:
        return slot.text in fold(message.text)
    files = {attached.hash for attached in message.attachments}
    return isinstance(slot.value, list) and bool(slot.value) and all(value in files for value in slot.value)


def _recorded(slot: Slot, order: Order | None) -> bool:
    """A value without a quotation is a default, or the order the conversation is about: the gate has just read that one for this caller."""
    if slot.name == "order":
        return order is not None and slot.value == order.number
    return slot.source == "default" or _leaf_of(slot.value, order)


def _leaf_of(value: Json, order: Order | None) -> bool:
    return order is not None and any(value in (line.sku, line.quantity) for line in order.lines)
