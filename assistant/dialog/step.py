"""Decides a turn from what the conversation was about and what the message says; pure: a look-up that it lacks is named and fetched outside."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.answers.hours import of_hours
from assistant.dialog.answers.near import NEAREST
from assistant.dialog.asked.asked_at_once import one_list
from assistant.dialog.asked.colleague import calls_colleague
from assistant.dialog.asked.due_goods import goods_due, of_orders
from assistant.dialog.asked.goods_listed import goods_listed
from assistant.dialog.asked.ground import from_ground, grounded
from assistant.dialog.asked.in_stock import with_stock
from assistant.dialog.asked.joined import joined
from assistant.dialog.asked.order_talk import meanwhile, order_talk, talked
from assistant.dialog.asked.other_number import asked_again
from assistant.dialog.asked.possible import of_goods, possible
from assistant.dialog.asked.price_holds import holds
from assistant.dialog.asked.sums import priced, several, together
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.beside import MOST_LEFTOVER
from assistant.dialog.decision import Decision, Step
from assistant.dialog.either import picked, which_of_two, with_rival
from assistant.dialog.known import Need
from assistant.dialog.loose import loose, same_again
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import advance
from assistant.dialog.resume import follow, reminded, resume, take_up
from assistant.dialog.serve import question_of, said, serve, settle, start, told_beside, waiting_of, wish
from assistant.dialog.state import State, Waiting
from assistant.dialog.undo import undo, wants_undo
from assistant.dialog.values.fit import is_question, leftover, split
from assistant.dialog.values.further import with_further
from assistant.dialog.values.short import with_whole_numbers
from assistant.dialog.values.shown import remembered
from assistant.dialog.wanted import NOT_OFFERED, wanted
from assistant.types import Request
from assistant.understanding.arriving import not_arrived
from assistant.understanding.dictated import dictated
from assistant.understanding.pondering import ponders
from assistant.understanding.questions import asks_what
from assistant.understanding.queueing import asks_how_long

SMALL_TALK = {"chat.greeting", "chat.thanks", "chat.goodbye", "feedback"}
MOST_MISSES = 2
MOST_ANGER = 2
CONTENT = 0.3

Decided = tuple[State, tuple[Decision, ...]]


def step(moment: Moment) -> Step:
    """The next state and the decisions, or the look-up that is missing."""
    try:
        state, decisions = decide(with_whole_numbers(moment))
    except Need as need:
        return Step(moment.state, lookup=need.lookup)
    return Step(state, decisions)


def go_on(moment: Moment, state: State) -> Step:
    """What waits in the agenda, after something has been done."""
    try:
        state, decisions = follow(moment, state)
    except Need as need:
        return Step(state, lookup=need.lookup)
    return Step(state, decisions)


def look_again(moment: Moment, state: State) -> Step:
    """The open procedure once more, after its order has changed under the preview."""
    procedure = state.procedure
    if procedure is None:
        return Step(state)
    try:
        moved, progress = advance(moment, replace(procedure, stage="collect", confirmation=None), {})
        state, decision = settle(moment, state, moved, progress)
    except Need as need:
        return Step(state, lookup=need.lookup)
    return Step(state, (replace(decision, sentences=(said(moment, "changed"), *decision.sentences), reason="changed"),))


def decide(moment: Moment) -> Decided:
    """The order of precedence: danger, manipulation, the wish for a person, anger twice, the open procedure, new requests, loose words."""
    reading = moment.reading
    state = replace(moment.state, language=reading.language, offer="", weighed=None, between=())
    if reading.urgency >= 3:
        return state, (wish(moment, "urgent_line_stop", intent=_intent(moment)),)
    if reading.injection:
        return state, (Decision("decline", (said(moment, "injection"),), "out_of_scope", "injection", events=(("injection.suspected", {}),)),)
    if dictated(reading.text):
        # what is wanted said is stated nowhere, and an open question stays open
        return state, (Decision("decline", (said(moment, "no_dictation"),), "out_of_scope", "dictated"),)
    if ponders(reading.text) and reading.verdict not in {"yes", "yes_plus"}:
        # nothing is wanted: what is open stays as it is, and so does what was offered
        return replace(moment.state, language=reading.language), (_no_rush(moment),)
    person = _person(moment)
    if person is not None:
        return ask_for_person(moment, state, person)
    if moment.queued and _asks_of_the_queue(moment):
        return state, (wish(moment, "customer_request", intent="human.request"),)
    # a calm message between does not take back what made a customer angry; a content one does
    angry = state.anger + 1 if reading.anger else state.anger if reading.sentiment < CONTENT else 0
    if angry >= MOST_ANGER:
        return replace(state, anger=0), (wish(moment, "anger_repeat", intent=_intent(moment)),)
    state = replace(state, look=None)
    state, decisions = undo(moment, state) if wants_undo(moment) else _requests(moment, state)
    state = grounded(moment, remembered(moment, talked(moment, state, decisions), decisions), decisions)
    if any(decision.wish for decision in decisions):
        # what people take over is not the customer's to confirm any more
        decisions = tuple(decision for decision in decisions if decision.wish or decision.action not in {"ask", "confirm"})
    state, decisions = _missed(moment, state, decisions)
    if reading.anger and not any(decision.wish for decision in decisions):
        decisions = _soothed(moment, decisions)
        state = replace(state, offer=state.offer or "person")
    return replace(state, anger=angry), decisions


def _no_rush(moment: Moment) -> Decision:
    procedure = moment.state.procedure
    if procedure is None:
        return Decision("reply", (said(moment, "no_rush"),), "chat.thanks", "acknowledged")
    text = said(moment, "no_rush_open", procedure=moment.world.wording.pick(moment.spec(procedure.name).title, moment.language))
    return Decision("reply", (text,), procedure.intent, "acknowledged", procedure=procedure.name)


def _intent(moment: Moment) -> str:
    return moment.reading.requests[0].intent if moment.reading.requests else ""


def _person(moment: Moment) -> Waiting | None:
    """The request for a person, said outright or as a yes to the offer of one."""
    for request in moment.reading.requests:
        if request.accepted and request.intent == "human.request":
            return waiting_of(moment, request)
    if calls_colleague(moment):
        return Waiting("human.request", moment.reading.text, 1.0)
    open_question = moment.state.procedure is not None
    if moment.state.offer == "person" and not open_question and _takes_offer(moment):
        return Waiting("human.request", moment.reading.text, 1.0)
    return None


def _asks_of_the_queue(moment: Moment) -> bool:
    """Whether somebody who waits for a person asks how long, rather than for goods or an order."""
    slots = {slot.name for slot in moment.reading.slots}
    return asks_how_long(moment.reading.text) and not slots & {"order", "product", "family", "address"} and not not_arrived(moment.reading.text)


def _takes_offer(moment: Moment) -> bool:
    """A yes to the offer of a person, or a few words that name what was offered ("yes please pass it on")."""
    if moment.reading.verdict == "yes":
        return True
    brief = leftover(moment.reading.text, ()) <= 2 * MOST_LEFTOVER and not moment.reading.slots and not is_question(moment.reading.text)
    return brief and moment.reading.verdict != "no" and moment.says("passing") and not moment.says("drop")


def ask_for_person(moment: Moment, state: State, request: Waiting) -> Decided:
    """On duty a hand-off at once; off duty the offer of a call-back, which becomes a ticket without a hand-off."""
    callback = moment.world.serving.get("human.callback", "")
    if moment.on_duty or moment.queued or not callback:
        return state, (wish(moment, "customer_request", intent=request.intent, confidence=request.confidence),)
    state, decision = start(moment, replace(state, procedure=None), replace(request, slots=moment.reading.slots), callback)
    if decision.action == "ask":
        decision = replace(decision, sentences=(said(moment, "callback_offer", opens=moment.opening),), intent=request.intent, reason="off_duty")
    return state, (decision,)


def _requests(moment: Moment, state: State) -> Decided:
    quoted = several(moment, state.procedure) if state.procedure is not None else None
    if quoted is not None:
        state = replace(state, procedure=None)
    gone_on = _orders_talked_of(moment, state) if quoted is None else None
    if gone_on is not None:
        return gone_on
    told = of_hours(moment) or from_ground(moment, state)
    if told is not None:
        return replace(state, question=moment.reading.text), reminded(moment, state, (told,))
    if state.procedure is not None:
        return _resumed(moment, state)
    accepted = _worth(tuple(request for request in moment.reading.requests if request.accepted and not moment.reading.contentless))
    telling = leftover(moment.reading.text, ()) > 2 * MOST_LEFTOVER and any(request.intent not in SMALL_TALK for request in accepted)
    telling = telling or not_arrived(moment.reading.text)
    chosen = picked(moment)
    if chosen is None and moment.reading.verdict in {"yes", "no"} and not moment.reading.slots and not telling and not asks_what(moment.reading.text):
        return loose(moment, state)
    again = quoted or chosen or same_again(moment) or goods_due(moment) or goods_listed(moment)
    if again is not None and len(split(moment, again)) < 2:
        served, decision = serve(moment, state, again)
        # a number or an order alone is no question that later words could go on from
        return replace(served, question=asked_again(moment, served.question)), (decision,)
    if again is None and not accepted:
        return loose(moment, state)
    decisions: tuple[Decision, ...] = ()
    wholes = (again,) if again is not None else _wholes(moment, _meant(moment, joined(moment, accepted)))
    for whole in with_stock(moment, one_list(moment, wholes, question_of)):
        for asked in split(moment, whole):
            kept, waiting = wanted(moment, asked)
            decisions += kept
            state = replace(state, offer="person") if any(each.reason == NOT_OFFERED for each in kept) else state
            if waiting is None:
                continue
            state, more = take_up(moment, state, waiting, fresh=True) if state.procedure else _served(moment, state, waiting)
            decisions += tuple(each for each in more if not each.sentences or each.sentences not in {other.sentences for other in decisions})
    return state, (*decisions, *together(moment, wholes, decisions))


def _orders_talked_of(moment: Moment, state: State) -> Decided | None:
    """What few words ask of the customer's orders, beside the change that is open or right after an answer about orders; None for any other words."""
    if state.procedure is None:
        return order_talk(moment, state)
    aside = meanwhile(moment, state.procedure)
    if aside is None:
        return None
    state, decisions = take_up(moment, state, aside) if isinstance(aside, Waiting) else (state, (aside,))
    return state, reminded(moment, state, decisions)


