"""The question just answered once more with another number of pieces ("price for 50?" - "and at 49?"): a quote, or the rule for discounts; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.dialog.asked.looks import quote_look
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.knowledge.offers import asks_discount
from assistant.text.script import to_simplified
from assistant.types import Slot

_AND = r"(?:and|or|so|but|ok|okay|then|now|well|also|how about|what about|what if|say|make it|lets say|let's say|suppose|only|just|hmm)"
_IF = (
    r"(?:at|for|if|with|when|in case|of|on|i|we|you|they|take|took|takes|buy|bought|order|ordered|want|wanted|get|got|need|needed|have|had|it"
    r"|it's|was|were|is|there|are|a|"
    r"an order|only|just|go|went|to|up|down|do|did|would)"
)
_TAIL = r"(?:pieces|pcs|units|sets|ones|of (?:them|those|these|it)|instead|then|though|please|only|pls|each|in total|altogether|or so)"
_EN = re.compile(rf"\W*(?:{_AND}[\s,]+)*(?:{_IF}\s+)*(?P<number>\d{{1,6}}|NUMBER)(?:\s+{_TAIL})*\W*", re.IGNORECASE)
_ZH = re.compile(
    r"\W*(?:那么?|如果|要是|若是?|假如|换成?|改成?|或者|还有|我们?|只|就|买|订|要|拿|来|下|按|是|采购|呢|再|问|说)*(?P<number>\d{1,6}|NUMBER)(?:个|台|件|套|只|条|根|箱|支|块|张|把)?"
    r"(?:的话|的|呢|又?是?(?:多少钱?|什么价|怎么算|几折)|有(?:折扣|优惠|打折)?(?:吗|么)|行吗|嘛|吗|么|啊|呀)*\W*"
)
_NUMBER_IN = re.compile(r"(?<![A-Za-z0-9.\-])\d{1,6}(?![A-Za-z0-9.%\-])")
_STEP = re.compile(r"(?:再|又)?(?:(?P<less>[少减])|[多加])(?:买|要|订|来|拿)?$")
_STEPS = re.compile(r"\b(?:more|less|fewer|extra|another|plus|minus)\b", re.IGNORECASE)
NUMBER = "NUMBER"  # stands for a number that was read


def other_number(moment: Moment) -> Waiting | None:
    """The look-up or the question about discounts served last, with the number of pieces that a few words name; None when they say anything else."""
    text, number = _with_number(moment)
    before = moment.state.question
    if number is None or not before or not (_EN.fullmatch(text) or _ZH.fullmatch(text)):
        return None
    slot = Slot("quantity", number, str(number), source=moment.message_id)
    quote = quote_look(moment)
    if moment.state.intent == quote and len(moment.state.products) == 1:
        return Waiting(quote, moment.reading.text, 1.0, (slot,), moment.message_id)
    if asks_discount(before):
        question = _NUMBER_IN.sub(str(number), before, count=1)
        return Waiting(RULES, question if question != before else f"{before.rstrip('?？。. ')} {number}?", 1.0, (), moment.message_id)
    return None


def asked_again(moment: Moment, served: str) -> str:
    """The question to be remembered after a number alone: the one before, with the number that was asked for last."""
    _, number = _with_number(moment)
    before = moment.state.question
    return _NUMBER_IN.sub(str(number), before, count=1) if before and number is not None else before or served


def _with_number(moment: Moment) -> tuple[str, int | None]:
    """The message with a mark where its one number of pieces stands, and that number; a change is counted from the number asked about before."""
    text = to_simplified(moment.reading.text)
    slots = moment.reading.slots
    if any(slot.name != "quantity" for slot in slots) or len(slots) > 1:
        return text, None
    if not slots:
        found = _EN.fullmatch(text) or _ZH.fullmatch(text)
        return text, int(found["number"]) if found else None
    slot = slots[0]
    before, after = text[: slot.start], text[slot.end :]
    number, step = (slot.value, _STEP.search(before)) if isinstance(slot.value, int) else (None, None)
    change = slot.value.get("delta") if isinstance(slot.value, Mapping) else None
    if step is not None and isinstance(number, int):
        change = -number if step["less"] else number
    if isinstance(change, int):
        known = _NUMBER_IN.search(moment.state.question)
        number = int(known.group()) + change if known else None
        before, after = _STEP.sub("", _STEPS.sub("", before)), _STEPS.sub("", after)
    return f"{before}{NUMBER}{after}", number if isinstance(number, int) and number > 0 else None
