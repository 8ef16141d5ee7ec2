"""Words that point at an order or at a choice without naming it: the second one, my last pump order, that order, the cheaper one; nothing is resolved here."""

from __future__ import annotations

import re

from assistant.text.numbers import parse_en, parse_zh
from assistant.types import Json
from assistant.understanding.slots.products import phrases_in
from assistant.understanding.slots.scan import Scan

_ORDINAL_WORDS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "sixth": 6,
    "6th": 6,
    "last": -1,
}
_NOT_TIME = r"(?!\s?(?:工作日|工作天|星期|礼拜|月|周|季度|问题|事|小时|疑问|请求|要求|电话))"
_ORDINAL_ZH = re.compile(
    rf"第\s?([一二两三四五六七八九十]|\d{{1,2}})\s?(?:[个项种款条笔张]|行|台|套)(?:订单|单子|单)?{_NOT_TIME}|"
    rf"第\s?([一二两三四五六七八九十]|\d{{1,2}})\s?(?:单|个订单|笔订单|(?=$))",
    re.ASCII,
)
_FIRST_ZH = re.compile(
    rf"(?:头|首)一?[个项种款条笔张单](?:订单|单子|单)?{_NOT_TIME}(?!批)|打头的?那?一?[个款种条]|最(?:前|上)(?:面|边|头)的?(?:那|这)?一?[个款种条单]|^第一$"
)
_LAST_ZH = re.compile(
    rf"(?:最后(?:面|边|头)?|末尾|最末|末了|压尾|垫底)(?:的)?(?:那|这)?一?(?:[个项种款条笔张单]|行)(?:订单|单子|单)?{_NOT_TIME}|最下(?:面|边|头)的?那?一?[个款种条单]|(?:最后(?:面|边|头)?|末了|末尾)的(?=吧?$)"
    rf"|倒数第一[个单款种]?"
)
# what says that something is chosen, before and after it
_CHOOSING = (
    r"(?:(?:i|we)(?:'ll|'d|\s+will|\s+would)?\s+(?:rather\s+|probably\s+|just\s+)?(?:take|have|want|prefer|choose|pick|like|go\s+(?:for|with)|say"
    r"|opt\s+for|need)|(?:let'?s|let\s+us)\s+(?:go\s+(?:for|with)|do|take|use|have|pick)"
    r"|take|choose|pick|select|use|give\s+(?:me|us)|make\s+it|go\s+(?:for|with)|that\s+would\s+be|it'?s|probably|preferably|just|ok|okay|yes|yeah|sure"
    r"|please|then|the|my|with|for)"
)
_CHOSEN = (
    r"(?:\s+(?:please|pls|then|thanks|thank\s+you|is\s+(?:fine|good|ok|okay|better)|(?:sounds|looks)\s+(?:good|fine|better)"
    r"|works|will\s+do|it\s+is|i\s+(?:think|guess)|for\s+(?:me|us)))*"
)
_ORDINAL_EN = re.compile(
    r"\b(?:the |that )?(first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|6th)(?:\s+(?:one|option|choice|item|product|order|"
    r"model|in the list|on the list|of (?:them|those|these)))\b"
    rf"|^(?:{_CHOOSING}\s+)*(?:the\s+)?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th){_CHOSEN}[\s.!]*$"
    rf"|^(?:{_CHOOSING}\s+)+the\s+(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th){_CHOSEN}[,;][^?？]{{0,40}}$",
    re.ASCII,
)
_FORMER = re.compile(
    r"前者|前面?(?:那一?|这一?)[个款种]|(?<![\u4e00-\u9fff])前一[个款种]|^前面的$|上面(?:那|这)一?[个单款种条]|(?<!时)先前那个|"
    r"\b(?:the )?former\b|\b(?:the )?(?:top|upper) one\b",
    re.ASCII,
)
_LATTER = re.compile(
    r"后者|(?<!最)后面?(?:那一?|这一?)[个款种]|(?<![\u4e00-\u9fff])后一[个款种]|^后面的$|下面(?:那|这)一?[个单款种条]|"
    r"\b(?:the )?latter\b|\b(?:the )?(?:bottom|lower) one\b",
    re.ASCII,
)
_MIDDLE = re.compile(r"中间(?:那|这)?一?[个款种单]|\b(?:the )?middle (?:one|option)\b", re.ASCII)
_LOW = r"(?:便宜|实惠|划算|省钱|低价|价(?:格|钱|位)?(?:更|最|比较|相对|要|较)?(?:低|便宜|实惠))"
_HIGH = r"(?:贵|高价|价(?:格|钱|位)?(?:更|最|比较|相对|要|较)?(?:高|贵))"


