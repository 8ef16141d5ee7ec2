"""Goes on with an open procedure: yes, no, a value, a correction, a side question, or something else that has to wait; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.recall import recall
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.beside import ANSWERED_BY_NO, MOST_LEFTOVER, names_no_day, others_in, waiting_with
from assistant.dialog.decision import Decision, Write
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ask, Ready, advance, ask_text, preview_of
from assistant.dialog.serve import SURE, ask_documents, said, serve, settle, wish
from assistant.dialog.state import Procedure, State, Waiting
from assistant.dialog.values.described import asks_back
from assistant.dialog.values.fill import Filled, fill, order_of
from assistant.dialog.values.fit import BARE, GOODS, ORDERS, is_question, leftover
from assistant.dialog.values.previewed import contradicts
from assistant.dialog.values.redescribed import redescribed
from assistant.dialog.wanted import wanted
from assistant.text.script import to_simplified
from assistant.types import Action, Json, Request, Sentence, Slot
from assistant.understanding.arriving import not_arrived
from assistant.understanding.forbidding import forbids
from assistant.understanding.intents.weighing import speaks_of_cost
from assistant.understanding.questions import asks, asks_what, refuses_first
from assistant.understanding.yesno.undoing import withdraws

Decided = tuple[State, tuple[Decision, ...]]
_INSISTS = re.compile(r"那是|这是|就[是那这]|[那这该][单个张笔条]|反正|\b(?:that|this|same)(?:'s| is| one| order)?\b", re.IGNORECASE)
_WHICH_DAY = re.compile(r"哪一?个?(?:周|星期|礼拜|天|日)|\bwhich (?:mon|tues|wednes|thurs|fri|satur|sun)?(?:day|week|date)\b", re.IGNORECASE)
RETAKEN = {"date", "quantity", "address", "items"}  # kinds of value that a correction may be about
ABOUT = ("product.", "policy.")  # intents whose answers stand in documents


def resume(moment: Moment, state: State) -> Decided:
    """The state and the decisions for a message while a procedure is open."""
    procedure = state.procedure
    assert procedure is not None
    given_up = _given_up(moment, state, procedure)
    if given_up is not None:
        return given_up
    others = others_in(moment, procedure)
    foreign = {id(slot) for request in others for slot in request.slots}
    mentions = tuple(slot for slot in moment.reading.slots if id(slot) not in foreign and not _asked_about(moment, procedure, slot))
    filled = _filled(moment, procedure, mentions, others)
    changed = _values(filled.procedure) != _values(procedure)
    # "which Friday?" is no new date, though it names a day
    plain = (not changed and not filled.trouble) or _WHICH_DAY.search(moment.reading.text) is not None
    plain = plain and (moment.reading.verdict in {"no", "other"} or asks_what(moment.reading.text))
    told = recall(moment, procedure, moment.reading.text, moment.reading.slots) if plain else None
    if told is not None:
        return state, (told,)
    if procedure.stage != "confirm" and asks_back(moment.reading.text) and not changed:
        question, sources = open_question(moment, procedure)
        return state, (Decision("ask", (Sentence(question),), procedure.intent, "recalled", procedure=procedure.name, sources=sources),)
    if procedure.stage == "confirm" and not changed and not filled.trouble and _agrees(moment, procedure):
        return _execute(moment, state, procedure, others)
    if not changed and not filled.trouble and (anew := redescribed(moment, procedure, others)) is not None:
        filled, changed, others = replace(filled, procedure=anew), True, ()
    if not changed and _lets_go(moment, procedure):
        return _dropped(moment, state, procedure, tuple(request for request in others if _is_wish(moment, request)))
    if procedure.stage == "confirm" and not changed and not filled.trouble and others and _says_no(moment):
        # a no with another question: the preview is gone, and the question is served
        return _dropped(moment, state, procedure, others)
    kept_so = procedure.stage == "confirm" and not changed and not filled.trouble
    if kept_so and moment.says("other_value") and not any(asked.confidence >= SURE for asked in others):
        return _taken_back(moment, state, procedure)
    decisions: tuple[Decision, ...] = ()
    if changed or filled.trouble:
        moved, progress = advance(moment, _cleared(filled.procedure, changed), filled.trouble)
        state, decision = settle(moment, state, moved, progress)
        decisions = (decision,)
    for asked in waiting_with(moment, procedure, others):
        kept, request = wanted(moment, asked)
        decisions += kept
        if request is None:
            state = replace(state, agenda=_without(state.agenda, _orders(asked.slots), asked.intent))
            continue
        if state.procedure is None:
            state, decision = serve(moment, state, request)
            decisions += (decision,)
        else:
            state, more = take_up(moment, state, request)
            decisions += more
    if decisions and state.procedure is procedure and procedure.rejected and not moment.spec(procedure.name).confirm:
        # a look-up of an order that was not found is over once something else is asked
        return replace(state, procedure=None), decisions
    if decisions:
        return state, reminded(moment, state, decisions)
    if procedure.stage == "confirm" and refuses_first(moment.reading.text):
        return _taken_back(moment, state, procedure)
    return _miss(moment, state, procedure)


def _given_up(moment: Moment, state: State, procedure: Procedure) -> Decided | None:
    """What becomes of a change that is not to be made, or is taken back by its own name."""
    if procedure.stage == "confirm" and forbids(moment.reading.text) and not any(slot.name not in ORDERS for slot in moment.reading.slots):
        return _forbidden(moment, state, procedure)
    if _withdraws(moment, procedure):
        return _dropped(moment, state, replace(procedure, waiting=""), ())
    return None


def _withdraws(moment: Moment, procedure: Procedure) -> bool:
    """Whether the message takes back the change that is open by its own name ("cancel the cancellation", "改回去"), and names no other order or value."""
    held = procedure.slots.get("order")
    spec = moment.spec(procedure.name)
    if not spec.confirm or any(slot.name not in ORDERS or (slot.name == "order" and held and slot.value != held.value) for slot in moment.reading.slots):
        return False
    return withdraws(moment.reading.text, " ".join(spec.title.values()))


def _agrees(moment: Moment, procedure: Procedure) -> bool:
    """Whether the message agrees to the preview, and does not say the opposite of it."""
    verdict = moment.reading.verdict
    return (verdict == "yes_plus" or (verdict == "yes" and not asks_what(moment.reading.text))) and not contradicts(moment, procedure)


def _asked_about(moment: Moment, procedure: Procedure, mention: Slot) -> bool:
    """Whether an order is only pointed to in a question about it ("who signed for my last order?"), or days in one ("which day is the holiday?")."""
    if names_no_day(moment, mention):
        return True
    if mention.name not in {"order_ref", "option"} or "order" not in procedure.slots or not asks_what(moment.reading.text):
        return False
    return mention.value != {"same": True} and moment.reading.verdict != "no" and not moment.says("correction")


def _taken_back(moment: Moment, state: State, procedure: Procedure) -> Decided:
    """What was previewed is to be something else, which cannot be read or was not said ("another day"): its new values are asked for again."""
    new = [name for name, slot in moment.spec(procedure.name).slots.items() if slot.role == "new" or slot.type in RETAKEN]
    bare = replace(procedure, slots={name: slot for name, slot in procedure.slots.items() if name not in new}, stage="collect", confirmation=None)
    moved, progress = advance(moment, bare, {})
    if isinstance(progress, Ready):
        return _dropped(moment, state, procedure, ())
    state, decision = settle(moment, state, moved, progress)
    return state, (decision,)


def _is_wish(moment: Moment, request: Request) -> bool:
    """Whether words beside a no want something, rather than only tell why ("no, too expensive")."""
    return request.intent in moment.world.serving or is_question(request.text)


def _lets_go(moment: Moment, procedure: Procedure) -> bool:
    """Whether the customer gives the procedure up. A no to a preview does; to a question for a value only a bare one, or words of giving up, do."""
    if _without_phone(moment, procedure):
        return True
    brief = leftover(moment.reading.text, ())
    if asks_what(moment.reading.text) or not_arrived(moment.reading.text):
        return False
    if moment.reading.verdict == "no":
        return procedure.stage == "confirm" or brief <= BARE or moment.says("drop")
    return moment.reading.verdict == "other" and brief <= MOST_LEFTOVER + BARE and not moment.reading.slots and moment.says("drop")


def _forbidden(moment: Moment, state: State, procedure: Procedure) -> Decided:
    """A change is not to be made: one that waits behind, when its order is named, else the one that is previewed."""
    named = _orders(moment.reading.slots)
    kept = _without(state.agenda, named, "") if named else state.agenda
    if kept == state.agenda:
        return _dropped(moment, state, procedure, ())
    state = replace(state, agenda=kept)
    dropped = Decision("reply", (said(moment, "dropped"),), procedure.intent, "cancelled")
    return state, reminded(moment, state, (dropped,))


def _orders(slots: tuple[Slot, ...]) -> set[str]:
    return {str(slot.value) for slot in slots if slot.name == "order"}


def _without(agenda: tuple[Waiting, ...], named: set[str], intent: str) -> tuple[Waiting, ...]:
    """What still waits: not what is about the orders named, else, when none is, not what has the intent."""
    return tuple(each for each in agenda if not (named & _orders(each.slots) if named else each.intent == intent))


def _says_no(moment: Moment) -> bool:
    text = moment.reading.text
    return refuses_first(text) or moment.says("drop") or forbids(text)


def _without_phone(moment: Moment, procedure: Procedure) -> bool:
    """No number to call while nobody is on duty: the request waits in the queue instead."""
    return procedure.name == moment.world.serving.get("human.callback") and not moment.on_duty and moment.says("lacking")


def _values(procedure: Procedure) -> dict[str, object]:
    return {name: slot.value for name, slot in procedure.slots.items()}


def _filled(moment: Moment, procedure: Procedure, mentions: tuple[Slot, ...], others: tuple[Request, ...]) -> Filled:
    """What the message adds. An order just not found adds nothing when it is named again."""
    text = moment.reading.text if not others else " ".join(r.text for r in moment.reading.requests if r not in others)
    filled = fill(moment, _asked_anew(moment, procedure, mentions), mentions, text=text)
    order = filled.procedure.slots.get("order")
    if procedure.rejected and order is not None and order.value == procedure.rejected:
        return Filled(procedure)
    return filled


def _asked_anew(moment: Moment, procedure: Procedure, mentions: tuple[Slot, ...]) -> Procedure:
    """A look-up without the number of pieces said before, when the message asks for the price of a product in so many words: the number was another's."""
    spec = moment.spec(procedure.name)
    if spec.confirm or "order" in spec.slots or not any(slot.name == "product" for slot in mentions):
        return procedure
    if not asks(moment.reading.text) or not speaks_of_cost(moment.reading.text):
        return procedure
    return replace(procedure, slots={name: slot for name, slot in procedure.slots.items() if name not in spec.slots or spec.slots[name].type != "quantity"})


