"""How many: counts of goods as numbers, changes of them ("ten more") and shares ("half", "all but two"); no measures, prices, dates or order numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.types import Json, Slot
from assistant.understanding.slots.corrections import Mention, denied, replaces, settle
from assistant.understanding.slots.counts import EN_NUMBER, NUMBER, UNIT, UNIT_EN, UNIT_ZH, Count, counts
from assistant.understanding.slots.products import phrases_in
from assistant.understanding.slots.scan import GONE, Scan
from assistant.understanding.slots.several import joined, once_more, ranges
from assistant.understanding.slots.shares import read_share, read_whole
from assistant.understanding.slots.uncounted import read_uncounted

_OF_THEM = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the\s+)?\d+\b|\s+back\b|\s+(?:cracked|broken|damaged|dented|bent|faulty|defective|leaking|missing|spare|"
    r"crushed|scratched|wrong)\s+[a-z]+|\s+(?:of|from)\s+(?:the|them|these|those|it|my|our|that|which)\b|\s+(?:more|extra|additional|"
    r"fewer|less|other)\b|\s+(?:instead of|rather than|in lieu of|not)\s+\d|\s?[，,]?\s?而?不是\s?\d",
    re.ASCII,
)
_PEOPLE = (
    r"people|persons?|guys|men|women|lads|colleagues?|co-?workers?|technicians?|engineers?|fitters?|mechanics?|electricians?|operators?|drivers?"
    r"|managers?|buyers?|"
    r"workers?|employees|staff|bosses|customers?|clients?|users?|teams?|shifts?|production\s+lines?|assembly\s+lines?"
)
_NO_GOODS = re.compile(
    r"\s?个?的?(?:新的?)?(?:点(?![火钟])|问题|疑问|人|说法|电话|报价|地址|发票|订单|单子|月|小时|星期|礼拜|工作日|字|解释|答复|时间|日期|客户|同事|地方|"
    r"建议|方案|型号|产品|选项|选择|事|结果|回复|客服|东西|交代|准信|确认|请求|要求|价|优惠|折扣|办法|邮件|消息|图|照片|牌子|品牌|师傅|"
    r"工程师|朋友|老板|公司|部门|仓库?|厂)"
    rf"|\s?条?(?:产线|生产线|流水线|装配线|线(?![缆圈束材轨管性绳卡])|工人|班组|工位|夜班|白班)|\s+(?:of\s+(?:my|our|the|your|their|us|them|you)\s*)?(?:more\s+|other\s+"
    rf"|new\s+)?(?:{_PEOPLE})\b"
    r"|\s+more\s*[:：]|\s+(?:more\s+|other\s+|quick\s+)?(?:questions?|things?|issues?|problems?|orders?|requests?|"
    r"emails?|calls?|messages?|photos?|pictures?|invoices?|addresses|options?|choices?|shipments?|deliveries|copies of|ways?|minutes?|"
    r"reasons?|points?|lines?|of us|of you)\b",
    re.ASCII,
)
_UP = re.compile(
    r"(?:再|另外|额外|还)?(?:多)?(?:加(?!到|至|成|为|起|上)|增加(?!到|至|为)|追加|添(?:加)?|增订|补订|加订|多(?:要|订|来|买|加|拿|"
    r"下)(?!了))(?:了|上|个)?\s*$|(?<![不差很好太])(?:再)多\s*$|再(?:来|要|订|买)\s*$|\b(?:add(?:ing)?|another|extra|additional|plus|"
    r"increase\s+(?:\S+\s+){0,4}by|raise\s+(?:\S+\s+){0,4}by|up\s+(?:it\s+)?by|bump\s+(?:\S+\s+){0,3}by)\s+(?:another\s+|"
    r"an?\s+extra\s+)?$",
    re.ASCII,
)
_DOWN = re.compile(
    r"(?<![多至缺不])(?:减(?:少|掉|去|下)?(?!到|至|成|为)|去掉|砍掉?|扣掉?|少(?:要|订|买|拿|来|下))(?:了|个)?\s*$|(?<![多至缺不减])少\s*$"
    r"|取消(?![^，,。;；]*[到成至为剩])[^，,。;；\d]{0,8}$|\bcancel(?:ling)?\s+(?:just\s+|only\s+|another\s+)?$"
    r"|\b(?:(?:reduce|cut|decrease|lower|drop|shrink|trim|bring)(?:\s+\S+){0,4}?\s+by|minus|take\s+(?:off|away)"
    r"|knock\s+off|remove|subtract|less|drop)\s+(?:another\s+|a\s+further\s+)?$",
    re.ASCII,
)
_ONE_MORE = re.compile(r"\b(?:add|plus|remove|drop|knock\s+off|take\s+(?:off|away|out))\s+(?:another|a\s+further|just)\s+$", re.ASCII)
_SENT_LESS = re.compile(r"少(?:发|送|给|装)(?:我们?)?\s*$")  # 少发了20个 complains; 少发20个就好 asks for less
_ENOUGH = re.compile(rf"\s?(?:{UNIT_ZH})?\s?(?:货)?(?:就好|就行|就可以|即可|吧|好了|行了|可以吗|行吗|行不行|好吗|可不可以|行么)")
_ADD = re.compile(r"\badd(?:ing)?\s+(?:another|an\s+extra|on|in)\s+$", re.ASCII)
_ON_TOP = re.compile(r"(?:\s+[a-z]+)?\s+(?:on\s+top|to\s+(?:it|that|this|the\s+order|my\s+order|our\s+order))\b", re.ASCII)
_MORE = re.compile(
    rf"\s?(?:{UNIT_EN}\s+)?(?:more|extra|additional)\b(?!\s+(?:than|questions?|things?|days?|weeks?|time|hours?|orders?|expensive|info|details?))", re.ASCII
)
_FEWER = re.compile(rf"\s?(?:{UNIT_EN}\s+)?(?:fewer|less)\b(?!\s+than)", re.ASCII)
_TO = re.compile(
    r"(?:改成|改为|改到|改回|改|变成|变为|换成|调成|调为|调到|调整为|调整到|调整成|加到|增加?到|增加?至|减到|减少到|减至|减成|减为|降到|"
    r"降至|砍到|砍成|缩减?到|缩减?为|提高?到|应该?是|应为|其实是|(?<!\d)是(?=\s*\d+\s*不是)|数量|总数|件数|台数|个数|减剩|只留|"
    r"数量[是为:：改成到]+)[是为:：]?(?:共|总共|一共)?\s*$"
    r"|\b(?:make\s+(?:it|that|this|them)|(?:qty|quantity|count|number of \w+)\s*(?:is|to|should be|of|[:=])?|down\s+to|up\s+to|"
    r"set\s+(?:it\s+)?(?:to|at)|just|only|keep(?: it at)?|total(?: of)?|make\s+\ue000+)\s*(?:be\s+|is\s+)?$"
    r"|\b(?:increas|reduc|chang|cut|lower|rais|bump|drop|decreas|adjust|updat|bring|scal|trim|amend|modif|mov|go|tak)\w*\b[^.;!?]{0,50}?\bto\s+$"
    r"|\b(?:up|down)\b[^.;!?]{0,50}?\b(?:to|at)\s+$|(?:\ue000|qty|quantity|数量|台数|件数)\s*(?:[-=]+>|→|[:：=])\s*$|\ball\s+$"
    r"|\b(?:it|that|this|them|quantity|order)\s+back\s+to\s+$",
    re.ASCII,
)
_FROM = re.compile(r"(?:从|由|原来(?:的|是)?|原本|\bfrom\s+)\s*$", re.ASCII)
_ONCE = re.compile(r"(?:原来|原本|原先|之前|本来|起初)(?:是|定|订|要|买|下)*(?:了|的)?\s*$|\boriginally\s+(?:\w+\s+)?$", re.ASCII)
_THEN = re.compile(
    rf"\s?(?:{UNIT_ZH}|{UNIT_EN})?\s*(?:的)?[^\d，,。;；]{{0,6}}?(?:改成|改为|改到|改|变成|变为|变|换成|减到|加到|减少到|增加到|降到|调到|"
    rf"调整为|调整到|到|至|[-=]?>|→|\bdown to\b|\bup to\b|\bto\b|\binto\b)\s*(?:共)?$",
    re.ASCII,
)
_CHANGED = re.compile(r"[改变换减加降调]|>|→|\bdown\b|\bup\b")
_OUT_OF_TOTAL = re.compile(rf"(?:{UNIT_ZH})[\u4e00-\u9fff]{{0,4}}?(?:里面?|之?中|当中)", re.ASCII)
_NEED = re.compile(
    r"(?:要|需要|买|订|订购|订货|采购|退|退货|退回|退掉|留|拿|来|剩|只要|就|共|一共|总共|各|缺|少发|多发|少收|坏|破)(?:了)?\s*$"
    r"|\b(?:need|want|order|buy|return|returning|send back|keep|take|get|exchange|swap|purchase|require|ordered|bought|about|for|have|got|received|only)\s+$",
    re.ASCII,
)
_BRIEF = 30  # characters of a message that says little but a number
_TIMES = re.compile(r"\s?[x×*]\s?$", re.ASCII)
_PUT_RIGHT = re.compile(r"\s*[,;.–—-]*\s*no+[\s,;.–—-]+", re.ASCII)
_MANY = 10_000
_X_AFTER = re.compile(r"\s?[x×*](?![a-z])\s?", re.ASCII)
_CLAUSE_END = re.compile(
    r"\s+(?:on|in|for|from|of|with)\s+(?:(?:the|my|our|this|that|order|po|number|no\.?)\s+)*#?\ue000|"
    r"\s*(?:$|[，,。.;；!！?？\n]|吧|就行|就好|就够|即可|please|pls|thanks|instead|then|now|for now|total|in total|altogether)",
    re.ASCII,
)
_PUT_TO = re.compile(r"\s*[，,]?\s*(?:plus|add|再?加上?|另外?加)\s*", re.ASCII)
_EACH_BEFORE = re.compile(r"(?:钱|价格?|[块元]|卖|\bper|\beach)\s*$", re.ASCII)
_EACH_AFTER = re.compile(r"\s?(?:是|要|卖|合|得|大概)?(?:多少|什么价|怎么卖|几块|几元|贵不贵)|\s+(?:costs?|price)\b", re.ASCII)
_AT = re.compile(r"\bat\s+$", re.ASCII)
_PRICE_OF = re.compile(r"\b(?:prices?|costs?|how much|quot\w+|discount\w*|each)\b", re.ASCII)
_OUT_OF_MANY = re.compile(
    rf"(?:\d|\b(?:{EN_NUMBER}|half|some|most|all|both|few|many|couple|pair|pieces|units|pcs))\s+(?:out\s+)?of\s+(?:(?:the|my|our|those|these|all)\s+)?$",
    re.ASCII,
)


def read_amounts(scan: Scan) -> None:
    """Slots `quantity` (a number, {"delta"}, or {"relative", "n"?}) and `item` where a quantity adjoins a product."""
    if scan.expecting == "phone":
        return
    if read_uncounted(scan) or read_share(scan):
        return
    every = counts(scan)
    numbers = [count for count in every if not _replaced(scan, count)]
    heirs = {right.start for left, right in pairwise(every) if left not in numbers and _becomes(scan.rest[left.end : right.start])}
    heirs |= {
        right.start for left, right in pairwise(every) if _PUT_RIGHT.fullmatch(scan.rest[left.end : right.start]) and _CLAUSE_END.match(scan.rest, right.end)
    }
    read: list[tuple[Count, Json]] = []
    for count in numbers:
        value: Json = count.value if count.start in heirs and (read or count.value < _MANY) else _quantity(scan, count)
        if value is not None:
            read.append((count, value))
    lows = {count.start: low.value for low, (count, value) in ranges(scan.rest, numbers, read)}
    read = [pair for pair in joined(scan.plain, read) if pair[0].value not in lows.values() or pair[0].start in lows]
    about = {count.start: count.about for count, _ in read}
    said = _added(scan, [Mention(value, count.start, count.end) for count, value in read])
    kept = once_more(scan.plain, said, _said_again(scan, said, settle(scan.plain, said)))
    for mention, note in kept:
        low = lows.get(mention.start)
        span = (mention.start, _unit_end(scan, mention.end))
        if low is not None:
            scan.add("quantity", {"range": [low, mention.value]}, span, note="range")
        elif about[mention.start]:
            scan.add("quantity", {"about": mention.value}, span, note="ambiguous")
        else:
            scan.add("quantity", mention.value, span, note=note)
    _items(scan, [mention for mention, _ in kept if isinstance(mention.value, int) and mention.start not in lows and not about[mention.start]])
    if not kept:
        read_whole(scan)


def _replaced(scan: Scan, count: Count) -> bool:
    """Whether a number is only what the quantity was: 从10台改成8台, from 10 to 8."""
    after = scan.rest[count.end : count.end + 30]
    other = NUMBER.search(after)
    before = scan.plain[max(0, count.start - 60) : count.start]
    if _OUT_OF_MANY.search(before) or (other and _OUT_OF_TOTAL.match(after)):
        return True
    if not other:
        return False
    between = after[: other.start()]
    if _ONCE.search(before) or _becomes(between):
        return True
    return bool(_THEN.fullmatch(between)) and bool(_FROM.search(before) or re.search(r"\bfrom\s+\S*\s*$", before, re.ASCII))


def _becomes(between: str) -> bool:
    """Whether the words between two numbers make the first one the second: 台改成, → , down to."""
    return bool(_THEN.fullmatch(between)) and bool(_CHANGED.search(between))


def _unit_end(scan: Scan, end: int) -> int:
    match = UNIT.match(scan.plain, end)
    return match.end() if match else end


def _quantity(scan: Scan, count: Count) -> Json:
    """The quantity that a number says in its context, or None when it counts no goods."""
    before, after = scan.rest[max(0, count.start - 60) : count.start], scan.rest[count.end : count.end + 40]
    unit = UNIT.match(after)
    if _NO_GOODS.match(after, unit.end() if unit else 0) or re.match(r"\s?%|\s?percent", after) or before.endswith("第") or _lone(scan, count, unit=bool(unit)):
        return None
    if count.value == 1 and (_EACH_BEFORE.search(before) or (unit and _EACH_AFTER.match(after, unit.end()))):
        return None
    if scan.plain[count.start : count.end] == "一" and unit and before.endswith("赞"):
        return None
    if scan.plain[count.start : count.end] == "一" and unit and not _one_of_goods(scan, count, unit):
        return None
    if unit and unit.group().strip() == "张" and re.search(r"(?:[开出换补寄发]|照片|图片?|拍)[^，,。;；]{0,5}$", before):
        return None
    if count.sign and not (scan.expecting in ("quantity", "items") or unit or not before.strip()):
        return None
    delta = _delta(before, after, count)
    goods = bool(unit) or _goods_after(scan, count) or bool(_OF_THEM.match(after))
    asked = scan.expecting in ("quantity", "items")
    if delta is not None and (goods or delta[1] or asked):
        return {"delta": delta[0]}
    if re.match(r"both\b", scan.plain[count.start :]):
        return 2 if _both(scan, after) else None
    if goods or asked:
        return count.value * (2 if _pairs(scan, unit, after) else 1)
    if scan.expecting == "date" and not re.search(r"量|数|\bqty\b|\bquantit|\bpieces\b|\bpcs\b", before):
        return None
    if count.value >= 1000 and not re.search(r"量|数|qty|quantity", before) and _like_a_model(scan, count):
        return None
    if _TO.search(before) or (_NEED.search(before) and _CLAUSE_END.match(after) and count.value < 100_000):
        return count.value
    if _beside(scan, count) or (_AT.search(before) and _CLAUSE_END.match(after) and _PRICE_OF.search(scan.plain)):
        return count.value
    return count.value if _alone(scan, count) else None


def _one_of_goods(scan: Scan, count: Count, unit: re.Match[str]) -> bool:
    """Whether 一个 counts goods, rather than being the article of something else ("扮演一个海盗")."""
    end = count.end + unit.end()
    before, after = scan.rest[max(0, count.start - 60) : count.start], scan.rest[end : end + 16]
    if scan.expecting in ("quantity", "items") or _CLAUSE_END.match(after) or _UP.search(before) or _DOWN.search(before) or _TO.search(before):
        return True
    if re.match(rf"\s?(?:都|也)?(?:坏|破|裂|漏|碎|变形|弯|压|磕|缺|少|断|锈|不转|不能|没有?包)|{GONE}", after):
        return True
    following = phrases_in(after, scan.lexicon, kinds=("family",))[:1]
    return bool(following) and following[0][1] <= 2


def _like_a_model(scan: Scan, count: Count) -> bool:
    """Whether a large bare number is as long as the numbers of models, in a message about goods: 调成6206."""
    length = count.end - count.start
    return any(len(digits) == length for digits in scan.lexicon.stems) and bool(scan.of("product", "family"))


def _lone(scan: Scan, count: Count, *, unit: bool) -> bool:
    """Whether a single Chinese numeral is part of a word (一下, 统一) or "one" a pronoun; then it counts nothing."""
    said = scan.plain[count.start : count.end]
    if said.isascii():
        before = scan.plain[max(0, count.start - 60) : count.start]
        if _ONE_MORE.search(before):
            return False
        return said == "one" and bool(
            re.search(
                r"\b(?:the|that|this|which|each|every|any|another|other|no|some|last|next|only|wrong|right|new|old|first|second|\w+(?:er|est))\s+$",
                before,
            )
        )
    if unit or said[0] in "俩仨" or said.endswith("打"):
        return bool(re.search(r"(?:我们|你们|他们|咱们|咱|[统唯同单不另])$", scan.plain[max(0, count.start - 60) : count.start])) and not (
            unit and scan.plain[max(0, count.start - 60) : count.start].endswith("另")
        )
    if re.fullmatch(r"万一|千万|一一|三三两两|百分|万万|千百", said) or (said == "十" and scan.plain[count.end : count.end + 1] == "分"):
        return True
    if len(said) > 1 and not re.fullmatch(r"[一二三四五六七八九]+", said):
        return False
    before = scan.plain[max(0, count.start - 60) : count.start]
    telling = re.fullmatch(r"[^\u4e00-\u9fff]*", before) or _TO.search(before) or scan.expecting in ("quantity", "items")
    return not (telling and _CLAUSE_END.match(scan.plain, count.end))


def _delta(before: str, after: str, count: Count) -> tuple[int, bool] | None:
    """(change, whether the words alone are enough) when a number says by how much rather than how many."""
    if count.sign:
        return (count.value if count.sign == "+" else -count.value), True
    if _UP.search(before) and not (_DOWN.search(before) and before.rstrip().endswith(("another", "further"))):
        if _ON_TOP.match(after) or (_ADD.search(before) and count.value > 1 and _CLAUSE_END.match(after)):
            return count.value, True
        alone = len(before) + len(after) <= _BRIEF and _CLAUSE_END.match(after) is not None and count.value > 1
        return count.value, alone or not re.search(r"(?:extra|additional|another|plus|买|订)\s*$", before)
    if _SENT_LESS.search(before) and _ENOUGH.match(after):
        return -count.value, True
    if _DOWN.search(before):
        return -count.value, bool(_ONE_MORE.search(before)) or not re.search(r"(?:\bless|\bdrop|\bremove)\s*$", before)
    if _MORE.match(after):
        return count.value, count.value > 1 or bool(re.fullmatch(r"\s+(?:more|extra|additional)[\s.!]*(?:please|pls)?[\s.!]*", after, re.ASCII))
    if re.search(r"\btake\s+$", before, re.ASCII) and re.match(r"(?:\s+[a-z']+){0,3}\s+(?:off|away|out)\b", after, re.ASCII):
        return -count.value, True
    if _FEWER.match(after):
        return -count.value, True
    return None


def _pairs(scan: Scan, unit: re.Match[str] | None, after: str) -> bool:
    """Whether the unit is a pair; two pieces, unless goods are sold by the pair."""
    if not unit or not re.match(r"\s?(?:[对双]|pairs?\b)", after):
        return False
    return not any(entry.kind == "unit" and entry.phrase in ("对", "双", "pair") for found in scan.lexicon.phrases.values() for entry in found)


def _goods_after(scan: Scan, count: Count) -> bool:
    """Whether a product, a family word or the company's own unit follows: 10 P-100, 5 seal kits, 3 dented pumps, 20根."""
    begin = count.end
    times = _X_AFTER.match(scan.plain, begin)
    begin = times.end() if times else begin
    if times and not scan.plain[begin:].strip(" .。!！"):
        return True
    if any(slot.start - begin in (0, 1) for slot in scan.of("product", "unknown_product")):
        return True
    if _named_again(scan, begin):
        return True
    window = scan.rest[begin : begin + 48]
    skip = re.match(
        r"\s?(?:(?:of|the|new|more|spare|cracked|broken|damaged|dented|bent|faulty|defective|unopened|unused|replacement|same|sealed|"
        r"[a-z]+(?:ed|en|al|ing|ous))\s+){0,2}|\s?",
        window,
        re.ASCII,
    )
    offset = skip.end() if skip else 0
    if any(begin + offset <= slot.start <= begin + offset + 1 for slot in scan.of("product", "unknown_product")):
        return True
    return any(not window[offset:start].strip() for _, start, _ in phrases_in(window, scan.lexicon, kinds=("family", "unit"))[:1])