def _by_price(words: str) -> str:
    """便宜些的那款, 哪个便宜要哪个, 就要最便宜的: goods chosen by a word for their price."""
    which = r"(?:哪一?[个款种样]|谁)"
    return (
        rf"{which}(?:更|最|比较)?{words}(?:一?点|些)?[,，]?(?:就|我就|我们就)?(?:要|选|用|买|来|拿|上|定|订){which}"
        rf"|(?:最|更|比较|相对)?{words}(?:一?点|些)?的?(?:那|这)(?:一?[个款种台样]|一)|(?:要|选|来|用|就|拿|买)(?:那?一?[个款种])?(?:最|更|比较)?{words}(?:一?点|些)?的"
    )


_CHEAPER = re.compile(
    _by_price(_LOW) + r"|(?:最|更|比较)?便宜(?:一?点|些)?的?(?:那|这)(?:一?[个款种台]|一)|(?:要|选|来|用|就)(?:最|更)?便宜(?:一?点|些)?的|^(?:最|"
    r"更)?便宜(?:一?点|些)?的(?:吧|就行)?$|^最便宜$|价格?低(?:一?点)?的那?[个款种]?"
    r"|\b(?:whichever|(?:the\s+)?one\s+(?:that|which)|what(?:ever)?)(?:\s+one)?(?:'s|\s+is|\s+costs?|\s+comes\s+(?:out|in)"
    r"|\s+works\s+out)\s+(?:the\s+)?(?:less|least|cheap(?:er|est)|less\s+expensive|lower(?:\s+in\s+price)?)\b(?![^.!]*[?？])"
    r"|\bthe\s+(?:low-?cost|budget|economy)\s+(?:one|option|model)\b|\b(?:the )?(?:cheap(?:er|est)?|less expensive|least expensive|low(?:er"
    r"|est)[- ]priced?)\s+(?:one|option|model|of the two)|"
    r"^(?:(?:the|take|i'?ll take|go for)\s+)*(?:cheaper|cheapest|less expensive)\s*(?:please|pls)?[.!]*$",
    re.ASCII,
)
_DEARER = re.compile(
    _by_price(_HIGH)
    + r"|\b(?:whichever|(?:the\s+)?one\s+(?:that|which)|what(?:ever)?)(?:\s+one)?(?:'s|\s+is|\s+costs?)\s+(?:the\s+)?(?:more|most|dearer|pricier"
    r"|more\s+expensive)\b|(?:最|更|比较)?贵(?:一?点|些)?的?(?:那|这)(?:一?[个款种台]|一)|(?:要|选|来|用|就)(?:最|更)?贵(?:一?点|些)?的|^(?:最"
    r"|更)?贵(?:一?点|些)?的(?:吧|就行)?$"
    r"|\b(?:the )?(?:dear(?:er|est)|(?:(?:more|most) )?expensive|pric(?:ier|iest)|high(?:er|est)[- ]priced?)\s+(?:one|option|model|"
    r"of the two)|^(?:(?:the|take|i'?ll take|go for)\s+)*(?:dearer|dearest|(?:more|most) expensive)\s*(?:please|pls)?[.!]*$",
    re.ASCII,
)
_LETTER = re.compile(
    r"^[(（]?(?:(?:我?(?:要|选|就|用|来)(?:选|要)?|选项|方案|option|choice|the|go with|take|i'?ll take|i choose|pick|choose|"
    r"let'?s go with|number)\s?)*([a-h])(?:\s?(?:方案|选项|款|吧|please|pls|then|thanks|项))*[\s.。!！)）]*$"
    r"|(?<!\ba )\bplan\s([a-h])(?=\s*(?:[,;]|(?:please|pls|then|is|it|sounds|works|looks|would|will|instead|thanks)\b))"
    r"|\b(?:option|choice|variant|alternative|version|proposal)\s([a-h])(?=\s*(?:$|[,.;!)]|(?:please|pls|then|is|it|sounds|works|looks|would|will|instead"
    r"|thanks|for)\b))"
    r"|(?:选项?|方案|\boption |\bchoice )\s?([a-h])(?![a-z0-9])|(?<![a-z0-9])([a-h])\s?(?:方案|选项)",
    re.ASCII,
)
_STEM = re.compile(
    r"([甲乙丙丁])\s?(?:方案|选项|款|案|项|种)|(?:方案|选项?)\s?([甲乙丙丁])(?!方)|^(?:我们?)?(?:要|选|就|用|来)?(?:选|要)?([甲乙丙丁])(?:吧|就行|就好)?$"
)
_NUMBERED = re.compile(
    r"(?:选项?|方案)\s?(?:第)?(\d{1,2}|[一二三四五六])(?![\d.个台件套])|\b(?:option|choice|choose|pick|select|number|no\.|"
    r"item)\s?#?(\d{1,2}|one|two|three|four|five)(?![\d.])\b|^(?:第)?(\d{1,2})\s?号(?:吧)?$|^#\s?(\d{1,2})$",
    re.ASCII,
)
_BARE_NUMBER = re.compile(r"^[\s(（]*(?:第|the )?(\d{1,2}|[一二三四五六七八九]|one|two|three|four|five)[\s.。)）、!！]*(?:吧|please|pls)?$", re.ASCII)

