"""Tells by grammar when words say that something on its way has not come, and when they ask for the list of one's orders; closed classes of words only."""

from __future__ import annotations

import re

from assistant.text.script import to_simplified

_NOT_COME_ZH = (
    r"(?:没|未|不)(?:有|见|曾)?(?:收到|到货|送到|送达|寄到|拿到|等到|到(?![\d年月日期位底账])|来(?![电函自源不])|影儿?)|没(?:动静|影|人送|更新|变化"
    r"|进展|消息)|(?:不|没有?)(?:动静?|更新|变化|进展|消息)(?!作)"
    r"|卡(?:住|在)|停(?:在|住|滞)|迟迟|(?:还|仍|怎么|一直)在(?:路上|途中|运输)|晚到|逾期|误期|延误|丢(?:了|件)|弄丢|等(?:了|好)[^，。]{0,6}(?:天|周"
    r"|久)|催(?:一?下|单|货|催)|(?:快递|包裹|货)呢|没有?货(?!了)"
)
_NOT_COME_EN = (
    r"\b(?:hasn'?t|haven'?t|has not|have not|didn'?t|did not|never|not|isn'?t|is not|aren'?t)(?: \w+){0,2}? (?:arriv\w*|come|came|turned up|turn up"
    r"|shown up|showed up|show up|been delivered"
    r"|delivered|received?|got|gotten|reach\w*|moved?|moving|updated?|updating|here)\b|\b(?:not|never) (?:received|delivered|arrived|here)\b"
    r"|\bstill (?:waiting|missing|no(?:t|thing)?|on (?:the|its) way|in transit)\b|\bnothing (?:has |is )?(?:arrived|come|came|here|moved|shown up)\b"
    r"|\bno (?:movement|updates?|signs?|delivery|trace|parcel|shipment|goods)\b|\b(?:is|are|seems?|looks?|got|gets|been) (?:stuck|late|overdue|lost"
    r"|missing|delayed)\b|\boverdue\b|\bwhere on earth\b|\bshould(?:'ve| have) (?:been (?:here|delivered)|arrived|come|reached)\b"
)
_NOT_COME = re.compile(f"{_NOT_COME_ZH}|{_NOT_COME_EN}", re.IGNORECASE)
_OTHER_THING = re.compile(
    r"证书|合格证|质保书|保修卡|文件|说明书|图纸|资料|报告|收据|发票|专票|普票|[开的]票|钱|款|账|回复|答复|回电|电话|邮件|短信|验证码|照片|报价|合同"
    r"|师傅|工程师|人(?:来|到|修)|配额|密码|链接"
    r"|\b(?:certificates?|documents?|paperwork|manuals?|drawings?|data ?sheets?|receipts?|invoices?|refunds?|money|reply|replies|answers?|calls?"
    r"|called|emails?|mail|quotes?|credit|technicians?|engineers?|confirmation|password|code"
    r"|photos?|pictures?"
    r"|what (?:you|he|she)|payment|approval|colleague|anyone|anybody|nobody|someone)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:哪些|几个|几张|几笔|多少个?|所有的?|全部的?|名下的?|其[他它]的?|别的|另外的?)(?:[^，。？?]{0,6}?)(?:订单|单子|单(?![价独位元号据]))|(?:列"
    r"|罗列)[^，。]{0,6}(?:订单|单子|单(?![价独位元号据]))"
    r"|(?:哪些|什么|多少)(?:东西|货)?(?:还没|没|未)(?:到|发|收|交|送)|(?:没|未)(?:到|发货?|收到|交|送)的(?:都|有|全|列)"
    r"|\b(?:everything|anything|all|whatever)(?: that)? (?:i|we)(?:'ve| have)? (?:ordered|bought|purchased)\b"
    r"|(?:订单|单子?)(?:都|全|统统)?(?:给我)?(?:列|罗列)|订单(?:列表|清单|一览)|名下[^，。]{0,4}(?:订单|单(?![价独位元号据]))|还有(?:什么|啥|别的"
    r"|其他)[^，。]{0,4}(?:订单|单(?![价独位元号据]))"
    r"|\b(?:which|what|any|all|list|how many|show|see|other|open|outstanding|my|our|current|pending)\b(?: \w+){0,3}? orders\b",
    re.IGNORECASE,
)


_MOVING = re.compile(
    r"发货|发了|发出|发走|出发|在路上|在途|送到|到货|到了|签收|什么时候到|何时到|几时到|多久到|到哪"
    r"|\b(?:shipped|dispatched|sent out|on (?:the|its|their) way|en route|in transit|left (?:yet|already)|arriv\w+|delivered|get(?:ting)? here|coming"
    r"|turn(?:ed|ing)? up|underway|out for delivery)\b",
    re.IGNORECASE,
)


def moving(text: str) -> bool:
    """Whether words ask or tell where something is on its way."""
    return _MOVING.search(to_simplified(text)) is not None


def not_arrived(text: str) -> bool:
    """Whether words say that goods are missing or stuck on their way; of an invoice, money or an answer they do not."""
    text = to_simplified(text)
    return _NOT_COME.search(text) is not None and _OTHER_THING.search(text) is None


def asks_for_orders(text: str) -> bool:
    """Whether words are about one's orders as a whole ("which orders do I have open?", "我名下有几个订单")."""
    return _ORDERS.search(to_simplified(text)) is not None