def _named_again(scan: Scan, begin: int) -> bool:
    """Whether a product that the message named before is named once more here: 10 P-100 plus 200 P-100."""
    return any(
        scan.plain[begin:].lstrip().startswith(scan.plain[slot.start : slot.end]) for slot in scan.of("product") if slot.end <= begin and slot.end > slot.start
    )


def _both(scan: Scan, after: str) -> bool:
    if len(scan.of("order")) > 1 or len(scan.of("product")) > 1:
        return False
    return bool(
        re.match(rf"\s+(?:of\s+(?:them|the|these|those)\b(?!\s+orders)|{UNIT_EN}|are\b|were\b|have\b|arrived|came|leak|broke|back|\W*$)", after, re.ASCII)
    ) or bool(phrases_in(after[:16], scan.lexicon, kinds=("family",)))


def _beside(scan: Scan, count: Count) -> bool:
    """P-100 x 10, BR-6205: 40."""
    for slot in scan.of("product", "unknown_product"):
        gap = scan.plain[slot.end : count.start]
        if slot.end <= count.start and (_TIMES.fullmatch(gap) or re.fullmatch(r"\s?[:：]\s?", gap)):
            return True
    return bool(re.fullmatch(r"[x×*]\s?\d+[\s.。!！]*", scan.plain, re.ASCII))


