"""Shares of an order said without counting: half, double, 30 %, all, all but two; no numbers of goods."""

from __future__ import annotations

import re

from assistant.text.numbers import parse_number
from assistant.understanding.slots.counts import EN_NUMBER, UNIT_ZH, ZH_NUMBER
from assistant.understanding.slots.products import phrases_in
from assistant.understanding.slots.scan import Scan

_PRICE_TALK = re.compile(
    r"折|优惠|便宜|手续费|违约|定金|订金|首付|税|利息|\b(?:discount|off|fee|tax|vat|interest|deposit|cheaper|charge|restocking|rebate|"
    r"prepay\w*|down ?payment|sure|correct)\b",
    re.ASCII,
)
_HALF = re.compile(
    r"一半|半数|减半|对半|\bhalved?\s+(?:it|them|the)\b|(?<![a-z-])(?:by\s+|in\s+)?half\b(?!-)(?!\s+(?:an?\s+|the\s+|of\s+the\s+)?(?:day|"
    r"hour|year|month|week|dozen|past|an|price|time|inch|million|off|way|hearted))(?!\s+of\s+(?:the|this|that|next)\s+(?:day|year|month|"
    r"week|time))",
    re.ASCII,
)
_DOUBLE = re.compile(
    r"翻一?[倍番]|加倍|(?:增加|多|加|涨)一倍|\bdouble\s+(?:it|that|up|the\s+(?:order|quantity|qty|amount|number))\b|"
    r"\btwice\s+(?:as\s+many|the\s+(?:quantity|amount|number))\b",
    re.ASCII,
)
_BUT = re.compile(
    rf"(?:除了?|扣除|留下?|保留|剩下?)\s?(?P<a>\d+|{ZH_NUMBER})\s?(?:{UNIT_ZH})?(?:以?外|之外|不退|不要)?[，,\s]*(?:其(?:他|它|余)的?|"
    rf"剩下的?|剩余的?|别的|都|全)"
    rf"|\b(?:all|everything|every\s+one|each|the\s+(?:whole\s+)?(?:lot|rest))(?:\s+of\s+(?:them|it))?\s+(?:but|except(?:\s+for)?|minus|"
    rf"save|apart\s+from|bar|excluding)\s+(?:for\s+)?(?P<b>\d+|{EN_NUMBER})\b"
    rf"|\b(?:keep|leave|hold back|retain)(?:ing)?\s+(?P<c>\d+|{EN_NUMBER})\b[^.;]{{0,25}}?\b(?:rest|others?|everything else|remainder|"
    rf"remaining)\b|\bexcept(?:\s+for)?\s+(?P<d>\d+|{EN_NUMBER})\b[^.;]{{0,12}}?\ball\b",
    re.ASCII,
)
_STRIPS = re.compile(r"\b(?:remove|drop|delete|strip|take (?:off|away|out)|cut)\s+$", re.ASCII)
_ALL = re.compile(
    r"(?:全部|全都|全数|统统|通通|一个不留|整批|整单|所有的?)(?!订单|单子|信息|规则|客户|资料|内容|历史|问题|停|瘫|断电|报警|发票|流程|人|地址|记录)|"
    r"全(?=退|换|要|取消|坏|破|碎|都|退货)|(?<![个么啊些什])都(?=退|换货?(?!季)|不要了|取消|坏|破|裂|碎|要退)"
    r"|\ball\s+of\s+(?:(?:order|po|number|no\.?)\s+)*#?\ue000+"
    r"|\ball\s+(?:of\s+(?:it|them|these|those)|the\s+(?:goods|items|units|pieces|lot)|units|pieces|items|pcs)\b|\bthe\s+(?:whole|entire|"
    r"full)\s+(?:lot|order|batch|delivery|shipment|quantity|thing|box)\b|^everything\b\W*$|\b(?:return|refund|cancel|send|take|ship|exchange|"
    r"want)(?:\s+back)?\s+everything\b|"
    r"\beverything\s+(?:goes|must go|back|in (?:it|the (?:order|box)))\b"
    r"|\bthe\s+(?:lot)\b(?!\s*(?:number|no|#))|\bevery\s+(?:one|single one|piece|unit)\b|\b(?:them|it)\s+all\b|(?:^|\b(?:return|cancel|"
    r"take|want|keep|ship|send back|exchange|need)\s+)all\s*[.!]*$",
    re.ASCII,
)
_REST = re.compile(
    rf"(?P<e>\d+|{EN_NUMBER})\s[^.;!?\n]{{0,60}}?\b(?:return|send back|sending back|exchange|swap|cancel|ship back)\b[^.;!?\n]{{0,12}}?\bthe\s+"
    rf"(?:rest|others?|remaining|remainder)\b|(?:拆|用|装|开封?|坏|破|留|裂|漏)[掉了着过下]*\s?(?P<f>\d+|{ZH_NUMBER})\s?(?:{UNIT_ZH})?[^。;；\n]{{0,10}}?(?:剩下?|剩余|其余|其他|其它"
    rf"|余下)的?"
    rf"[^。;；，,\n]{{0,6}}?(?:退|换|取消|寄回)",
    re.ASCII,
)
_TIMES = re.compile(r"\btripl(?:e|ed)\b(?!\s+(?:check|a|seal|phase|layer|pack))|翻[成为到]?三倍|[成为到]三倍|三倍(?:的?数?量)?$", re.ASCII)
_TENTHS = re.compile(
    rf"(?:(?P<up>加|增加?|多要?|添|提高|上调)|减少?|少要?|砍|降低?|下调|缩减)(?:掉|了)?"
    rf"(?P<n>[1-9]|{ZH_NUMBER})成(?!交|品|本|套|功|分)",
    re.ASCII,
)
_PARTS = {"quarter": 4, "third": 3, "fifth": 5, "tenth": 10}
_FRACTION = re.compile(r"\bby\s+(?:a|one)[\s-]+(?P<part>quarter|third|fifth|tenth)\b", re.ASCII)
_MORE_AFTER = re.compile(r"\s*(?:more|bigger|larger|higher|extra|on top|up)\b", re.ASCII)
_FEWER_AFTER = re.compile(r"\s*(?:less|fewer|smaller|lower|down)\b", re.ASCII)
_PERCENT = re.compile(rf"(?P<n>\d{{1,3}}|{EN_NUMBER})\s?(?:%|percent\b|per\s?cent\b|pct\b)|百分之(?P<zh>{ZH_NUMBER}|\d+)", re.ASCII)
_CUT = re.compile(r"(?:减少?|砍|降低?|少|缩减|\b(?:reduc\w+|cut\w*|decreas\w+|lower\w*|drop\w*|trim\w*|less)\b)[^，,。;；]{0,30}$", re.ASCII)
_GROW = re.compile(r"(?:增加?|加|多|提高?|\b(?:increas\w+|rais\w+|add\w*|up|bump\w*|more)\b)[^，,。;；]{0,30}$", re.ASCII)
_OUT_OF = re.compile(r"(?:退|取消|要|留|发|\b(?:return\w*|send|cancel\w*|keep|ship|only|quantity|exchange)\b)[^，,。;；]{0,30}$", re.ASCII)