def _resumed(moment: Moment, state: State) -> Decided:
    """What becomes of the open procedure; behind a look-up that is answered, what waited for it is taken up."""
    open_ = state.procedure
    state, decisions = resume(moment, state)
    answered = state.procedure is None and bool(decisions) and all(each.action == "reply" and each.wish is None for each in decisions)
    if open_ is None or moment.spec(open_.name).confirm or not answered or decisions[-1].procedure != open_.name:
        return state, decisions
    state, more = follow(moment, state)
    return state, (*decisions, *more)


def _wholes(moment: Moment, requests: tuple[Request, ...]) -> tuple[Waiting, ...]:
    """The requests as they wait to be served, each followed by the other changes that its words ask of the same order."""
    found = [(request, of_orders(moment, with_rival(moment, request, waiting_of(moment, request)))) for request in requests]
    intents = {waiting.intent for _, waiting in found}
    return tuple(
        part for request, waiting in found for part in with_further(moment, request, waiting) if part.intent == waiting.intent or part.intent not in intents
    )


def _served(moment: Moment, state: State, waiting: Waiting) -> Decided:
    """One request, and before it what the documents say to its question."""
    before, waiting = state, of_goods(moment, waiting)
    allowed = possible(moment, waiting)
    if allowed is not None:
        return replace(state, question=waiting.text), (allowed,)
    state, decision = serve(moment, state, waiting)
    either = which_of_two(moment, before, waiting, decision) if waiting.rival else None
    if either is not None:
        return either[0], (either[1],)
    if (held := holds(moment, waiting, decision)) is not None:
        return state, (decision, held)
    told = told_beside(moment, waiting, decision)
    if told is None:
        return state, (decision,)
    if told.reason != NEAREST and decision.procedure and not moment.spec(decision.procedure).confirm and not priced(moment, waiting):
        # a look-up changes nothing: once its question is answered it need not go on asking; a price asked for is not answered by what is said of prices
        return replace(state, procedure=None, question=waiting.text), (replace(told, intent=RULES),)
    return state, (told, decision)


