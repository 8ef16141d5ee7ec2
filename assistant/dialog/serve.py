"""Serves one new request: says a text, asks the documents, declines, wishes for a person, or starts a procedure; pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.answers.near import abstain, beside, outside, passage_of
from assistant.dialog.answers.reviews import reviewed
from assistant.dialog.asked.arrival import followed_up, on_its_way, pointed
from assistant.dialog.asked.asked_at_once import at_once
from assistant.dialog.asked.compared import compared
from assistant.dialog.asked.discounts import by_rule
from assistant.dialog.asked.looks import quote_look
from assistant.dialog.asked.order_facts import of_order
from assistant.dialog.asked.own_orders import listed_orders, of_own_orders
from assistant.dialog.asked.owned import owned
from assistant.dialog.asked.recall import answer_of
from assistant.dialog.asked.stocked import stocked
from assistant.dialog.asked.topic import agreed, in_talk, in_topic, talked_of
from assistant.dialog.asked.weigh import RULES, offered, weigh, weighable
from assistant.dialog.decision import Decision, Wish, Write
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ask, Human, Progress, Ready, Refuse, advance, confirmed_stage, preview_of
from assistant.dialog.question import Question
from assistant.dialog.ruling import cited, ruled, with_earlier_receipt
from assistant.dialog.state import Procedure, State, Waiting
from assistant.dialog.values.fill import fill, order_of
from assistant.dialog.values.fit import BARE, GOODS_ASKED, VALUES, fitted, leftover
from assistant.knowledge.offers import asks_discount, offer_asked, wants_to_buy
from assistant.knowledge.plain import codes
from assistant.text.units import find_quantities
from assistant.types import Answer, Request, RuleVerdict, Sentence, Slot
from assistant.understanding.questions import about_own, about_rules, asks, asks_how, asks_service_cost, asks_what, asks_who

Served = tuple[State, Decision]
PLAUSIBLE = 0.05  # the least probability of a second guess that may take the place of the first
REFERENCES = {"order", "order_ref"}
GOODS = {"product", "unknown_product", "family", "item"}
ANY = ""  # no intent in particular: the threshold of the language
TRADE = {"offer", "order"}  # answers that say what is for sale, and how to buy it
TALK, ACCOUNT = ("chat.", "complaint", "feedback"), "account."
SURE, UNSURE = 0.8, 0.7  # from which confidence a question is taken for the look-up, or the change, that it seems to be


def serve(moment: Moment, state: State, request: Waiting) -> Served:
    """The state and the decision for one request. Raises Need when a look-up has to come first."""
    if request.weighed:
        return _weighed(moment, state, request) or serve(moment, state, replace(request, intent=request.weighed, weighed=""))
    request = by_rule(moment, on_its_way(moment, state, request))
    name = moment.world.serving.get(request.intent, "")
    intent = moment.world.workspace.intents.get(request.intent)
    kind, target = (intent.serve, intent.target) if intent else ("knowledge", "")
    own = of_own_orders(moment, state, request) or of_order(moment, state, request) or reviewed(moment, state, request)
    own = own or compared(moment, state, request, question_of(moment, request))
    own = own or (owned(moment, state, request, name=name, start=start) if name else None) or at_once(moment, state, request, question_of(moment, request))
    if own is not None:
        return own
    told = _traded(moment, state, request)
    if told is None and (name or kind != "knowledge") and not (name and _answered_by_documents(moment, name, request)):
        told = _told_first(moment, state, request, name, kind)
    if told is not None:
        return told
    if name and not moment.spec(name).confirm and _unheard_of(request):
        return ask_documents(moment, state, request)
    if name and not _answered_by_documents(moment, name, request):
        return start(moment, state, request, name)
    match kind:
        case "text":
            return say(moment, state, request, target)
        case "decline" if moment.state.products and find_quantities(request.text):
            # a value alone is asked of the goods that were talked about ("and 20 bar?")
            return ask_documents(moment, state, replace(request, intent=GOODS_ASKED))
        case "decline":
            return outside(moment, state, request, target, question_of(moment, request))
        case "handoff" if not asks_service_cost(request.text):
            return state, wish(moment, target, intent=request.intent, confidence=request.confidence)
        case _:
            if (name or kind == "handoff") and asks_service_cost(request.text):
                request = replace(request, intent=RULES)
            elif name and _on_goods(moment, request):
                request = replace(request, intent=GOODS_ASKED)
            return ask_documents(moment, state, request)


def _unheard_of(request: Waiting) -> bool:
    """Whether a request names goods by a name that the catalogue does not know, and no others."""
    kinds = {slot.name for slot in request.slots}
    return "unknown_product" in kinds and not kinds & {"product", "family", "order"}


def _weighed(moment: Moment, state: State, request: Waiting) -> Served | None:
    """What the rule says to a question about the terms of a change; None when it is no such question, or no order is meant."""
    name = weighable(moment, request)

    def told() -> Decision | None:
        question = replace(question_of(moment, request), intent=RULES)
        answer = in_topic(moment, name, question, moment.known.answer(question))
        sure = answer is not None and answer.support >= moment.world.threshold(RULES, moment.language)
        return Decision("reply", answer.sentences, RULES, confidence=answer.support, answer=answer) if answer is not None and sure else None

    return weigh(moment, state, request, slots=pointed(moment, name, request.slots, request.text), told=told) if name else None


def said(moment: Moment, key: str, **variables: object) -> Sentence:
    return Sentence(moment.world.wording.say(key, moment.language, **variables))


def say(moment: Moment, state: State, request: Waiting, key: str) -> Served:
    """A text of the workspace. What it offers ("pass you to a colleague") is remembered, so that a bare yes takes it up."""
    offer = "person" if request.intent in {"complaint", "account.privacy"} else state.offer
    return replace(state, offer=offer), Decision("reply", (said(moment, key),), request.intent, confidence=request.confidence)


def wish(moment: Moment, reason: str, *, intent: str = "", confidence: float = 1.0, queue: str = "", text: str = "", rule: str = "") -> Decision:
    """A decision to hand over; the shell gives it its place and its words."""
    return Decision("handoff", intent=intent, reason=reason, confidence=confidence, rule=rule, wish=Wish(reason, queue, text))


def _answered_by_documents(moment: Moment, name: str, request: Waiting) -> bool:
    """A procedure about an order that only names a product is a question to the documents, when the procedure says so; so is the price of a service."""
    spec = moment.spec(name)
    if not spec.confirm and "order" not in spec.slots and asks_service_cost(request.text):
        return True
    kinds = {slot.name for slot in request.slots}
    if "order" in spec.slots and asks_who(request.text) and not kinds & REFERENCES:
        return True
    if spec.without_order != "knowledge" or kinds & REFERENCES:
        return False
    return bool(kinds & {"product", "family"}) or _on_goods(moment, request)


def _on_goods(moment: Moment, request: Waiting) -> bool:
    """Whether a few words go on with a question about goods that were just talked about ("P-200多少钱" - "质保呢"), and mean no goods of the customer's own."""
    brief = leftover(request.text, request.slots) <= 2 * BARE
    return bool(moment.state.products and moment.state.question) and brief and not moment.state.focus and not about_own(request.text)


