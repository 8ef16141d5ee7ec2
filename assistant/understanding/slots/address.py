"""Delivery addresses in Chinese and English, cut clean of verbs and politeness; whether one may be delivered to is a rule's business."""

from __future__ import annotations

import re
from itertools import islice

from assistant.understanding.slots.places import STATES
from assistant.understanding.slots.scan import DATES, GONE, Scan
from assistant.understanding.slots.signature import claim_signature

_MOST_CUES = 6
_GOODS_TO = re.compile(r"[^到至往，,。]*\d[^到至往，,。]*(?:寄|送|发|运)?[到至往]")
_LATIN_PART = re.compile(r"#?[\da-z][\da-z.'’/-]*(?:号|室|楼|栋|层)?|号|室|楼|栋|层", re.ASCII)
_TOWN_ZH = re.compile(r"(?:(?<=[到至往是为在:：，,\s])|^)[\u4e00-\u9fff]{2,6}[市区]?\s+$")
_HOUSE = re.compile(r"\d{1,5}(?:-\d+)?(?:号|號)(?:楼|栋|院|[\u4e00-\u9fff]?\d{0,4}室)?")
_STREET_SAID = re.compile(r"[路街道巷弄]\s*$")
_LABEL = re.compile(r"[^:：\d]{1,24}[:：]\s*(?=[^\s])")  # 改送无锡：江苏省无锡市…, the name of the place before its address
_LONGEST = 200  # characters of an address with what stands around it
_STOP_EN = re.compile(rf"[;!?\n{GONE}]|\.(?=\s|$)(?<!\bst\.)", re.ASCII)
_HARD = re.compile(rf"[。；;！!？?\n{GONE}]")
_CUE_ZH = re.compile(
    r"(?:收货|送货|交货|发货|配送|新的?|寄件|收件)?(?:地址|地点|目的地|[送收卸交提到]货点|[收卸交到]货地点?)(?:应该|要|想|需要|帮我|请)?(?:也|都|"
    r"给我)?(?:改成?|换成?|变更?|更新|更正|更改|修改)?(?:成|到|为|是|在|去|送)?[:：\s，,]*(?:改成|改为|改到|换成|换到)?"
    r"|(?:改|转|重新|直接|都|请|再|货)?(?:配送|派送|转运|转送|发货|送货|发|送|寄|运|拉|投递|交货)(?:货)?(?:到|至|往|去|给)(?:我们?|咱们?|"
    r"你们)?(?:的)?|(?:改|转)(?:送|发|寄|运)(?:到|往|至|去)?|(?:改|换|搬|转|挪)(?:到|成|为|去|至|往)(?:我们?的?)?"
)
_NOT_ZH = re.compile(
    r"^(?:哪|什么|多少|几|了|货|没|吗|时候|我邮箱|邮箱|我?微信|我?手机|电话|客户|之后|以后|为止|底|现在|今天|明天|后天|"
    r"[下上本这](?:个?[周月]|星期|礼拜|次|面|边|午|单|批|个)|周[一二三四五六日末]|月[底初]|原来|之前|老地址)|邮箱|邮件|微信|手机号|短信|"
    r"下周|上周|本周|周[一二三四五六日]|星期|月底|月初"
)
_SITE_ZH = (
    r"(?:厂区?|工厂|仓库?|库房|车间|工地|分公司|办事处|门店|码头|机场|总部|园区|工业园|科技园|产业园|开发区|高新区|保税区|大厦|写字楼|"
    r"营业部|项目部|基地|物流园|中心|港口?|广场|市场|[省市区县镇乡村]|路|街道?|大道|巷|弄|胡同|(?<=[\d一二三四五六七八九十])号(?!的)|栋|幢|座|楼|层|室|单元)"
)
_SITE_END_ZH = re.compile(rf".*(?:{_SITE_ZH}(?:[\dA-Za-z]{{1,4}}|[东南西北]?门|门口|前台|门卫)?|[\d]+[a-z]?)", re.DOTALL)
_TAIL_ZH = re.compile(
    r"(?:(?:可以|行|好|成)(?:吗|么|不|吧)?|吗|呢|吧|啊|哦|哈|了|去|那边|这边|那里|这里|谢谢.*|多谢.*|麻烦.*|就(?:行|好|可以)了?|即可|"
    r"好不好|行不行|的话|来|收|不是.*|而不是.*|别.*|尽快.*|先.*|然后.*|因为.*|邮编.*|电话.*|联系人.*|收件人.*|收货人.*|联系.*|的(?:订单|"
    r"货|单子|那批).*)+$"
)
_MIXED = re.compile(
    rf"\s*(?:我们?|咱们?|你们)?(?:的|在|位于)?\s*(?P<place>[a-z0-9][a-z0-9 ,.#'’/-]*[a-z0-9.])"
    rf"(?P<site>\s*(?:那边|这边)?的?\s*[\u4e00-\u9fff]{{0,4}}?{_SITE_ZH})?",
    re.ASCII,
)
_STREET_ZH = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:路|街|大道|巷|弄|胡同|村|镇|道|工业园|园区|开发区|广场|"
    r"大厦))[\u4e00-\u9fff\s]{0,8}[\da-z零一二三四五六七八九十百]+(?:-\d+)?\s?(?:号|弄|栋|幢|座|楼|室|层|单元|巷)|"
    r"[\u4e00-\u9fff]{2,7}(?:省|市|区|县)[\u4e00-\u9fff]{2,}(?:路|街|大道|巷|弄|村|镇|园|区)"
)
_MORE_ZH = re.compile(r"(?:号|栋|幢|座|楼|层|室|单元|门|库|仓|厂|路|街|道|区|镇|园|大厦|广场|中心|市|县)")
_STOP_ZH = re.compile(r"^(?:邮编|电话|联系|收|谢|麻烦|订单|日期|数量|改|并|另外|顺便|可以|行|好|能|吗|请|还|也|再|如果|因为|时间|尽快|不要|别|这|那|原来|我)")
_LEAD_ZH = re.compile(
    r"^(?:(?:#?\d{4,}(?:号?的?(?:订单|单子|单))?的?(?=[货送发寄运改转配到的拉])|货|的|转|请|[送收卸交提到]货点|拉|好的?|嗯|是|对|请|麻烦|帮我|那就|那|就|都|先|我们?(?:的|在)?|新的?(?=地址)|改|换|送|寄|发|运|配送|收货|送货|交货"
    r"|地址|地点|"
    r"是|为|到|至|往|在|成|给|去)(?:货(?=[到至]))?[，,:：\s]*)+"
)
_NOT_ANSWER_ZH = re.compile(
    r"[?？吗呢么]|什么|怎|多少|哪|几|不(?!来梅)|没|取消|算了|谢谢|你好|您好|确认|查|改期|人工|客服|发票|退|等[等下一]|稍|知道|一样|"
    r"老地址|原来|之前|上次|同上|忘了|再说|想|问|看看|看下|考虑|商量|回头|晚点|一会|确定|告诉|发给|价格|保修|质保|^(?:好的?|嗯+|可以|行|"
    r"对|是的?|ok)$"
)

