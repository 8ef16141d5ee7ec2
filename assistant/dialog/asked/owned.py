"""Questions about goods the customer has bought: from their own orders to the product, and from it to what the catalogue and the documents say; pure.

Only orders of the customer's own company are looked at: a number that is another company's is not found, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import Procedure, State, Waiting
from assistant.dialog.values.refer import newest, suits
from assistant.knowledge.facts import display
from assistant.types import Answer, Citation, Json, Order, Sentence, Slot
from assistant.understanding.questions import asks, asks_what
from assistant.understanding.slots.bought import Owned, owned_goods

Served = tuple[State, Decision]
GOODS = "product."  # intents that ask about goods
FITS = "compatibility"
PARTS = {"product.compatibility", "product.selection", "product.spec"}
MOST_PRODUCTS, MOST_ORDERS, MOST_LISTED = 3, 3, 8
MOST_YEARS = 10  # back from a month whose year is not said
MOST_ANSWERED = 2  # sentences for each of several products


class Start(Protocol):
    """Opens a procedure with the values of a request."""

    def __call__(self, moment: Moment, state: State, request: Waiting, name: str, /) -> Served: ...


def owned(moment: Moment, state: State, request: Waiting, *, name: str, start: Start) -> Served | None:
    """The answer to a question about goods the customer has; None when it is no such question, or is answered without looking at their orders.

    `name` is the procedure that would serve the request: a look-up of an order whose rule says more (the warranty) is made for each order that is meant.
    """
    if not moment.principal.company or not (asks(request.text) or request.intent.startswith(GOODS)):
        return None
    said = owned_goods(request.text, _here(moment, request))
    if said is None or (said.order and not name and not said.kind):
        return None
    others = any(slot.name in {"product", "family"} and str(slot.value) != said.key for slot in request.slots)
    fitting = moment.says("accessories", request.text) and not others
    if name:
        spec = moment.spec(name)
        looked_up = "order" in spec.slots and bool(spec.rule) and not spec.confirm
        if looked_up and not said.order:
            return _each_order(moment, state, request, said, name=name, start=start)
        described = any(slot.name == "attribute" for slot in request.slots) and said.bought
        if spec.confirm or (spec.rule and not said.listing) or not (fitting or described or said.listing) or not asks_what(request.text):
            return None
    elif not request.intent.startswith(GOODS) and not fitting:
        return None
    return _about_goods(moment, state, request, said, fitting=fitting)


def _here(moment: Moment, request: Waiting) -> tuple[Slot, ...]:
    """The mentions of a request with their places inside its own words."""
    start = max(moment.reading.text.find(request.text), 0)
    moved = (replace(slot, start=slot.start - start, end=slot.end - start) for slot in request.slots)
    return tuple(slot for slot in moved if 0 <= slot.start < slot.end <= len(request.text))


def _each_order(moment: Moment, state: State, request: Waiting, said: Owned, *, name: str, start: Start) -> Served | None:
    """A look-up for each of the customer's orders that is meant, as far as they can be told one by one."""
    spec = moment.spec(name).slots["order"]
    meant = _meant(moment, said)
    if not meant:
        return _none(moment, state, request, said) if said.bought else None
    fit = [order for order in meant if _suits(moment, name, spec.among, order)] or meant
    if len(fit) > MOST_ORDERS:
        return None
    slots = tuple(slot for slot in request.slots if slot.name not in {"order_ref", "date", "shift", "option"})
    numbers = [Slot("order", order.number, order.number, source=moment.message_id) for order in fit]
    served = [start(moment, state, replace(request, slots=(*slots, number)), name) for number in numbers]
    if len(served) == 1:
        return served[0]
    decisions = [decision for _, decision in served]
    if any(decision.action not in {"reply", "decline"} for decision in decisions):
        return None
    sentences = tuple(dict.fromkeys(sentence for decision in decisions for sentence in decision.sentences))
    sources: tuple[Json, ...] = tuple(source for decision in decisions for source in decision.sources)
    state = replace(state, listed=tuple(order.number for order in fit))
    return state, replace(decisions[0], action="reply", reason="", sentences=sentences, sources=sources, call=None)


