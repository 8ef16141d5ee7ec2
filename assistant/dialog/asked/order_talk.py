"""Goes on talking about the customer's own orders where few words say it: "and the hoses?", 那另一张呢, "so when?", "which comes first?"; pure.

Only right after an answer about orders, and only among the orders of the customer's own company; what names no order of theirs is left to whoever asks next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.dialog.asked.arrival import ENDED
from assistant.dialog.asked.looks import looks, plain_look
from assistant.dialog.asked.weigh import RULES, weigh, weighable
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.serve import serve
from assistant.dialog.state import Look, Procedure, State, Waiting
from assistant.dialog.values.fit import GOODS_ASKED, VALUES
from assistant.dialog.values.refer import newest
from assistant.types import Order, Sentence, Slot
from assistant.understanding.order_talk import Talk, compares_orders, read_talk

Decided = tuple[State, tuple[Decision, ...]]
MOST_EACH, MOST_SPOKEN, MOST_LISTED = 3, 6, 8
REFERENCES = frozenset({"order", "order_ref", "option", "product", "family"})
_SMALL = ("chat.", "feedback")
_TOGETHER = re.compile(r"一起|加起来|合起来|[这那]?[两俩]|\b(?:together|both|combined)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Meant:
    """The orders that are meant; `open` when it cannot be told which one of them."""

    orders: tuple[Order, ...] = ()
    open: bool = False


def order_talk(moment: Moment, state: State) -> Decided | None:
    """The answer to words that go on with the talk about orders; None for any other words, and where no order of the customer's is meant. Raises Need."""
    look, reading = moment.state.look, moment.reading
    if not moment.principal.company or (look is None and not compares_orders(reading.text)):
        return None
    talk = read_talk(reading.text, reading.slots)
    if talk is None or (look is None and talk.sought not in {"sooner", "later"}):
        return None
    look = look or Look("", Waiting(plain_look(moment), reading.text, 1.0))
    if talk.sought in {"sooner", "later"}:
        return _by_date(moment, state, talk, look)
    meant = _meant(moment, talk, look)
    if meant is None:
        return _none(moment, state, talk)
    if meant.open:
        return _which(moment, state, look, meant.orders)
    return _each(moment, state, look, sought=talk.sought or look.sought, orders=meant.orders)


def talked(moment: Moment, state: State, decisions: Sequence[Decision]) -> State:
    """The state with what was told of orders in this turn, so that the next words may go on from there; small talk changes nothing of it."""
    if state.look is not None:
        return _spoken(moment, state)
    told = next((decision for decision in reversed(decisions) if looks(moment, decision)), None)
    if told is not None:
        return _spoken(moment, replace(state, look=_looked(moment, state, told)))
    changed = next((each for each in decisions if _changes(moment, each) and (each.action == "execute" or each.reason in {"rule", "cancelled", "terms"})), None)
    if changed is not None and state.focus:
        return _spoken(moment, replace(state, look=_after_change(moment, state, changed)))
    if all(
        decision.miss or decision.intent.startswith(_SMALL) or _brought_nothing(moment, decision) or _of_its_goods(moment, decision) for decision in decisions
    ):
        return replace(state, look=moment.state.look)
    return state


def _brought_nothing(moment: Moment, decision: Decision) -> bool:
    """Whether a question that names no goods was declined because nothing says it: the talk is where it was."""
    named = any(slot.name in {"product", "family", "unknown_product"} for slot in moment.reading.slots)
    return decision.action == "decline" and decision.reason in {"no_source", "out_of_scope"} and not named


def _of_its_goods(moment: Moment, decision: Decision) -> bool:
    """Whether a price was told of the goods of the order that is talked of, which the message did not name ("and one piece?")."""
    spec = moment.world.workspace.procedures.get(decision.procedure)
    if spec is None or spec.confirm or "order" in spec.slots or decision.action != "reply":
        return False
    return not any(slot.name in {"product", "family", "unknown_product"} for slot in moment.reading.slots)


def _changes(moment: Moment, decision: Decision) -> bool:
    spec = moment.world.workspace.procedures.get(decision.procedure)
    return spec is not None and spec.confirm and "order" in spec.slots