_ABBR = "|".join(STATES)
_STREET_WORD = (
    r"(?:street|str|st|avenue|ave|av|road|rd|boulevard|blvd|lane|ln|drive|dr|way|court|ct|place|pl|parkway|pkwy|highway|hwy|freeway|fwy|"
    r"terrace|ter|square|sq|loop|trail|trl|circle|cir|row|quay|wharf|park|estate|close|"
    r"crescent|cres|parade|pde|esplanade|grove|promenade|motorway|"
    r"turnpike|tpke|pike|plaza|plz|alley|bypass|expressway|route|mews|gardens|walk|industrial park|business park|farm road)"
)
_UNIT_EN = (
    r"(?:,?\s*(?:suite|ste|unit|apt|floor|fl|bldg|building|dock|gate|room|rm|warehouse|bay|hall|block|po box|p\.o\. box|level|#)\s*\.?#?\s*[a-z]?\d*[a-z]?\b)"
)
_LATIN_STREET = re.compile(rf"(?<![a-z]){_STREET_WORD}(?![a-z])", re.ASCII)
# no street's name begins like this: "12381 on its way", "12366 by the way", "40 will take place"
_NO_NAME = (
    r"(?!(?:on|in|is|are|was|were|by|to|at|for|from|as|and|or|but|if|has|have|had|been|be|its|it|their|they|will|would|should|can|could|might|must|"
    r"do|does|did|any|all|gets?|goes|take[ns]?)\s)"
)
_STREET_EN = re.compile(
    rf"(?<![\w#.$-])(?:(?:suite|unit|building|bldg|block|hall|"
    rf"dock)\s+\w+,\s*)?\d{{1,6}}(?:-\d+)?[a-z]?,?\s+{_NO_NAME}(?:[nsew]{{1,2}}\.?\s+)?(?:(?!\d+\s)[a-z0-9.'’-]+\s+){{0,4}}?{_STREET_WORD}\b\.?(?:\s+[nsew]{{1,2}}\b)"
    rf"?{_UNIT_EN}*"
    rf"|(?<![\w#.$-])\d{{1,5}}[a-z]?,?\s+(?:rue|avenue|via|calle|rua|boulevard|place|route|chemin|viale|piazza|highway|interstate|"
    rf"county road|fm)\s+(?:[a-z0-9'’.-]+\s*){{1,4}}?(?=,|$|\s\d{{4,5}}\b)"
    rf"|\b[a-zäöüß-]+(?:straße|strasse|str\.|weg|allee|platz|gasse|damm|ufer|chaussee)\s*\d{{1,4}}\s?[a-z]?\b(?!\w)|"
    rf"\bp\.?\s?o\.?\s+box\s+\d+",
    re.ASCII,
)
_ZIP = r"(?:\d{5}(?:-\d{4})?|[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|\d{4,6})"
_CITY_STATE = re.compile(
    rf"(?:[,\s]\s*(?:[a-zäöüéèß.'’-]+\s+){{0,3}}?[a-zäöüéèß.'’-]+)?\s*,?\s+(?:{_ABBR.lower()})\b\.?(?:,?\s+{_ZIP}(?!\w))?(?:,\s*(?:usa|us|"
    rf"united states|canada|australia))?",
    re.ASCII,
)
_CITY_ZIP = re.compile(rf",?\s*(?:{_ZIP}\s+)?[a-zäöüéèß.'’-]+(?:\s+[a-zäöüéèß.'’-]+){{0,2}},?\s+{_ZIP}(?!\w)|,?\s*{_ZIP}\s+[a-zäöüéèß'’-]+", re.ASCII)
_NEXT = re.compile(r"(?:,\s*|\s+)([A-Za-zÄÖÜäöüéèß.'’-]+|\d{4,6}(?:-\d{4})?)")
_CUE_EN = re.compile(
    r"\b(?:ship|send|deliver|mov|redirect|re-?rout|rout|divert|forward|drop|bring|dispatch|relocat|transfer|go|com|switch|chang|"
    r"updat)\w*\b[^.;!?\n]{0,60}?\b(?:to|at)\s+"
    r"|\b(?:address|dock|location|destination|ship[- ]?to|delivery point|delivery site|drop-?off|(?:liefer|versand)?(?:adresse|anschrift)"
    r"|adresse(?: de livraison)?|direcci[oó]n(?: de entrega)?|indirizzo)\b[^.;!?\n]{0,30}?(?:\bto\b|\bis\b|\bas\b|:|=|\bbe\b)\s*",
    re.ASCII,
)
_TAIL_EN = re.compile(
    r"[\s,]+(?:instead|please|pls|plz|thanks|thank you|thx|now|asap|today|tomorrow|from now on|if possible|if you can|right away|ok|okay|"
    r"for me|for us|going forward|rather than|not|by|before|until|till|on|for|and|but|so|because|as|when|where|starting|"
    r"with|attn|attention|tel|phone|contact|we|i|it|the order|which|that|this|is|are|can|could|would|will|does|do|order|orders|quickly|"
    r"soon|next|or|in (?:june|july|\w+ days?)|via|per)\b.*$",
    re.ASCII | re.DOTALL,
)
_SITE_EN = (
    r"(?:plants?|warehouses?|docks?|sites?|offices?|factory|factories|facility|facilities|depots?|branch|terminals?|yards?|stores?|hubs?|"
    r"headquarters|hq|works|shop|campus|port|airport|job ?site|location|distribution cent(?:er|re)|dc|mill|refinery|station)"
)
_DETERMINER = re.compile(r"^(?:(?:our|the|my|your|a|an|this|that|its|their)\s+)+", re.ASCII)
_LEAD_EN = re.compile(
    r"^(?:(?:it'?s|it is|(?:the |our )?(?:new )?(?:delivery |shipping |ship-?to )?address(?: is| should be|:)?|new address:?|please|pls|"
    r"(?:re)?(?:ship|send|deliver|change|move)(?: it| them| that| this| the order)?(?: to)?|make it|to|at|yes|ok|okay|sure|use|put|"
    r"how about|let'?s (?:use|do|go with)|that would be|"
    r"i'?d like(?: it at)?|actually|sorry|no)[\s,:]+)+",
    re.ASCII,
)
_NOT_ANSWER_EN = re.compile(
    r"\?|\b(?:what|why|how|when|who|which|can|could|would|will|do|does|did|don'?t|not|cancel|wait|hold|same|know|yet|never|human|agent|"
    r"person|thanks|check|ask|let|think|need|want|price|order|invoice|date|return|refund|is|are|i|you|me|have|has)\b",
    re.ASCII,
)


