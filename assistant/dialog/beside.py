"""What a message says besides, while a procedure is open: whether it just answers, which other wishes it holds, and how those wait; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.dialog.serve import waiting_of
from assistant.dialog.state import Procedure, Waiting
from assistant.dialog.values.fill import part_put_right, words_of
from assistant.dialog.values.fit import BARE, GOODS, ORDERS, VALUES, is_question, leftover, split
from assistant.dialog.values.further import with_further
from assistant.dialog.values.lines import PART
from assistant.dialog.values.suggest import suggestion
from assistant.types import Request, Slot
from assistant.understanding.arriving import asks_for_orders, not_arrived
from assistant.understanding.intents.weighing import speaks_of_cost
from assistant.understanding.own_orders import asks_bought, asks_paid
from assistant.understanding.questions import asks, asks_what, inverted
from assistant.understanding.slots.read import match_words

SMALL_TALK = {"chat.greeting", "chat.thanks", "chat.goodbye", "feedback", "complaint"}
ANSWERED_BY_NO = {"bool", "attachments"}
SETTLING = {
    "order": {"order", "order_ref", "option"},
    "date": {"date", "shift", "option"},
    "quantity": {"quantity", "item"},
    "items": {"quantity", "item"},
    "product": {"product", "family", "option"},
    "choice": {"option"},
}
MOST_LEFTOVER = 6
# what a company does as a rule is asked, and not whether it would
_HABIT = re.compile(
    r"(?:你们|您们|贵司|贵公司|仓库|工厂|客服)[^，。,.？?]{0,8}?(?<![能可会])(?:上班|营业|发货|送货|有人|开门|休息|放假|工作|接单|值班)(?:吗|么|不|没)"
    r"|\b(?:are|is) (?:you|your \w+|the (?:warehouse|factory|office))(?: \w+)? (?:open|closed|working|there|on duty|in|manned|staffed)\b"
    r"|\bdo(?:es)? (?:you|your \w+|the (?:warehouse|factory|office))(?: guys| people| usually| normally| generally)? (?:ever )?(?:deliver|ship|work"
    r"|open|close|dispatch|answer|take calls)\b"
    r"(?! (?:it|this|that|my|our|the))",
    re.IGNORECASE,
)
_WOULD_DO = re.compile(r"可以|能|行|方便|合适|\b(?:can|could|possible|available|works?|suits?|good|ok|okay)\b", re.IGNORECASE)
SURE = 0.8
DISPLACING = 0.6  # the least confidence of a request that takes the place of an open procedure without naming an order or goods


def settled(moment: Moment, procedure: Procedure) -> bool:
    """Whether the message is just the answer to the open question, so that nothing else needs to be looked for in it."""
    reading = moment.reading
    if reading.verdict in {"yes", "no"} and (asks_what(reading.text) or not_arrived(reading.text)):
        return False
    if reading.verdict == "yes":
        return True
    if reading.verdict == "yes_plus" or leftover(reading.text, reading.slots) > MOST_LEFTOVER:
        return False
    if _asks_beside(moment, procedure):
        return False
    kinds = _kinds(moment, procedure)
    if asks_for_orders(reading.text) and not any(slot.name == "order" for slot in reading.slots):
        return False
    if asks_what(reading.text):
        # "who signed for my last order?" chooses nothing
        kinds = kinds - {"option", "order_ref"} - ({"date"} if any(names_no_day(moment, slot) for slot in reading.slots) else set())
    if _other_order(moment):
        return True
    if _names_another(procedure, reading.slots):
        return False
    if reading.verdict == "no":
        return not reading.slots
    return any(slot.name in kinds for slot in reading.slots) or _named_by_words(moment, procedure)


def _asks_beside(moment: Moment, procedure: Procedure) -> bool:
    """Whether a question that names a product may ask something else of it than the look-up that waits for one ("what's the head of the P-200?")."""
    spec, reading = moment.spec(procedure.name), moment.reading
    waiting = spec.slots.get(procedure.waiting)
    if waiting is None or waiting.type != "product" or spec.confirm or not asks(reading.text):
        return False
    kinds = {slot.name for slot in reading.slots}
    if "attribute" in kinds:
        return True
    return bool(kinds & {"product", "family"}) and leftover(reading.text, reading.slots) > 0 and not speaks_of_cost(reading.text)


def names_no_day(moment: Moment, mention: Slot) -> bool:
    """Whether days are only spoken of in a question ("which day is the holiday?", "are you open at weekends?"), and none of them is asked for."""
    if mention.name == "date" and _HABIT.search(moment.reading.text):
        return True
    return mention.note == "range" and asks_what(moment.reading.text) and _WOULD_DO.search(moment.reading.text) is None


def _other_order(moment: Moment) -> bool:
    """Only another order number, after a word of correction ("no, I meant 12350")."""
    reading = moment.reading
    if {slot.name for slot in reading.slots} != {"order"} or leftover(reading.text, reading.slots) > BARE + 1:
        return False
    return (reading.verdict == "no" and not moment.says("drop")) or moment.says("correction")


def _names_another(procedure: Procedure, slots: tuple[Slot, ...]) -> bool:
    """Whether an order is named that is not the one the procedure holds."""
    held = procedure.slots.get("order")
    return held is not None and any(slot.name == "order" and slot.value != held.value for slot in slots)


def _named_by_words(moment: Moment, procedure: Procedure) -> bool:
    """Whether the words themselves answer a question whose answers the workspace lists (opened or not, special or ordinary)."""
    slot = moment.spec(procedure.name).slots.get(procedure.waiting)
    if slot is not None and slot.type == "date":
        return suggestion(moment, procedure) is not None or moment.says("earliest") or moment.says("soon")
    if procedure.waiting == PART:
        return moment.says("whole")
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


def others_in(moment: Moment, procedure: Procedure) -> tuple[Request, ...]:
    """Accepted requests for something else than the open procedure."""
    if settled(moment, procedure):
        return ()
    spec = moment.spec(procedure.name)
    waiting = spec.slots.get(procedure.waiting)
    if waiting is not None and waiting.type == "text" and not is_question(moment.reading.text) and not inverted(moment.reading.text):
        return ()
    found = []
    for request in moment.reading.requests:
        mine = request.intent in spec.intents or moment.world.serving.get(request.intent) == procedure.name
        if request.weighed or (mine and (asks_for_orders(request.text) or asks_paid(request.text) or asks_bought(request.text)) and not spec.confirm):
            found.append(request)
        elif mine:
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


def waiting_with(moment: Moment, procedure: Procedure, others: tuple[Request, ...]) -> tuple[Waiting, ...]:
    """Other requests as they wait to be served, one for each order they name; the same wish for one more order takes over the values it does not name."""
    found: list[Waiting] = []
    for other in others:
        for request in with_further(moment, other, waiting_of(moment, other)):
            same = moment.world.serving.get(request.intent) == procedure.name
            carried = _carried(moment, procedure, request) if same else ()
            found += split(moment, replace(request, slots=(*request.slots, *carried)))
    return tuple(found)


def _carried(moment: Moment, procedure: Procedure, request: Waiting) -> tuple[Slot, ...]:
    """The values of the open procedure that a further request of its kind does not say for itself."""
    spec = moment.spec(procedure.name)
    said = {slot.name for slot in request.slots}
    kinds = {name: slot.type for name, slot in spec.slots.items() if slot.type in VALUES and not VALUES[slot.type] & said}
    return tuple(replace(procedure.slots[name], name=kind) for name, kind in kinds.items() if name in procedure.slots)


def _adjusts(moment: Moment, procedure: Procedure, request: Request) -> bool:
    """Whether words that look like another wish only put right a value of the open procedure, or are too uncertain to take its place."""
    if moment.world.workspace.intents.get(request.intent) is None or _asks_beside(moment, procedure):
        return False
    if request.confidence < SURE and part_put_right(moment, procedure, moment.reading.text) is not None:
        return True
    numbers = {str(slot.value) for slot in request.slots if slot.name == "order"}
    foreign = _names_another(procedure, request.slots)
    kinds = _values_of(moment, procedure)
    names = {slot.name for slot in request.slots} - ORDERS
    if foreign and names <= kinds and request.confidence < SURE and (moment.reading.verdict == "no" or moment.says("correction")):
        return True
    if not foreign and names <= kinds and _displaces(moment, request) and moment.says("undo") and not is_question(moment.reading.text):
        # "put it back to 40" while a number of pieces is previewed
        return True
    spoken_of = all(names_no_day(moment, slot) for slot in request.slots)
    if (
        not foreign
        and names
        and names <= kinds
        and not spoken_of
        and (moment.says("correction") or leftover(moment.reading.text, moment.reading.slots) <= MOST_LEFTOVER)
    ):
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
    if not name or procedure.waiting != "order" or moment.spec(name).confirm or "order" not in moment.spec(name).slots or asks_for_orders(request.text):
        return False
    return not any(slot.name == "order" and slot.value != procedure.rejected for slot in request.slots)