def _looked(moment: Moment, state: State, told: Decision) -> Look:
    """What was looked at: the orders the message names or the list that was shown, else the one in focus."""
    named = tuple(dict.fromkeys(str(slot.value) for slot in moment.reading.slots if slot.name == "order"))
    one = told.call is not None or state.focus != moment.state.focus or bool(named)
    orders = named if len(named) > 1 else (state.focus,) if state.focus and one else state.listed
    return Look("", Waiting(told.intent, moment.reading.text, 1.0), orders)


def _after_change(moment: Moment, state: State, decision: Decision) -> Look:
    """After a change the talk goes on about its order; after a refusal, about the same wish for another one."""
    if decision.reason != "rule" or decision.action != "decline":
        return Look("", Waiting(plain_look(moment), moment.reading.text, 1.0), (state.focus,))
    values = tuple(slot for slot in moment.reading.slots if slot.name not in REFERENCES)
    return Look("", Waiting(decision.intent, moment.reading.text, 1.0, values, moment.message_id, RULES), (state.focus,))


def _spoken(moment: Moment, state: State) -> State:
    """The orders talked of, the last one last."""
    told = state.look.orders if state.look else ()
    # a list is shown, and not talked of; a number that is nobody's, or another's, is none of them
    now = [number for number in told if moment.known.orders_by_number.get(number) is not None or number == state.focus] if told != state.listed else []
    spoken = tuple(dict.fromkeys(reversed((*state.spoken, *now))))[:MOST_SPOKEN][::-1]
    several = tuple(now) if len(now) > 1 and told == tuple(now) else state.listed
    return replace(state, spoken=spoken, listed=several)


def _own(moment: Moment, numbers: Sequence[str]) -> tuple[Order, ...]:
    """The customer's own orders of these numbers, in their order."""
    by_number = {order.number: order for order in moment.known.orders()}
    return tuple(by_number[number] for number in numbers if number in by_number)


def _meant(moment: Moment, talk: Talk, look: Look) -> _Meant | None:
    """The orders that the words point to; None when none of the customer's is."""
    if talk.numbers:
        own = _own(moment, talk.numbers)
        fitting = len(own) == len(talk.numbers) and all(_holds(moment, order, talk.goods) for order in own)
        return _Meant(own) if fitting and (talk.goods or talk.sought) else None
    if talk.other and talk.goods:
        about = look.orders[-1] if look.orders else ""
        left = [order for order in moment.known.orders() if order.number != about and _holds(moment, order, talk.goods)]
        return _Meant(tuple(left)) if len(left) == 1 else None
    if talk.other:
        return _other(moment, talk, look)
    if talk.place:
        return _at(moment, talk.place)
    if talk.goods:
        return _with_goods(moment, talk, look)
    asked = look.orders
    if len(asked) < 2 and (_TOGETHER.search(moment.reading.text) or talk.each):
        asked = moment.state.spoken[-2:]
    if talk.sought == "total" and talk.each and len(asked) < 2:
        # "how much is each?" of one order asks for the price of a piece
        return None
    return _Meant(_own(moment, asked)) if asked else None


def _at(moment: Moment, place: int) -> _Meant | None:
    """The order at a place in the list shown last, or among those talked of."""
    shown = moment.state.listed if len(moment.state.listed) > 1 else moment.state.spoken
    if abs(place) > len(shown) or len(shown) < 2:
        return None
    found = _own(moment, (shown[place - 1 if place > 0 else place],))
    return _Meant(found) if found else None


def _other(moment: Moment, talk: Talk, look: Look) -> _Meant | None:
    """The order that is not the one talked about: the one before it, the other of two, or a question which."""
    about = look.orders[-1] if len(look.orders) == 1 else moment.state.focus
    shown = moment.state.listed
    if talk.other in {"next", "previous"} and about in shown:
        at = shown.index(about) + (1 if talk.other == "next" else -1)
        found = _own(moment, (shown[at],)) if 0 <= at < len(shown) else ()
        return _Meant(found) if found else None
    if not about:
        return None
    own = newest(moment.known.orders())
    listed = [number for number in shown if number != about] if about in shown else []
    spoken = [number for number in moment.state.spoken if number != about]
    running = [order.number for order in own if order.status not in ENDED and order.number != about]
    rest = [order.number for order in own if order.number != about]
    single = next((found for found in (spoken[-1:], listed, running, rest) if len(found) == 1), [])
    if single:
        return _Meant(_own(moment, single))
    left = _own(moment, listed or running or rest)
    return _Meant(left, open=True) if left else None


