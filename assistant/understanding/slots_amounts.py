"""How many: counts of goods as numbers, changes of them ("ten more") and shares ("half", "all but two"); no measures, prices, dates or order numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.numbers import EN_TENS, EN_UNITS, parse_en, parse_number, parse_zh
from assistant.types import Json
from assistant.understanding.slots_corrections import Mention, settle
from assistant.understanding.slots_products import phrases_in
from assistant.understanding.slots_scan import GONE, Scan

_EN_ONE = "|".join(sorted([*EN_UNITS, *EN_TENS, "hundred", "thousand"], key=len, reverse=True))
_EN_NUMBER = rf"(?:a\s+(?=hundred|thousand))?(?:{_EN_ONE})(?:(?:[\s-]|\s+and\s+)(?:{_EN_ONE}))*"
_ZH_NUMBER = "[零〇一二两三四五六七八九十百千万俩仨廿卅]+"
_NUMBER = re.compile(
    rf"(?P<dozen>(?:\b(?:half\s+a|a|an?other|one|the|(?P<many>\d+|{_EN_NUMBER}))\s+dozens?\b)|(?:(?P<zh_many>半|\d+|{_ZH_NUMBER})打(?![开电算折包印])))"
    rf"|(?P<sign>(?<![\w)])[+-])?(?<![a-z0-9_./])(?<!\d,)(?<![a-z]-)(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<point>\.\d+)?(?P<scale>[千万](?![元块])|k(?![a-z0-9]))?(?![\d:/])"
    rf"|(?P<zh>{_ZH_NUMBER})(?=(?P<more>[多来几余](?=[{'个台件套只条根箱包卷对双块张片支枚'}])))?|\b(?P<couple>a\s+couple|a\s+pair|a\s+few|several)\b|\b(?P<both>both)\b|\b(?P<en>{_EN_NUMBER})\b",
    re.ASCII,
)
_UNIT_ZH = r"(?:个(?!单子|月|小时|钟|工作日|星期|礼拜|人|字|点|多|性|别|体)|台|件|套|只(?![有是要能好])|条|根|箱|包(?!装|裹|括)|卷|对(?![吗吧的了应么比])|双|副|块(?!钱)|张(?!单)|片|支(?!持)|枚|颗|粒|桶|瓶|罐|批|组(?!织)|盒|袋|把|捆|盘|付|樘|扇|面(?!积)|车|托盘?|板|部(?!门)|架|辆|份(?!订单)|吨)"
_UNIT_EN = (
    r"(?:pcs?|pieces?|units?|ea|each|sets?|kits?|items?|boxes|box|cartons?|crates?|cases|pallets?|packs?|packets?|packages?|rolls?|pairs?|bags?|bottles?|drums?|tubes?|spares?|parts?|bundles?|reels?|sheets?|sticks?|goods|copies|assemblies)(?![a-z])"
)
_UNIT = re.compile(rf"\s?(?:{_UNIT_ZH}|[-\s]?{_UNIT_EN}(?:\s+of\s+(?:the|those|these|them|my|our))?)", re.ASCII)
_OF_THEM = re.compile(r"\s+(?:of|from)\s+(?:the|them|these|those|it|my|our|that|which)\b|\s+(?:more|extra|additional|fewer|less|other)\b", re.ASCII)
_NO_GOODS = re.compile(
    r"\s?的?(?:新的?)?(?:问题|疑问|人|说法|电话|报价|地址|发票|订单|单子|月|小时|星期|礼拜|工作日|字|解释|答复|时间|日期|客户|同事|地方|建议|方案|型号|产品|选项|选择|事|结果|回复|客服|东西|交代|准信|确认|请求|要求|价|优惠|折扣|办法|邮件|消息|图|照片|牌子|品牌|师傅|工程师|朋友|老板|公司|部门|仓库?|厂)"
    r"|\s+(?:more\s+|other\s+|quick\s+)?(?:questions?|things?|issues?|problems?|orders?|people|persons?|guys|colleagues?|requests?|emails?|calls?|messages?|photos?|pictures?|invoices?|addresses|options?|choices?|shipments?|deliveries|copies of|ways?|minutes?|reasons?|points?|lines?|of us|of you)\b",
    re.ASCII,
)
_UP = re.compile(r"(?:再|另外|额外|还)?(?:多)?(?:加(?!到|至|成|为|起|上)|增加(?!到|至|为)|追加|添(?:加)?|增订|补订|加订|多(?:要|订|来|买|加|拿|下)(?!了))(?:了|上|个)?\s*$|(?<![不差很好太])(?:再)多\s*$|再(?:来|要|订|买)\s*$|\b(?:add(?:ing)?|another|extra|additional|plus|increase\s+(?:\S+\s+){0,4}by|raise\s+(?:\S+\s+){0,4}by|up\s+(?:it\s+)?by|bump\s+(?:\S+\s+){0,3}by)\s+(?:another\s+|an?\s+extra\s+)?$", re.ASCII)
_DOWN = re.compile(
    r"(?<![多至缺不])(?:减(?:少|掉|去|下)?(?!到|至|成|为)|去掉|砍掉?|扣掉?|少(?:要|订|买|拿|来|下))(?:了|个)?\s*$|(?<![多至缺不减])少\s*$"
    r"|\b(?:(?:reduce|cut|decrease|lower|drop|shrink|trim|bring)(?:\s+\S+){0,4}?\s+by|minus|take\s+(?:off|away)|knock\s+off|remove|subtract|less|drop)\s+$",
    re.ASCII,
)
_DOWN_VERB = re.compile(r"\b(?:drop|remove)\s+$", re.ASCII)
_MORE = re.compile(rf"\s?(?:{_UNIT_EN}\s+)?(?:more|extra|additional)\b(?!\s+(?:than|questions?|things?|days?|weeks?|time|hours?|orders?|expensive|info|details?))", re.ASCII)
_FEWER = re.compile(rf"\s?(?:{_UNIT_EN}\s+)?(?:fewer|less)\b(?!\s+than)", re.ASCII)
_TO = re.compile(
    r"(?:改成|改为|改到|改回|改|变成|变为|换成|调成|调为|调到|调整为|调整到|调整成|加到|增加?到|增加?至|减到|减少到|减至|减成|减为|降到|降至|砍到|砍成|缩减?到|缩减?为|提高?到|数量|总数|件数|台数|个数|减剩|只留|数量[是为:：改成到]+)[是为:：]?(?:共|总共|一共)?\s*$"
    r"|\b(?:make\s+(?:it|that|this|them)|(?:qty|quantity|count|number of \w+)\s*(?:is|to|should be|of|[:=])?|down\s+to|up\s+to|set\s+(?:it\s+)?(?:to|at)|just|only|keep(?: it at)?|total(?: of)?)\s*(?:be\s+|is\s+)?$"
    r"|\b(?:increas|reduc|chang|cut|lower|rais|bump|drop|decreas|adjust|updat|bring|scal|trim|amend|modif|mov|go|tak)\w*\b[^.;!?]{0,50}?\bto\s+$",
    re.ASCII,
)
_FROM = re.compile(rf"(?:从|由|原来(?:的|是)?|原本|\bfrom\s+)\s*$", re.ASCII)
_THEN = re.compile(rf"\s?(?:{_UNIT_ZH}|{_UNIT_EN})?\s*(?:的)?[^\d，,。;；]{{0,6}}?(?:改成|改为|改到|改|变成|变为|换成|减到|加到|减少到|增加到|降到|调到|调整为|调整到|到|至|[-=]?>|→|\bdown to\b|\bup to\b|\bto\b|\binto\b)\s*(?:共)?$", re.ASCII)
_OUT_OF_TOTAL = re.compile(rf"(?:{_UNIT_ZH})[\u4e00-\u9fff]{{0,4}}?(?:里面?|之?中|当中)", re.ASCII)
_NEED = re.compile(
    r"(?:要|需要|买|订|订购|订货|采购|退|退货|退回|退掉|留|拿|来|剩|只要|就|共|一共|总共|各|缺|少发|多发|少收|坏|破)(?:了)?\s*$"
    r"|\b(?:need|want|order|buy|return|returning|send back|keep|take|get|exchange|swap|purchase|require|ordered|bought|about|for|have|got|received|only)\s+$",
    re.ASCII,
)
_TIMES = re.compile(r"\s?[x×*]\s?$", re.ASCII)
_X_AFTER = re.compile(r"\s?[x×*](?![a-z])\s?", re.ASCII)
_CLAUSE_END = re.compile(r"\s*(?:$|[，,。.;；!！?？\n]|吧|就行|就好|就够|即可|please|pls|thanks|instead|then|now|for now|total|in total|altogether)", re.ASCII)
_EACH_BEFORE = re.compile(r"(?:钱|价格?|[块元]|卖|\bper|\beach)\s*$", re.ASCII)
_EACH_AFTER = re.compile(r"\s?(?:是|要|卖)?(?:多少|什么价|怎么卖|几块|几元|贵不贵)|\s+(?:costs?|price)\b", re.ASCII)
_PRICE_TALK = re.compile(r"折|优惠|便宜|手续费|违约|定金|订金|首付|税|利息|\b(?:discount|off|fee|tax|vat|interest|deposit|cheaper|charge|restocking|rebate|prepay\w*|down ?payment|sure|correct)\b", re.ASCII)
_RANGE = re.compile(rf"(?:{_UNIT_ZH})?\s?(?:-|~|–|—|到|至|或者?|to|or)\s?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that may count goods: `value`, its place, and whether it is only about that many."""

    value: int
    start: int
    end: int
    about: bool = False
    sign: str = ""