def _suits(moment: Moment, name: str, among: str, order: Order) -> bool:
    return not among or suits(moment, Procedure(name, ""), moment.spec(name).slots["order"], order)


def _about_goods(moment: Moment, state: State, request: Waiting, said: Owned, *, fitting: bool) -> Served | None:
    """From the orders to their products, and from each to the answer about it."""
    meant = _meant(moment, said)
    if not meant:
        return _none(moment, state, request, said) if said.bought else None
    held = _held(moment, said, meant)
    known = {sku: orders for sku, orders in held.items() if moment.product(sku) is not None}
    if said.listing:
        hops = tuple(_hop(moment, sku, orders) for sku, orders in list(known.items())[:MOST_LISTED])
        told = Answer("owned", hops, 1.0, tuple(known))
        listed = replace(state, listed=(), products=tuple(known))
        return (listed, Decision("reply", hops, request.intent, confidence=request.confidence, answer=told)) if hops else None
    if not known or len(known) > MOST_PRODUCTS:
        return _which(moment, state, request, meant) if known and said.bought else None
    answers: dict[str, Answer] = {}
    for sku in known:
        found = _accessories(moment, sku) if fitting else _answered(moment, request, said, sku)
        if not fitting and (found is None or found.kind != FITS):
            found = _part(moment, request, said, sku) or found
        if found is not None:
            answers[sku] = found
    if not said.bought and not any(answer.kind == FITS for answer in answers.values()):
        # "my pump" is often just the pump that is talked about
        return None
    if not answers and len(known) > 1:
        return None
    return _told(moment, state, request, said, known=known, answers=answers)


def _told(moment: Moment, state: State, request: Waiting, said: Owned, *, known: dict[str, list[Order]], answers: dict[str, Answer]) -> Served:
    sentences: list[Sentence] = []
    stated: list[Sentence] = []
    for sku, orders in known.items():
        sentences.append(_hop(moment, sku, orders))
        answer = answers.get(sku)
        if answer is None:
            sentences.append(
                Sentence(moment.world.wording.say("abstain" if len(known) == 1 else "own_unanswered", moment.language, product=_name(moment, sku)))
            )
            continue
        own = answer.sentences if len(known) == 1 else answer.sentences[:MOST_ANSWERED]
        stated += own
        sentences += own
    if not stated:
        question = _question(moment, request, said, next(iter(known)))
        gap: dict[str, Json] = {"question": question.standalone, "language": question.language, "intent": request.intent}
        decision = Decision("decline", tuple(sentences), request.intent, "no_source", request.confidence, events=(("gap.recorded", gap),))
        return replace(state, products=tuple(known), offer="person"), decision
    support = min(answer.support for answer in answers.values())
    passages = tuple(passage for answer in answers.values() for passage in answer.passages)
    kind = next(iter(answers.values())).kind
    answer = Answer("compatibility" if kind == FITS else "owned", tuple(dict.fromkeys(stated)), support, tuple(known), passages=passages)
    standalone = _question(moment, request, said, next(iter(known))).standalone if len(known) == 1 else ""
    # "how much is it?" behind a part that was named may mean either: neither is taken for the other
    about = tuple(dict.fromkeys(sku for each in answers.values() for sku in each.products)) if kind == FITS else tuple(known)
    state = replace(state, products=about if len(known) == 1 else state.products, question=standalone)
    confidence = min(request.confidence, support) if request.confidence else support
    intent = request.intent if request.intent.startswith(GOODS) else GOODS + FITS
    return state, Decision("reply", tuple(dict.fromkeys(sentences)), intent, confidence=confidence, answer=answer)