def read_share(scan: Scan) -> bool:
    """Shares that settle the amount by themselves: all but two, half, double, 30 %."""
    text = scan.rest
    if (match := _BUT.search(text)) or (match := _REST.search(text)):
        said = next(group for group in match.groupdict().values() if group)
        number = parse_number(said)
        if number is not None:
            if _STRIPS.search(text[: match.start()]):
                # to take away all but 35 leaves 35, where to take all but 35 leaves the others
                scan.add("quantity", {"about": int(number)}, match.span(), note="ambiguous")
                return True
            scan.add("quantity", {"relative": "all_but", "n": int(number)}, match.span())
            return True
    if match := _TIMES.search(text):
        scan.add("quantity", {"relative": "times", "n": 3}, match.span())
        return True
    if match := _DOUBLE.search(text):
        scan.add("quantity", {"relative": "double"}, match.span())
        return True
    if (match := _HALF.search(text)) and not re.search(r"\d\s*(?:and\s+a\s+)$|价$", text[: match.start()]):
        grows = bool(_GROW.search(text[: match.start()])) or bool(re.match(r"\s*(?:as much |as many )?(?:again|more|bigger|larger)", text[match.end() :]))
        scan.add("quantity", {"relative": "percent", "n": 150} if grows and "减" not in match.group() else {"relative": "half"}, match.span())
        return True
    return _percent(scan, text) or _tenths(scan, text) or _fraction(scan, text)


