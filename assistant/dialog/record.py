"""Makes of a decided turn what is stored and shown: the verified reply, the hand-off with its words, the append-only record and the staff's view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.dialog.act import Acted
from assistant.dialog.cards import cards, handoff_card
from assistant.dialog.decision import Decision
from assistant.dialog.handoff.handover import Given, give
from assistant.dialog.handoff.packet import extended, tried
from assistant.dialog.model.models import told, used
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.dialog.state import State, receipt_of
from assistant.dialog.verify.release import Released, release
from assistant.errors import NotFound
from assistant.events import ACCESS_DENIED, ALERT, GAP_RECORDED, INJECTION_SUSPECTED, SENTENCE_BLOCKED, WRITE_EXECUTED, Event
from assistant.store.audit import AuditEntry
from assistant.store.columns import plain
from assistant.store.conversations import Conversation, record_message
from assistant.store.gaps import Gap
from assistant.store.handoffs import QueueSnapshot
from assistant.store.turns import TurnCommit, get_turn
from assistant.types import Handoff, Json, Message, Receipt, TurnId

AWAITING = {"ask", "confirm"}
MOST_TRIED = 12


@dataclass(frozen=True, slots=True)
class Finished:
    """What goes into the commit, and the staff's view of the turn (the customer's part is its `reply`)."""

    commit: TurnCommit
    view: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the conversation stands with people: who waits, and the hand-off that is open already."""

    snapshot: QueueSnapshot | None = None
    open_now: Handoff | None = None


async def stored_reply(parts: Parts, message: Message) -> Mapping[str, Json] | None:
    """The view of the turn that answered this message, if one did."""
    recorded = await parts.store.write(lambda conn: record_message(conn, message, role="customer"))
    answered = recorded.turn
    if answered is None:
        return None
    try:
        turn = await parts.store.read(lambda conn: get_turn(conn, answered, tenant=parts.tenant))
    except NotFound:
        return None
    view = turn.record.get("view")
    return view if isinstance(view, dict) else None


def finish(
    parts: Parts, conversation: Conversation, message: Message, moment: Moment, acted: Acted, standing: Standing, marks: Mapping[str, float]
) -> Finished:
    """The turn as it will be committed. Nothing is decided any more, save that what is not supported does not leave."""
    owned = conversation.owner.startswith("agent:")
    given = Given() if owned else give(parts, moment, acted, conversation, standing.snapshot, standing.open_now)
    decisions = given.decisions if not owned else (Decision("wait", intent=_intent(moment), reason="person_owns"),)
    released = release(moment, acted, decisions, given.handoff, answers=acted.fetched.known.answers.values())
    state = _after(moment, acted.state if not owned else moment.state, given.handoff, decisions)
    after = plain(state)
    assert isinstance(after, dict)
    turn = TurnId(parts.ids.new("turn"))
    events = _events(moment, acted, released, owned=owned)
    shown = cards(moment, state, decisions, acted.receipts)
    reply = _reply(turn, moment, released, decisions, acted, shown, given.handoff)
    view = _view(moment, reply, decisions, acted, state, given, events)
    commit = TurnCommit(
        id=turn,
        conversation_id=conversation.id,
        fence=0,
        owner_epoch=conversation.owner_epoch,
        at=moment.now,
        messages=(message.id,),
        record=_record(parts, message, moment, acted, after=after, view=view)
        | {"blocked": (*released.blocked, *acted.held_back), "model_calls": told(acted.uses), "timings_ms": _rounded(marks)},
        reply=reply,
        state=after,
        events=events,
        audit=_audit(moment, acted, conversation),
        handoff=given.handoff,
        raised=given.raised,
        summary=None if given.raised else _summary(moment, standing.open_now, decisions),
        confirmation=acted.confirmation if state.procedure and state.procedure.confirmation else None,
        withdraw=state.procedure is None or state.procedure.confirmation is None,
        writes=acted.writes,
        usage=used(acted.uses),
        gaps=tuple(
            Gap(parts.ids.new("gap"), conversation.id, turn, str(data.get("question", "")), moment.language, moment.now, data) for data in _gaps(decisions)
        ),
    )
    return Finished(commit, view)


def _intent(moment: Moment) -> str:
    return moment.reading.requests[0].intent if moment.reading.requests else ""