def _meant(moment: Moment, said: Owned) -> list[Order]:
    """The customer's orders that hold what is said, at the time that is said; a cancelled one is not had."""
    if said.order:
        order = moment.known.order(said.order)
        own = [order] if order is not None else []
    else:
        own = [order for order in newest(moment.known.orders()) if order.status != "cancelled"]
    own = [order for order in own if any(_fits(moment, said, line.sku) for line in order.lines)]
    if said.when is not None:
        own = _at(own, said)
    return own[:1] if said.last else own


def _fits(moment: Moment, said: Owned, sku: str) -> bool:
    if not said.kind:
        return True
    product = moment.product(sku)
    return sku == said.key if said.kind == "product" else bool(product and product.family == said.key)


def _held(moment: Moment, said: Owned, orders: Sequence[Order]) -> dict[str, list[Order]]:
    """The products that are meant with the orders that hold them, newest first."""
    held: dict[str, list[Order]] = {}
    for order in orders:
        for line in order.lines:
            if _fits(moment, said, line.sku) and order not in held.setdefault(line.sku, []):
                held[line.sku].append(order)
    return held


def _at(orders: Sequence[Order], said: Owned) -> list[Order]:
    """The orders placed or delivered in a stretch of days; a month without its year is the last one in which any was."""
    assert said.when is not None
    for value in (said.when.value, *said.when.candidates):
        span = _span(value)
        if span is None:
            continue
        for back in range(MOST_YEARS if said.yearless else 1):
            found = [order for order in orders if _within(order, _earlier(span[0], back), _earlier(span[1], back))]
            if found:
                return found
    return []


def _span(value: Json) -> tuple[date, date] | None:
    try:
        if isinstance(value, dict):
            return date.fromisoformat(str(value["from"])), date.fromisoformat(str(value["to"]))
        day = date.fromisoformat(str(value))
    except (KeyError, ValueError):
        return None
    return day, day


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _within(order: Order, first: date, last: date) -> bool:
    return first <= order.placed <= last or (order.delivered is not None and first <= order.delivered.date() <= last)


def _question(moment: Moment, request: Waiting, said: Owned, sku: str) -> Question:
    """The question with the product in the place of the words that pointed at it."""
    before, after = request.text[: said.start].rstrip(), request.text[said.end :].lstrip()
    gap = " " if moment.language == "en" else ""
    named = tuple(str(slot.value) for slot in request.slots if slot.name == "product" and slot.value not in (sku, said.key))
    return Question(request.text, f"{before}{gap}{sku}{gap}{after}".strip(), moment.language, (*named, sku), request.intent)


def _answered(moment: Moment, request: Waiting, said: Owned, sku: str) -> Answer | None:
    """What the catalogue and the documents say to the question about this product, surely enough."""
    question = _question(moment, request, said, sku)
    answer = moment.known.answer(replace(question, text=question.standalone))
    if answer is None or not answer.sentences or answer.support < moment.world.threshold(request.intent, moment.language):
        return None
    return answer


def _accessories(moment: Moment, sku: str) -> Answer | None:
    """All that the catalogue lists for a product, one sentence a relation; for a part, what it is for."""
    wording, language = moment.world.wording, moment.language
    catalog = moment.world.workspace.catalog
    product = catalog.products[sku]
    if product.relations:
        return _listed(moment, sku, product.relations)
    served = [(each.sku, relation) for each in catalog.products.values() for relation, targets in each.relations.items() if sku in targets]
    if not served:
        return None
    places = [place for subject, relation in served for place in wording.cite("catalog", language, f"{subject}.{relation}.{sku}")]
    subjects = list(dict.fromkeys(_name(moment, subject) for subject, _ in served))
    text = wording.say("answer_serves", language, object=_name(moment, sku), subjects=subjects)
    return Answer(FITS, (Sentence(text, tuple(dict.fromkeys(places))),), 1.0, (sku,))