def _told_first(moment: Moment, state: State, request: Waiting, name: str, kind: str) -> Served | None:
    """The documents' answer to a question about the rules that was taken for a wish; None when it is none, or they do not answer it."""
    if not _general(moment, request, name, kind):
        return None
    question = replace(question_of(moment, request), intent=RULES)
    answer = in_topic(moment, moment.state.procedure.name if moment.state.procedure else "", question, moment.known.answer(question))
    # of one's own data the set text says the same to everybody: whatever the documents answer is nearer to what was asked
    least = 0.0 if request.intent.startswith(ACCOUNT) else moment.world.threshold(ANY if kind == "decline" else RULES, moment.language)
    if answer is None or answer.support < least:
        return None
    state = replace(state, products=answer.products or state.products, question=question.standalone)
    return state, Decision("reply", answer.sentences, RULES, confidence=min(request.confidence or 1.0, answer.support), answer=answer)


def _traded(moment: Moment, state: State, request: Waiting) -> Served | None:
    """What is for sale and how to buy it, whatever a question for goods or a wish to order was taken for; None for anything else, or when nothing says it."""
    if any(slot.name in REFERENCES and slot.value != {"same": True} for slot in request.slots) or request.intent not in moment.world.workspace.intents:
        return None
    quoted = request.intent == quote_look(moment) and any(slot.name == "product" for slot in request.slots)
    text = request.text
    several = quoted and len({slot.value for slot in moment.reading.slots if slot.name == "product"}) > 1
    if offer_asked(text) is None and not (wants_to_buy(text) and not (several or (quoted and asks_what(text)))) and not (asks_discount(text) and not quoted):
        return None
    question = question_of(moment, request)
    answer = moment.known.answer(question)
    if answer is None or (answer.kind not in TRADE and (offer_asked(text) is None or answer.support < moment.world.threshold(RULES, moment.language))):
        return None
    state = replace(state, products=answer.products or state.products, question=question.standalone)
    intent = request.intent if request.intent.startswith("product.") else RULES
    return state, Decision("reply", answer.sentences, intent, confidence=answer.support, answer=answer)


