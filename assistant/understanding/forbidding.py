"""Tells by grammar whether words about a change ask for it at all: they may forbid it, or ask or tell of one that somebody made; closed classes of words."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_ACT_ZH = r"(?:取消|撤销|改|换|调整|退|动|撤)"
_OBJECT_ZH = r"(?:把)?(?:我的?)?#?\d{0,10}(?:号|这单|那单)?(?:的)?(?:订单|地址|日期|交期|数量|单子?)?"
_ACT_EN = r"(?:cancel\w*|chang\w*|mov\w*|reschedul\w*|postpon\w*|return\w*|exchang\w*|reduc\w*|increas\w*|touch\w*|alter\w*)"
_FORBIDS = re.compile(
    rf"(?:千万|绝对|一定|可|都|先)?(?:不要|别|勿|甭|不许|不准|不得|不可)(?!了|的|人)(?:再|去|给我|帮我|随便|乱|擅自|千万)*{_OBJECT_ZH}(?:给|都)?{_ACT_ZH}"
    rf"|(?:不想|不打算|没打算|没想|没说|没要|没让)(?:要|让|你们?|把)?{_OBJECT_ZH}{_ACT_ZH}"
    rf"|(?<!why )\b(?:do not|don'?t|never|must not|mustn'?t|should not|shouldn'?t)(?: you)?(?: please| ever| dare| to){{0,2}} {_ACT_EN}"
    rf"|\b(?:do not|don'?t|did not|didn'?t)(?: think i| really)?(?: want| ask| tell| mean| intend| plan)(?: you| anybody| anyone)?(?: to|ed to)? {_ACT_EN}"
    rf"|\b(?:hate|refuse|rather not|no need|no reason)(?: to)? {_ACT_EN}"
    rf"|\b(?:no ?one|nobody)(?: should| may| can| is to| must)? {_ACT_EN}|\bunder no circumstances(?: should you)? {_ACT_EN}"
    r"|\bbut i say no\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(rf"{_ACT_ZH}(?:成|到|为|掉|货)|{_ACT_EN}", re.IGNORECASE)
_TELLS = re.compile(
    rf"(?:为什么|为啥|干嘛|凭什么|谁|怎么就)[^，,。？?]{{0,14}}(?:取消|改|换|退|撤)|听说[^，,。]{{0,16}}(?:取消|改|换|退)"
    rf"|(?:有人|别人|其他人|我?同事|他们?|她)(?:能|说|昨天|已经?|今天|前天|会|可以)?[^，,。]{{0,10}}(?:取消|改|换|退)"
    rf"|没有?(?:被)?(?:人)?(?:取消|改[到成]|换|退)[^，,。]{{0,14}}[吧吗]|(?:是不是|有没有)(?:被|已经?|有人)[^，,。]{{0,10}}(?:取消|改|换|退)"
    rf"|\bwhy (?:did|was|were|has|have|is|are|do|would)\b[^.,;?!]{{0,30}}\b{_ACT_EN}|\bwho (?:has |have |had )?{_ACT_EN}"
    rf"|\b(?:did|has|have|had) (?:you|anyone|anybody|someone|somebody|he|she|they|my \w+)\b[^.,;?!]{{0,16}}\b{_ACT_EN}"
    rf"|\b(?:someone|somebody|i was told|i heard|i hear)\b[^.;?!]{{0,40}}\b{_ACT_EN}"
    rf"|\bcan (?:other|others|anybody|anyone|somebody|someone)\b[^.;?!]{{0,24}}\b{_ACT_EN}|\bwould you {_ACT_EN}\b[^.?!]{{0,20}}\bif you were\b",
    re.IGNORECASE,
)


_MAY = re.compile(
    rf"(?:如果|假如|假设|要是|万一|若是|倘若)(?:我们?)?(?:以后|哪天|真的?)?{_OBJECT_ZH}(?:不要了|{_ACT_ZH})(?![^，,。]*就)"
    rf"|\bif (?:i|we) (?:ever |later |did |were to |had to )?{_ACT_EN}|\b(?:i|we) (?:might|may) (?:well |later |have to )?{_ACT_EN}",
    re.IGNORECASE,
)


def forbids(text: str) -> bool:
    """Whether a text says that a change is not to be made ("千万别取消12345", "do not cancel"), and asks for no other behind it."""
    text = to_simplified(text)
    match = _FORBIDS.search(text)
    return match is not None and _AGAIN.search(text, match.end()) is None


def supposed(text: str) -> bool:
    """Whether a text only supposes a change ("if I cancelled 12366", "要是取消12345"), or says that one may come."""
    return _MAY.search(to_simplified(text)) is not None


def tells(text: str) -> bool:
    """Whether a text asks or tells of a change that somebody made or might make ("why did you cancel it?", "谁把日期改了"), and asks for none itself."""
    return _TELLS.search(to_simplified(text)) is not None