def counts(scan: Scan) -> list[Count]:
    """All whole numbers in what is left of the message, in digits, Chinese numerals and English words, dozens counted out."""
    found = []
    for match in _NUMBER.finditer(scan.rest):
        value = _value(match)
        if value is not None and 0 <= value < 10_000_000:
            end = match.end() + (1 if match.group("more") else 0)
            found.append(Count(value, match.start(), end, bool(match.group("more")), match.group("sign") or ""))
    return found


def _value(match: re.Match[str]) -> int | None:
    if match.group("dozen"):
        if match.group().startswith(("half", "半")):
            return 6
        many = match.group("many") or match.group("zh_many")
        number = parse_number(many) if many else 1
        return None if number is None else 12 * int(number)
    if match.group("digits"):
        if match.group("point") and not match.group("scale"):
            return None
        number = parse_number(match.group("digits") + (match.group("point") or "") + (match.group("scale") or ""))
        return int(number) if number is not None and number == int(number) else None
    if match.group("zh"):
        parsed = parse_zh(match.group("zh").replace("俩", "两").replace("仨", "三"))
        return int(parsed) if parsed is not None else None
    if match.group("couple"):
        return 2 if match.group("couple").endswith(("couple", "pair")) else None
    if match.group("both"):
        return 2
    return parse_en(match.group("en"))