_ALL = re.compile(
    r"(?:所有|全部|全体|其[他它余]的?|每[一个]?个?|我(?:们)?(?:现在)?的?全部)(?:的|未发货的|未完成的|在途的|待发的|这些|那些)?(?:订单|"
    r"单子|单(?!子?价|独|位|元))|(?:订单|单子)(?:全部?|都|统统)|[两二]单都|(?:这|那)[两几]单|[两二]个(?:订单|单子)都"
    r"|\b(?:all(?: of)?|each of|every(?: one of)?|every single(?: one of)?|both(?: of)?|any of)\s+(?:(?:my|our|the|these|those|open|"
    r"pending|current|outstanding|unshipped)\s+)*(?:orders?|pos)\b|\bevery (?:other )?order\b|\bmy whole order (?:list|book)\b",
    re.ASCII,
)
_SPARED = re.compile(
    r"(?:除了?|除开|除去|\bexcept(?:\s+for)?|\bbut(?:\s+not)?|\bapart from|\bother than|\bexcluding|\bsave)(?:[\s订单号#和、,]|and|order|number|no\.?|\d)*$",
    re.ASCII,
)
_RECENT_ZH = re.compile(
    r"(?:我(?:们)?|咱们?)?(?:的)?(?:最近|最新|上一?次|上回|上一?批|前一?次|最后一次|上个月|刚刚?|刚才|之前)(?:的|新)?(?:买|订|下|购|定|"
    r"拍|采购|订购|下单|进)?(?:的|了)?(?:那|这)?一?[批单个次笔]?(?:的)?"
)
_RECENT_EN = re.compile(r"\b(?:(?:my|our|the)\s+)?(?:very\s+)?(?:last|latest|most recent|newest|previous|recent)(?:\s+time'?s)?\s+", re.ASCII)
_RECENT_AFTER = re.compile(
    r"\s+(?:(?:from|of)\s+(?:my\s+|the\s+|our\s+)?last\s+(?:time|order|week|month)|(?:that\s+)?(?:i|we)\s+(?:last\s+|just\s+)?(?:bought|"
    r"ordered|purchased)(?:\s+(?:last|recently))?)",
    re.ASCII,
)
_PART_ZH = re.compile(r"(?:的|买的|订的)?(?:那|这)(?:一)?(?:[单批]|个?订单|张单子?|个单子?|笔)|的?(?:订单|单子|单(?![价独位元]))|(?:那|这)一?[批单]")
_SAME_ZH = re.compile(
    r"(?:那|这|该|此|本|同)(?:一|张|个|笔)?(?:订单|单子|张单|单(?![价独位元纯])|笔)|上述订单|刚才(?:那|的|说的)一?(?:[单个]|订单)|"
    r"(?<![\u4e00-\u9fff])它|就是它|上一单(?=的)?"
)
_SAME_EN = re.compile(r"\b(?:this|that|the same|said|the above|same)\s+(?:order|po|one)\b|\bthe order\b(?!\s+(?:number|status|of|for|with|no|id))", re.ASCII)
_IT = re.compile(
    r"\b(?:cancel|move|change|push|delay|postpone|ship|send|deliver|return|track|exchange|reschedule|expedite|bring|pull|split|hold|stop|"
    r"update|modify|check|invoice|refund|get|expect)\s+(?:it|that one)\b"
    r"|\bwhere(?:'?s| is| has)? it\b|\bwhen (?:will|does|is|can|should) it\b|\b(?:has|is|will|did|was|can|could) it\b",
    re.ASCII,
)