def _after(moment: Moment, state: State, handoff: Handoff | None, decisions: Sequence[Decision]) -> State:
    """The state that is kept. With a hand-off the open business goes into its packet, and the assistant starts afresh afterwards."""
    lines = (*state.tried, *(str(line) for line in tried(decisions)))[-MOST_TRIED:]
    served = [decision.intent for decision in decisions if decision.intent and not decision.miss]
    state = replace(state, tried=lines, goal=moment.reading.text or state.goal, intent=served[-1] if served else state.intent)
    if handoff is None:
        return state
    return replace(state, procedure=None, agenda=(), misses=0, anger=0, offer="", listed=(), tried=())


def _gaps(decisions: Sequence[Decision]) -> list[Mapping[str, Json]]:
    return [data for decision in decisions for name, data in decision.events if name == GAP_RECORDED]


def _events(moment: Moment, acted: Acted, released: Released, *, owned: bool) -> tuple[Event, ...]:
    found = [Event(name, data=dict(data)) for decision in acted.decisions for name, data in decision.events]
    found += [Event(ACCESS_DENIED, data={"order": number}) for number in dict.fromkeys(acted.fetched.denied)]
    found += [Event(INJECTION_SUSPECTED, data={"order": number}) for number in dict.fromkeys(acted.fetched.suspicious)]
    found += [Event(WRITE_EXECUTED, data={"receipt": receipt.id, "tool": receipt.tool}) for receipt in acted.receipts]
    found += [Event(SENTENCE_BLOCKED, data={"text": text, "reason": reason}) for text, reason in (*released.blocked, *acted.held_back)]
    if (owned or moment.queued) and (moment.reading.urgency >= 3 or moment.reading.anger):
        found.append(Event(ALERT, data={"reason": "urgent_line_stop" if moment.reading.urgency >= 3 else "anger"}))
    return tuple(found)


def _audit(moment: Moment, acted: Acted, conversation: Conversation) -> tuple[AuditEntry, ...]:
    who = moment.principal.id
    entries = [AuditEntry(ACCESS_DENIED, who, {"order": number}, moment.now, conversation.id) for number in dict.fromkeys(acted.fetched.denied)]
    entries += [AuditEntry(name, who, {}, moment.now, conversation.id) for decision in acted.decisions for name, _ in decision.events if name != GAP_RECORDED]
    entries += [AuditEntry(WRITE_EXECUTED, who, {"receipt": r.id, "tool": r.tool, "order": r.order}, moment.now, conversation.id) for r in acted.receipts]
    return tuple(entries)


def _summary(moment: Moment, open_now: Handoff | None, decisions: Sequence[Decision]) -> Mapping[str, Json] | None:
    """The open packet with what was asked for while waiting."""
    if open_now is None or not any(_adds(decision) for decision in decisions):
        return None
    return extended(open_now.summary, moment)


def _adds(decision: Decision) -> bool:
    """Whether people should read what led to this while they are waited for: a write put off, or a further reason to see them."""
    if decision.wish is not None:
        return decision.wish.reason != "customer_request"
    return decision.reason == "queued" and decision.action == "wait"


def awaiting(state: State, decisions: Sequence[Decision]) -> Decision | None:
    """The decision that stands for the turn: the one that awaits the customer, else the last."""
    if not decisions:
        return None
    handed = [decision for decision in decisions if decision.action == "handoff"]
    waiting = [d for d in decisions if d.action in AWAITING and (state.procedure is None or d.procedure == state.procedure.name)]
    return (handed or waiting or list(decisions))[-1]


def _reply(
    turn: TurnId, moment: Moment, released: Released, decisions: Sequence[Decision], acted: Acted, shown: Any, handoff: Handoff | None
) -> dict[str, Json]:
    """The customer's part: no event, tool, rule or score is in it."""
    top = awaiting(acted.state, decisions)
    all_cards = [*shown, *([handoff_card(handoff)] if handoff else [])]
    reply: dict[str, Json] = {
        "turn": turn,
        "text": released.text,
        "language": moment.language,
        "action": top.action if top else "reply",
        "citations": [plain(citation) for citation in released.citations],
        "receipts": [plain(receipt) for receipt in _receipts(acted, decisions)],
        "cards": [plain(card) for card in all_cards],
        "handoff": {"place": handoff.routing.place, "queue": handoff.routing.queue, "state": handoff.state} if handoff else None,
    }
    return reply