def read_amounts(scan: Scan) -> None:
    """Slots `quantity` (a number, {"delta"}, or {"relative", "n"?}) and `item` where a quantity adjoins a product."""
    if scan.expecting == "phone":
        return
    if _shares(scan):
        return
    numbers = [count for count in counts(scan) if not _replaced(scan, count)]
    read = [(count, value) for count in numbers if (value := _quantity(scan, count)) is not None]
    ranges = {count.start: low.value for low, (count, value) in _ranges(scan, numbers, read)}
    read = [pair for pair in _joined(scan, read) if pair[0].value not in ranges.values() or pair[0].start in ranges]
    about = {count.start: count.about for count, _ in read}
    kept = settle(scan.plain, [Mention(value, count.start, count.end) for count, value in read])
    for mention, note in kept:
        low = ranges.get(mention.start)
        span = (mention.start, _unit_end(scan, mention.end))
        if low is not None:
            scan.add("quantity", {"range": [low, mention.value]}, span, note="range")
        elif about[mention.start]:
            scan.add("quantity", {"about": mention.value}, span, note="ambiguous")
        else:
            scan.add("quantity", mention.value, span, note=note)
    _items(scan, [mention for mention, _ in kept if isinstance(mention.value, int) and mention.start not in ranges and not about[mention.start]])
    if not kept:
        _whole(scan)


def _ranges(scan: Scan, numbers: list[Count], read: list[tuple[Count, Json]]) -> list[tuple[Count, tuple[Count, Json]]]:
    """Quantities that are the upper end of a range ("10-12 pieces"), each with its lower end."""
    values = {count.start: (count, value) for count, value in read if isinstance(value, int)}
    pairs = zip(numbers, numbers[1:], strict=False)
    return [(low, values[high.start]) for low, high in pairs if high.start in values and _RANGE.fullmatch(scan.rest[low.end : high.start])]


def _joined(scan: Scan, read: list[tuple[Count, Json]]) -> list[tuple[Count, Json]]:
    """A change and its result said together ("减十个，也就是改成30") are one statement: the result stays."""
    if len(read) < 2 or not re.search(r"也就是|即|等于|就是说|变成|\bso that(?:'s| is)|\bi\.?e\b|\bmeaning\b|\bthat is\b|\bmaking it\b|\bfor a total\b", scan.plain):
        return read
    absolute = [pair for pair in read if isinstance(pair[1], int)]
    return absolute or read


