"""Words without a recognised request: a yes to an offer, a bare order number or product, a question the examples do not know, or nothing; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.looks import plain_look
from assistant.dialog.asked.other_number import other_number
from assistant.dialog.asked.owned import owned
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.serve import REFERENCES, ask_documents, said, serve, start
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import BARE, SURE, VALUES, as_procedure, change_for, is_question, leftover, split
from assistant.types import Request, Sentence, Slot
from assistant.understanding.forbidding import asked_for
from assistant.understanding.order_asked import asks_invoiced, asks_total
from assistant.understanding.questions import asks

MOST_OPTIONS = 4
MOST_BESIDE = 12  # Chinese characters or words beside an order and its new address
Decided = tuple[State, tuple[Decision, ...]]


_COUNT = re.compile(r"\W*(?:and|or|how about|what about|那么?|如果|要是|换成?)?(?:\s*(?:for|if))?\s*(\d{1,4})\W*(?:呢|的话|的呢)?\W*", re.IGNORECASE)


_OF_THEM = re.compile(r"\bof (?:them|those|these|it)\b", re.IGNORECASE)


_POINTS = re.compile(r"\b(?:the|my|our|that|those|one|ones|orders?|with|for|and)\b|那|这|一|个|张|笔|单|子|批|的|我们?|订|里|有|吧", re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def loose(moment: Moment, state: State) -> Decided:
    """The state and the decision for a message in which no request was accepted and no procedure is open."""
    reading = moment.reading
    if reading.verdict in {"yes", "yes_plus", "no"}:
        return _answer_to_nothing(moment, state)
    guess = reading.requests[0].intent if reading.requests else ""
    kinds = {slot.name for slot in reading.slots}
    change = _only_change(moment)
    if change and (kinds & {"order", "order_ref"} or moment.state.focus):
        return _one(serve(moment, state, as_procedure(moment, Waiting("", reading.text, 1.0, reading.slots, moment.message_id), change)))
    if kinds & {"order", "order_ref"} and guess.startswith("product."):
        own = owned(moment, state, Waiting(guess, reading.text, 0.0, reading.slots, moment.message_id), name="", start=start)
        if own is not None:
            return _one(own)
    if kinds & {"order", "order_ref"} or ("option" in kinds and moment.state.listed):
        return _each(moment, state, Waiting(_order_intent(moment), reading.text, 1.0, reading.slots))
    if reading.requests and not reading.contentless and _asks(moment, kinds):
        request = Waiting(guess if guess.startswith(("product.", "policy.")) else "product.spec", reading.text, 0.0, reading.slots)
        state_after, decision = ask_documents(moment, state, request)
        if decision.answer is not None or decision.reason in {"unknown_product", "not_owned", "not_found"}:
            return state_after, (decision,)
        if kinds & {"product", "attribute"}:
            return state_after, (decision,)
    if moment.queued:
        # a person comes who reads it: asking what was meant would only hold them up
        return state, (Decision("reply", (said(moment, "queued_note"),), guess, "noted"),)
    return state, (clarify(moment, guess),)


def _only_change(moment: Moment) -> str:
    """The change that an order and its new value alone ask for; with an address a few words more, where they may well ask for that."""
    reading = moment.reading
    change, beside = change_for(moment, reading.slots), leftover(reading.text, reading.slots)
    if not change or is_question(reading.text) or not asked_for(reading.text) or beside <= BARE:
        return change if asked_for(reading.text) and not is_question(reading.text) else ""
    near = {moment.world.serving.get(intent, "") for request in reading.requests for intent in (request.intent, request.runner_up)}
    placed = any(slot.name == "address" and any(char.isdigit() for char in str(slot.value)) for slot in reading.slots)
    return change if placed and change in near and beside <= MOST_BESIDE else ""


def _asks(moment: Moment, kinds: set[str]) -> bool:
    """Whether words that fit no request still look like a question to the documents: they name goods or a property, or ask something."""
    return bool(kinds & {"product", "family", "attribute", "unknown_product"}) or is_question(moment.reading.text) or asks(moment.reading.text)


def same_again(moment: Moment) -> Waiting | None:
    """The look-up served last once more with another number of pieces or another order ("how much is the P-200?" - "and 10 of them?")."""
    slots = moment.reading.slots or _bare_count(moment)
    again = _weighed_again(moment) or other_number(moment)
    if again is not None:
        return again
    last = moment.world.serving.get(moment.state.intent, "")
    names = {slot.name for slot in slots}
    if last and names == {"order"} and not moment.spec(last).confirm and "order" in moment.spec(last).slots:
        brief = leftover(moment.reading.text, slots) <= BARE and all(request.confidence < SURE for request in moment.reading.requests)
        return Waiting(moment.state.intent, moment.reading.text, 1.0, slots, moment.message_id) if brief else None
    if moment.state.listed and names and names <= {"product", "family"} and not _beside_slots(moment):
        # one of the orders just listed, by what it holds
        return Waiting(_order_intent(moment), moment.reading.text, 1.0, slots, moment.message_id)
    counts = VALUES["quantity"]
    if not last or not names & counts or not names <= counts | {"product", "family"} or leftover(_OF_THEM.sub(_blank, moment.reading.text), slots) > BARE + 1:
        return None
    spec = moment.spec(last)
    if spec.confirm or not any(slot.type == "quantity" for slot in spec.slots.values()):
        return None
    return Waiting(moment.state.intent, moment.reading.text, 1.0, slots, moment.message_id)


def _beside_slots(moment: Moment) -> str:
    """What a message says beside its slots, without words that only point ("the hose one")."""
    text = moment.reading.text
    for slot in sorted(moment.reading.slots, key=lambda each: -each.start):
        text = f"{text[: slot.start]} {text[slot.end :]}"
    return re.sub(r"\W", "", _POINTS.sub(" ", text))


def _bare_count(moment: Moment) -> tuple[Slot, ...]:
    """A number alone, which is a number of pieces where the question before asked of some ("price for 60?" - "and 120?")."""
    said = _COUNT.fullmatch(moment.reading.text)
    return (Slot("quantity", int(said[1]), said[1], said.start(1), said.end(1), moment.message_id),) if said else ()


def _weighed_again(moment: Moment) -> Waiting | None:
    """The question about the terms of a change asked last, for another order ("and 12360?")."""
    last, slots = moment.state.weighed, moment.reading.slots
    if last is None or not slots or any(slot.name not in REFERENCES for slot in slots) or leftover(moment.reading.text, slots) > 2 * BARE:
        return None
    if asks_total(moment.reading.text) or asks_invoiced(moment.reading.text):
        return None
    if any(_changes(moment, request) and request.confidence >= SURE for request in moment.reading.requests):
        return None
    kept = tuple(slot for slot in last.slots if slot.name not in REFERENCES)
    return replace(last, slots=(*kept, *slots))


def _changes(moment: Moment, request: Request) -> bool:
    name = moment.world.serving.get(request.intent, "")
    return bool(name) and moment.spec(name).confirm


def _one(served: tuple[State, Decision]) -> Decided:
    return served[0], (served[1],)


def _each(moment: Moment, state: State, asked: Waiting) -> Decided:
    """The look at each of the orders that are named."""
    decisions: tuple[Decision, ...] = ()
    for request in split(moment, asked):
        state, decision = serve(moment, state, request)
        decisions += (decision,)
    return state, decisions


def _order_intent(moment: Moment) -> str:
    """What a bare order number asks for: the same as the question before ("and 12345?"), else the workspace's plain look-up."""
    last = moment.world.serving.get(moment.state.intent, "")
    if last and not moment.spec(last).confirm and "order" in moment.spec(last).slots:
        return moment.state.intent
    return plain_look(moment)


