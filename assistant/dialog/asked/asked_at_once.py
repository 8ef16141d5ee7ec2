"""Puts a list of things asked of goods ("P-200: price, seal, head?") to catalogue and documents at once, whatever look-up its words resemble; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.dialog.answers.listed import LISTED
from assistant.dialog.asked.stocked import AVAILABILITY
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import GOODS_ASKED, is_part
from assistant.knowledge.cues import PSEUDO
from assistant.knowledge.offers import asks_discount
from assistant.text.script import to_simplified
from assistant.types import Sentence

_NOT_GOODS = frozenset({"order", "order_ref", "quantity", "item", "date", "address", "unknown_product"})
_GOODS = ("product.", "price.")
_LESS = re.compile(r"便宜|优惠|低|[打几]折|少[一点些收]|\b(?:better|best|lower|cheaper|less|off|deal)\b", re.IGNORECASE)
_CHEAPEST = re.compile(
    r"(?:最便宜|最贵)的?(?!价|多少|能|可以|报)|\b(?:cheapest|least expensive|most expensive|dearest|priciest)\b"
    r"(?! (?:price|quote|offer|rate|deal|you|that you|can)\b)",
    re.IGNORECASE,
)
_FACTS = frozenset({"price", "spec"})  # kinds of answer that tell figures of a part
_PARTED = re.compile(r"[,，、;；&?？/:：]|[和与及跟]|以及|还有|\b(?:and|plus)\b|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", re.IGNORECASE)


def at_once(moment: Moment, state: State, request: Waiting, question: Question) -> tuple[State, Decision] | None:
    """The answer to a list of things asked of goods; None for any other request, or where it is no such list."""
    if request.intent.startswith(_GOODS) and not _beside_goods(request) and _CHEAPEST.search(to_simplified(request.text)):
        named = any(slot.name == "product" for slot in request.slots)
        return _cheapest(moment, state, request, question if named else replace(question, standalone=request.text, products=()))
    products = question.products or (moment.state.products if len(moment.state.products) == 1 and request.intent.startswith(_GOODS) else ())
    if request.weighed or request.intent == AVAILABILITY or _beside_goods(request) or not products or not (_part_named(moment, request) or _parted(request)):
        return None
    asked = replace(question, products=products)
    answer = moment.known.answer(asked)
    if answer is None or (answer.kind != LISTED and not (answer.kind in _FACTS and set(products) < set(answer.products) and _part_named(moment, request))):
        return None
    state = replace(state, products=answer.products, question=question.standalone)
    return state, Decision("reply", answer.sentences, GOODS_ASKED, confidence=min(request.confidence or 1.0, answer.support), answer=answer)


def _cheapest(moment: Moment, state: State, request: Waiting, question: Question) -> tuple[State, Decision] | None:
    """Which of the goods of a kind costs least: a question to the catalogue, and no wish for a better price."""
    answer = moment.known.answer(question)
    if answer is None or answer.kind not in _FACTS | {"comparison"}:
        # the product talked about before is not meant by a question for the cheapest of all
        untold = Decision("decline", (Sentence(moment.world.wording.say("abstain", moment.language)),), request.intent, "no_source", request.confidence)
        return None if question.products or answer is not None else (replace(state, offer="person"), untold)
    state = replace(state, products=answer.products, question=question.standalone)
    return state, Decision("reply", answer.sentences, GOODS_ASKED, confidence=answer.support, answer=answer)


def one_list(moment: Moment, requests: Sequence[Waiting], question_of: Callable[[Moment, Waiting], Question]) -> tuple[Waiting, ...]:
    """The requests, or the one that they are together where the message as a whole is a list of things asked of goods."""
    whole = Waiting(GOODS_ASKED, moment.reading.text, min((each.confidence for each in requests), default=0.0), moment.reading.slots, moment.message_id)
    goods = all(each.intent.startswith(_GOODS) or each.intent == GOODS_ASKED for each in requests) and not asks_discount(whole.text)
    if not requests or not goods or _beside_goods(whole) or _LESS.search(whole.text) or not _parted(whole):
        return tuple(requests)
    question = question_of(moment, whole)
    answer = moment.known.answer(question) if question.products else None
    return (whole,) if answer is not None and answer.kind == LISTED else tuple(requests)


def _beside_goods(request: Waiting) -> bool:
    """Whether an order, a number or another value is said too."""
    return any(slot.name in _NOT_GOODS and slot.value != {"same": True} for slot in request.slots)


def _parted(request: Waiting) -> bool:
    """Whether a text may list things: it names one at least, and is parted as a list is."""
    said = to_simplified(request.text)
    named = any(slot.name in ("family", "attribute") for slot in request.slots) or any(pattern.search(said) for _, pattern in PSEUDO)
    return named and _PARTED.search(said.strip(" ?？。.!！")) is not None


def _part_named(moment: Moment, request: Waiting) -> bool:
    """Whether a part of the one product named is named beside it ("the seal of the P-200")."""
    named = [slot for slot in request.slots if slot.name == "product"]
    product = moment.product(str(named[0].value)) if len(named) == 1 else None
    if product is None:
        return False
    if any(is_part(moment, [product.sku], slot) for slot in request.slots):
        return True
    catalog = moment.world.workspace.catalog
    words = [word for name in product.relations if name in catalog.relations for said in catalog.relations[name].words.values() for word in said]
    text = to_simplified(request.text.replace(named[0].text, " ")).lower()
    return any(re.search(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])" if word.isascii() else re.escape(word), text) for word in words)