def _replaced(scan: Scan, count: Count) -> bool:
    """Whether a number is only what the quantity was: 从10台改成8台, from 10 to 8."""
    after = scan.rest[count.end : count.end + 30]
    other = _NUMBER.search(after)
    if re.search(r"(?:\d|[a-z])\s+(?:out\s+)?of\s+(?:(?:the|my|our|those|these|all)\s+)?$", scan.plain[: count.start], re.ASCII) or (other and _OUT_OF_TOTAL.match(after)):
        return True
    if not other or not _THEN.fullmatch(after[: other.start()]):
        return False
    between = after[: other.start()]
    if re.search(r"[改变换减加降调]|>|→|\bdown\b|\bup\b", between):
        return True
    return bool(_FROM.search(scan.plain[: count.start])) or bool(re.search(r"\bfrom\s+\S*\s*$", scan.plain[: count.start]))


def _unit_end(scan: Scan, end: int) -> int:
    match = _UNIT.match(scan.plain, end)
    return match.end() if match else end


def _quantity(scan: Scan, count: Count) -> Json:
    """The quantity that a number says in its context, or None when it counts no goods."""
    before, after = scan.rest[max(0, count.start - 60) : count.start], scan.rest[count.end : count.end + 40]
    unit = _UNIT.match(after)
    if _NO_GOODS.match(after, unit.end() if unit else 0) or re.match(r"\s?%|\s?percent", after) or before.endswith("第") or _lone(scan, count, unit=bool(unit)):
        return None
    if count.value == 1 and (_EACH_BEFORE.search(before) or (unit and _EACH_AFTER.match(after, unit.end()))):
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
    if scan.expecting == "date":
        return None
    if _TO.search(before) or (_NEED.search(before) and _CLAUSE_END.match(after) and count.value < 100_000):
        return count.value
    if _beside(scan, count):
        return count.value
    return count.value if _alone(scan, count) else None


def _lone(scan: Scan, count: Count, *, unit: bool) -> bool:
    """Whether a single Chinese numeral is part of a word (一下, 统一) or "one" a pronoun; then it counts nothing."""
    said = scan.plain[count.start : count.end]
    if said.isascii():
        return said == "one" and bool(re.search(r"\b(?:the|that|this|which|each|every|any|another|other|no|some|last|next|only|wrong|right|new|old|first|second|\w+(?:er|est))\s+$", scan.plain[: count.start]))
    if unit or said[0] in "俩仨" or said.endswith("打"):
        return bool(re.search(r"(?:我们|你们|他们|咱们|咱|[统唯同单不另])$", scan.plain[: count.start])) and not (unit and scan.plain[: count.start].endswith("另"))
    if len(said) > 1 and not re.match(r"万一|千万|一一|一二|三三两两|十分|百分|[一二三四五六七八九]+$", said):
        return False
    before = scan.plain[: count.start]
    telling = re.fullmatch(r"[^\u4e00-\u9fff]*", before) or _TO.search(before) or scan.expecting in ("quantity", "items")
    return not (telling and _CLAUSE_END.match(scan.plain, count.end))


def _delta(before: str, after: str, count: Count) -> tuple[int, bool] | None:
    """(change, whether the words alone are enough) when a number says by how much rather than how many."""
    if count.sign:
        return (count.value if count.sign == "+" else -count.value), True
    if _UP.search(before):
        return count.value, not re.search(r"(?:extra|additional|another|plus|买|订)\s*$", before)
    if _DOWN.search(before):
        return -count.value, not re.search(r"(?:\bless|\bdrop|\bremove)\s*$", before)
    if _MORE.match(after):
        return count.value, True
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
    if any(slot.start - begin in (0, 1) for slot in scan.of("product", "unknown_product")):
        return True
    window = scan.rest[begin : begin + 48]
    skip = re.match(r"\s?(?:(?:of|the|new|more|spare|cracked|broken|damaged|dented|bent|faulty|defective|unopened|unused|replacement|same|sealed|[a-z]+(?:ed|en|al|ing|ous))\s+){0,2}|\s?的?", window, re.ASCII)
    offset = skip.end() if skip else 0
    if any(begin + offset <= slot.start <= begin + offset + 1 for slot in scan.of("product", "unknown_product")):
        return True
    return any(start <= offset + 1 for _, start, _ in phrases_in(window, scan.lexicon, kinds=("family", "unit"))[:1])


