"""Order numbers a message names, in their canonical form; which order a phrase like "my last one" points to is read in `slots_references.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.numbers import EN_TENS, EN_UNITS, ZH_DIGITS
from assistant.types import Slot
from assistant.understanding.slots.corrections import Mention, denied, settle
from assistant.understanding.slots.lexicon import OrderShape, order_number
from assistant.understanding.slots.scan import GONE, Scan

_CUE = (
    r"(?:(?:订单|定单|单据|采购单|客户单|销售单|单子|工程单|单)(?:编号|号码|号)?(?:是|为|改成|[:：\s])*(?:(?<![a-z])(?:no|nr)\.?\s*)?#?\s*"
    r"|(?<![a-z])(?:purchase orders?|sales orders?|orders?|p\.?o\.?|ord|so|ref(?:erence)?)(?:[\s:：.#-]*(?:number|numbers|num|no|nr|id|"
    r"is|#)(?![a-z]))*[\s:：.#-]*|#\s*)"
)
_CUED = re.compile(rf"(?P<cue>{_CUE})(?P<number>\d+(?!\d|\.\d|,\d{{3}}(?!\d))|[{''.join(ZH_DIGITS)}]{{3,14}})(?P<tail>[a-z]*)", re.ASCII)
_BARE = re.compile(r"(?<!\w)(?<!\d\.)(?<![a-z]-)(?:no\.?\s*|nr\.?\s*)?(?P<number>\d{4,15})(?![\w%]|\.\d|,\d{3}(?!\d)|-\d{1,3}(?!\d))", re.ASCII)
_ZH_RUN = re.compile(r"[零〇一二三四五六七八九幺]{3,15}")
_SPACED = re.compile(r"(?<![\w.,])\d(?:[\s,，、.-]{1,2}\d)+(?![\w%]|[.,]\d)", re.ASCII)
_BROKEN = re.compile(r"(?<![\w.,])\d+(?:[\s-]\d+)+(?![\w%]|[.,]\d)", re.ASCII)
_EN_DIGITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
_EN_NUMBERS = "|".join([*EN_UNITS, *EN_TENS, "oh"])
_EN_RUN = re.compile(rf"\b(?:{_EN_NUMBERS})(?:[\s,-]+(?:{_EN_NUMBERS})){{1,14}}\b", re.ASCII)
_EN_DIGIT_RUN = re.compile(rf"(?:{_EN_DIGITS})(?:[\s,-]+(?:{_EN_DIGITS})){{3,14}}", re.ASCII)
_COUNTED = re.compile(
    r"\s?(?:个(?!单)|台|件|套|只(?![有是要能退换留发改送收取订买剩差需想])|条|根|箱|包|卷|对(?![吗吧的了应么])(?=\S)|双|副|块|张|片|支|枚|粒|桶|瓶|盒|袋|米|吨)|"
    r"\s?(?:pcs?|pieces?|units?|ea|each|sets?|items?|cartons?|rolls?|pairs?|pallets?)(?![a-z])",
    re.ASCII,
)
_ROUND = re.compile(r"[1-9]\d?0{3,}|[1-9]0{2,}")
_WANTED = re.compile(r"\b(?:to|can|could|want|wanna|we|place an?|new)\s+(?:order|so)[\s]*$|(?<!销)(?<![的订定])(?:so)[\s]*$", re.ASCII)
_NUMBERED = re.compile(
    r"(?<![\d.月/-])#?(?P<number>\d{2,4})(?:号(?:的?[这那]一?[个张笔])?(?:订单|单子?(?![个位独机据]))|[这那](?:一?[个张笔])?(?:订单|单子?)|订单(?!金额|量|数))",
    re.ASCII,
)
_LAST_DAY = 31
# what is done with an order that there is, or stands before one
_DONE_WITH = re.compile(
    r"(?:\b(?:cancel\w*|return\w*|exchang\w*|chang\w*|mov\w*|track\w*|check\w*|trac\w*|updat\w*|reschedul\w*|delay\w*|postpon\w*|amend\w*"
    r"|modif\w*|edit\w*|find|show|"
    r"see|view|open|refund|about|of|on|for|with|from|in|my|our|the|that|this|your|regarding|re|where is|wheres|where's|status|invoice|is|has|did|does|was|"
    r"ship\w*|deliver\w*|expedite|stop|hold|keep|close|reopen)|[:,])$",
    re.ASCII,
)
_GOODS_FOLLOW = re.compile(r"\s*(?:of\b|more\b|x\b|[a-z]+s\b(?<!\bis)(?<!\bwas)(?<!\bhas)(?<!\bdoes)(?<!\bthis)(?<!\bplus)(?<!\bthanks))", re.ASCII)


# the note of a number that is no whole one: what a customer's own order may end with
SHORT = "short"


def read_orders(scan: Scan) -> None:
    """Order numbers in the order said; a corrected number is dropped, one named twice is kept once; every number seen is claimed."""
    mentions = sorted(_shaped(scan) + _cued(scan) + _bare(scan) + _spelled(scan), key=lambda mention: mention.start)
    mentions = _separate(mentions)
    for mention in mentions:
        scan.claim(mention.start, mention.end)
    if len(mentions) == 1 and _refused(scan, mentions[0]):
        return
    for mention, note in settle(scan.plain, mentions):
        whole = scan.lexicon.shape.strict.fullmatch(str(mention.value))
        scan.add("order", mention.value, (mention.start, mention.end), note=note or ("" if whole else SHORT))


def in_whole(text: str, slots: Sequence[Slot], shape: OrderShape) -> tuple[str, list[int]]:
    """A text in which an order's number that is said by its end, or in words, is a whole one in figures, as the examples of the intents have it, and the place
    each character had."""
    origins = list(range(len(text) + 1))
    for slot in sorted((slot for slot in slots if slot.name == "order"), key=lambda slot: -slot.start):
        spelled = not any(char.isascii() and char.isdigit() for char in slot.text)
        whole = shape.example if slot.note == SHORT else str(slot.value) if spelled else ""
        if not whole:
            continue
        text = f"{text[: slot.start]}{whole}{text[slot.end :]}"
        places = [*range(slot.start, slot.end), *[slot.end - 1] * len(whole)]
        origins[slot.start : slot.end] = places[: len(whole)]
    return text, origins


def read_shaped_orders(scan: Scan) -> None:
    """Claim nothing yet, but keep numbers with the company's own letters safe from being taken for a model or a tracking number."""
    for mention in _shaped(scan):
        scan.claim(mention.start, mention.end)