def _answer_to_nothing(moment: Moment, state: State) -> Decided:
    """A yes or a no while nothing is open: it may take up an offer, or repeat the yes to what was just done."""
    verdict = moment.reading.verdict
    offer = moment.state.offer
    if verdict != "no" and offer in moment.world.workspace.procedures:
        intent = (moment.spec(offer).intents or ("",))[0]
        weighed = moment.state.weighed
        asked = weighed is not None and moment.world.serving.get(weighed.intent) == offer
        wanted = replace(weighed, weighed="") if weighed is not None and asked else Waiting(intent, moment.reading.text, 1.0)
        state, decision = start(moment, state, wanted, offer)
        return state, (decision,)
    if verdict != "no" and state.executed is not None:
        text = moment.world.wording.say("repeat_receipt", moment.language, receipt_text=state.executed.text)
        done = state.executed.procedure
        intent = (moment.spec(done).intents or ("",))[0] if done in moment.world.workspace.procedures else ""
        return state, (Decision("reply", (Sentence(text),), intent, "repeated", procedure=done),)
    key = "dropped" if verdict == "no" and offer else "acknowledged"
    return state, (Decision("reply", (said(moment, key),), "", "acknowledged"),)


def clarify(moment: Moment, guess: str) -> Decision:
    """One question with at most four ways on: what the words came nearest to, and what people ask for most."""
    if not moment.reading.text.strip():
        key = "attachment_only" if moment.attachments else "empty"
        return Decision("ask", (said(moment, key),), "", "unclear", miss=True)
    near = [request_intent for request in moment.reading.requests for request_intent in (request.intent, request.runner_up)]
    names = [moment.world.serving[intent] for intent in near if intent in moment.world.serving]
    names += [name for name in moment.world.workspace.procedures if name not in names]
    titles = [moment.world.wording.pick(moment.spec(name).title, moment.language) for name in dict.fromkeys(names)]
    text = said(moment, "clarify", options=titles[:MOST_OPTIONS])
    return Decision("ask", (text,), guess, "unclear", miss=True)
