"""What people get with a hand-off: goal, values known, what was tried, mood, evidence and the next step; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.state import State
from assistant.types import Attachment, Json


def packet(moment: Moment, state: State, decisions: Sequence[Decision], *, messages: Sequence[str], attachments: Sequence[Attachment]) -> dict[str, Json]:
    """The summary of a hand-off: everything an agent needs so as not to ask again."""
    procedure = state.procedure or moment.state.procedure
    slots: dict[str, Json] = {name: slot.value for name, slot in procedure.slots.items()} if procedure else {}
    # what waits behind the open request has values of its own
    others = {(slot.name, slot.start, slot.end) for request in state.agenda for slot in request.slots if request.source in ("", moment.message_id)}
    for slot in moment.reading.slots:
        if (slot.name, slot.start, slot.end) in others:
            continue
        if slot.name in {"order", "address", "quantity", "date", "phone", "product"} and not slots.get(slot.name):
            slots[slot.name] = slot.value
    evidence: list[Json] = [f"{c.document}@{c.version}#{c.section}" for d in decisions for s in d.sentences for c in s.citations]
    return {
        "goal": goal_of(moment, state),
        "slots": slots,
        "tried": [*state.tried, *tried(decisions)],
        "sentiment": moment.reading.sentiment,
        "evidence": evidence,
        "next": next_step(decisions),
        "messages": list(messages),
        "attachments": [item.hash for item in attachments],
    }


def goal_of(moment: Moment, state: State) -> str:
    """What the customer wants: the open procedure with the words that opened it, else the last words that said something; and what waits behind it."""
    procedure = state.procedure or moment.state.procedure
    goal = moment.reading.text or moment.state.goal
    if procedure:
        title = moment.world.wording.pick(moment.spec(procedure.name).title, moment.language)
        goal = f"{title}: {procedure.goal}"
    behind = [request.text for request in state.agenda if request.text and request.text not in goal]
    return " / ".join((goal, *behind))


def tried(decisions: Sequence[Decision]) -> list[Json]:
    """One line a decision, as an agent reads it."""
    return [" · ".join(part for part in (d.action, d.procedure or d.intent, d.rule or d.reason) if part) for d in decisions]


def next_step(decisions: Sequence[Decision]) -> str:
    """The wish's own advice, or the clause that left the decision to people."""
    for decision in decisions:
        if decision.wish is not None:
            return decision.wish.next or decision.rule or decision.reason
    return ""


def extended(summary: Mapping[str, Json], moment: Moment) -> dict[str, Json]:
    """An open packet with a further request added."""
    goal = str(summary.get("goal", ""))
    messages = summary.get("messages")
    return {**summary, "goal": f"{goal}\n+ {moment.reading.text}", "messages": [*(messages if isinstance(messages, list) else []), moment.message_id]}