def _separate(mentions: list[Mention]) -> list[Mention]:
    """Mentions without overlap, the longest reading of a place first."""
    kept: list[Mention] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _refused(scan: Scan, mention: Mention) -> bool:
    """Whether the only number named is one that is not meant: "不是12346", "not 12346"."""
    before = scan.plain[: mention.start]
    tail = scan.plain[mention.end :]
    if re.search(r"[?？吗]", tail) or re.search(r"(?:不要|别\S{0,2}|n't \w+)[\s订单号#]*$", before) or not denied(scan.plain, mention.start):
        return False
    return len(tail.strip(" 。.!！了哦啊呀哈那单的,，")) == 0


def _shaped(scan: Scan) -> list[Mention]:
    """Numbers that carry letters or joints of their own (SO-10023)."""
    loose = scan.lexicon.shape.loose
    if loose is None:
        return []
    found = []
    for match in loose.finditer(scan.plain):
        value = order_number(match.group().upper(), scan.lexicon.shape)
        apart = re.match(r"[a-z]+\s", match.group()) and not scan.lexicon.shape.prefix and not scan.text[match.start() : match.end()].isupper()
        if value and not apart:
            found.append(Mention(value, *match.span()))
    return found


def _canonical(scan: Scan, digits: str) -> str:
    return order_number(digits, scan.lexicon.shape)