def _both(scan: Scan, after: str) -> bool:
    if len(scan.of("order")) > 1 or len(scan.of("product")) > 1:
        return False
    return bool(re.match(rf"\s+(?:of\s+(?:them|the|these|those)\b(?!\s+orders)|{_UNIT_EN}|are\b|were\b|have\b|arrived|came|leak|broke|back|\W*$)", after, re.ASCII)) or bool(
        phrases_in(after[:16], scan.lexicon, kinds=("family",))
    )


def _beside(scan: Scan, count: Count) -> bool:
    """P-100 x 10, BR-6205: 40."""
    for slot in scan.of("product", "unknown_product"):
        gap = scan.plain[slot.end : count.start]
        if slot.end <= count.start and (_TIMES.fullmatch(gap) or re.fullmatch(r"\s?[:：]\s?", gap)):
            return True
    return bool(re.match(r"[x×*]$", scan.plain[max(0, count.start - 1) : count.start])) and _alone(scan, count)


def _alone(scan: Scan, count: Count) -> bool:
    """A message that is nothing but a number of goods in words or dozens ("twenty", "两打", "俩"); bare digits say too little."""
    said = scan.plain[count.start : count.end]
    rest = scan.plain[: count.start] + scan.plain[count.end :]
    if said.isdigit() and GONE not in scan.rest:
        return False
    return not re.sub(r"[\s,.，。!！~吧够了就行好的只要我嗯a-]|just|please|pls|only|is|enough|will do|then", "", rest)


def _items(scan: Scan, mentions: list[Mention]) -> None:
    """Pair each absolute quantity with the product right beside it."""
    free = [slot for slot in scan.of("product") if not slot.candidates and slot.note != "new"]
    for before in (False, True):
        for mention in list(mentions):
            for slot in free:
                gap = scan.plain[slot.end : mention.start] if before else scan.plain[_unit_end(scan, mention.end) : slot.start]
                left, right = (slot.end, mention.start) if before else (mention.end, slot.start)
                if left <= right and _adjoins(scan, gap):
                    span = (min(slot.start, mention.start), max(slot.end, _unit_end(scan, mention.end)))
                    scan.add("item", {"sku": slot.value, "quantity": mention.value}, span)
                    free.remove(slot)
                    mentions.remove(mention)
                    break


def _adjoins(scan: Scan, gap: str) -> bool:
    if len(gap) > 24 or re.search(r"[，,。;；.!?]|\band\b", gap):
        return False
    for _, start, end in reversed(phrases_in(gap, scan.lexicon, kinds=("family",))):
        gap = gap[:start] + gap[end:]
    return not re.sub(r"[\s的x×*:：]|of|the|new|each|各|要|来|退|换|pcs|pieces|units", "", gap)


