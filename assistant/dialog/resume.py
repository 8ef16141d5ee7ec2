"""Goes on with an open procedure: yes, no, a value, a correction, a side question, or something else that has to wait; pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.decision import Decision, Write
from assistant.dialog.fill import Filled, fill, order_of, part_put_right, words_of
from assistant.dialog.fit import BARE, GOODS, ORDERS, VALUES, is_question, leftover, split
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ask, Ready, advance, ask_text, preview_of
from assistant.dialog.serve import said, serve, settle, waiting_of, wish
from assistant.dialog.state import Procedure, State, Waiting
from assistant.dialog.suggest import suggestion
from assistant.types import Action, Json, Request, Sentence, Slot
from assistant.understanding.slots import match_words

SMALL_TALK = {"chat.greeting", "chat.thanks", "chat.goodbye", "feedback", "complaint"}
ANSWERED_BY_NO = {"bool", "attachments"}
SETTLING = {
    "order": {"order", "order_ref", "option"},
    "date": {"date", "shift", "option"},
    "quantity": {"quantity", "item"},
    "items": {"quantity", "item"},
    "product": {"product", "option"},
    "choice": {"option"},
}
MOST_LEFTOVER = 6
SURE = 0.8
DISPLACING = 0.6  # the least confidence of a request that takes the place of an open procedure without naming an order or goods

Decided = tuple[State, tuple[Decision, ...]]


def settled(moment: Moment, procedure: Procedure) -> bool:
    """Whether the message is just the answer to the open question, so that nothing else needs to be looked for in it."""
    reading = moment.reading
    if reading.verdict == "yes":
        return True
    if reading.verdict == "yes_plus" or leftover(reading.text, reading.slots) > MOST_LEFTOVER:
        return False
    kinds = _kinds(moment, procedure)
    if _other_order(moment):
        return True
    if _names_another(procedure, reading.slots):
        return False
    if reading.verdict == "no":
        return not reading.slots
    return any(slot.name in kinds for slot in reading.slots) or _named_by_words(moment, procedure)


def _other_order(moment: Moment) -> bool:
    """Only another order number, after a word of correction ("no, I meant 12350")."""
    reading = moment.reading
    names = {slot.name for slot in reading.slots}
    return names == {"order"} and leftover(reading.text, reading.slots) <= BARE + 1 and (reading.verdict == "no" or moment.says("correction"))


def _names_another(procedure: Procedure, slots: tuple[Slot, ...]) -> bool:
    """Whether an order is named that is not the one the procedure holds."""
    held = procedure.slots.get("order")
    return held is not None and any(slot.name == "order" and slot.value != held.value for slot in slots)


def _named_by_words(moment: Moment, procedure: Procedure) -> bool:
    """Whether the words themselves answer a question whose answers the workspace lists (opened or not, special or ordinary)."""
    slot = moment.spec(procedure.name).slots.get(procedure.waiting)
    if slot is not None and slot.type == "date":
        return suggestion(moment, procedure) is not None or moment.says("earliest") or moment.says("soon")
    if slot is None or slot.type not in {"bool", "choice"}:
        return False
    words = slot.words if slot.type == "bool" else {name: option.words for name, option in slot.options.items()}
    return match_words(moment.reading.text, words_of(words)) is not None


def _kinds(moment: Moment, procedure: Procedure) -> set[str]:
    slots = moment.spec(procedure.name).slots
    if procedure.stage == "confirm":
        return _values_of(moment, procedure)
    if procedure.waiting == "line":
        return {"product", "family", "option"}
    waiting = slots.get(procedure.waiting)
    return SETTLING.get(waiting.type, {waiting.type}) if waiting else set()


def resume(moment: Moment, state: State) -> Decided:
    """The state and the decisions for a message while a procedure is open."""
    procedure = state.procedure
    assert procedure is not None
    others = _others(moment, procedure)
    foreign = {id(slot) for request in others for slot in request.slots}
    mentions = tuple(slot for slot in moment.reading.slots if id(slot) not in foreign)
    filled = _filled(moment, procedure, mentions, others)
    changed = _values(filled.procedure) != _values(procedure)
    verdict = moment.reading.verdict
    if procedure.stage == "confirm" and not changed and not filled.trouble and verdict in {"yes", "yes_plus"}:
        return _execute(moment, state, procedure, others)
    if not changed and _lets_go(moment, procedure):
        return _dropped(moment, state, procedure, tuple(request for request in others if _is_wish(moment, request)))
    decisions: tuple[Decision, ...] = ()
    if changed or filled.trouble:
        moved, progress = advance(moment, _cleared(filled.procedure, changed), filled.trouble)
        state, decision = settle(moment, state, moved, progress)
        decisions = (decision,)
    for request in _waiting(moment, procedure, others):
        if state.procedure is None:
            state, decision = serve(moment, state, request)
            decisions += (decision,)
        else:
            state, more = take_up(moment, state, request)
            decisions += more
    if decisions:
        return state, reminded(moment, state, decisions)
    return _miss(moment, state, procedure)


def _is_wish(moment: Moment, request: Request) -> bool:
    """Whether words beside a no want something, rather than only tell why ("no, too expensive")."""
    return request.intent in moment.world.serving or is_question(request.text)


def _lets_go(moment: Moment, procedure: Procedure) -> bool:
    """Whether the customer gives the procedure up. A no to a preview does; to a question for a value only a bare one, or words of giving up, do."""
    if _without_phone(moment, procedure):
        return True
    brief = leftover(moment.reading.text, ())
    if moment.reading.verdict == "no":
        return procedure.stage == "confirm" or brief <= BARE or moment.says("drop")
    return moment.reading.verdict == "other" and brief <= MOST_LEFTOVER + BARE and not moment.reading.slots and moment.says("drop")


def _without_phone(moment: Moment, procedure: Procedure) -> bool:
    """No number to call while nobody is on duty: the request waits in the queue instead."""
    return procedure.name == moment.world.serving.get("human.callback") and not moment.on_duty and moment.says("lacking")


def _values(procedure: Procedure) -> dict[str, object]:
    return {name: slot.value for name, slot in procedure.slots.items()}


def _filled(moment: Moment, procedure: Procedure, mentions: tuple[Slot, ...], others: tuple[Request, ...]) -> Filled:
    """What the message adds. An order just not found adds nothing when it is named again."""
    text = moment.reading.text if not others else " ".join(r.text for r in moment.reading.requests if r not in others)
    filled = fill(moment, procedure, mentions, text=text)
    order = filled.procedure.slots.get("order")
    if procedure.rejected and order is not None and order.value == procedure.rejected:
        return Filled(procedure)
    return filled


def _cleared(procedure: Procedure, changed: bool) -> Procedure:
    """A procedure that goes on: an earlier preview no longer counts."""
    return replace(procedure, stage="collect", confirmation=None) if changed else procedure


def _others(moment: Moment, procedure: Procedure) -> tuple[Request, ...]:
    """Accepted requests for something else than the open procedure."""
    if settled(moment, procedure):
        return ()
    spec = moment.spec(procedure.name)
    waiting = spec.slots.get(procedure.waiting)
    if waiting is not None and waiting.type == "text" and not is_question(moment.reading.text):
        return ()
    found = []
    for request in moment.reading.requests:
        mine = request.intent in spec.intents or moment.world.serving.get(request.intent) == procedure.name
        if mine:
            if _another(moment, procedure, request):
                found.append(request)
        elif (
            request.accepted
            and _means_it(moment, request)
            and request.intent not in SMALL_TALK
            and not _same_lookup(moment, procedure, request)
            and not _corrects(moment, request)
            and not _adjusts(moment, procedure, request)
        ):
            found.append(request)
    return tuple(found)


def _another(moment: Moment, procedure: Procedure, request: Request) -> bool:
    """The same wish for one order more, rather than for another one instead ("yes, and move 12360 to June 25", "12346也改到那天")."""
    held = procedure.slots.get("order")
    numbers = {str(slot.value) for slot in request.slots if slot.name == "order"}
    if procedure.stage != "confirm" or held is None or not numbers or str(held.value) in numbers:
        return False
    if moment.reading.verdict == "no" or moment.says("correction"):
        return False
    if moment.reading.verdict == "yes_plus" or moment.says("also"):
        return True
    said = {kind for kind, names in VALUES.items() if any(slot.name in names for slot in request.slots)}
    known = {slot.value for name, slot in procedure.slots.items() if name != "order" and isinstance(slot.value, str | int)}
    return bool(said) and not any(isinstance(slot.value, str | int) and slot.value in known for slot in request.slots)


def _waiting(moment: Moment, procedure: Procedure, others: tuple[Request, ...]) -> tuple[Waiting, ...]:
    """Other requests as they wait to be served, one for each order they name; the same wish for one more order takes over the values it does not name."""
    found: list[Waiting] = []
    for other in others:
        request = waiting_of(moment, other)
        if moment.world.serving.get(request.intent) == procedure.name:
            request = replace(request, slots=(*request.slots, *_carried(moment, procedure, request)))
        found += split(moment, request)
    return tuple(found)


def _carried(moment: Moment, procedure: Procedure, request: Waiting) -> tuple[Slot, ...]:
    """The values of the open procedure that a further request of its kind does not say for itself."""
    spec = moment.spec(procedure.name)
    said = {slot.name for slot in request.slots}
    kinds = {name: slot.type for name, slot in spec.slots.items() if slot.type in VALUES and not VALUES[slot.type] & said}
    return tuple(replace(procedure.slots[name], name=kind) for name, kind in kinds.items() if name in procedure.slots)


def _adjusts(moment: Moment, procedure: Procedure, request: Request) -> bool:
    """Whether words that look like another wish only put right a value of the open procedure, or are too uncertain to take its place."""
    if moment.world.workspace.intents.get(request.intent) is None:
        return False
    if request.confidence < SURE and part_put_right(moment, procedure, moment.reading.text) is not None:
        return True
    numbers = {str(slot.value) for slot in request.slots if slot.name == "order"}
    foreign = _names_another(procedure, request.slots)
    kinds = _values_of(moment, procedure)
    names = {slot.name for slot in request.slots} - ORDERS
    if foreign and names <= kinds and request.confidence < SURE and (moment.reading.verdict == "no" or moment.says("correction")):
        return True
    if not foreign and names and names <= kinds and (moment.says("correction") or leftover(moment.reading.text, moment.reading.slots) <= MOST_LEFTOVER):
        return True
    return request.confidence < DISPLACING and _displaces(moment, request) and not numbers and not names & GOODS


def _displaces(moment: Moment, request: Request) -> bool:
    """Whether serving a request would change something or hand the conversation over."""
    name = moment.world.serving.get(request.intent, "")
    return moment.spec(name).confirm if name else moment.world.workspace.intents[request.intent].serve == "handoff"


def _values_of(moment: Moment, procedure: Procedure) -> set[str]:
    """The kinds of mention that any slot of the procedure but its order takes."""
    return set().union(*(SETTLING.get(slot.type, {slot.type}) for slot in moment.spec(procedure.name).slots.values() if slot.type != "order"))


def _corrects(moment: Moment, request: Request) -> bool:
    """Another order named after "no, I meant" is not a wish to look it up."""
    name = moment.world.serving.get(request.intent, "")
    if not name or moment.spec(name).confirm or not any(slot.name == "order" for slot in request.slots):
        return False
    return moment.reading.verdict == "no" or moment.says("correction")


def _means_it(moment: Moment, request: Request) -> bool:
    """A few stray words while a question is open are an answer gone wrong rather than a new subject that we would only turn down."""
    intent = moment.world.workspace.intents.get(request.intent)
    if intent is None or intent.serve != "decline":
        return True
    return leftover(moment.reading.text, moment.reading.slots) > MOST_LEFTOVER


def _same_lookup(moment: Moment, procedure: Procedure, request: Request) -> bool:
    """Another way of asking for the same order, which still is not named."""
    name = moment.world.serving.get(request.intent, "")
    if not name or procedure.waiting != "order" or moment.spec(name).confirm or "order" not in moment.spec(name).slots:
        return False
    return not any(slot.name == "order" and slot.value != procedure.rejected for slot in request.slots)


def _execute(moment: Moment, state: State, procedure: Procedure, others: tuple[Request, ...]) -> Decided:
    """A clear yes: the previewed call is handed to the shell as it was previewed."""
    state = replace(state, agenda=(*_waiting(moment, procedure, others), *state.agenda))
    order = order_of(moment, procedure)
    moved, progress = advance(moment, procedure, {})
    if not isinstance(progress, Ready) or procedure.confirmation is None:
        state, decision = settle(moment, state, moved, progress)
        return state, (decision,)
    if moment.now >= procedure.confirmation.expires:
        return _again(moment, state, moved, progress, "expired")
    if progress.call.arguments != procedure.confirmation.arguments or (order is not None and order.version != procedure.confirmation.order_version):
        return _again(moment, state, moved, progress, "changed")
    write = Write(progress.call, procedure.name, procedure.confirmation.id, progress.variables)
    clause = progress.rule.clause if progress.rule else ""
    return state, (Decision("execute", (), procedure.intent, "confirmed", procedure=procedure.name, rule=clause, write=write),)


def _again(moment: Moment, state: State, procedure: Procedure, ready: Ready, key: str) -> Decided:
    """What was previewed no longer holds: the customer sees the present terms before anything is written."""
    state, decision = settle(moment, state, procedure, ready)
    return state, (replace(decision, sentences=(said(moment, key), *decision.sentences), reason=key),)


def _dropped(moment: Moment, state: State, procedure: Procedure, others: tuple[Request, ...]) -> Decided:
    """A no: to the question when it can be answered so, else to the whole procedure, of which nothing was written."""
    spec = moment.spec(procedure.name)
    waiting = spec.slots.get(procedure.waiting)
    if waiting is not None and waiting.type in ANSWERED_BY_NO:
        return _miss(moment, state, procedure)
    if procedure.name == moment.world.serving.get("human.callback") and not moment.on_duty:
        return replace(state, procedure=None), (wish(moment, "customer_request", intent="human.request"),)
    decision = Decision("reply", (said(moment, "dropped"),), procedure.intent, "cancelled", procedure=procedure.name)
    state, more = follow(moment, replace(state, procedure=None, agenda=(*_waiting(moment, procedure, others), *state.agenda)))
    return state, (decision, *more)


def follow(moment: Moment, state: State) -> Decided:
    """Takes up what waits in the agenda, until something awaits the customer again."""
    decisions: tuple[Decision, ...] = ()
    while state.agenda and state.procedure is None:
        request, rest = state.agenda[0], state.agenda[1:]
        state, decision = serve(moment, replace(state, agenda=rest), request)
        name = moment.world.serving.get(request.intent, "")
        if name and moment.spec(name).confirm:
            decision = replace(decision, sentences=(said(moment, "next_up", procedure=title(moment, name)), *decision.sentences))
        decisions += (decision,)
    return state, decisions


def title(moment: Moment, name: str) -> str:
    return moment.world.wording.pick(moment.spec(name).title, moment.language)


def take_up(moment: Moment, state: State, request: Waiting, *, fresh: bool = False) -> Decided:
    """A request while a procedure is open: questions are answered at once, a write about the same order takes its place, another write waits.

    A procedure that this very message opened (`fresh`) keeps its place: the message wants both, unless it takes back what it said first.
    """
    procedure = state.procedure
    assert procedure is not None
    name = moment.world.serving.get(request.intent, "")
    if name and moment.spec(name).confirm:
        numbers = {str(slot.value) for slot in request.slots if slot.name == "order"}
        held = procedure.slots.get("order")
        stays = fresh and not moment.says("correction")
        if not stays and procedure.name != name and (not numbers or (held is not None and numbers == {str(held.value)})):
            with_order = request if numbers or held is None else replace(request, slots=(*request.slots, replace(held, name="order")))
            state, decision = serve(moment, replace(state, procedure=None), with_order)
            dropped = said(moment, "dropped_for", procedure=title(moment, procedure.name))
            return state, (replace(decision, sentences=(dropped, *decision.sentences)),)
        if held is not None and not any(slot.name in ORDERS or slot.name in GOODS for slot in request.slots):
            request = replace(request, slots=(*request.slots, replace(held, name="order")))
        queued = Decision("reply", (said(moment, "queued_next", procedure=title(moment, name)),), request.intent, "queued", request.confidence, name)
        return replace(state, agenda=(*state.agenda, request)), (queued,)
    side, decision = serve(moment, replace(state, procedure=None), request)
    if side.procedure is not None:
        queued = Decision("reply", (said(moment, "queued_next", procedure=title(moment, name)),), request.intent, "queued", request.confidence, name)
        return replace(state, agenda=(*state.agenda, request)), (queued,)
    return replace(side, procedure=procedure), (decision,)


def reminded(moment: Moment, state: State, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """After a side question the open procedure is named again with its question."""
    procedure = state.procedure
    if (
        procedure is None
        or any(d.procedure == procedure.name and d.action in {"ask", "confirm", "execute"} for d in decisions)
        or any(d.wish for d in decisions)
    ):
        return decisions
    question, told = open_question(moment, procedure)
    text = said(moment, "still_open", procedure=title(moment, procedure.name), question=question)
    action: Action = "confirm" if procedure.stage == "confirm" else "ask"
    return (*decisions, Decision(action, (text,), procedure.intent, "still_open", procedure=procedure.name, sources=told))


def open_question(moment: Moment, procedure: Procedure) -> tuple[str, tuple[Json, ...]]:
    """The question the customer was asked last, put again, and the values it names."""
    moved, progress = advance(moment, procedure, {})
    if isinstance(progress, Ready) and moment.spec(procedure.name).confirm:
        return preview_of(moment, moved, progress), progress.told
    if isinstance(progress, Ask):
        return progress.text, progress.told
    known = procedure.waiting in moment.spec(procedure.name).slots
    return ask_text(moment, procedure, procedure.waiting, order_of(moment, procedure)) if known else "", progress.told


def _miss(moment: Moment, state: State, procedure: Procedure) -> Decided:
    """Nothing usable: the same question once more, in its own words."""
    if procedure.stage == "confirm":
        question, told = open_question(moment, procedure)
        text = said(moment, "confirm_again", question=question)
        return state, (Decision("confirm", (text,), procedure.intent, "unclear", procedure=procedure.name, miss=True, sources=told),)
    moved, progress = advance(moment, _with_rejected(procedure), {})
    state, decision = settle(moment, state, replace(moved, rejected=procedure.rejected), progress)
    if decision.wish is None and not procedure.rejected:
        again = moment.world.wording.say("still_unclear", moment.language, question=" ".join(s.text for s in decision.sentences))
        decision = replace(decision, sentences=(Sentence(again),))
    return state, (replace(decision, miss=True, reason="unclear" if decision.wish is None else decision.reason),)


def _with_rejected(procedure: Procedure) -> Procedure:
    """The order that was not found, put back so that the answer is worded as before."""
    if not procedure.rejected or "order" in procedure.slots:
        return procedure
    return procedure.with_slot(Slot("order", procedure.rejected, source="conversation"))
