"""Tells by grammar when a message asks what a change would mean instead of asking for it, and what is left of it without the question; no company's words.

"If I cancel 12366 do I have to pay?", "取消要收钱吗" and "what happens if …" weigh a change. Words that bid ("please …", "could you …", "帮我…") want it done.
"""

from __future__ import annotations

import re

from assistant.text.script import to_simplified
from assistant.understanding.questions import asks

_SUPPOSES_ZH = r"如果|假如|假设|要是|万一|若是|倘若|假使|的话"
_SUPPOSES_EN = r"\b(?:what if|in case|suppos(?:e|ing)|assuming|hypothetically|say (?:i|we)\b|if (?!(?:you|possible|so|not|it's|it is|that's|that is|free)\b))"
_SUPPOSES = re.compile(rf"{_SUPPOSES_ZH}|{_SUPPOSES_EN}", re.IGNORECASE)
_SUPPOSES_FIRST = re.compile(
    rf"\W*(?:(?:订单\s*|order\s+)?#?\d{{4,}}(?:这单|那单)?\W*)?(?:(?:那么?|问一?下|请问|就是想?问问?|and|so|but|ok|okay|then|hi|hello|just asking|just curious"
    rf"|quick question)[\s,，:：]*)*(?:{_SUPPOSES_ZH}|{_SUPPOSES_EN})",
    re.IGNORECASE,
)
_FEE_ZH = r"(?:取消费|手续费|违约金|罚金|罚款|赔偿金?|运费|差价|定金|费用|收费|损失|代价|加价|金额|免费|白拿|价钱|价格|费|钱)"
_COSTS_ZH = (
    rf"(?:会不会|要不要|用不用|需不需要|是不是|收不收|需要|还要|也要|得|要|会|用|有没有|有|没有)?(?:我们?|客户)?(?:再|额外|另外|另)?"
    rf"(?:收|付|交|扣|赔|罚|加|补|承担|花|出|支付|给)?(?:多少|什么|哪些|几个点的?)?{_FEE_ZH}(?:怎么算|多少|几何)?|(?:要|会|得)?(?:扣|赔|罚|收|付|交)多少"
    rf"|收不收费|怎么收|扣不扣|赔不赔|贵不贵|费用[^，。]{{0,3}}(?:变化|变动"
    rf"|影响|增加|不变)"
)
_THEN_ZH = r"(?:会|有)?(?:怎么?样|怎样|如何处理|什么(?:后果|影响|损失|麻烦|结果)|啥(?:后果|影响))|怎么办|会发生什么|怎么算"
_FEE_EN = r"(?:fees?|charges?|penalt(?:y|ies)|costs?|surcharges?|deductions?|money|extra)"
_COSTS_EN = (
    rf"\b(?:how much|what)(?:'s| is| are| would| will| does| do| did| must| should)?(?: be)?(?: (?:it|that|this|i|we|you))?(?: (?:have|need"
    rf"|be) to)?(?: (?:cost|pay|owe|lose|charge|set))\w*(?: (?:me|us|back|for))*"
    rf"|\bhow much(?: (?:is|are|was|would|will|does|do|the|it|that|this|be|i|we))*(?: (?:{_FEE_EN}))?"
    rf"|\bwhat(?:'s| is| are| would be| will be)? the {_FEE_EN}"
    rf"|\b(?:(?:is|are|would|will|was) there (?:be )?)?(?:a |an |any |some |no )?{_FEE_EN}(?: anything| something)?\b"
    r"|\b(?:do|does|will|would|must|should|am|are|can) (?:i|we|you)(?: (?:still|then|have to|need to|get|be|going to))*(?: (?:pay|charged?|billed|owe"
    r"|lose|fined|penali[sz]ed))(?: (?:anything|something|a fee|for it|for that|me|us|for))*"
    r"|\b(?:anything|something) to pay\b|\b(?:is|are) (?:it|that|this) (?:still )?(?:free|chargeable)\b|\b(?:for free|free of charge|free)\b|\b(?:at"
    r"|for) what (?:cost|price)\b|\bhow expensive(?: (?:is|would|will|it|that|be|to))*"
)
_THEN_EN = (
    r"\bwhat (?:happens|would happen|will happen|does that mean|would that mean|then)\b|\b(?:any|what(?: are)?(?: the)?) consequences?\b|\bwhat if\b"
    r"|\bhow (?:does|would|will) (?:that|it|this) work\b"
)
_COSTS = re.compile(f"{_COSTS_ZH}|{_COSTS_EN}", re.IGNORECASE)
_THEN = re.compile(f"{_THEN_ZH}|{_THEN_EN}", re.IGNORECASE)
_INFORMING = r"(?:tell|say|explain|confirm|check|let|charge|advise|clarify|remind|calculate|work out|bill)"
_BIDS = re.compile(
    r"(?:帮我|帮忙|给我|替我|麻烦|劳驾|请(?!问|教))(?!.{0,6}(?:问|看|查|算|说|告诉|确认|了解|讲|解释|估))"
    rf"|\b(?:please|pls|kindly)\b(?! {_INFORMING})|\b(?:can|could|would|will) you\b(?! (?:please |just )?{_INFORMING})"
    r"|(?<!if )\b(?:i|we)(?:'d| would)? (?:like|love|want|need)(?: you)? to (?!know|ask|understand|find|check|hear|see)|\b(?:let's|go ahead)\b"
    r"|^\W*(?:cancel|move|push|change|return|ship|send|make|cut|add|reduce|increase|exchange|swap|reschedule|postpone|delay|drop|scrap|invoice|bill)\b(?!\w)",
    re.IGNORECASE,
)
_WONDERS = re.compile(r"想(?:问|知道|了解)|问一?下|\b(?:wonder(?:ing)?|like to know|want to know|need to know|curious|tell me)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"请问|问一?下|想?问问?|想知道|想?了解一?下|我|现在|一下|吗|(?<!什)么|呢|啊|呀|吧|[?？!！。.,，:：]"
    r"|\b(?:just asking|just curious|out of curiosity|quick question|tell me|let me know|i wonder(?: if)?|do you know|can you|could you|please|and|so|but"
    r"|ok|okay|then|now|to|for)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:投产|排产|生产|发货|发出|出货|出库|送达|到货|签收|收货|装运)(?:了|开始|完)?(?:之后|以后|后|的时候|时(?!间))"
    r"|(?:等|要是|如果|一旦|万一|假如)[^，。,?？]{0,8}(?:投产|排产|生产|发货|出货|出库|送达|到货)了"
    r"|\b(?:after|once|when|as soon as|by the time)\b[^.,;?!]{0,30}"
    r"\b(?:ship(?:s|ped|ping|ment)?|production|produced|deliver(?:ed|y)|dispatch(?:ed)?|arriv(?:es|ed)|left)\b",
    re.IGNORECASE,
)


