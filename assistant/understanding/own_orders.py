"""Tells by grammar what is asked of a company's orders as a whole: what was paid or bought, and whose they are; closed classes of words, no look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.script import to_simplified

_FEES = r"(?:运费|邮费|税|定金|订金|押金|手续费|服务费|安装费|利息)"
_SERVICES = r"(?:shipping|freight|delivery|postage|tax|vat|duty|duties|insurance|installation|interest|handling|customs)"
_PAID = re.compile(
    rf"(?:付|花|支付|交|给)(?:了|过|掉|出)(?:你们|出去)?(?:总共|一共)?(?:多少|几)(?!天|台|个|件)(?!(?:钱)?的?{_FEES})|(?:一共|总共|合计|共)(?:花|付"
    rf"|给)了?(?:你们)?多少"
    rf"|\b(?:how much|what)(?: money| in total| altogether)? (?:did|have|had) (?:i|we)(?: (?:already|actually|really|end up|just|then|originally))*"
    rf" (?:pay(?:ing)?|paid|spen[dt](?:ing)?)\b(?!(?: for| on| in)? (?:the )?{_SERVICES})"
    r"|\b(?:how much|what) (?:was|were|am|have) (?:i|we)(?: been)? (?:charged|billed|invoiced)\b"
    r"|\b(?:how much|what) did (?:(?!you\b)[^,.?!]){1,40} cost (?:me|us)\b|\b(?:sum|amount|price|total)(?: that)? (?:i|we)(?:'ve| have)? (?:paid|spent)\b",
    re.IGNORECASE,
)
_WE_ZH = r"(?:我|俺|咱)(?:们|司|厂|家|方)?(?:公司|单位|工厂|这边|这里)?"
_TIMES_ZH = (
    r"(?:都|一共|总共|到现在|到目前为止|以前|之前|曾经|历来|最近|今年|去年|上个?月|这个?月|在你们(?:这里?|那里?|家)|从你们(?:这里?|那里?|家)?"
    r"|跟你们|向你们|给?你们)*"
)
_BUY_ZH = r"(?:买|订购|采购|购买|订|购进|进)"
_WHAT_ZH = r"(?:哪些|什么|啥|哪几[种样款])(?:货物?|东西|产品|商品|设备|物料)?"
_BOUGHT = re.compile(
    rf"{_WE_ZH}{_TIMES_ZH}{_BUY_ZH}(?:过|了|的是?|的都是|的有)(?:你们(?:家)?的?)?(?:都有)?{_WHAT_ZH}(?:[?？。啊呀呢]|$)|(?:购买|采购|订货|订购"
    rf"|历史订单|订单历史)(?:历史|记录|明细|清单)"
    r"|\bwhat(?: (?:things|goods|stuff|products|items|all|else|exactly))? (?:have|had|did) (?:i|we)(?: (?:ever|already|all|so far))*"
    r" (?:bought|buy|ordered|order|purchased?|got)\b(?! (?:it|that|this|them)\b)"
    r"|\b(?:my|our) (?:order|purchase|purchasing|buying) history\b|\b(?:list|show|see|everything)[^.?!]{0,20}\b(?:i|we)(?:'ve| have)? (?:ever "
    r")?(?:bought|ordered|purchased)\b",
    re.IGNORECASE,
)
_ELSE_ZH = r"(?:别|其[他它]|另外?一?)的?(?:家|个|些)?(?:的)?(?:客户|公司|厂家?|买家|人|企业)|别人|人家|同行|竞争对手|对手|隔壁(?:厂|公司)?"
_ELSE_EN = (
    r"(?:an?other|other|different|any other|your other|some other|all) (?:customers?|clients?|compan(?:y|ies)|buyers?)|(?:my|our|a|the|your) "
    r"(?:competitors?|rivals?)"
    r"|your (?:biggest |best |largest |other )?(?:customers?|clients?)|(?:someone|somebody|anyone|everyone) else|everyone|everybody"
)
_ORDERS_EN = r"(?:orders?|purchases?|deliver(?:y|ies)|invoices?|shipments?|order history|purchase history)"
_NAME_EN = r"(?P<name>[\w&.-]+(?: [\w&.-]+){0,3}?)"
_OTHERS_EN = (
    re.compile(
        rf"\bwhat(?: \w+)? (?:did|has|have|does|is) {_NAME_EN} (?:usually |just |recently |ever )?(?:ordered|ordering|order|buying|buy|bought"
        rf"|purchased?)\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:did|does|do|has|have) {_NAME_EN} (?:also |ever |already |usually )?(?:ordered|order|buy|bought|purchased?|have (?:any |open "
        rf"|some )*orders?)\b",
        re.I,
    ),
    re.compile(rf"(?:^|\b(?:show|see|list|get|give|me|us|about|of|are|is|track|and|check)\s+){_NAME_EN}(?:'s|s'|’s) (?:\w+ )?{_ORDERS_EN}\b", re.I),
    re.compile(rf"\b{_ORDERS_EN} (?:of|from|by|for|placed by|belonging to) {_NAME_EN}(?=$|[?.!,])", re.I),
)
_FILLED_ZH = re.compile(
    r"^(?:请问|想问下?|问一?下|查一?下|查查|帮我?(?:查一?下?|看一?下?)?|看看|看一?下|告诉我|能告诉我|那么?|想知道|能查到?"
    r"|给我(?:看看|查查?)?)+"
)
_OTHERS_ZH = (
    re.compile(
        rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{{2,14}}?)(?:在你们(?:这里?|家))?(?:都|最近|上次|去年|上个?月|一共|之前|平时|一般)*{_BUY_ZH}(?:了"
        rf"|过|的是?)(?:你们的?)?(?:什么|啥|哪些|多少|几)"
    ),
    re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,14}?)的(?:订单|单子|采购|购买记录|发票|货到|物流|下单)"),
    re.compile(rf"(?P<name>[\u4e00-\u9fffA-Za-z0-9]{{2,14}}?)(?:有没有|有|是不是|也)(?:在你们(?:这里?|家)|跟你们|向你们)?(?:{_BUY_ZH}|下单|订单)"),
)
_NOT_A_NAME = (
    "i we you it they he she that this these those there my our your the a an his her their its me us order orders who what which when someone "
    "anyone one all any open last latest new today tomorrow yesterday to be not and or if but in for with on at as so monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november december christmas easter "
)
_NOT_A_NAME_EN = frozenset(_NOT_A_NAME.split())
_LED_BY = re.compile(r"^(?:(?:me|us|about|of|and|are|is|all|see|show|list)\s+)+", re.IGNORECASE)
_NOT_A_NAME_ZH = re.compile(r"[我咱俺你您谁哪这那该此本每未已没待在还上下前后近最新全所今去明可能要想应会怎多几]")
_FIRM_ZH = re.compile(r"(?:公司|集团|机械|物流|科技|工业|实业|股份|制造|电子|化工|工厂|厂)$")
_CODE = re.compile(r"[A-Za-z]{1,3}-?\d{1,5}")
_ACCOUNT = re.compile(r"[A-Za-z]\d{1,3}")
# a person by the commonest surnames, and what goods are called that begin with one of them (高压泵)
_PERSON_ZH = re.compile(
    r"[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
    r"[\u4e00-\u9fff]{1,2}"
)
_GOODS_ZH = re.compile(r"[泵件机阀管器轴封承软压密套桌椅柜板线缆油铁钢]|高[温速低新级]|金属|石油|白色|黄色|向下|任[何务]|方案|万[向能]|[州京津沪海庆阳]$")


_NOT_SHIPPED = re.compile(
    r"(?:没有?|未|待|等待?|还没)(?:有)?(?:发货?|寄出?|出货|出库)(?!票)|(?:\b(?:not|never|yet to|still to)|n['’]?t)\b[^.?!]{0,16}\b(?:ship(?:ped)?|sent"
    r"|dispatched|left)\b"
    r"|\bunshipped\b|\b(?:waiting|still) to (?:be )?ship",
    re.IGNORECASE,
)


def not_shipped_asked(text: str) -> bool:
    """Whether a text is about orders that have not left yet."""
    return _NOT_SHIPPED.search(to_simplified(text)) is not None


def denied(text: str, word: str) -> bool:
    """Whether a text says a word only with a "not" before it ("which are not confirmed yet", 哪些还没送达)."""
    plain = to_simplified(text)
    return (
        re.search(rf"(?:没有?|未|尚未|不是|(?:\b(?:not|never|yet to be|still to be)|n['’]?t)\b[^.?!]{{0,12}}?)\s*{re.escape(word)}", plain, re.IGNORECASE)
        is not None
    )


def asks_paid(text: str) -> bool:
    """Whether a text asks what the asker paid ("how much did I pay", 我付了多少), and not what something costs."""
    return _PAID.search(to_simplified(text)) is not None


def asks_bought(text: str) -> bool:
    """Whether a text asks what the asker has bought altogether ("what have we bought", 我们买过哪些货)."""
    return _BOUGHT.search(to_simplified(text)) is not None


def whose(text: str, own: Iterable[str]) -> str:
    """The other customer whose orders a text asks for, as they are called in it; "" when it asks for none.

    `own` are names of the asker's company and people. Who else is a customer is not known here: a name counts by its form alone, because the answer to one
    that is a customer must not be told from the answer to one that is none.
    """
    plain = to_simplified(text).strip()
    mine = {name.lower() for name in own if name}
    for pattern in (*_OTHERS_EN, *_OTHERS_ZH):
        match = pattern.search(plain)
        if match is None:
            continue
        name = _LED_BY.sub("", _FILLED_ZH.sub("", match["name"]).strip())
        if name and _is_other(name, mine, spoken_of=pattern in _OTHERS_ZH[1:], placed=pattern is _OTHERS_EN[3]):
            return name
    found = re.search(
        rf"\b(?:{_ELSE_EN})\b(?:'s|s'|’s)?[^.?!]{{0,30}}\b(?:orders?|buy|bought|purchased?|ordered)\b|\b(?:orders?|purchases?) (?:of"
        rf"|from|by) (?:{_ELSE_EN})\b",
        plain,
        re.I,
    )
    found = found or re.search(rf"(?:{_ELSE_ZH})[^。？！,，]{{0,8}}(?:订单|单子|{_BUY_ZH}了|{_BUY_ZH}过|{_BUY_ZH}什么|下单)", plain)
    return found.group() if found else ""


def _is_other(name: str, mine: set[str], *, spoken_of: bool, placed: bool) -> bool:
    """Whether a name is that of somebody else; `spoken_of`: as the owner of orders, where goods may stand as well (轴承的订单) and only its form counts;
    `placed`: where a country may stand as well ("orders from Germany")."""
    lower = name.lower()
    if any(_called(lower, each) for each in mine):
        return False
    if re.fullmatch(_ELSE_EN, lower) or re.fullmatch(_ELSE_ZH, name):
        return True
    if name.isascii():
        words = name.split()
        if _CODE.fullmatch(name):
            return _ACCOUNT.fullmatch(name) is not None
        return words[0].lower() not in _NOT_A_NAME_EN and words[0][:1].isupper() and (len(words) > 1 or not placed)
    if _NOT_A_NAME_ZH.search(name):
        return False
    return not spoken_of or _FIRM_ZH.search(name) is not None or (_PERSON_ZH.fullmatch(name) is not None and _GOODS_ZH.search(name) is None)


def _called(said: str, name: str) -> bool:
    """Whether words call somebody of this name: the whole name, or how it begins."""
    if said == name:
        return True
    if said.isascii() != name.isascii():
        return False
    if not said.isascii():
        return len(said) > 1 and (name.startswith(said) or said.startswith(name))
    return len(said) > 2 and (name.split()[:1] == [said] or said.startswith(f"{name} ") or (said in name.split() and len(said) > 3))