def told_beside(moment: Moment, request: Waiting, decision: Decision) -> Decision | None:
    """What the documents say to a question that a procedure was opened for: told first, so that no question goes unanswered.

    Only to a question by its form that names no order; the procedure's own question follows. Where the documents are not likely right, what comes nearest is
    quoted as that. None otherwise.
    """
    if {slot.name for slot in request.slots} & REFERENCES or not asks(request.text):
        return None
    if decision.action != "ask" or decision.reason != "missing":
        return None
    question = replace(question_of(moment, request), intent=RULES)
    answer = in_topic(moment, decision.procedure, question, moment.known.answer(question))
    if answer is None or answer.support < moment.world.threshold(ANY if asks_what(request.text) else RULES, moment.language):
        return beside(moment, answer or moment.known.nearest(question))
    return Decision("reply", answer.sentences, RULES, confidence=min(request.confidence or 1.0, answer.support), answer=answer)


def _general(moment: Moment, request: Waiting, name: str, kind: str) -> bool:
    """Whether a request only asks how things are done: no order, no value of a change and no goods of one's own are said, and its words are those of a rule.

    What a look-up of an order or a doubtful guess may mean just as well counts as a rule only by stronger signs: habit, hypothesis, possibility, fee.
    """
    kinds = {slot.name for slot in request.slots}
    if kinds & REFERENCES or not asks(request.text):
        return False
    if not name:
        doubtful = kind == "decline"
        told = kind == "text" and (request.intent.startswith(ACCOUNT) or (not request.intent.startswith(TALK) and about_rules(request.text)))
        offers = about_own(request.text) or kinds & VALUES["quantity"] or any(char.isdigit() for char in request.text)
        priced = kind == "handoff" and request.intent.startswith("price.")
        return doubtful or told or (priced and (asks_what(request.text) or (about_rules(request.text, strictly=True) and not offers)))
    spec = moment.spec(name)
    values = {kind for slot in spec.slots.values() if slot.role != "new" for kind in VALUES.get(slot.type, ())}
    if "order" not in spec.slots or kinds & values or about_own(request.text):
        return False
    if about_rules(request.text, strictly=True) or (not spec.confirm and asks_how(request.text)):
        return True
    if spec.confirm and about_rules(request.text):
        return True
    return not moment.state.focus and request.confidence < (UNSURE if spec.confirm else SURE)


def question_of(moment: Moment, request: Waiting) -> Question:
    """The question as it stands alone: with the products named, or those the conversation is about."""
    named = tuple(dict.fromkeys(str(slot.value) for slot in request.slots if slot.name == "product"))
    whole = request.text.strip() == moment.reading.text.strip()
    standalone = moment.reading.standalone if whole else request.text
    return Question(request.text, standalone, moment.language, named or _carried(moment, request), request.intent)


def _carried(moment: Moment, request: Waiting) -> tuple[str, ...]:
    """Products of the conversation go on counting only for a question that names none, neither a known nor an unknown one."""
    if any(slot.name in {"unknown_product", "family"} for slot in request.slots):
        return ()
    return moment.state.products if request.intent.startswith("product.") else ()