def supposes(text: str) -> bool:
    """Whether a text begins with a supposition ("if we dropped 12366", "要是取消12345")."""
    return _SUPPOSES_FIRST.match(to_simplified(text)) is not None


def weighs(text: str) -> bool:
    """Whether a text asks what something would cost or lead to, or what holds if it were done, without asking for it."""
    text = to_simplified(text).strip()
    if not (asks(text) or _WONDERS.search(text)) or bids(text):
        return False
    return _SUPPOSES.search(text) is not None or asks_outcome(text)


def bids(text: str) -> bool:
    """Whether words ask for something to be done, rather than told ("please …", "could you …", "帮我…")."""
    return _BIDS.search(to_simplified(text)) is not None


def asks_outcome(text: str) -> bool:
    """Whether a question is about a price or a consequence, which the rule of a change tells."""
    text = to_simplified(text)
    return _THEN.search(text) is not None or any(match.group().strip() for match in _COSTS.finditer(text))


_COST_WORDS = re.compile(rf"{_FEE_ZH}|[$€£¥]|\b(?:{_FEE_EN}|how much|free|pay|paid|charged?|owe|price|amount|US\$)\b", re.IGNORECASE)


def speaks_of_cost(text: str) -> bool:
    """Whether a text names money or a price at all, be it that there is none ("no fee")."""
    return _COST_WORDS.search(to_simplified(text)) is not None


def leads_to(before: str, then: str) -> bool:
    """Whether a question tells what a supposition before it is asked about ("要是取消12345，" "会扣多少")."""
    return asks(then) and supposes(before) and not asks_outcome(before)


def weighed_act(text: str) -> str:
    """What a weighing question is about doing: its words without the supposition, the price and the consequence ("cancelling 12360", "12345退掉")."""
    rest = to_simplified(text)
    for pattern in (_THEN, _COSTS, _SUPPOSES, _ASKING):
        rest = pattern.sub(" ", rest)
    return " ".join(rest.split())


def of_later(text: str) -> bool:
    """Whether a text asks what holds once an order has gone on ("after production starts", 发货后): what holds now is no answer to it."""
    return _LATER.search(to_simplified(text)) is not None