def _cued(scan: Scan) -> list[Mention]:
    """Numbers behind a word for an order; also of an unusual length, so that "not found" can be said of them, unless they count goods."""
    found = []
    for match in _CUED.finditer(scan.rest):
        raw, start, end = match.group("number"), match.start("number"), match.end("number")
        if match.group("tail") or (not raw.isascii() and scan.plain[end : end + 1].isdigit()):
            continue
        digits = raw if raw.isascii() else "".join(str(ZH_DIGITS[char]) for char in raw)
        value = _canonical(scan, digits)
        if not value and (_likely(scan, match, digits) or _ending(scan, match, digits)):
            value = digits if scan.lexicon.shape.joined else scan.lexicon.shape.prefix + digits
        goods = _COUNTED.match(scan.plain, end) or (match.group("cue").strip().isalpha() and _counts_goods(scan, digits, end))
        if value and not goods:
            found.append(Mention(value, start, end))
    return found


def _likely(scan: Scan, match: re.Match[str], digits: str) -> bool:
    """Whether a number of a length that no order has is still meant as one: "订单1234567", "order no. 1234"."""
    if not 4 <= len(digits) <= 14 or _COUNTED.match(scan.plain, match.end("number")):
        return False
    cue = match.group("cue")
    if cue.strip().isascii() and not re.search(r"#|no|nr|num|id", cue):
        before = scan.plain[: match.end("cue")]
        return not _WANTED.search(before) and not re.match(r"\s*(?:of\s|[a-z]+s\b)", scan.plain[match.end() :], re.ASCII)
    return True


def _ending(scan: Scan, match: re.Match[str], digits: str) -> bool:
    """Whether a few digits behind a word that can only be for an order are the end of its number: #0050, order no. 42, 订单0042, cancel order 345."""
    cue = match.group("cue")
    sure = not cue.strip().isascii() or re.search(r"#|no|nr|num|id", cue) is not None or digits.startswith("0") or _spoken_of(scan, match, digits)
    return sure and 2 <= len(digits) <= 4 and re.match(r"\s?[%％.]\d?|\s?[年月日号天点元块]", scan.plain[match.end("number") :]) is None


def _spoken_of(scan: Scan, match: re.Match[str], digits: str) -> bool:
    """Whether "order" is a thing here, and not what somebody wants to do: something is done with it, or it stands alone with three digits and more."""
    before, after = scan.plain[: match.start()].rstrip(), scan.plain[match.end() :]
    if not cue_of_one(match.group("cue")) or _GOODS_FOLLOW.match(after) or _counts_goods(scan, digits, match.end("number")):
        return False
    if _DONE_WITH.search(before):
        return True
    return len(digits) > 2 and not re.sub(r"\W", "", before) and not re.sub(r"[\W]|please|pls|thanks", "", after)


def cue_of_one(cue: str) -> bool:
    """Whether a word for an order speaks of one: "orders 3" may be how many."""
    return re.fullmatch(r"\s*(?:purchase order|sales order|order|p\.?o\.?)\s*", cue) is not None


def _bare(scan: Scan) -> list[Mention]:
    found = _ended(scan) + _numbered(scan)
    for match in _BARE.finditer(scan.rest):
        digits, end = match.group("number"), match.end("number")
        if len(digits) not in scan.lexicon.shape.lengths or _counts_goods(scan, digits, end):
            continue
        if scan.expecting in ("quantity", "items") and scan.plain.strip(" .。!！吧") == digits:
            continue
        value = _canonical(scan, digits)
        if value:
            found.append(Mention(value, match.start("number"), end))
    asked = re.fullmatch(r"\D{0,3}(?P<number>\d{2,14})[\s.。!！吧呢]*", scan.rest, re.ASCII) if scan.expecting == "order" and not found else None
    if asked:
        digits = asked.group("number")
        found.append(Mention(digits if scan.lexicon.shape.joined else scan.lexicon.shape.prefix + digits, *asked.span("number")))
    return found + _numerals(scan)