def _worth(requests: tuple[Request, ...]) -> tuple[Request, ...]:
    """Small talk around a request needs no answer of its own."""
    rest = tuple(request for request in requests if request.intent not in SMALL_TALK)
    if rest and any(request.intent != "complaint" for request in rest):
        rest = tuple(request for request in rest if request.intent != "complaint")
    return rest or requests[:1]


def _meant(moment: Moment, requests: tuple[Request, ...]) -> tuple[Request, ...]:
    """Of several changes of one order, the last when the message takes back what it said first ("cancel 12366. Actually no, reduce it to 36")."""
    changes = [request for request in requests if (name := moment.world.serving.get(request.intent, "")) and moment.spec(name).confirm]
    numbers = {str(slot.value) for request in changes for slot in request.slots if slot.name == "order"}
    if len(changes) < 2 or len(numbers) > 1 or not (moment.says("rethought") or moment.says("correction")):
        return requests
    return tuple(request for request in requests if request not in changes[:-1])


def _missed(moment: Moment, state: State, decisions: tuple[Decision, ...]) -> Decided:
    """Two turns in a row that brought nothing go to a person."""
    if not decisions or not all(decision.miss for decision in decisions):
        # words that ask for nothing and are none of our business may be words that nobody understands; whatever follows tells
        strange = all(decision.intent == "out_of_scope" and decision.action == "decline" and not decision.events for decision in decisions)
        lost = bool(decisions) and strange and not is_question(moment.reading.text)
        return replace(state, misses=1 if lost else 0), decisions
    misses = state.misses + 1
    if misses < MOST_MISSES or moment.queued:
        return replace(state, misses=misses), decisions
    return replace(state, misses=0), (wish(moment, "unrecognised_twice", intent=decisions[-1].intent),)


def _soothed(moment: Moment, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """An upset customer reads an apology first and the offer of a person last."""
    if not decisions or decisions[0].intent == "complaint":
        return decisions
    first = replace(decisions[0], sentences=(said(moment, "apology"), *decisions[0].sentences))
    decisions = (first, *decisions[1:])
    if moment.queued:
        return decisions
    return (*decisions[:-1], replace(decisions[-1], sentences=(*decisions[-1].sentences, said(moment, "offer_person"))))
