"""Words by which a question means goods the asker has ("the pump I bought last year", "我去年买的泵"); closed classes of grammar only, nothing is looked up.

Goods are a company's: what a colleague bought, or the boss ordered, is the asker's own too, because every contact of a company sees all of its orders. What a
friend, a competitor or another firm bought is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.text.script import to_simplified
from assistant.types import Json, Slot

_MOST_BETWEEN = 6  # characters between an order's number and what it holds ("12352那单里的泵")
_TIME_LEFT = r"(?:\s*(?:in|on|during|around|from|since|back in|at|at the (?:end|start|beginning) of|early|late|the|this|of)\b)*\s*$"
_WE = r"(?:i|we|(?:my|our) (?:company|plant|shop|team|site))"
_GOT = r"(?:bought|ordered|purchased|got|received|acquired|procured|picked up|took delivery of)"
_HOW = r"(?:just|recently|already|last|originally|once|also|first|only|have|had)"
_BOUGHT_AFTER_EN = re.compile(
    rf"(?:\s+(?:units?|models?|ones?))?,?\s*(?:(?:that|which)\s+)?(?:{_WE}(?:'ve|\s+have|\s+had)?\s+(?:{_HOW}\s+)*{_GOT}\b(?:\s+(?:from\s+(?:you|us)|off\s+you))?"
    rf"|(?:you(?:'ve|\s+have)?|that\s+was|which\s+was|were|was)?\s*(?:sold|delivered|shipped|supplied|sent)\s+(?:to\s+)?(?:us|me)\b"
    rf"|(?:from|in|of|on)\s+(?:my|our|that|the)\s+(?:(?:last|latest|previous|most\s+recent|newest)\s+)?(?:order|purchase|delivery|shipment)\b)",
    re.IGNORECASE,
)
_BOUGHT_BEFORE_EN = re.compile(
    rf"\b{_WE}(?:'ve|\s+have|\s+had)?\s+(?:{_HOW}\s+)*{_GOT}\s+"
    r"(?:(?:a|an|the|some|our|my|one of|your|these|those|this|that|two|three|\d+|few|couple|of)\s+)*(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_MINE_BEFORE_EN = re.compile(r"\b(?:my|our)\s+(?:(?:own|new|old|existing|current|last|latest|two|three|first|second|\d+)\s+)*$", re.IGNORECASE)
_HAVE_AFTER_EN = re.compile(
    rf"\s+(?:(?:that|which)\s+)?{_WE}(?:'ve\s+got|\s+have|\s+own|\s+use|\s+run|\s+operate|\s+already\s+have)\b(?!\s+to\b)", re.IGNORECASE
)
_COUNTED_ZH = r"(?:那|这|哪)?[一二两三几]?[台个批套只条根件款种些组]?"
_OURS_ZH = r"(?:我|俺|咱)(?:们|司|厂|家|方)?(?:公司|单位|工厂|这边|那边|自己|这里)?"
_GOT_ZH = r"(?:购买|采购|购进|购入|订购|定购|下单|入手|收到|到货|送到|送来|送达|发来|买|订|购|定|进)"
_BOUGHT_BEFORE_ZH = re.compile(
    rf"(?P<time>[^，。？！,?!]{{0,12}}?){_GOT_ZH}(?:回来|回|来|过|到|进|下|入)?(?:了|的|了的)\s*{_COUNTED_ZH}(?:那|这)?(?:你们|贵司|你家)?(?:的)?$"
)
_LISTED_ZH = re.compile(
    rf"{_GOT_ZH}(?:过|了)(?:你们|贵司|你家)?(?:家)?的?(?:哪些|什么|啥|哪几[种款台个套]|哪[种款]|几[种款台个套]|多少[种款台个套]?)(?:样的|型号的)?$"
)
_LISTED_EN = re.compile(rf"(?:\s+models?)?\s+(?:did|have|had)\s+{_WE}\s+(?:{_HOW}\s+|ever\s+)*(?:buy|order|purchase|get|{_GOT[3:-1]})\b", re.IGNORECASE)
_WHICH_EN = re.compile(r"\b(?:which|what|how many)\s+(?:(?:of\s+your|kinds?\s+of|types?\s+of|\w+)\s+)?$", re.IGNORECASE)
_BESIDE_ZH = re.compile(
    r"(?:刚刚?|才|之前|以前|此前|曾经|上一?次|上回|最近|新近|前段时间|(?:从|在|向|跟|找)?(?:你们|贵司|你家)(?:家|公司)?(?:那|这)?(?:里|儿|边)?)+$"
)
# somebody else's goods: another person or another program's name before the verb
_OTHERS_ZH = re.compile(r"他(?!们公司)|她|别人|人家|大家|多少人|有人|谁|同行|朋友|客户|对手|[A-Za-z][\w-]*")
_BOUGHT_AFTER_ZH = re.compile(rf"[，,]?\s*(?:是|就是|还是)?{_OURS_ZH}[^，。？！,?!]{{0,10}}?{_GOT_ZH}(?:来|回来)?的")
_MINE_BEFORE_ZH = re.compile(
    rf"{_OURS_ZH}(?:的|那|这|手(?:上|里|头)的?|现(?:在|有)的?|在用的?|用的|(?=[台两]))\s*(?:那|这|在用的)?[一二两三]?[台个批套只条根件款种]?\s*$"
)
# what is not bought yet: 要买的, 想订的, 准备采购的
_AHEAD_ZH = re.compile(r"(?:要|想|准备|打算|计划|考虑|将|如果|假如|需|新|再|正在)[^，。？！,?!]{0,3}$")
_WHATEVER = re.compile(
    r"\b(?:what|whatever|everything|the (?:things?|stuff|goods|items?|products?|equipment|ones?)|things|stuff|goods)\s+(?:(?:that|which)\s+)?"
    rf"{_WE}(?:'ve|\s+have|\s+had)?\s+(?:{_HOW}\s+)*{_GOT}\b(?:\s+last\b(?!\s+(?:year|month|week|quarter|spring|summer|autumn|fall|winter|[a-z]+(?:ber|ary)|march"
    r"|april|may|june|july|august)\b))?"
    rf"|(?:{_OURS_ZH})?[^，。？！,?!]{{0,6}}?{_GOT_ZH}(?:过|到|了)?的(?:那|这)?(?:批|些)?(?:东西|货物?|产品|设备|商品|物品|机器)",
    re.IGNORECASE,
)
_LAST = re.compile(r"\b(?:last|latest|most recent(?:ly)?|newest)\b|最近|最后|上一?次|上回|刚", re.IGNORECASE)
_YEARED = re.compile(r"\d{4}|年|\byears?\b|\b(?:last|this|past|previous)\b|上个?月|这个?月|本月|\bago\b|\d{2}[./-]\d", re.IGNORECASE)
_YEAR = re.compile(r"(?:\s+(?:back\s+)?(?:in|during|since)\s+|\b)(20\d\d)\b(?!\s*年|[./-])|(20\d\d)\s*年(?!\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owned:
    """Goods that the asker has. `kind` is product, family or "" (whatever the order holds) with its `key`; `start:end` is the whole phrase in the text.

    `bought`: a purchase is said, not only a possessive; `last`: the newest one; `order`: a number said beside it; `when` the time of the purchase
    as a slot, `yearless` when its words leave the year open; `listing`: what was bought is itself the question.
    """

    kind: str
    key: str
    start: int
    end: int
    bought: bool = True
    last: bool = False
    order: str = ""
    when: Slot | None = None
    yearless: bool = False
    listing: bool = False


def owned_goods(text: str, slots: Sequence[Slot]) -> Owned | None:
    """The first goods of a text that are said to be the asker's own; `slots` are its mentions, with places in `text`. None when none are."""
    plain = to_simplified(text)
    goods = sorted((slot for slot in slots if slot.name in {"product", "family"} and not slot.candidates), key=lambda slot: slot.start)
    number = next((slot for slot in slots if slot.name == "order"), None)
    found = [owned for slot in goods if (owned := _said_of(plain, slot, number)) is not None]
    best = next((owned for owned in found if owned.bought), found[0] if found else None) or _whatever(plain, slots, number)
    return _timed(plain, best, slots) if best is not None else None