# the town and its state before the street: Montreal QC, 1200 Rue Sherbrooke
_TOWN_FIRST = re.compile(rf"(?<![A-Za-z])(?:[A-Z][A-Za-z.'-]+\s+){{1,3}}(?:{_ABBR})\s*,\s*$")


def read_addresses(scan: Scan) -> None:
    """The address a message names, if it is more than a passing mention of a town; at most one, its span claimed."""
    claim_signature(scan)
    span = _street_en(scan) or _cued_zh(scan) or _street_zh(scan) or _cued_en(scan)
    if span is None and scan.expecting == "address":
        span = _asked(scan)
    if span is None:
        return
    start, end = span
    label = _LABEL.match(scan.text, start, end)
    if label and place_in(scan, label.end(), end):
        start = label.end()
    scan.add("address", " ".join(scan.text[start:end].split()), (start, end))
    scan.claim(start, end)


def _trimmed(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    while start < end and scan.text[start] in " ,，.:：、-\"“”'()（":
        start += 1
    while end > start and scan.text[end - 1] in " ,，.:：、-\"“”'（\n":
        end -= 1
    return (start, end) if end - start > 1 else None


def place_in(scan: Scan, start: int, end: int) -> bool:
    """Whether a known town, region or country is named in the span, or a state by its two capitals."""
    for match in re.compile(r"[a-z]+|[\u4e00-\u9fff]").finditer(scan.plain, start, end):
        if match.group() in scan.lexicon.places:
            for name in scan.lexicon.places[match.group()]:
                stop = match.start() + len(name)
                if (
                    scan.plain.startswith(name, match.start())
                    and stop <= end
                    and not (name.isascii() and scan.plain[stop : stop + 1].isalpha() and scan.plain[stop : stop + 1].isascii())
                ):
                    return True
    return bool(re.search(rf"(?<![A-Za-z])(?:{_ABBR})(?![A-Za-z])", scan.text[start:end]))


def _cued_zh(scan: Scan) -> tuple[int, int] | None:
    best: tuple[int, int] | None = None
    for cue in islice(_CUE_ZH.finditer(scan.rest), 3 * _MOST_CUES):
        stop = _HARD.search(scan.rest, cue.end())
        limit = stop.start() if stop else len(scan.rest)
        span = _pieces_zh(scan, cue.end(), limit) or _mixed(scan, cue.end(), limit)
        if span:
            best = span
    return best


def _mixed(scan: Scan, at: int, limit: int) -> tuple[int, int] | None:
    """An address in Latin letters inside a Chinese sentence (改送到我们 Denver CO 的工厂), with the site named behind it."""
    match = _MIXED.match(scan.rest[at:limit])
    if not match:
        return None
    start, end = at + match.start("place"), at + match.end("place")
    if not (place_in(scan, start, end) or re.search(r"\d.*[a-z]{2}", scan.plain[start:end])):
        return None
    return _trimmed(scan, start, end if match.group("site") is None else at + match.end("site"))


def _pieces_zh(scan: Scan, at: int, limit: int) -> tuple[int, int] | None:
    """The address that begins at `at`: its first stretch must look like one, later stretches go on while they do."""
    stretches = list(re.finditer(r"[^\s，,、]+", scan.rest[at:limit]))
    if not stretches or _NOT_ZH.search(stretches[0].group()[:12]) or DATES.match(scan.rest, at):
        return None
    start = at + stretches[0].start()
    end = _clean_end_zh(scan, start, at + stretches[0].end())
    if end is None:
        return None
    for stretch in stretches[1:]:
        text = stretch.group()
        if _LATIN_PART.fullmatch(text) and _LATIN_STREET.search(scan.rest, start, limit):
            end = at + stretch.end()  # 悉尼 Burwood Rd 200 号, NSW 2134
            continue
        if _HOUSE.fullmatch(text) and (_STREET_SAID.search(scan.plain, start, end) or _LATIN_STREET.search(scan.plain, start, end)):
            end = at + stretch.end()  # Swanston街 10号 is no tenth of the month
            continue
        if _STOP_ZH.match(text) or not _MORE_ZH.search(text) or DATES.match(text):
            break
        more = _clean_end_zh(scan, at + stretch.start(), at + stretch.end(), going_on=True)
        if more is None:
            break
        end = more
    return _trimmed(scan, start, end)


def _clean_end_zh(scan: Scan, start: int, end: int, *, going_on: bool = False) -> int | None:
    """Where the address in this stretch ends, or None when it is none."""
    text = scan.plain[start:end]
    if not re.search("[\u4e00-\u9fff]", text):
        return None
    tail = _TAIL_ZH.search(text)
    if tail and tail.start() > 1:
        text = text[: tail.start()]
    site = _SITE_END_ZH.match(text)
    placed = place_in(scan, start, start + len(text))
    if site and len(site.group()) > 1 and (placed or going_on or re.search(rf"[\u4e00-\u9fff]{{1,}}{_SITE_ZH}", site.group())):
        longer = len(text) - len(site.group())
        return start + (len(text) if placed and 0 < longer <= 4 and not re.search(r"[的了改退换要]", text[-longer:]) else len(site.group()))
    return start + len(text) if placed and len(text) <= 12 and not re.search(r"[的了吗]", text) else None


def _street_zh(scan: Scan) -> tuple[int, int] | None:
    """A full address without any cue: a street with a number, or town and district in a row."""
    match = _STREET_ZH.search(scan.rest)
    if not match:
        return None
    start, stop = match.start(), _HARD.search(scan.rest, match.end())
    clause = re.search(r"[^\s，,、:：。；;！!？?\n\ue000]+$", scan.rest[: match.end()])
    start = min(start, clause.start()) if clause else start
    start += len(lead.group()) if (lead := _LEAD_ZH.match(scan.plain[start : match.end()])) else 0
    goods = _GOODS_TO.match(scan.plain, start, match.end())
    if goods and place_in(scan, goods.end(), match.end()):
        start = goods.end()  # 寄3套色板到…: the goods are no part of the place
    return _pieces_zh(scan, start, stop.start() if stop else len(scan.rest))


def _street_en(scan: Scan) -> tuple[int, int] | None:
    found = [match for match in _STREET_EN.finditer(scan.rest) if GONE not in match.group()]
    # "not to 9 Main St but 10 Elm St"
    match = next((match for match in found if not _NOT_THERE.search(scan.rest[: match.start()])), found[0] if found else None)
    if not match:
        return None
    end = match.end()
    state = _CITY_STATE.match(scan.rest, end) or _CITY_ZIP.match(scan.rest, end)
    if state and not re.search(r"\b(?:please|instead|before|by|not|and|for|thanks)\b", state.group()):
        end = state.end()
    end = _go_on_en(scan, end)
    town = _TOWN_ZH.search(scan.rest, 0, match.start())
    if town and place_in(scan, *town.span()):
        return _trimmed(scan, town.start(), end)
    first = _TOWN_FIRST.search(scan.text, 0, match.start())
    if first and GONE not in scan.rest[first.start() : first.end()]:
        return _trimmed(scan, first.start(), end)
    unit = re.search(r"(?<![a-z])(?:building|bldg|unit|suite|block|hall|dock|gate|warehouse)\s+$", scan.rest[: match.start()], re.ASCII)
    return _trimmed(scan, unit.start() if unit else match.start(), end)


_NOT_THERE = re.compile(r"\b(?:not|never|rather than|instead of|n't)\s+(?:to|at)?\s*$", re.ASCII)
_ENOUGH = re.compile(
    r"(?:please|pls|thanks|thank|the|we|i|it|my|can|could|also|and|this|that|if|by|before|instead|not|no|yes|our|you|for|order|tel|phone|"
    r"attn|attention|contact|call|what|when|is|will|do|does|regards|best)$"
)


def _go_on_en(scan: Scan, end: int) -> int:
    """Take in the town, state, code and country that follow a street: capitalised words and codes."""
    for _ in range(8):
        match = _NEXT.match(scan.text, end)
        if not match or GONE in scan.rest[match.start() : match.end()]:
            return end
        word = match.group(1)
        if _ENOUGH.match(word.lower().strip(".")) or (
            scan.text[end - 1] == "." and scan.text[end - 2 : end - 1].islower() and not re.search(r"\b(?:st|ave|rd|blvd|ln|dr|hwy|str)\.$", scan.plain[:end])
        ):
            return end
        if not (word[0].isupper() or word[0].isdigit() or place_in(scan, match.start(1), match.end(1))):
            return end
        end = match.end()
    return end


def _cued_en(scan: Scan) -> tuple[int, int] | None:
    for cue in islice(_CUE_EN.finditer(scan.rest), _MOST_CUES):
        near = scan.rest[cue.end() : cue.end() + _LONGEST]
        stop = _STOP_EN.search(near)
        limit = cue.end() + (stop.start() if stop else len(near))
        later = islice(re.finditer(r"\bto\s+", scan.rest[cue.end() : limit], re.ASCII), _MOST_CUES)
        for start in (cue.end(), *(cue.end() + match.end() for match in later)):
            span = _chunk_en(scan, start, limit)
            # to 21 August, our site is not ready: what follows the date is no part of a place
            if span and not DATES.match(scan.rest, span[0]) and _looks_en(scan, span):
                return span
    return None


def _chunk_en(scan: Scan, start: int, limit: int) -> tuple[int, int] | None:
    lead = _DETERMINER.match(scan.plain[start:limit])
    start += lead.end() if lead else 0
    tail = _TAIL_EN.search(scan.rest[start:limit])
    return _trimmed(scan, start, start + tail.start() if tail else limit)


def _looks_en(scan: Scan, span: tuple[int, int]) -> bool:
    text = scan.plain[span[0] : span[1]]
    if len(text.split()) > 14 or not re.match("[a-zäöü0-9]", text):
        return False
    if place_in(scan, *span):
        first = re.match(r"[a-z]+", text)
        return not first or first.group() not in ("be", "do", "get", "see", "make")
    site = re.search(rf"^(?P<what>.*?)\b{_SITE_EN}\b(?:\s+(?:in|at|on|#)?\s*[a-z0-9]+){{0,3}}$", text, re.ASCII)
    return bool(
        site
        and site.group("what").strip()
        and not re.search(r"\b(?:different|another|other|new|right|wrong|same|which|any|some)\s*$", site.group("what"), re.ASCII)
    )


def _asked(scan: Scan) -> tuple[int, int] | None:
    """The whole answer to a question for the address, less its lead-in, unless it is plainly something else."""
    text = scan.plain
    han = len(re.findall("[\u4e00-\u9fff]", text)) * 2 > len(text.replace(" ", ""))
    lead = (_LEAD_ZH if han else _LEAD_EN).match(text)
    start = lead.end() if lead and lead.end() < len(text) else 0
    stop = _HARD.search(scan.rest, start)
    limit = stop.start() if stop else len(text)
    if han:
        span = _pieces_zh(scan, start, limit)
        if span or _NOT_ANSWER_ZH.search(text) or GONE in scan.rest[start:limit]:
            return span
        return _trimmed(scan, start, limit) if 3 <= limit - start <= 40 and not re.search(r"[，,]", text[start:limit]) else None
    span = _chunk_en(scan, start, limit)
    if span is None:
        return None
    if _looks_en(scan, span):
        return span
    words = scan.text[span[0] : span[1]].split()
    named = any(word[:1].isupper() for word in words[1 if start == 0 and len(words) > 1 else 0 :])
    return span if named and 1 <= len(words) <= 12 and not _NOT_ANSWER_EN.search(text) else None
