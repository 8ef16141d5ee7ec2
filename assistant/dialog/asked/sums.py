"""What several goods of one message come to together, from what each is quoted at, and a question for numbers that belong to none of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.procedure import Ready, advance
from assistant.dialog.ruling import cited
from assistant.dialog.state import Procedure, Waiting
from assistant.dialog.values.fill import fill
from assistant.dialog.values.fit import goods_of, split
from assistant.dialog.values.shares import shared
from assistant.text.script import to_simplified
from assistant.types import Citation, Sentence
from assistant.understanding.slots.counts import EN_NUMBER, UNIT, ZH_NUMBER

TOTAL = "total"  # the value of a quote's rule that a sum is made of, in minor units
_ASKED = re.compile(
    r"一共|总共|总价|总计|总额|总金额|合计|共计|加起来|合起来|加在一起|\b(?:totals?|altogether|all together|in all|sum|combined|together|all in)\b",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"多少钱|几块|多少块|什么价|价格|价钱|单价|总价|售价|报价|报[个一]?下?价|怎么卖|\b(?:prices?|priced|costs?|quot\w*|how\s+much)\b", re.IGNORECASE
)
# what is taken off is no part of a sum
_LESS = re.compile(r"减|扣除|除了|除去|去掉|不[要含算]|\b(?:minus|less|without|except|excluding|not|but\s+no|take\s+(?:off|away)|remove)\b", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(
    rf"(?:\d|{ZH_NUMBER}|\b(?:{EN_NUMBER}|dozens?|both|few|several|pair|couple)){UNIT.pattern}?\s*(?:of\s+)?(?:the\s+)?(?:的|[x×*])?\s*$", re.IGNORECASE
)
_NUMBER_BEHIND = re.compile(
    rf"\s*(?:[x×*:：]\s*)?(?:(?<![\d.])\d+(?![\d.]*[-/\w%])|\d+{UNIT.pattern}|{ZH_NUMBER}{UNIT.pattern}|(?:{EN_NUMBER})\b)", re.IGNORECASE
)
_EITHER = re.compile(r"还是|或|\b(?:or|versus|vs)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    sku: str
    amount: int
    counted: bool
    citations: tuple[Citation, ...]


def together(moment: Moment, requests: Sequence[Waiting], decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The sum of what the `decisions` on the requests of a message quote, where it is asked for or each of the goods has its number; a question where a number
    has no goods, and a word on goods that nobody knows."""
    quotes = [request for request in requests if _quotes(moment, request)]
    whose = tuple(question for request in quotes if (question := _whose(moment, request)) is not None)
    unknown = tuple(told for request in quotes for told in _unknown(moment, request))
    if whose or unknown:
        return (*unknown, *whose)
    parts = [part for request in quotes for part in split(moment, request)]
    quoted = [each for each in decisions if each.action == "reply" and each.procedure and each.call is not None]
    if len(parts) < 2 or len(quoted) < len(parts):
        return ()
    asked = _ASKED.search(to_simplified(moment.reading.text)) is not None
    lines = [_line(moment, part) for part in parts]
    told = [line for line in lines if line is not None]
    if len(told) < len(lines) or len({line.sku for line in told}) < len(told):
        return ()
    if _LESS.search(to_simplified(moment.reading.text)) or any(not line.counted and _numbered(moment, part) for line, part in zip(told, parts, strict=True)):
        return ()
    if not asked and (not all(line.counted for line in told) or _EITHER.search(moment.reading.text)):
        return ()
    amounts = [line.amount for line in told]
    citations = tuple(dict.fromkeys(citation for line in told for citation in line.citations))
    said = [Sentence(moment.world.wording.say("answer_total", moment.language, amounts=amounts, total=sum(amounts)), citations)]
    if singles := [line.sku for line in told if not line.counted]:
        said.append(Sentence(moment.world.wording.say("answer_total_single", moment.language, products=singles), citations))
    return (Decision("reply", tuple(said), parts[0].intent, confidence=parts[0].confidence, sources=(list(amounts),)),)


def _quotes(moment: Moment, request: Waiting) -> bool:
    """Whether a request is a look-up of goods and a number of them, which no order is needed for."""
    name = moment.world.serving.get(request.intent, "")
    if not name or moment.spec(name).confirm or request.weighed:
        return False
    types = {slot.type for slot in moment.spec(name).slots.values()}
    return {"product", "quantity"} <= types and "order" not in types


def priced(moment: Moment, request: Waiting) -> bool:
    """Whether a request is for the price of goods: what the documents say beside it does not answer it."""
    return _quotes(moment, request) and _PRICED.search(to_simplified(request.text)) is not None


def several(moment: Moment, procedure: Procedure) -> Waiting | None:
    """The quote that an open one becomes when the message names several goods for it; None for any other message."""
    whole = Waiting(procedure.intent, moment.reading.text, 1.0, moment.reading.slots, moment.message_id)
    if not _quotes(moment, whole) or len(goods_of(moment, whole.slots)) < 2 or any(slot.name in ("order", "order_ref") for slot in whole.slots):
        return None
    return whole if all(request.intent == procedure.intent or not request.accepted for request in moment.reading.requests) else None


def _unknown(moment: Moment, request: Waiting) -> tuple[Decision, ...]:
    """What a quote says of goods that the catalogue does not know, where they are named beside goods that it does."""
    if not any(slot.name == "product" for slot in request.slots):
        return ()
    names = dict.fromkeys(slot.text for slot in request.slots if slot.name == "unknown_product")
    texts = [moment.world.wording.say("unknown_product", moment.language, product=name) for name in names]
    return tuple(Decision("reply", (Sentence(text),), request.intent, "unknown_product", request.confidence) for text in texts)


def _whose(moment: Moment, request: Waiting) -> Decision | None:
    """The question which of several goods a number is said of, when that cannot be told."""
    goods = goods_of(moment, request.slots)
    left = shared(moment.reading.text, goods, request.slots, counted=True).left if len(goods) > 1 else ()
    if not left:
        return None
    names = [str(each.value) if each.name == "product" else each.text for each in goods]
    text = moment.world.wording.say("quantity_whose", moment.language, text=left[0].text, products=names)
    return Decision("ask", (Sentence(text),), request.intent, "missing", request.confidence)


def _numbered(moment: Moment, part: Waiting) -> bool:
    """Whether a number stands right beside goods that have none: it was said, but not read as theirs."""
    text = to_simplified(moment.reading.text)
    goods = [slot for slot in part.slots if slot.name in ("product", "family")]
    return any(_NUMBER_BEFORE.search(text[: slot.start]) or _NUMBER_BEHIND.match(text, slot.end) for slot in goods)


def _line(moment: Moment, part: Waiting) -> _Line | None:
    name = moment.world.serving[part.intent]
    filled = fill(moment, Procedure(name, part.intent), part.slots, text=part.text, source=part.source)
    procedure, progress = advance(moment, filled.procedure, filled.trouble)
    if not isinstance(progress, Ready) or progress.rule is None:
        return None
    amount = progress.rule.values.get(TOTAL)
    sku = next((str(slot.value) for key, slot in procedure.slots.items() if moment.spec(name).slots[key].type == "product"), "")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not sku:
        return None
    counted = any(slot.name in ("quantity", "item") for slot in part.slots)
    return _Line(sku, round(amount), counted, cited(moment, procedure, progress))