def _said_of(plain: str, slot: Slot, number: Slot | None) -> Owned | None:
    """Whether the words around a mention of goods say that the asker has them."""
    before, key = plain[: slot.start], str(slot.value)
    if number is not None:
        near = _near(plain, slot, number)
        return Owned(slot.name, key, *near, order=str(number.value)) if near else None
    if (match := _LISTED_EN.match(plain, slot.end)) and _WHICH_EN.search(before):
        return Owned(slot.name, key, slot.start, match.end(), listing=True)
    if match := _LISTED_ZH.search(before):
        return Owned(slot.name, key, match.start(), slot.end, listing=True)
    if match := _BOUGHT_AFTER_EN.match(plain, slot.end):
        return Owned(slot.name, key, slot.start, match.end(), last=_is_last(plain, slot.start, match.end()))
    if match := _BOUGHT_BEFORE_EN.search(before):
        return Owned(slot.name, key, match.start(), slot.end)
    if (match := _BOUGHT_BEFORE_ZH.search(before)) and not _AHEAD_ZH.search(match.group("time")) and not _OTHERS_ZH.search(_clause(before, match)):
        start = _start(before, match)
        return Owned(slot.name, key, start, slot.end, last=_is_last(plain, start, slot.start))
    if match := _BOUGHT_AFTER_ZH.match(plain, slot.end):
        return Owned(slot.name, key, slot.start, match.end(), last=_is_last(plain, slot.end, match.end()))
    if match := _MINE_BEFORE_EN.search(before) or _MINE_BEFORE_ZH.search(before):
        return Owned(slot.name, key, match.start(), slot.end, bought=False)
    if match := _HAVE_AFTER_EN.match(plain, slot.end):
        return Owned(slot.name, key, slot.start, match.end(), bought=False)
    return None