def _with_goods(moment: Moment, talk: Talk, look: Look) -> _Meant | None:
    """The orders that hold what is named, those of each kind; a cancelled one only where there is no other."""
    found: list[Order] = []
    if talk.sought and look.orders:
        # "how many bearings was that": the goods of the order in question
        about = tuple(order for order in _own(moment, look.orders) if _holds(moment, order, talk.goods))
        if about:
            return _Meant(about)
    for slot in talk.goods:
        holding = [order for order in newest(moment.known.orders()) if _holds(moment, order, (slot,))]
        kept = [order for order in holding if order.status != "cancelled"] or holding
        if not kept:
            return None
        found += [order for order in kept if order not in found]
    return _Meant(tuple(found), open=len(found) > MOST_EACH)


def _holds(moment: Moment, order: Order, goods: Sequence[Slot]) -> bool:
    """Whether an order has a line of each of the goods; of a kind, also of one that is named after it (课桌: 小树苗课桌)."""
    lines = [product for line in order.lines if (product := moment.product(line.sku)) is not None]
    skus = {line.sku for line in order.lines}
    return all(slot.value in skus if slot.name == "product" else any(_of_kind(moment, each.family, str(slot.value)) for each in lines) for slot in goods)


def _of_kind(moment: Moment, family: str, kind: str) -> bool:
    families = moment.world.workspace.catalog.families
    if family == kind or family not in families or kind not in families:
        return family == kind
    ours, asked = families[family].name, families[kind].name
    return any(name and ours.get(language, "").lower().endswith(name.lower()) for language, name in asked.items())


def _each(moment: Moment, state: State, look: Look, *, sought: str, orders: Sequence[Order]) -> Decided | None:
    """The same question, or the one asked now, for each of the orders."""
    numbers = tuple(order.number for order in orders)
    # a sum goes on being asked for; how many, or when, is asked of one order, and the next words ask what was asked before
    kept = Look("total" if sought == "total" else "", look.request if not sought else replace(look.request, intent=plain_look(moment), weighed=""), numbers)
    state = replace(state, look=kept, focus=numbers[-1], products=tuple(line.sku for line in orders[-1].lines))
    match sought:
        case "total" | "count":
            key = "order_total" if sought == "total" else "order_items"
            said = tuple(Sentence(moment.world.wording.say(key, moment.language, order=order)) for order in orders)
            amounts = [order.amount for order in orders]
            summed = sought == "total" and len(orders) > 1 and len({order.currency for order in orders}) == 1
            if summed:
                said = (*said, Sentence(moment.world.wording.say("answer_total", moment.language, amounts=amounts, total=sum(amounts))))
            return state, (Decision("reply", said, plain_look(moment), sources=(list(amounts),) if summed else ()),)
        case "when":
            requests = [Waiting(plain_look(moment), moment.reading.text, 1.0, (_slot(number),), moment.message_id) for number in numbers]
        case _:
            requests = [_again(moment, look.request, number) for number in numbers]
    decisions: tuple[Decision, ...] = ()
    for request in requests:
        after, decision = _terms(moment, state, request) if request.weighed else serve(moment, replace(state, procedure=None), request)
        if after.procedure is not None:
            # a look at an order that asks something back is no answer to a few words
            after, decision = serve(moment, replace(state, procedure=None), replace(request, intent=plain_look(moment), weighed=""))
        state = replace(after, look=state.look)
        decisions += (decision,)
    return state, decisions


def _terms(moment: Moment, state: State, request: Waiting) -> tuple[State, Decision]:
    """What the rule of a change says of this order; a plain look at it where the rule needs more than was said. Nothing is opened."""
    served = weigh(moment, state, request, slots=request.slots, told=lambda: None) if weighable(moment, request) else None
    if served is not None and served[1].rule:
        return served
    return serve(moment, replace(state, procedure=None), replace(request, intent=plain_look(moment), weighed=""))