def _listed(moment: Moment, sku: str, relations: Mapping[str, Sequence[str]]) -> Answer:
    """One sentence for each relation of a product, with the edges of the catalogue as its places."""
    wording, language, catalog = moment.world.wording, moment.language, moment.world.workspace.catalog
    sentences = []
    for relation, targets in relations.items():
        spec = catalog.relations.get(relation)
        places: list[Citation] = [place for target in targets for place in wording.cite("catalog", language, f"{sku}.{relation}.{target}")]
        named = wording.pick(spec.name, language) if spec else relation
        text = wording.say("answer_related", language, subject=_name(moment, sku), relation=named, objects=[_name(moment, target) for target in targets])
        sentences.append(Sentence(text, tuple(dict.fromkeys(places))))
    targets_of_all = tuple(dict.fromkeys(target for targets in relations.values() for target in targets))
    return Answer(FITS, tuple(sentences), 1.0, (sku, *targets_of_all))


def _part(moment: Moment, request: Waiting, said: Owned, sku: str) -> Answer | None:
    """The parts of one named kind that the catalogue lists for a product, where that is all that is asked."""
    if request.intent not in PARTS or (asks(request.text) and not asks_what(request.text)):
        return None
    others = {str(slot.value) for slot in request.slots if slot.name in {"product", "family", "attribute"} and str(slot.value) != said.key}
    catalog = moment.world.workspace.catalog
    if len(others) != 1 or not others <= set(catalog.families):
        return None
    relations = {name: targets for name, targets in catalog.products[sku].relations.items() if {catalog.products[each].family for each in targets} == others}
    return _listed(moment, sku, relations) if relations else None


def _name(moment: Moment, sku: str) -> str:
    return display(sku, moment.world.workspace.catalog, "en" if moment.language == "en" else "zh")


def _hop(moment: Moment, sku: str, orders: Sequence[Order]) -> Sentence:
    """Which orders the product is known from, with the product's row of the catalogue."""
    wording = moment.world.wording
    shown = [
        {
            "number": order.number,
            "quantity": sum(line.quantity for line in order.lines if line.sku == sku),
            "placed": order.placed,
            "delivered": order.delivered,
        }
        for order in orders[:MOST_ORDERS]
    ]
    more = max(len(orders) - MOST_ORDERS, 0)
    text = wording.say("own_product", moment.language, product=_name(moment, sku), orders=shown, more=more)
    return Sentence(text, wording.cite_product(sku, moment.language))


def _which(moment: Moment, state: State, request: Waiting, meant: Sequence[Order]) -> Served:
    """Too many products to answer for each: which order is meant is asked."""
    shown = tuple(meant[:MOST_LISTED])
    text = moment.world.wording.say("own_which", moment.language, orders=shown)
    state = replace(state, listed=tuple(order.number for order in shown))
    return state, Decision("ask", (Sentence(text),), request.intent, "choose_order", request.confidence)


def _none(moment: Moment, state: State, request: Waiting, said: Owned) -> Served:
    """No such order: said so, with what there is."""
    if said.order:
        own = newest(moment.known.orders())
        text = moment.world.wording.say("not_found", moment.language, number=said.order, orders=[order.number for order in own[:MOST_LISTED]])
        if moment.known.order(said.order) is not None:
            text = _missing(moment, said)
        return state, Decision("decline", (Sentence(text),), request.intent, "not_found", request.confidence)
    return state, Decision("decline", (Sentence(_missing(moment, said)),), request.intent, "not_owned", request.confidence)


def _missing(moment: Moment, said: Owned) -> str:
    wording, catalog = moment.world.wording, moment.world.workspace.catalog
    family = catalog.families.get(said.key)
    what = wording.pick(family.name, moment.language) if family else (_name(moment, said.key) if said.key else "")
    when = (said.when.text if said.when else "") if not said.order else ""
    own = newest(moment.known.orders())
    return wording.say("own_none", moment.language, what=what, when=when, number=said.order, orders=own[:MOST_LISTED])