def read_options(scan: Scan) -> None:
    """A choice among things offered: value is the place (1 = first, -1 = last) or "cheaper" / "dearer"."""
    options = scan.hints.options
    choice = scan.expecting in ("choice", "option", "line") or options > 1
    found: tuple[Json, re.Match[str]] | None = None
    for match, value in _options(scan.plain, options):
        found = (value, match)
    bare = _BARE_NUMBER.match(scan.plain) if found is None and choice else None
    if bare:
        number = _count(bare.group(1))
        if 1 <= number <= (options or 9) and scan.expecting not in ("quantity", "items", "date"):
            found = (number, bare)
    if found is None:
        return
    value, hit = found
    if isinstance(value, int) and (abs(value) > (options or 9) or (scan.expecting == "date" and "号" in hit.group())):
        return
    if not choice and re.fullmatch(r"(?:the )?\d+(?:st|nd|rd|th)\W*|\d+\s?号吧?", hit.group(), re.ASCII):
        return  # a day of the month, when nothing was offered
    scan.add("option", value, hit.span())
    scan.claim(*hit.span())


def _options(plain: str, options: int) -> list[tuple[re.Match[str], Json]]:
    found: list[tuple[re.Match[str], Json]] = []
    for pattern in (_ORDINAL_ZH, _ORDINAL_EN):
        for match in pattern.finditer(plain):
            word = next(group for group in match.groups() if group)
            found.append((match, _ORDINAL_WORDS.get(word) or _count(word)))
    fixed: tuple[tuple[re.Pattern[str], Json], ...] = ((_LAST_ZH, -1), (_FIRST_ZH, 1), (_FORMER, 1), (_LATTER, -1), (_CHEAPER, "cheaper"), (_DEARER, "dearer"))
    for pattern, value in fixed:
        found.extend((match, value) for match in pattern.finditer(plain))
    if options % 2 and (middle := _MIDDLE.search(plain)):
        found.append((middle, options // 2 + 1))
    for match in _LETTER.finditer(plain):
        found.append((match, "abcdefgh".index(next(group for group in match.groups() if group)) + 1))
    for match in _STEM.finditer(plain):
        found.append((match, "甲乙丙丁".index(next(group for group in match.groups() if group)) + 1))
    for match in _NUMBERED.finditer(plain):
        found.append((match, _count(next(group for group in match.groups() if group))))
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    return [pair for at, pair in enumerate(found) if not any(pair[0].start() < other.end() for other, _ in found[:at])]


def _count(word: str) -> int:
    if word.isdigit():
        return int(word)
    number = parse_en(word) if word.isascii() else parse_zh(word)
    return int(number or 0)


def read_references(scan: Scan) -> None:
    """Slot `order_ref`: {"all"}, {"ordinal": n}, {"last", "family"?, "sku"?} (last only where the words say so), {"same"}; at most one, the most telling."""
    if match := _ALL.search(scan.plain):
        spared = [slot for slot in scan.of("order") if _SPARED.search(scan.plain[: slot.start])]
        scan.found = [slot for slot in scan.found if slot not in spared]
        scan.add("order_ref", {"all": True, "except": [slot.value for slot in spared]} if spared else {"all": True}, match.span())
        return
    numbered = bool(scan.of("order"))
    named = _named(scan)
    if named and not (numbered and "last" not in named[0]):
        value, span = named
        scan.add("order_ref", value, span)
        return
    if numbered:
        return
    ordinal = next((slot for slot in scan.of("option") if isinstance(slot.value, int)), None)
    if ordinal and (scan.hints.options or scan.expecting == "order" or re.search(r"单|\border", scan.plain[ordinal.start : ordinal.end + 1], re.ASCII)):
        scan.add("order_ref", {"ordinal": ordinal.value}, (ordinal.start, ordinal.end))
        return
    same = _SAME_ZH.search(scan.plain) or _SAME_EN.search(scan.plain)
    if not same and not scan.of("product", "family", "unknown_product"):
        same = _IT.search(scan.plain)
    if same:
        scan.add("order_ref", {"same": True}, same.span())


def _named(scan: Scan) -> tuple[dict[str, Json], tuple[int, int]] | None:
    """An order by when it was placed or by what it holds: my last pump order, 传感器那单, 上次买的泵, the order with the bearings."""
    goods: list[tuple[dict[str, Json], int, int]] = [
        ({"sku": slot.value}, slot.start, slot.end) for slot in scan.of("product") if not slot.candidates and slot.note != "new"
    ]
    taken = [(start, end) for _, start, end in goods]
    goods += [
        ({"family": entry.values[0]}, start, end)
        for entry, start, end in phrases_in(scan.plain, scan.lexicon, kinds=("family",))
        if all(end <= left or start >= right for left, right in taken) and len(entry.values) == 1
    ]
    for what, start, end in goods:
        recent = _recent_before(scan.plain, start)
        part = _PART_ZH.match(scan.plain, end) or re.compile(r"\s+(?:purchase\s+)?(?:order|po)s?\b(?!\s*\d)", re.ASCII).match(scan.plain, end)
        if recent is not None and (
            part or scan.plain[recent] > "\u2fff" or re.search(r"time|\border(?:ed)?\b|\bbought|\bpurchase", scan.plain[recent:], re.ASCII)
        ):
            return {**what, "last": True}, (recent, part.end() if part else end)
        if part and not re.match(r"\s*(?:订单|单子|单)?\s*#?\s*\d{3,}", scan.plain[part.end() :]):
            return what, (start, part.end())
        if later := _RECENT_AFTER.match(scan.plain, end):
            timed = re.search(r"\b(?:last|recently|just)\b", later.group(), re.ASCII)
            return {**what, "last": True} if timed else what, (start, later.end())
        before = re.search(
            r"(?:(?:那|这)(?:一)?(?:批|单|个订单)|(?:买|订)(?:了)?|\border (?:with|for|of|containing|that has) (?:(?:the|my|those|all)\s+)*)$",
            scan.plain[:start],
            re.ASCII,
        )
        if before and (before.group()[:1] in "那这" or before.group().startswith("order") or re.match(r"的?(?:那|这)?[单批]", scan.plain[end:])):
            return what, (before.start(), end)
    return _latest(scan)


def _recent_before(plain: str, start: int) -> int | None:
    """Where a word for the last time begins, right before `start`."""
    window = max(0, start - 24)
    for pattern in (_RECENT_ZH, _RECENT_EN):
        for match in pattern.finditer(plain, window):
            if match.end() == start or (match.end() < start and not plain[match.end() : start].strip()):
                return match.start()
    return None


_LATEST = re.compile(
    r"(?:我(?:们)?)?的?(?:最近|最新|上一次?|上次|上回|前一)(?:的|下的|买的|订的|新下的)?(?:那|这)?一?(?:[个张笔])?(?:订单|单子|"
    r"单(?![价独位元])|[次回]?(?:买|订)的(?:那[批单个])?)|最后一次(?:下|买|订)的[单货]?|最后(?:的)?一?[张笔]?(?:单|订单)"
    r"|\b(?:my|our|the)\s+(?:very\s+)?(?:last|latest|most recent|newest|previous)\s+(?:order|purchase|po|delivery|shipment)\b|"
    r"\bwhat i (?:last )?(?:ordered|bought) last\b|\blast order\b"
    r"|\bthe (?:last|latest|most recent) (?:thing|item|goods|stuff)s? (?:that )?(?:i|we) (?:have )?(?:ordered|bought|purchased)\b"
    r"|\bwhat (?:did|have) (?:i|we) (?:last|most recently) (?:order|buy|ordered|bought)\b|\b(?:did|have) (?:i|we) (?:order|buy|ordered|bought) (?:last"
    r"|most recently)\b",
    re.ASCII,
)


def _owned(scan: Scan, match: re.Match[str]) -> bool:
    """Whether the last order is called one's own: of a list just shown one says "the last order", and of one's own orders "my last order"."""
    return re.search(r"我(?:们|自己)?的?$", scan.plain[: match.start()]) is not None


def _latest(scan: Scan) -> tuple[dict[str, Json], tuple[int, int]] | None:
    match = _LATEST.search(scan.plain)
    if not match or (scan.hints.options > 1 and re.search(r"(?<!my )(?<!our )\blast order\b|最后", match.group(), re.ASCII) and not _owned(scan, match)):
        return None
    return {"last": True}, match.span()