def _start(before: str, match: re.Match[str]) -> int:
    """Where the phrase of a verb of buying begins: with the asker, else with the words of time and place right before the verb."""
    said = match.group("time")
    own = [found.start() for found in re.finditer(_OURS_ZH, said)]
    if own:
        return match.start() + own[-1]
    near = _BESIDE_ZH.search(said)
    return match.start() + near.start() if near else match.end("time")


def _clause(before: str, match: re.Match[str]) -> str:
    """The words of the clause before a verb of buying; none of them count once the asker is named."""
    said = re.split(r"[，。？！,?!\s]", before[: match.end("time")])[-1]
    return "" if re.search(rf"{_OURS_ZH}(?!的?(?:朋友|客户|同行|亲戚|邻居|对手))", said) else said


def _near(plain: str, slot: Slot, number: Slot) -> tuple[int, int] | None:
    """The phrase of goods and the number of the order that holds them ("12352那单的泵", "the pump in order 12352"); None when they stand apart."""
    if number.end <= slot.start:
        between = plain[number.end : slot.start]
        return (number.start, slot.end) if len(between) <= _MOST_BETWEEN and "\u4e00" <= between.strip()[:1] <= "\u9fff" else None
    between = plain[slot.end : number.start]
    linked = re.fullmatch(
        r"s?\s+(?:(?:that is|that's|which is)\s+)?(?:in|of|from|on|with|that)\s+(?:(?:my|our|the)\s+)?(?:order|po|purchase order)?\s*(?:no\.?|number|#)?\s*#?",
        between,
        re.IGNORECASE,
    )
    return (slot.start, number.end) if linked else None


def _whatever(plain: str, slots: Sequence[Slot], number: Slot | None) -> Owned | None:
    """What an order holds, without saying what that is: "what I ordered last", 上次订的东西, "my last order"."""
    if number is not None:
        return Owned("", "", number.start, number.end, order=str(number.value))
    if (match := _WHATEVER.search(plain)) and not _AHEAD_ZH.search(plain[: match.start()]) and not _AHEAD_ZH.search(re.split(_GOT_ZH, match.group())[0]):
        return Owned("", "", match.start(), match.end(), last=_is_last(plain, match.start(), match.end()))
    reference = next((slot for slot in slots if slot.name == "order_ref" and isinstance(slot.value, Mapping) and slot.value.get("last")), None)
    if reference is None or {"sku", "family"} & set(_mapping(reference.value)):
        return None
    return Owned("", "", reference.start, reference.end, last=True)


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _is_last(plain: str, start: int, end: int) -> bool:
    return _LAST.search(plain, start, end) is not None


def _timed(plain: str, owned: Owned, slots: Sequence[Slot]) -> Owned:
    """The phrase with the time of the purchase where one is said in it or right beside it; a time takes the place of "last" ("bought last year")."""
    for slot in slots:
        if slot.name != "date":
            continue
        inside = slot.start < owned.end and slot.end > owned.start
        behind = slot.start >= owned.end and re.fullmatch(_TIME_LEFT.rstrip("$"), plain[owned.end : slot.start], re.IGNORECASE) is not None
        ahead = slot.end <= owned.start and len(plain[slot.end : owned.start].strip(" ,，的")) <= 1
        if not (inside or behind or ahead):
            continue
        start, end = min(owned.start, slot.start), max(owned.end, slot.end)
        yearless = _YEARED.search(slot.text or plain[slot.start : slot.end]) is None
        return replace(owned, start=start, end=end, last=False, when=slot, yearless=yearless)
    year = next((match for match in _YEAR.finditer(plain) if match.start() <= owned.end + 4 and match.end() >= owned.start - 2), None)
    if year is None:
        return owned
    number = year.group(1) or year.group(2)
    when = Slot("date", {"from": f"{number}-01-01", "to": f"{number}-12-31"}, year.group().strip(), *year.span())
    return replace(owned, start=min(owned.start, year.start()), end=max(owned.end, year.end()), last=False, when=when)