def ask_documents(moment: Moment, state: State, request: Waiting) -> Served:
    """The documents' answer; or an honest no with the offer of a person, recorded as a gap. Goods that the customer has are looked up among their orders."""
    own = reviewed(moment, state, request) or stocked(moment, state, request) or owned(moment, state, request, name="", start=start)
    if own is not None:
        return own
    unknown = next((slot for slot in request.slots if slot.name == "unknown_product"), None)
    named = any(slot.name == "product" for slot in request.slots)
    question = question_of(moment, request)
    answer = in_topic(moment, request.during, question, moment.known.answer(question))
    least = moment.world.threshold(request.intent, moment.language)
    if answer is None or answer.support < least:
        answer = agreed(moment, question, answer)
    if answer is not None and unknown is not None and not named and not _speaks_of(answer, unknown.text):
        answer = None
    if answer is None and unknown is not None and not named:
        sentences = (said(moment, "unknown_product", product=unknown.text), said(moment, "offer_person"))
        # what is said of "it" from here on is said of that name, and of no other product
        state = replace(state, offer="person", products=(), question=question.standalone)
        return state, Decision("decline", sentences, request.intent, "unknown_product", request.confidence)
    if named:
        # what was asked about goes on being talked about, answered or not
        state = replace(state, products=question.products, question=question.standalone)
    if answer is None:
        # words that are neither a question by their form nor surely one by their sense get no quote
        near = moment.known.nearest(question) if asks(request.text) or request.confidence >= UNSURE else None
        if not named and codes(request.text):
            # a model that nobody knows was asked about: "it" is no other product from here on
            state = replace(state, products=())
        return replace(state, offer="person"), abstain(moment, request, question, near=near)
    answer = in_talk(moment, question, answer) if answer.support < least else answer
    confidence = min(request.confidence, answer.support) if request.confidence else answer.support
    near = passage_of(answer)
    if answer.support < least and (near is not None or moment.state.procedure is not None):
        # what is quoted as near is no answer that a person would have to vouch for; and a question by the way takes no open change away from the customer
        return state if moment.state.procedure is not None else replace(state, offer="person"), abstain(moment, request, question, near=near)
    if answer.support < least:
        return state, wish(moment, "low_confidence", intent=request.intent, confidence=confidence)
    state = replace(state, products=answer.products or state.products, question=question.standalone)
    return state, Decision("reply", answer.sentences, request.intent, confidence=confidence, answer=answer)


def _speaks_of(answer: Answer, name: str) -> bool:
    """Whether what an answer rests on holds a name that the catalogue does not know ("the old P-90")."""
    return any(name.lower() in passage.text.lower() for passage in answer.passages)


def start(moment: Moment, state: State, request: Waiting, name: str) -> Served:
    """Opens a procedure with what the request says. While the customer waits for a person nothing is changed: the wish is added to the packet."""
    if moment.queued and moment.spec(name).confirm:
        return state, Decision("wait", (said(moment, "queued_write"),), request.intent, "queued", request.confidence, name)
    procedure = Procedure(name, request.intent, goal=request.text)
    slots = _with_products(moment, name, pointed(moment, name, request.slots, request.text))
    filled = fill(moment, procedure, slots, text=request.text, source=request.source)
    procedure, progress = advance(moment, filled.procedure, filled.trouble)
    if isinstance(progress, Ask) and progress.slot == "order" and _wants_list(moment, name, request, progress):
        return _list_orders(moment, state, request, name)
    state, decision = settle(moment, state, procedure, progress, confidence=request.confidence)
    about_goods = decision.action == "reply" and "order" not in moment.spec(name).slots
    return replace(state, question=question_of(moment, request).standalone if about_goods else ""), decision