def _numbered(scan: Scan) -> list[Mention]:
    """Few digits before a word that can only be for an order ("370号订单"); what may be a day of the month is none."""
    return [
        Mention(digits, *match.span("number"))
        for match in _NUMBERED.finditer(scan.rest)
        if (digits := match.group("number")) and len(digits) not in scan.lexicon.shape.lengths and int(digits) > _LAST_DAY
    ]


def _ended(scan: Scan) -> list[Mention]:
    """Numbers that stand alone, begin with a nought and are as long as the last group of an order number ("0042什么时候到")."""
    width = scan.lexicon.shape.tail
    if width < 3 or scan.lexicon.shape.joined is None:
        return []
    pattern = re.compile(rf"(?<![\w.#+-])0\d{{{width - 1}}}(?![\w%:：/.-]|\s?\d)", re.ASCII)
    return [Mention(match.group(), *match.span()) for match in pattern.finditer(scan.rest) if not _COUNTED.match(scan.plain, match.end())]


def _numerals(scan: Scan) -> list[Mention]:
    """Numbers read out in Chinese digits: 幺二三七零."""
    found = []
    for match in _ZH_RUN.finditer(scan.rest):
        digits = "".join(str(ZH_DIGITS[char]) for char in match.group())
        around = scan.plain[max(0, match.start() - 1) : match.end() + 1]
        if len(digits) < 4 or len(digits) not in scan.lexicon.shape.lengths or re.search(r"\d|[十百千万亿]", around) or _COUNTED.match(scan.plain, match.end()):
            continue
        if value := _canonical(scan, digits):
            found.append(Mention(value, *match.span()))
    return found


def _counts_goods(scan: Scan, digits: str, end: int) -> bool:
    """Whether a bare number counts goods (12000 bearings, 12345个) rather than names an order."""
    if _COUNTED.match(scan.plain, end):
        return True
    if len(digits) > 4 and not _ROUND.fullmatch(digits):
        return False
    if any(slot.start - end in (0, 1) for slot in scan.of("product")):
        return True
    follows = r"\s+of\b|\s+[a-z]{3,}s\b|\s?[\u4e00-\u9fff]" if _ROUND.fullmatch(digits) else r"\s+of\b|\s+[a-z]{3,}s\b"
    return bool(re.match(follows, scan.plain[end:], re.ASCII)) and GONE not in scan.rest[end : end + 2]


def _spelled(scan: Scan) -> list[Mention]:
    """Digits said one by one ("1 2 3 4 5"), broken up ("123 45") or in words (twelve three sixty), when an order is asked for or named right before.

    A row of single digits in words needs neither: nothing else is read out like that.
    """
    found = []
    for pattern in (_SPACED, _BROKEN, _EN_RUN):
        for match in pattern.finditer(scan.rest):
            cued = bool(re.search(rf"{_CUE}$", scan.plain[max(0, match.start() - 60) : match.start()], re.ASCII))
            if not (cued or scan.expecting == "order" or _EN_DIGIT_RUN.fullmatch(match.group())):
                continue
            value = _canonical(scan, _spelled_digits(match.group()))
            if value and not any(len(part) in scan.lexicon.shape.lengths for part in re.findall(r"\d+", match.group())):
                found.append(Mention(value, *match.span()))
    return found


def _spelled_digits(text: str) -> str:
    if any(char.isdigit() for char in text):
        return "".join(char for char in text if char.isdigit())
    words = re.findall("[a-z]+", text)
    groups: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if before in EN_TENS and 0 < EN_UNITS.get(word, 0) < 10:
            groups[-1] = str(EN_TENS[before] + EN_UNITS[word])
        else:
            groups.append("0" if word == "oh" else str(EN_UNITS.get(word, EN_TENS.get(word, 0))))
    return "".join(groups)