def _cleared(procedure: Procedure, changed: bool) -> Procedure:
    """A procedure that goes on: an earlier preview no longer counts."""
    return replace(procedure, stage="collect", confirmation=None) if changed else procedure


def _execute(moment: Moment, state: State, procedure: Procedure, others: tuple[Request, ...]) -> Decided:
    """A clear yes: the previewed call is handed to the shell as it was previewed."""
    state = replace(state, agenda=(*waiting_with(moment, procedure, others), *state.agenda))
    order = order_of(moment, procedure)
    moved, progress = advance(moment, procedure, {})
    if not isinstance(progress, Ready) or procedure.confirmation is None:
        state, decision = settle(moment, state, moved, progress)
        return state, (decision,)
    if moment.unseen:
        return _again(moment, state, moved, progress, "unseen")
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
    state, more = follow(moment, replace(state, procedure=None, agenda=(*waiting_with(moment, procedure, others), *state.agenda)))
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
    if fresh and (again := recall(moment, procedure, request.text, request.slots)) is not None:
        # what the preview says is asked of it already; the order's own data goes before it
        return state, (replace(again, action="reply", sentences=again.sentences[:-1]),) if len(again.sentences) > 1 else ()
    name = moment.world.serving.get(request.intent, "")
    if name and moment.spec(name).confirm and not request.weighed:
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
    side, decision = serve(moment, replace(state, procedure=None), replace(request, during=procedure.name))
    if side.procedure is not None:
        queued = Decision("reply", (said(moment, "queued_next", procedure=title(moment, name)),), request.intent, "queued", request.confidence, name)
        return replace(state, agenda=(*state.agenda, request)), (queued,)
    if request.weighed:
        # only asked: a yes still means the open request, whose question is put again behind the answer
        ending = said(moment, "only_asked")
        decision = replace(decision, sentences=tuple(each for each in decision.sentences if each != ending))
        side = replace(side, offer=state.offer, weighed=state.weighed, focus=state.focus)
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
    """Nothing usable: a question is put to the documents, anything else gets the same question once more, in its own words."""
    if asks_what(moment.reading.text) and moment.reading.requests and procedure.waiting != "order":
        guess = moment.reading.requests[0].intent
        asked = Waiting(guess if guess.startswith(ABOUT) else RULES, moment.reading.text, 0.0, moment.reading.slots, moment.message_id)
        side, answer = ask_documents(moment, replace(state, procedure=None), asked)
        kept = replace(side, procedure=procedure)
        return kept, reminded(moment, kept, (answer,))
    if procedure.rejected and _asks_anew(moment):
        moved, progress = advance(moment, replace(procedure, rejected=""), {})
        state, decision = settle(moment, state, moved, progress)
        return state, (replace(decision, miss=True),)
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


def _asks_anew(moment: Moment) -> bool:
    """Whether a message that names no order asks something of itself, rather than insists on the order that was not found ("that is our sister company's")."""
    return asks(moment.reading.text) and _INSISTS.search(to_simplified(moment.reading.text)) is None


def _with_rejected(procedure: Procedure) -> Procedure:
    """The order that was not found, put back so that the answer is worded as before."""
    if not procedure.rejected or "order" in procedure.slots:
        return procedure
    return procedure.with_slot(Slot("order", procedure.rejected, source="conversation"))