def _with_products(moment: Moment, name: str, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The one product just talked about is meant by a look-up that needs a product and names none ("and the P-200?" - "how much is it?")."""
    products = talked_of(moment)
    wanted = [slot for slot in moment.spec(name).slots.values() if slot.type == "product" and slot.role != "new"]
    if len(products) != 1 or not wanted or "order" in moment.spec(name).slots or any(slot.name in GOODS for slot in slots):
        return slots
    return (*slots, Slot("product", products[0], source="conversation"))


def _wants_list(moment: Moment, name: str, request: Waiting, progress: Ask) -> bool:
    """Looking up orders without naming one is answered with the list of them, not with a question."""
    spec = moment.spec(name)
    return not spec.confirm and not spec.rule and bool(progress.options) and not progress.before and len(spec.slots) == 1


def _list_orders(moment: Moment, state: State, request: Waiting, name: str) -> Served:
    own = listed_orders(moment, request)
    text = said(moment, "order_list" if own else "order_list_none", orders=own)
    state = replace(state, listed=tuple(order.number for order in own))
    return state, Decision("reply", (text,), request.intent, confidence=request.confidence, procedure=name)


def settle(moment: Moment, state: State, procedure: Procedure, progress: Progress, *, confidence: float = 1.0) -> Served:
    """Turns a procedure's progress into a decision and a state."""
    order = procedure.slots.get("order")
    focus = str(order.value) if order else state.focus
    products = _products_of(moment, procedure) or state.products
    state = replace(state, focus=focus, products=products)
    state, decision = _settled(moment, state, procedure, progress, confidence)
    return state, replace(decision, sources=(*decision.sources, *progress.told))


def _settled(moment: Moment, state: State, procedure: Procedure, progress: Progress, confidence: float) -> Served:
    match progress:
        case Ask():
            return _asked(moment, state, procedure, progress, confidence)
        case Refuse():
            offer = offered(moment, progress)
            state = replace(state, procedure=None, offer=offer or state.offer, weighed=None if offer else state.weighed)
            told = ruled(moment, progress.text, progress.rule)
            said_no = Decision("decline", (told,) if told.text else (), procedure.intent, "rule", confidence, procedure.name, _clause(progress.rule))
            return state, with_earlier_receipt(moment, said_no, procedure, progress.rule)
        case Human():
            text = ruled(moment, progress.text, progress.rule)
            decision = wish(
                moment, progress.reason, intent=procedure.intent, confidence=confidence, queue=progress.queue, text=progress.text, rule=_clause(progress.rule)
            )
            return replace(state, procedure=replace(procedure, stage="collect")), replace(
                decision, sentences=(text,) if text.text else (), procedure=procedure.name
            )
        case Ready():
            return _prepared(moment, state, procedure, progress, confidence)


def _products_of(moment: Moment, procedure: Procedure) -> tuple[str, ...]:
    order = order_of(moment, procedure) if "order" in procedure.slots else None
    if order is not None:
        return tuple(line.sku for line in order.lines)
    slots = moment.spec(procedure.name).slots
    return tuple(str(slot.value) for name, slot in procedure.slots.items() if name in slots and slots[name].type == "product")


def _clause(rule: RuleVerdict | None) -> str:
    return rule.clause if rule else ""


def _asked(moment: Moment, state: State, procedure: Procedure, ask: Ask, confidence: float) -> Served:
    """Puts the question, unless it was put often enough: then a person takes over."""
    limit = _limit(moment, procedure, ask.slot)
    count = procedure.asked.get(ask.slot, 0)
    before = (ruled(moment, ask.before, ask.rule),) if ask.before else ()
    if count >= limit:
        decision = wish(moment, "ask_limit", intent=procedure.intent, confidence=confidence, rule=_clause(ask.rule))
        return replace(state, procedure=procedure), replace(decision, procedure=procedure.name, sentences=before)
    procedure = replace(procedure, stage="collect", asked={**procedure.asked, ask.slot: count + 1}, waiting=ask.slot, options=ask.options, confirmation=None)
    sentences = (*before, *((Sentence(ask.text),) if ask.text else ()))
    decision = Decision("ask", sentences, procedure.intent, "refused" if ask.rule and ask.before else "missing", confidence, procedure.name, _clause(ask.rule))
    return replace(state, procedure=procedure, listed=ask.options if ask.slot == "order" else state.listed), decision


def _limit(moment: Moment, procedure: Procedure, slot: str) -> int:
    spec = moment.spec(procedure.name).slots.get(slot)
    return (spec.max_asks if spec else 0) or moment.world.workspace.settings.limits.max_asks


def _prepared(moment: Moment, state: State, procedure: Procedure, ready: Ready, confidence: float) -> Served:
    """Everything is there: an answer is given, a write is previewed, a write that needs no yes is done."""
    spec = moment.spec(procedure.name)
    if spec.answer:
        variables = ready.variables
        if ready.call.name in moment.world.own_reads or "result" in moment.world.rules.needs(procedure.name):
            variables = {**variables, "result": moment.known.result(ready.call)}
        text = moment.world.wording.render(answer_of(moment, procedure), moment.language, {"result": None, **variables})
        citations = cited(moment, procedure, ready)
        decision = Decision(
            "reply", (Sentence(text, citations),), procedure.intent, confidence=confidence, procedure=procedure.name, rule=_clause(ready.rule), call=ready.call
        )
        return followed_up(moment, replace(state, procedure=None), decision, order_of(moment, procedure), procedure.goal)
    if spec.confirm:
        text = preview_of(moment, procedure, ready)
        citations = moment.world.wording.cite_rule(ready.rule, moment.language, said=text) if ready.rule else ()
        write = Write(ready.call, procedure.name, facts=ready.variables)
        decision = Decision("confirm", (Sentence(text, citations),), procedure.intent, "preview", confidence, procedure.name, _clause(ready.rule), write=write)
        return replace(state, procedure=confirmed_stage(procedure)), decision
    write = Write(ready.call, procedure.name, facts=ready.variables)
    return replace(state, procedure=procedure), Decision("execute", (), procedure.intent, "", confidence, procedure.name, _clause(ready.rule), write=write)


def waiting_of(moment: Moment, request: Request) -> Waiting:
    """A request of the message as it waits to be served, under the intent that its values fit."""
    meant, asked = (request.weighed, request.intent) if request.weighed else (request.intent, "")
    waiting = Waiting(meant, request.text, request.confidence, request.slots, moment.message_id, asked)
    return fitted(moment, waiting, second=request.runner_up if request.runner_up_confidence >= PLAUSIBLE else "")