def _alone(scan: Scan, count: Count) -> bool:
    """A message that is nothing but a number of goods in words or dozens ("twenty", "两打", "俩"); bare digits say too little."""
    said = scan.plain[count.start : count.end]
    rest = scan.plain[max(0, count.start - 60) : count.start] + scan.plain[count.end :]
    if said.isdigit() and GONE not in scan.rest:
        return False
    return not re.sub(r"[\s,.，。!！~吧够了就行好的只要我嗯a-]|just|please|pls|only|is|enough|will do|then", "", rest)


def _items(scan: Scan, mentions: list[Mention]) -> None:
    for mention, slot in _pairs_of(scan, mentions):
        span = (min(slot.start, mention.start), max(slot.end, _unit_end(scan, mention.end)))
        scan.add("item", {"sku": slot.value, "quantity": mention.value}, span)


def _added(scan: Scan, mentions: list[Mention]) -> list[Mention]:
    """The quantities, with one that is put to counted goods ("10 P-100 plus 200 P-200") as a number of its own; on an order it is a change."""
    if scan.of("order", "order_ref"):
        return mentions
    found = list(mentions)
    for at, mention in enumerate(mentions):
        more = mention.value.get("delta") if isinstance(mention.value, dict) else None
        if not at or not isinstance(more, int) or more <= 0 or not isinstance(found[at - 1].value, int):
            continue
        plain = replace(mention, value=more)
        behind = [slot for slot in scan.of("product") if slot.end <= mention.start and _PUT_TO.fullmatch(scan.plain, slot.end, mention.start)]
        if behind and (len(_pairs_of(scan, [found[at - 1], plain])) == 2 or _named_again(scan, _unit_end(scan, mention.end))):
            found[at] = plain
    return found


