"""Comparisons of goods that a look-up of one price would miss: others on one side of a product or a sum, and a product against a kind of goods; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.answers.beyond import BEYOND
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.question import Question
from assistant.dialog.state import State, Waiting
from assistant.dialog.values.fit import GOODS_ASKED
from assistant.understanding.beyond import beyond_price, beyond_product
from assistant.understanding.questions import compares

_THAN = re.compile(r"(比[^，,。]{1,20}?)(?<!更)([大高多重贵長长小低少輕轻短快慢貴])(?=一?[点些點]?的)")
_APART = re.compile(r"\s*[,，:：]\s*(?=which|哪|what|谁)", re.IGNORECASE)
_ABOUT = ("product.", "price.", "policy.", "out_of_scope")
_NOT_GOODS = frozenset({"order", "order_ref", "date", "address", "unknown_product"})


def compared(moment: Moment, state: State, request: Waiting, question: Question) -> tuple[State, Decision] | None:
    """The catalogue's answer to such a comparison; None for any other request, and where the figures do not tell."""
    if not request.intent.startswith(_ABOUT) or any(slot.name in _NOT_GOODS and slot.value != {"same": True} for slot in request.slots):
        return None
    asked = _others(request, question) or _with_kind(moment, request, question)
    answer = moment.known.answer(asked) if asked is not None else None
    if answer is None or answer.kind not in {BEYOND, "comparison"}:
        return None
    state = replace(state, products=answer.products or state.products, question=question.standalone)
    return state, Decision("reply", answer.sentences, GOODS_ASKED, confidence=answer.support, answer=answer)


def _others(request: Waiting, question: Question) -> Question | None:
    """The question for goods less or more than the one product named, or than a sum of money."""
    named = [slot for slot in request.slots if slot.name == "product"]
    at = request.text.lower().find(named[0].text.lower()) if len(named) == 1 and named[0].text else -1
    past = beyond_product(request.text, at, at + len(named[0].text)) if at >= 0 else not named and beyond_price(request.text) is not None
    # 比 X 贵的 is 比 X 更贵的
    text = _THAN.sub(r"\1更\2", request.text)
    return replace(question, text=text, standalone=text, products=(), intent=GOODS_ASKED) if past else None


def _with_kind(moment: Moment, request: Waiting, question: Question) -> Question | None:
    """The question with the one product of a kind of goods in its place, where it is set against a product ("the drive or the P-100, which is dearer")."""
    goods = [slot for slot in request.slots if slot.name in {"product", "family"}]
    if not compares(request.text) or {slot.name for slot in goods} != {"product", "family"}:
        return None
    text = request.text
    for slot in goods:
        members = [sku for sku, product in moment.world.workspace.catalog.products.items() if slot.name == "family" and product.family == slot.value]
        if slot.name == "family" and (len(members) != 1 or any(slot.value in members for slot in goods)):
            return None
        text = text.replace(slot.text, members[0], 1) if members else text
    # what is asked of both is no sentence of its own
    text = _APART.sub(" ", text)
    named = tuple(dict.fromkeys(str(slot.value) for slot in goods if slot.name == "product"))
    return replace(question, text=text, standalone=text, products=named if len(named) > 1 else (), intent=GOODS_ASKED)
