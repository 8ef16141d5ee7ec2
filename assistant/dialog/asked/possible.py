"""Whether something may be done with goods by rule ("can the hose be returned?"), asked of goods and of no order: answered, and nothing is opened; pure."""

from __future__ import annotations

from dataclasses import replace

from assistant.dialog.asked.ground import LEAST, page_of
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import Waiting
from assistant.dialog.values.fit import ORDERS, leftover
from assistant.knowledge.rows import CUSTOM, LABELS
from assistant.types import Answer, Slot
from assistant.understanding.following import asks_whether
from assistant.understanding.questions import about_own

MOST_WORDS = 8  # Chinese characters or Latin words of a question that points to goods


def of_goods(moment: Moment, request: Waiting) -> Waiting:
    """The request with the one product just talked about, which "is it returnable?" points to while no order is spoken of."""
    products = moment.state.products
    kinds = {slot.name for slot in request.slots if slot.value != {"same": True}}
    if kinds or len(products) != 1 or moment.state.focus or not _asked(moment, request) or leftover(request.text, ()) > MOST_WORDS:
        return request
    return replace(request, slots=(Slot("product", products[0], source="conversation"),))


def possible(moment: Moment, request: Waiting) -> Decision | None:
    """What the rule's document says of goods that the customer has not ordered; None for any other request."""
    skus = {str(slot.value) for slot in request.slots if slot.name == "product"}
    if not skus or any(slot.name in ORDERS and slot.value != {"same": True} for slot in request.slots) or not _asked(moment, request):
        return None
    if any(line.sku in skus for order in moment.known.orders() for line in order.lines):
        return None
    page = page_of(moment, moment.world.serving.get(request.intent, ""))
    named = " ".join(sorted(skus))
    spoken = all(slot.text for slot in request.slots if slot.name == "product")
    title = moment.world.wording.pick(moment.spec(moment.world.serving[request.intent]).title, moment.language)
    custom = any(product is None or product.custom for product in map(moment.product, skus))
    found = []
    # as it was said, and by the name of what is asked about
    made = LABELS[CUSTOM]["en" if moment.language == "en" else "zh"]
    for text in (request.text if spoken else f"{named}: {request.text}", f"{named}: {title}", *((f"{named} {made}: {title}",) if custom else ())):
        answer = moment.known.answer(Question(text, text, moment.language, tuple(sorted(skus)), page=page)) if page else None
        found += [answer] if answer is not None and answer.support >= LEAST else []
    own = [answer for answer in found if _names(moment, answer, skus)]
    if not own and custom:
        # what holds for goods in general may not hold for goods made to order
        return None
    best = next(iter(own or found), None)
    return Decision("reply", best.sentences, RULES, confidence=min(request.confidence or 1.0, best.support), answer=best) if best is not None else None


def _names(moment: Moment, answer: Answer, skus: set[str]) -> bool:
    """Whether an answer speaks of each of the products by a name of theirs."""
    told = " ".join(sentence.text for sentence in answer.sentences).lower()
    products = [product for product in map(moment.product, skus) if product is not None]
    return all(any(name.lower() in told for name in (product.sku, *product.name.values())) for product in products)


def _asked(moment: Moment, request: Waiting) -> bool:
    """Whether a change of an order is asked about as possible, and not wished for."""
    name = moment.world.serving.get(request.intent, "")
    if not name or request.weighed or not moment.spec(name).confirm or "order" not in moment.spec(name).slots:
        return False
    return asks_whether(request.text) and not about_own(request.text)
