"""What programs may do beside talking as a customer: look things up through the gate, ask the documents, find a conversation again; it changes no order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from assistant.dialog.answers.gather import Gathered, gather
from assistant.dialog.handoff.draft import Draft, draft, refuse_stale
from assistant.dialog.parts import Parts
from assistant.dialog.question import NEAR, Question
from assistant.errors import NotFound, PermissionDenied
from assistant.events import ACCESS_DENIED
from assistant.knowledge.base import Knowledge
from assistant.store import chains
from assistant.store.audit import AuditEntry, append_audit
from assistant.store.conversations import get_message, open_conversation_of
from assistant.tools.gate import Seat
from assistant.types import Answer, Citation, ConversationId, Hints, Json, Language, MessageId, Passage, Principal, Reading, Scope, ToolCall, ToolResult

KNOWLEDGE = "knowledge.read"


@dataclass(frozen=True, slots=True)
class Consulted:
    """What the public documents say to a question, in its language; `found` is false when they do not say it."""

    text: str
    language: Language
    citations: tuple[Citation, ...] = ()
    found: bool = False


class Outside:
    """One company's assistant as programs use it. Nothing here has a say in what a customer may do."""

    def __init__(self, parts: Parts, knowledge: Knowledge) -> None:
        self.parts = parts
        self._gather = partial(gather, knowledge=knowledge)

    async def consult(self, text: str) -> Consulted:
        """The documents' own answer to a question of nobody in particular: no conversation, no order, no model, nothing stored."""
        parts = self.parts
        reading = await self._read(text)
        language = reading.language
        if reading.injection:
            return Consulted(parts.world.wording.say("injection_alone", language), language)
        products = tuple(dict.fromkeys(str(slot.value) for slot in reading.slots if slot.name == "product"))
        intent = reading.requests[0].intent if reading.requests else ""
        if any(slot.name == "order" for slot in reading.slots):
            # a question about an order is none that documents answer
            return Consulted(parts.world.wording.say("abstain_alone", language), language)
        question = Question(text, reading.standalone, language, products, intent)
        answer: Answer | None = await parts.run(parts.answers, question, Scope("public", parts.clock.now(), products))
        if answer is None or answer.kind == NEAR or answer.support < parts.world.threshold(intent, language):
            return Consulted(parts.world.wording.say("abstain_alone", language), language)
        said = parts.world.wording.join(*(sentence.text for sentence in answer.sentences), language=language)
        citations = tuple(dict.fromkeys(citation for sentence in answer.sentences for citation in sentence.citations))
        return Consulted(said, language, citations, True)

    async def _read(self, text: str) -> Reading:
        zone = self.parts.world.workspace.zone
        reading: Reading = await self.parts.run(self.parts.reader.read, text, Hints("en", self.parts.clock.now().astimezone(zone)))
        return reading

    async def verdict(self, text: str) -> str:
        """How a text reads as an answer to a preview: yes, no, yes_plus or other."""
        return (await self._read(text)).verdict

    async def draft(self, principal: Principal, conversation: str, *, language: Language) -> Draft:
        """What a person may send in a contact's conversation. Raises NotFound, InvalidInput (nothing to answer), BackendUnavailable, ToolFailed."""
        return await draft(self.parts, principal, conversation, language=language)

    async def refuse_stale(self, conversation: str, *, basis: str) -> None:
        """Raises Conflict when the customer has said more since `basis`."""
        await refuse_stale(self.parts, conversation, basis=basis)

    async def search(self, principal: Principal, query: str) -> tuple[Passage, ...]:
        """The passages nearest to a question that the caller may see. Raises PermissionDenied."""
        if KNOWLEDGE not in principal.permissions:
            raise PermissionDenied("this key may not read documents")
        reading = await self._read(query)
        audience = "public" if principal.role == "customer" else "internal"
        scope = Scope(audience, self.parts.clock.now())  # type: ignore[arg-type]
        found: Gathered = await self.parts.run(self._gather, Question(query, reading.standalone, reading.language), scope)
        return found.passages

    async def look_up(self, principal: Principal, name: str, arguments: Mapping[str, Json]) -> ToolResult:
        """One read through the gate. What is not there and what is somebody else's look alike; the audit is told. Raises BackendUnavailable, ToolFailed."""
        parts = self.parts
        call = ToolCall(parts.ids.new("tc"), name, arguments)
        seat = Seat(principal, ConversationId(""), MessageId(""), 0, 0, writes=False)
        result, _, foreign = await parts.gate.read(seat, call)
        if foreign:
            entry = AuditEntry(ACCESS_DENIED, principal.id, {"order": arguments.get("order")}, parts.clock.now())
            await parts.store.write(lambda conn: append_audit(conn, [entry], tenant=parts.tenant))
        return result

    async def find_chain(self, chain: str) -> chains.Link | None:
        """The conversation whose exchanges through this door hash to `chain`."""
        return await self.parts.store.read(lambda conn: chains.find_chain(conn, chain, tenant=self.parts.tenant))

    async def newest_chain(self, conversation: str) -> str:
        return await self.parts.store.read(lambda conn: chains.newest_chain(conn, conversation, tenant=self.parts.tenant))

    async def keep_chain(self, chain: str, *, conversation: str, turn: str) -> None:
        await self.parts.store.write(lambda conn: chains.keep_chain(conn, chain, conversation=conversation, turn=turn, tenant=self.parts.tenant))

    async def last_said(self, conversation: str) -> tuple[str, str] | None:
        """(id, text) of the customer's last message there."""
        return await self.parts.store.read(chains.last_said, conversation)

    async def has_message(self, conversation: str, message: str) -> bool:
        try:
            await self.parts.store.read(lambda conn: get_message(conn, message, conversation_id=conversation))
        except NotFound:
            return False
        return True

    async def latest_conversation(self, principal: Principal) -> str:
        """The contact's open conversation touched last; "" without one."""
        found = await self.parts.store.read(lambda conn: open_conversation_of(conn, principal.id, tenant=self.parts.tenant))
        return found.id if found else ""