def _tenths(scan: Scan, text: str) -> bool:
    """Tenths added or taken away: 加一成, 减两成."""
    match = _TENTHS.search(text)
    number = parse_number(match.group("n")) if match else None
    if match is None or number is None:
        return False
    share = 10 * int(number)
    scan.add("quantity", {"relative": "percent", "n": 100 + share if match.group("up") else 100 - share}, match.span())
    return True


def _fraction(scan: Scan, text: str) -> bool:
    """A part of the order added or taken away: by a quarter, by a third."""
    match = _FRACTION.search(text)
    if match is None:
        return False
    before = text[: match.start()]
    grows, cuts = bool(_GROW.search(before)), bool(_CUT.search(before))
    if grows == cuts:
        return False
    scan.add("quantity", {"relative": "part", "n": _PARTS[match.group("part")], "sign": 1 if grows else -1}, match.span())
    return True


def _percent(scan: Scan, text: str) -> bool:
    """A percentage of the order ("退30%"), or the order after a change by one ("减少20%" leaves 80)."""
    match = _PERCENT.search(text)
    number = parse_number(match.group("n") or match.group("zh")) if match else None
    if match is None or number is None or _PRICE_TALK.search(text):
        return False
    before = text[: match.start()]
    if re.search(r"(?:到|至|为|成|\bto)\s*$", before, re.ASCII):
        share = int(number)
    elif _CUT.search(before) or _FEWER_AFTER.match(text, match.end()):
        share = 100 - int(number)
    elif _GROW.search(before) or _MORE_AFTER.match(text, match.end()):
        share = 100 + int(number)
    elif _OUT_OF.search(before) or scan.expecting in ("quantity", "items"):
        share = int(number)
    else:
        return False
    if share < 0:
        return False
    scan.add("quantity", {"relative": "percent", "n": share}, match.span())
    return True


def read_whole(scan: Scan) -> None:
    """All of it, when no number is said."""
    match = _ALL.search(scan.rest)
    if not match and scan.expecting in ("quantity", "items"):
        match = re.match(r"都(?:要|是|退|换)?|all\b|每个", scan.plain, re.ASCII)
    if match and match.group().startswith("都") and len(scan.of("order", "product")) > 1:
        return
    span = match.span() if match else _all_of_family(scan)
    if span and not any(isinstance(slot.value, dict) and slot.value.get("all") for slot in scan.of("order_ref")):
        scan.add("quantity", {"relative": "all"}, span)


def _all_of_family(scan: Scan) -> tuple[int, int] | None:
    """All the pumps, 所有轴承."""
    for match in re.finditer(r"\ball\s+(?:of\s+)?(?:the|my|our|those|these)\s+|所有的?|全部的?", scan.rest, re.ASCII):
        following = phrases_in(scan.rest[match.end() : match.end() + 24], scan.lexicon, kinds=("family",))[:1]
        if following and following[0][1] == 0:
            return match.start(), match.end() + following[0][2]
    return None