def meanwhile(moment: Moment, procedure: Procedure) -> Waiting | Decision | None:
    """The same change weighed for the customer's other order, when a message asks about that one while a change is open; None for any other message.

    Where a value of the change is missing the look at that order is what is asked for; where it cannot be told which one is meant, they are named.
    """
    held, talk = procedure.slots.get("order"), read_talk(moment.reading.text, moment.reading.slots)
    if held is None or talk is None or talk.other != "other" or talk.sought or not moment.principal.company or not moment.spec(procedure.name).confirm:
        return None
    meant = _other(moment, talk, Look("", Waiting(procedure.intent, "", 1.0), (str(held.value),)))
    if meant is None or len(meant.orders) != 1:
        return _which(moment, moment.state, Look("", Waiting(plain_look(moment), "", 1.0)), meant.orders)[1][0] if meant is not None else None
    slots = moment.spec(procedure.name).slots
    values = tuple(replace(slot, name=slots[name].type) for name, slot in procedure.slots.items() if name in slots and slots[name].type in VALUES)
    whole = procedure.stage == "confirm"
    request = Waiting(procedure.intent if whole else plain_look(moment), moment.reading.text, 1.0, values if whole else (), moment.message_id)
    return _again(moment, replace(request, weighed=RULES if whole else ""), meant.orders[0].number)


def _again(moment: Moment, request: Waiting, number: str) -> Waiting:
    kept = tuple(slot for slot in request.slots if slot.name not in REFERENCES)
    return replace(request, slots=(*kept, _slot(number)), source=moment.message_id)


def _slot(number: str) -> Slot:
    return Slot("order", number, source="conversation")


def _by_date(moment: Moment, state: State, talk: Talk, look: Look) -> Decided | None:
    """The orders in question by the day they are due, the one asked for first."""
    pool = next((found for found in (look.orders, moment.state.spoken, moment.state.listed) if len(found) > 1), ())
    own = _own(moment, pool) or tuple(order for order in moment.known.orders() if order.status not in ENDED)
    running = [order for order in own if order.status not in ENDED]
    if not running:
        return None
    shown = sorted(running, key=lambda order: (order.due, order.number), reverse=talk.sought == "later")[:MOST_LISTED]
    numbers = tuple(order.number for order in shown)
    state = replace(state, focus=numbers[0], listed=numbers, look=Look("", Waiting(plain_look(moment), moment.reading.text, 1.0), numbers[:1]), spoken=numbers)
    text = moment.world.wording.say(
        "order_by_date", moment.language, orders=shown, later=talk.sought == "later", tied=len(shown) > 1 and shown[0].due == shown[1].due
    )
    return state, (Decision("reply", (Sentence(text),), plain_look(moment)),)


def _which(moment: Moment, state: State, look: Look, orders: Sequence[Order]) -> Decided:
    """Several may be meant: they are named, and which one is asked."""
    shown = tuple(orders[:MOST_LISTED])
    text = moment.world.wording.say("own_which", moment.language, orders=shown)
    state = replace(state, listed=tuple(order.number for order in shown), look=look)
    return state, (Decision("ask", (Sentence(text),), plain_look(moment), "choose_order"),)


def _none(moment: Moment, state: State, talk: Talk) -> Decided | None:
    """No order of the customer's holds the goods: said so where an order was asked for in so many words; else the goods themselves are asked about."""
    if not talk.goods or talk.numbers or talk.sought or talk.other or talk.place:
        return None
    if not talk.marked:
        if any(request.accepted and request.intent.startswith("product.") for request in moment.reading.requests):
            return None
        state, decision = serve(moment, state, Waiting(GOODS_ASKED, moment.reading.text, 0.0, moment.reading.slots, moment.message_id))
        return state, (decision,)
    wording, families = moment.world.wording, moment.world.workspace.catalog.families
    slot = talk.goods[0]
    product = moment.product(str(slot.value))
    named = product.name if product is not None else families[str(slot.value)].name if str(slot.value) in families else None
    what = wording.pick(named, moment.language) if named else slot.text
    text = wording.say("own_none", moment.language, what=what, when="", number="", orders=newest(moment.known.orders())[:MOST_LISTED])
    state = replace(state, look=moment.state.look)
    return state, (Decision("decline", (Sentence(text),), plain_look(moment), "not_owned"),)