def _said_again(scan: Scan, said: list[Mention], kept: list[tuple[Mention, str]]) -> list[tuple[Mention, str]]:
    """What is kept, and the same number once more where each stands with goods of its own ("3 P-100 and 3 P-200"); one put right stays out."""
    goods = {mention.start: slot.value for mention, slot in _pairs_of(scan, [mention for mention in said if isinstance(mention.value, int)])}
    starts = {mention.start for mention, _ in kept}
    taken = {goods[start] for start in starts if start in goods}
    more = []
    for at, mention in enumerate(said):
        if mention.start in starts or mention.start not in goods or goods[mention.start] in taken or denied(scan.plain, mention.start):
            continue
        gaps = pairwise(said[max(0, at - 1) : at + 2])
        if all(mention.value != other.value for other, _ in kept) or any(replaces(scan.plain[left.end : right.start]) for left, right in gaps):
            continue
        more.append((mention, ""))
        taken.add(goods[mention.start])
    return sorted([*kept, *more], key=lambda pair: pair[0].start)


def _pairs_of(scan: Scan, numbers: list[Mention]) -> list[tuple[Mention, Slot]]:
    """Each absolute quantity with the product right beside it."""
    mentions, found = list(numbers), []
    free = [slot for slot in scan.of("product") if not slot.candidates and slot.note != "new"]
    for before in (False, True):
        for mention in list(mentions):
            for slot in free:
                gap = scan.plain[slot.end : mention.start] if before else scan.plain[_unit_end(scan, mention.end) : slot.start]
                left, right = (slot.end, mention.start) if before else (mention.end, slot.start)
                if left <= right and _adjoins(scan, gap):
                    found.append((mention, slot))
                    free.remove(slot)
                    mentions.remove(mention)
                    break
    return found


def _adjoins(scan: Scan, gap: str) -> bool:
    if len(gap) > 24 or re.search(r"[，,。;；.!?]|\band\b", gap):
        return False
    for _, start, end in reversed(phrases_in(gap, scan.lexicon, kinds=("family",))):
        gap = gap[:start] + gap[end:]
    return not re.sub(r"[\s的x×*:：]|of|the|new|each|各|要|来|退|换|pcs|pieces|units", "", gap)