_HALF = re.compile(
    r"一半|半数|减半|对半|(?<![a-z-])(?:by\s+|in\s+)?half\b(?!-)(?!\s+(?:an?\s+|the\s+|of\s+the\s+)?(?:day|hour|year|month|week|dozen|past|an|price|time|inch|million|off|way|hearted))(?!\s+of\s+(?:the|this|that|next)\s+(?:day|year|month|week|time))", re.ASCII
)
_DOUBLE = re.compile(r"翻一?[倍番]|加倍|(?:增加|多|加|涨)一倍|\bdouble\s+(?:it|that|up|the\s+(?:order|quantity|qty|amount|number))\b|\btwice\s+(?:as\s+many|the\s+(?:quantity|amount|number))\b", re.ASCII)
_BUT = re.compile(
    rf"(?:除了?|扣除|留下?|保留|剩下?)\s?(?P<a>\d+|{_ZH_NUMBER})\s?(?:{_UNIT_ZH})?(?:以?外|之外|不退|不要)?[，,\s]*(?:其(?:他|它|余)的?|剩下的?|剩余的?|别的|都|全)"
    rf"|\b(?:all|everything|every\s+one|each|the\s+(?:whole\s+)?(?:lot|rest))(?:\s+of\s+(?:them|it))?\s+(?:but|except(?:\s+for)?|minus|save|apart\s+from|bar|excluding)\s+(?:for\s+)?(?P<b>\d+|{_EN_NUMBER})\b"
    rf"|\b(?:keep|leave|hold back|retain)(?:ing)?\s+(?P<c>\d+|{_EN_NUMBER})\b[^.;]{{0,25}}?\b(?:rest|others?|everything else|remainder|remaining)\b|\bexcept(?:\s+for)?\s+(?P<d>\d+|{_EN_NUMBER})\b[^.;]{{0,12}}?\ball\b",
    re.ASCII,
)
_ALL = re.compile(
    r"(?:全部|全都|全数|统统|通通|一个不留|整批|整单|所有的?)(?!订单|单子|信息|规则|客户|资料|内容|历史|问题|发票|流程|人|地址|记录)|全(?=退|换|要|取消|坏|破|碎|都|退货)|(?<![个么啊些什])都(?=退|换货?(?!季)|不要了|取消|坏|破|裂|碎|要退)"
    r"|\ball\s+(?:of\s+(?:it|them|these|those)|the\s+(?:goods|items|units|pieces|pumps|lot)|units|pieces|items|pcs)\b|\bthe\s+(?:whole|entire|full)\s+(?:lot|order|batch|delivery|shipment|quantity|thing|box)\b|\beverything\b(?!\s+(?:ok|okay|else|is|looks|was|about|fine|you))"
    r"|\bthe\s+(?:lot)\b(?!\s*(?:number|no|#))|\bevery\s+(?:one|single one|piece|unit)\b|\b(?:them|it)\s+all\b|\ball\s*[.!]*$",
    re.ASCII,
)
_PERCENT = re.compile(rf"(?P<n>\d{{1,3}}|{_EN_NUMBER})\s?(?:%|percent\b|per\s?cent\b|pct\b)|百分之(?P<zh>{_ZH_NUMBER}|\d+)", re.ASCII)
_CUT = re.compile(r"(?:减少?|砍|降低?|少|缩减|\b(?:reduc\w+|cut\w*|decreas\w+|lower\w*|drop\w*|trim\w*|less)\b)[^，,。;；]{0,30}$", re.ASCII)
_GROW = re.compile(r"(?:增加?|加|多|提高?|\b(?:increas\w+|rais\w+|add\w*|up|bump\w*|more)\b)[^，,。;；]{0,30}$", re.ASCII)
_OUT_OF = re.compile(r"(?:退|取消|要|留|发|\b(?:return\w*|send|cancel\w*|keep|ship|only|quantity|exchange)\b)[^，,。;；]{0,30}$", re.ASCII)


def _shares(scan: Scan) -> bool:
    """Shares that settle the amount by themselves: all but two, half, double, 30 %."""
    text = scan.rest
    if match := _BUT.search(text):
        said = next(group for group in match.group("a", "b", "c", "d") if group)
        number = parse_number(said)
        if number is not None:
            scan.add("quantity", {"relative": "all_but", "n": int(number)}, match.span())
            return True
    if match := _DOUBLE.search(text):
        scan.add("quantity", {"relative": "double"}, match.span())
        return True
    if (match := _HALF.search(text)) and not re.search(r"\d\s*(?:and\s+a\s+)$|价$", text[: match.start()]):
        scan.add("quantity", {"relative": "half"}, match.span())
        return True
    match = _PERCENT.search(text)
    if match and not _PRICE_TALK.search(text):
        number = parse_number(match.group("n") or match.group("zh"))
        before = text[: match.start()]
        towards = bool(re.search(r"(?:到|至|为|成|\bto)\s*$", before, re.ASCII))
        share = None if number is None else int(number) if towards or not (_CUT.search(before) or _GROW.search(before)) else 100 - int(number) if _CUT.search(before) else 100 + int(number)
        if share is not None and 0 <= share and (towards or _CUT.search(before) or _GROW.search(before) or _OUT_OF.search(before) or scan.expecting in ("quantity", "items")):
            scan.add("quantity", {"relative": "percent", "n": share}, match.span())
            return True
    return False


def _whole(scan: Scan) -> None:
    """All of it, when no number is said."""
    match = _ALL.search(scan.rest)
    if not match and scan.expecting in ("quantity", "items"):
        match = re.match(r"都(?:要|是|退|换)?|all\b|每个", scan.plain, re.ASCII)
    if match and not any(slot.value == {"all": True} for slot in scan.of("order_ref")):
        scan.add("quantity", {"relative": "all"}, match.span())
