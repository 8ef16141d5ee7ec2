"""Tells by grammar whether goods that a text names are asked for on the shelf ("how many P-9 do you have", "豌豆还剩多少"); it knows no goods and no counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.fold import fold
from assistant.text.script import to_simplified

_GOODS = "\ue000"  # stands for goods that a text names, whatever they are called
_G = rf"(?:{_GOODS}(?:[-' ]?s\b)?)"
_YOU = r"(?:you(?: guys| people| folks| lot)?|u|ya|y'all|your (?:shop|yard|warehouse|store))"
_STILL = r"(?:(?:still|currently|actually|even|now|right now|there|available|around|on site|at the moment|today|these days)\s*)*"
_LEFT = r"(?:left|remaining|available|spare|to spare|over|lying around|around|there|ready to (?:go|ship))"
_PIECES = r"(?:(?:bags?|pieces?|pcs|units?|boxes|sets?|kits?|pouch(?:es)?|jugs?|rolls?|cans?|bottles?|cartons?|packs?|jars?)\s+(?:of\s+)?)?"
_END = r"\s*(?:please|pls|then|now|today|right now|at the moment|in total|for us)?\s*[?.!]*\s*$"
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bhow (?:many|much)(?: more)?\s+(?:of\s+)?(?:the\s+|your\s+|those\s+|these\s+)?{_PIECES}(?:the\s+)?{_G}\s+(?:do|have) {_YOU}\s+{_STILL}"
        rf"(?:have|got|hold|keep|carry)?\s*{_STILL}(?:{_LEFT})?{_END}",
        rf"\bhow (?:many|much)(?: more)?\s+(?:of\s+)?(?:the\s+|your\s+|those\s+)?{_PIECES}(?:the\s+)?{_G}\s+(?:is|are)\s+(?:there\s+)?{_STILL}"
        rf"(?:{_LEFT})?{_END}",
        rf"\bhow (?:many|much)\s+{_G}\s+{_LEFT}{_END}",
        rf"\b(?:any|some|enough)(?: more)?\s+(?:of the\s+|of your\s+)?{_PIECES}{_G}\s+(?:still\s+)?(?:left|remaining|available|in|lying around"
        rf"|to spare)\b{_END}",
        rf"\b(?:is|are) (?:there )?(?:still )?(?:any |some )?(?:more )?(?:the )?{_G}\s+(?:still )?(?:available|left|remaining|to be had){_END}",
        rf"^\W*(?:(?:and|so|the|is|are|hi|hello|hey|got|have you got|you)[\s,]+)*{_G}\s+(?:left|still left|remaining){_END}",
        rf"\b{_YOU}\s+{_STILL}(?:have|got)\s+(?:any\s+|some\s+|\d+\s+)(?:more\s+)?(?:of\s+)?(?:the\s+)?{_PIECES}{_G}\s+(?:left|remaining|available|ready|in)\b{_END}",
        rf"^\W*(?:have|got) (?:you got )?(?:any\s+|\d+\s+){_PIECES}{_G}\s*(?:left|in)?{_END}",
    )
)
_AT = r"(?:你们?家?|您们?家?|贵司|店里|仓库里?|库里|库房里?|堆场里?|目前|现在|手上|手里|那边|这边|那里)"
_LEAST = r"(?:大概|大约|总共|一共)?"
_MANY = r"(?:多少|几)(?:(?!年|个?月|天|折|钱|块|元|种|款|类|度|%)[\u3400-\u9fff])?(?:现货|货|库存|可以?卖|可以?拿|能卖|能发)?"
_TAIL = r"\s*(?:啊|呀|呢|了|吗|么|啦)?[?？。!！]*\s*$"
_REST = r"(?:还|仲|尚)?(?:剩下?|余下?|剩余)|(?:还|仲|尚)有"
_CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_GOODS}(?:的)?{_AT}*(?:{_REST})(?:有)?{_LEAST}{_MANY}{_TAIL}",
        rf"(?:{_REST})(?:有)?{_LEAST}{_MANY}(?:的)?{_GOODS}(?:可以?卖|能卖|能拿)?{_TAIL}",
        rf"{_AT}+(?:还|仲)?有{_LEAST}{_MANY}(?:的)?{_GOODS}{_TAIL}",
        rf"{_GOODS}{_AT}+(?:还|仲)?有{_LEAST}{_MANY}{_TAIL}",
        rf"{_GOODS}(?:的)?{_AT}*(?:还|仲)(?:有没有|有无|有冇)(?:得)?(?:货|卖|剩|多的?)?{_TAIL}",
        rf"{_GOODS}(?:的)?{_AT}*(?:(?:还|仲)有(?:货|得卖|卖|剩|多)?(?:吗|么|不|没有?)|(?:卖[光完]|没货|断货|缺货)了?(?:吗|么|没有?))[?？。!！]*\s*$",
        rf"{_GOODS}(?:的)?{_AT}*(?:有没有|有无|有冇)(?:现)?货{_TAIL}",
        rf"(?:还|仲)(?:有没有|有无|有冇|有)(?:现?货的?|剩的?)?{_GOODS}{_TAIL}",
    )
)
# of one's own orders, of what is under way, of terms: no question for the shelf
_NOT_STOCK = re.compile(
    r"订|单|我买|我们买|买了|发[货出]|没[发到送]|未[发到送]|路上|在途|[质保]|期|折扣|优惠|额度|账"
    r"|\b(?:order(?:ed|s)?|my|our|mine|ours|bought|shipped|delivered|due|owe|discount|warranty|guarantee|time|days?|weeks?|months?|on the way|in transit)\b",
    re.IGNORECASE,
)
_GET = re.compile(
    rf"\b(?:can|could|may|would) (?:i|we|you) (?:still )?(?:get|have|supply|send|ship|do|take)\s+(?:me |us )?(?:another )?(?:\d+|{_G})", re.IGNORECASE
)


def asks_stock(text: str, goods: Sequence[str]) -> bool:
    """Whether a text asks how many of the `goods` (words of it) there are, or whether there are any; what somebody ordered or a product is made of is none."""
    said = _veiled(text, goods)
    if _GOODS not in said or _NOT_STOCK.search(said):
        return False
    return any(pattern.search(said) for pattern in (*_ENGLISH, *_CHINESE))


def asks_supply(text: str, goods: Sequence[str]) -> bool:
    """Whether a text asks if a number of pieces can be had ("can i get 40 this week"): of stock something can be said to that, of the day nothing."""
    return _GET.search(_veiled(text, goods)) is not None


def _veiled(text: str, goods: Sequence[str]) -> str:
    """The text with one sign in the place of each of the goods' names, simplified and in half width."""
    said = to_simplified(fold(text)).replace("几多", "多少")
    for name in sorted({to_simplified(fold(each)) for each in goods if each.strip()}, key=len, reverse=True):
        said = re.sub(re.escape(name), _GOODS, said, flags=re.IGNORECASE)
    said = re.sub(rf"{_GOODS}(?:(?:的|\s)*{_GOODS})+", _GOODS, said)
    # "小麦种子": what stands right behind a name and belongs to it is no other thing
    return re.sub(rf"{_GOODS}(?:\s*(?:种子|肥料|产品|型号|系列|那[款种个]|这[款种个]|的))+(?=还|仲|剩|余|有|现|目)", _GOODS, said)
