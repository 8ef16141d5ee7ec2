"""What a price asked for is to hold ("P-100含税多少钱", "the price with freight", in euros): a list price alone would be taken for it. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.sums import priced
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.decision import Decision
from assistant.dialog.moment import Moment
from assistant.dialog.serve import question_of
from assistant.dialog.state import Waiting
from assistant.text.script import to_simplified
from assistant.types import Sentence

# what may be part of a price or not: how it is said, and the question that is put to the documents
_PARTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"税|\b(?:tax(?:es)?|vat|gst|hst|duty|duties)\b", re.IGNORECASE), "目录价含不含税", "do list prices include tax"),
    (
        re.compile(r"运费|邮费|包邮|快递费|到付|送到|\b(?:freight|shipping|postage|delivered price|delivery cost|landed)\b", re.IGNORECASE),
        "目录价含不含运费",
        "do list prices include freight",
    ),
    (re.compile(r"安装|调试|\b(?:install\w*|commissioning)\b", re.IGNORECASE), "目录价含不含安装", "do list prices include installation"),
    (
        re.compile(r"人民币|美元|美金|欧元|英镑|日元|港币|\b(?:rmb|cny|usd|eur|euros?|gbp|pounds sterling|yuan|(?:us )?dollars?)\b", re.IGNORECASE),
        "目录价用什么货币",
        "which currency are list prices in",
    ),
    (re.compile(r"合同价|协议价|框架价|\b(?:contract|agreed|framework) price", re.IGNORECASE), "有合同价吗", "are there contract prices"),
)


def holds(moment: Moment, request: Waiting, decision: Decision) -> Decision | None:
    """What the documents say of the part that a price was asked with, told beside the price, or that they say nothing of it; None where none is named."""
    if decision.action != "reply" or not decision.procedure or not priced(moment, request):
        return None
    text = to_simplified(request.text)
    found = next(((pattern, match.group(), zh, en) for pattern, zh, en in _PARTS if (match := pattern.search(text))), None)
    if found is None:
        return None
    pattern, said, zh, en = found
    asked = en if moment.language == "en" else zh
    question = replace(question_of(moment, request), text=asked, standalone=asked, products=(), intent=RULES)
    answer = moment.known.answer(question)
    told = [each for each in answer.sentences if each.citations and pattern.search(to_simplified(each.text))] if answer is not None else []
    if answer is None or not told or answer.support < moment.world.threshold(RULES, moment.language):
        missing = Sentence(moment.world.wording.say("answer_part_missing", moment.language, part=said))
        return Decision("reply", (missing,), request.intent, confidence=request.confidence)
    return Decision("reply", tuple(told[:1]), request.intent, confidence=request.confidence, answer=answer)
