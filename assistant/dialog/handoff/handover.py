"""Turns the wish for a person into a hand-off with its place, its packet and its words, or, when one waits already, into where the customer stands; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.dialog.act import Acted
from assistant.dialog.decision import Decision, Wish
from assistant.dialog.handoff.packet import extended, packet
from assistant.dialog.moment import Moment
from assistant.dialog.parts import Parts
from assistant.routing import Asked, Board, route
from assistant.store.conversations import Conversation
from assistant.store.handoffs import QueueSnapshot
from assistant.types import Handoff, Json, Routing, Sentence

URGENT = "urgent_line_stop"


@dataclass(frozen=True, slots=True)
class Given:
    """The decisions with their last words, and the hand-off if one was made or, `raised`, the waiting one as it stands now that it is more urgent."""

    decisions: tuple[Decision, ...] = ()
    handoff: Handoff | None = None
    raised: bool = False


def give(parts: Parts, moment: Moment, acted: Acted, conversation: Conversation, snapshot: QueueSnapshot | None, open_now: Handoff | None) -> Given:
    """At most one hand-off a turn, and never a second while one is open: what waits moves up when the new reason is more urgent."""
    wish = acted.wish
    if wish is None:
        return Given(acted.decisions)
    acted = replace(acted, decisions=_put_off(moment, acted.decisions))
    routing = _routing(moment, acted, wish, _board(snapshot, beside=open_now))
    if open_now is not None and not _more_urgent(moment, routing, open_now):
        place = _place(_board(snapshot), open_now)
        return Given(_replaced(acted.decisions, _where(moment, place, open_now), sources=(place,)))
    if open_now is not None:
        raised = replace(open_now, reason=wish.reason, routing=routing, summary=extended(open_now.summary, moment), state=_state(routing))
        return Given(_replaced(acted.decisions, _words(moment, wish, routing)), raised, raised=True)
    summary = packet(moment, acted.state, acted.decisions, messages=[moment.message_id], attachments=moment.attachments)
    made = parts.ids.new("ho")
    handoff = Handoff(made, conversation.id, wish.reason, routing, summary, moment.now, _state(routing))
    return Given(_replaced(acted.decisions, _words(moment, wish, routing)), handoff)


def _put_off(moment: Moment, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """What was to follow in its turn: with a hand-off it is left to the person who takes over, and so it is said."""
    left = Sentence(moment.world.wording.say("queued_write", moment.language))
    return tuple(replace(each, action="wait", sentences=(left,)) if each.action == "reply" and each.reason == "queued" else each for each in decisions)


def _state(routing: Routing) -> Literal["queued", "assigned"]:
    return "assigned" if routing.assigned_to else "queued"


def _more_urgent(moment: Moment, routing: Routing, waiting: Handoff) -> bool:
    """Whether a hand-off that nobody has taken yet would wait with a higher priority now."""
    order = moment.world.workspace.routing.priorities
    known = waiting.state == "queued" and routing.priority in order and waiting.routing.priority in order
    return known and order.index(routing.priority) < order.index(waiting.routing.priority)


def _board(snapshot: QueueSnapshot | None, *, beside: Handoff | None = None) -> Board:
    """Who waits, without `beside`: nobody waits behind himself."""
    if snapshot is None:
        return Board({}, ())
    own = beside.id if beside else ""
    return Board({queue: [row.priority for row in rows if row.handoff != own] for queue, rows in snapshot.waiting.items()}, snapshot.agents)


def _routing(moment: Moment, acted: Acted, wish: Wish, board: Board) -> Routing:
    decision = next(d for d in acted.decisions if d.wish is wish)
    asked = Asked(wish.reason, decision.intent, wish.queue, moment.principal.tier, "en" if moment.language == "en" else "zh", _skills(moment, acted))
    opens = None if moment.on_duty else moment.opening
    return route(moment.world.workspace.routing, asked, board, duty=moment.on_duty, opens=opens)


def _skills(moment: Moment, acted: Acted) -> tuple[str, ...]:
    """The skills of the product families that were named or that the order at hand holds."""
    families = [str(slot.value) for slot in moment.reading.slots if slot.name == "family"]
    skus = [str(slot.value) for slot in moment.reading.slots if slot.name == "product"]
    procedure = acted.state.procedure
    order = procedure.slots.get("order") if procedure else None
    found = acted.fetched.known.orders_by_number.get(str(order.value)) if order else None
    skus += [line.sku for line in found.lines] if found else []
    families += [product.family for sku in skus if (product := moment.product(sku))]
    catalog = moment.world.workspace.catalog.families
    return tuple(dict.fromkeys(skill for family in families if family in catalog for skill in catalog[family].skills))


def _words(moment: Moment, wish: Wish, routing: Routing) -> Sentence:
    """One message: why, where to, and when. Danger gets a single sentence without questions."""
    wording, language = moment.world.wording, moment.language
    reason = "" if wish.text else wording.say(f"reason_{wish.reason}", language) if f"reason_{wish.reason}" in moment.world.workspace.texts.texts else ""
    queue = wording.queue(routing.queue, language)
    variables = {"reason_text": reason, "queue": queue, "place": routing.place, "agent": agent_name(moment, routing), "opens": routing.opens}
    if wish.reason == URGENT:
        return Sentence(wording.say("handoff_urgent", language, **variables))
    if not routing.on_duty:
        return Sentence(wording.say("handoff_closed", language, **variables))
    return Sentence(wording.say("handoff_assigned" if routing.assigned_to else "handoff", language, **variables))


def agent_name(moment: Moment, routing: Routing) -> str:
    agent = moment.world.workspace.fixture.agents.get(routing.assigned_to)
    return agent.name if agent else routing.assigned_to


def _place(board: Board, handoff: Handoff) -> int:
    ahead = board.waiting.get(handoff.routing.queue, ())
    return min(max(handoff.routing.place, 1), max(len(ahead), 1))


def _where(moment: Moment, place: int, handoff: Handoff) -> Sentence:
    queue = moment.world.wording.queue(handoff.routing.queue, moment.language)
    key = "already_queued" if moment.on_duty or moment.opening is None else "already_queued_closed"
    return Sentence(moment.world.wording.say(key, moment.language, queue=queue, place=place, opens=moment.opening))


def _replaced(decisions: Sequence[Decision], words: Sentence, *, sources: tuple[Json, ...] = ()) -> tuple[Decision, ...]:
    """The words of the hand-off behind all that the wishes of the turn tell; a wish that tells nothing of its own says nothing."""
    wishes = [decision for decision in decisions if decision.wish is not None]
    told = [decision for decision in wishes if decision.sentences]
    last = (told or wishes)[-1] if wishes else None
    found: list[Decision] = []
    for decision in decisions:
        if decision.wish is None:
            found.append(decision)
        elif decision is last:
            found.append(replace(decision, sentences=(*decision.sentences, words), sources=(*decision.sources, *sources)))
        elif decision.sentences:
            found.append(decision)
    return tuple(found)