def _receipts(acted: Acted, decisions: Sequence[Decision]) -> tuple[Receipt, ...]:
    """This turn's receipts; to a repeated yes the earlier one again."""
    executed = acted.state.executed
    if not acted.receipts and executed is not None and any(decision.reason == "repeated" for decision in decisions):
        return (receipt_of(executed),)
    return acted.receipts


def _view(
    moment: Moment, reply: Mapping[str, Json], decisions: Sequence[Decision], acted: Acted, state: State, given: Given, events: Sequence[Event]
) -> dict[str, Json]:
    """The turn as other programs rely on it (`assistant chat --json`)."""
    top = awaiting(state, decisions)
    ruled = [decision.rule for decision in decisions if decision.rule]
    results = acted.fetched.results
    handoff = given.handoff
    return {
        **{name: value for name, value in reply.items() if name != "cards"},
        "reason": top.reason if top else "",
        "intent": (top.intent if top else "") or _intent(moment),
        "confidence": round(top.confidence, 4) if top else 0.0,
        "requests": [{"intent": d.intent or _intent(moment), "action": d.action, "reason": d.reason, "procedure": d.procedure or None} for d in decisions],
        "tools": [{"name": result.name, "outcome": result.outcome} for result in results],
        "rule": ruled[-1] if ruled else None,
        "events": [event.name for event in events],
        "handoff": _handoff_view(handoff) if handoff else None,
        "procedure": _procedure(state) or _ended(moment, acted),
        "cards": reply["cards"],
    }


def _procedure(state: State) -> Json:
    if state.procedure is None:
        return None
    slots: dict[str, Json] = {name: slot.value for name, slot in state.procedure.slots.items()}
    return {"name": state.procedure.name, "stage": state.procedure.stage, "slots": slots}


def _ended(moment: Moment, acted: Acted) -> Json:
    """A procedure that ended in this turn, with the stage it ended in."""
    for decision in reversed(acted.decisions):
        if decision.procedure and decision.action == "execute":
            return {"name": decision.procedure, "stage": "done", "slots": _slots(moment)}
        if decision.procedure and decision.reason == "cancelled":
            return {"name": decision.procedure, "stage": "cancelled", "slots": _slots(moment)}
    return None


def _slots(moment: Moment) -> dict[str, Json]:
    procedure = moment.state.procedure
    return {name: slot.value for name, slot in procedure.slots.items()} if procedure else {}


def _handoff_view(handoff: Handoff) -> Json:
    routing = handoff.routing
    return {"reason": handoff.reason, "queue": routing.queue, "priority": routing.priority, "skills": list(routing.skills), "summary": dict(handoff.summary)}


def _rounded(marks: Mapping[str, float]) -> dict[str, float]:
    return {name: round(seconds * 1000, 3) for name, seconds in marks.items()}


def _record(parts: Parts, message: Message, moment: Moment, acted: Acted, *, after: Json, view: Mapping[str, Json]) -> dict[str, object]:
    """Everything that replaying the turn needs: words, reading, state before and after, calls with versions, decisions with signals, stamps and time.

    Dataclasses stay as they are: the store turns them into JSON once, with the rest.
    """
    known = acted.fetched.known
    return {
        "message": message,
        "reading": moment.reading,
        "before": moment.state,
        "after": after,
        "calls": [replace(result, data=None) for result in acted.fetched.results],
        "orders": {number: order.version if order else None for number, order in known.orders_by_number.items()},
        "passages": [{"id": p.id, "dense": p.dense, "lexical": p.lexical, "fused": p.fused} for a in known.answers.values() if a for p in a.passages],
        "decisions": [_decision(decision) for decision in acted.decisions],
        "values": [value for decision in acted.decisions for value in decision.sources],
        "principal": {"id": moment.principal.id, "role": moment.principal.role, "company": moment.principal.company},
        "stamps": {**parts.stamps, "knowledge": parts.knowledge_stamp()},
        "business_time": moment.now.isoformat(),
        "model_calls": [],
        "view": dict(view),
    }


def _decision(decision: Decision) -> Json:
    signals = dict(decision.answer.signals) if decision.answer else {}
    return {
        "action": decision.action,
        "intent": decision.intent,
        "reason": decision.reason,
        "confidence": decision.confidence,
        "procedure": decision.procedure,
        "rule": decision.rule,
        "signals": plain(signals),
        "composed": bool(decision.judged),
        "sentences": [{"text": s.text, "citations": [f"{c.document}@{c.version}#{c.section}" for c in s.citations]} for s in decision.sentences],
    }
