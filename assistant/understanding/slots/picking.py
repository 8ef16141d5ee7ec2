"""Which of the products just shown a message picks, by its place or by what it has more of ("the second one", 轻的那台); no look-ups."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.errors import InvalidInput
from assistant.text.units import convert
from assistant.types import Slot

# what a product has of each attribute: a figure and its unit; PRICE is in it too
Measures = Mapping[str, Mapping[str, tuple[Decimal, str]]]
Find = Callable[[str], tuple[Slot, ...]]
PRICE = "price"

_COUNTED = "个款台种只套件根条块张把组支盒箱袋"
_CLASSIFIER = f"(?:那|这)?一?(?:[{_COUNTED}]|型号|产品)"
_BEHIND = rf"(?:的{_CLASSIFIER}|(?:那|这)一?[{_COUNTED}]|的(?=[呢吗？?，,。是要多价质保几怎什么]|$))"
_GRADE = "(?:更|最|比较|较|相对|稍|要)?"
_MORE_ZH, _LESS_ZH = "[大高多重贵长宽强快]", "[小低少轻短窄弱慢]"
_QUALITY_ZH = re.compile(
    rf"(?<![多最])(?P<of>[\u4e00-\u9fff]{{2,6}}?)?{_GRADE}(?:(?P<more>{_MORE_ZH})|(?P<less>便宜|{_LESS_ZH}))(?:一?[点些])?{_BEHIND}",
)
_ONE = r"(?:one|ones|model|version|unit|type|pump|machine|product|item)(?:'s)?"
_PLAIN_EN = "(?:big|large|small|little|heavy|light|cheap|expensive|pricey|long|short|fast|slow|quiet|loud|strong|powerful)"
_QUALITY_EN = re.compile(
    rf"\b(?:the |that )?(?P<adjective>(?:more|less|most|least) (?:expensive|powerful|costly)|[a-z]+?(?:er|est)|{_PLAIN_EN}) {_ONE}\b(?!')"
    rf"|\b(?:the )?{_ONE} (?:with|that has|which has|having) (?:the )?(?P<grade>more|most|less|least|higher|highest|larger|largest|bigger|biggest|greater"
    r"|greatest|lower|lowest|smaller|smallest|longer|longest|shorter|shortest) (?P<of>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_FORMER = re.compile(r"前者|\b(?:the )?former\b", re.IGNORECASE)
_LATTER = re.compile(r"后者|\b(?:the )?latter\b", re.IGNORECASE)
_LESS_EN = re.compile(r"^(?:less|least|low|small|little|short|light|cheap|slow|quiet|thin|narrow|weak)", re.IGNORECASE)
# what an adjective is a measure of, as the attribute may be called; without such an attribute the price stands for the size
_OF: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"便宜|贵|cheap|expens|cost|dear|pric", re.IGNORECASE), (PRICE,)),
    (re.compile(r"[重轻]|^(?:heav|light)", re.IGNORECASE), ("重量", "weight")),
    (re.compile(r"[长短]|^(?:long|short)", re.IGNORECASE), ("长度", "length")),
    (re.compile(r"[快慢]|^(?:fast|slow)", re.IGNORECASE), ("转速", "速度", "speed")),
    (re.compile(r"[强弱]|power|^(?:strong|weak)", re.IGNORECASE), ("功率", "power")),
    (re.compile(r"^(?:quiet|loud|nois)", re.IGNORECASE), ("噪声", "noise")),
    (re.compile(r"[大小]|^(?:big|small|larg|little)", re.IGNORECASE), (PRICE,)),
)


@dataclass(frozen=True, slots=True)
class Pick:
    """The product meant, and the words that mean it."""

    sku: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The products shown side by side last, in their order, and the one of them that a message picks."""

    among: tuple[str, ...] = ()
    pick: Pick | None = None


NOTHING_SHOWN = Shown()


def picked(text: str, options: Sequence[Slot], among: Sequence[str], *, measures: Measures, find: Find) -> Pick | None:
    """The one of `among` that a message picks; None when it picks none, or when the words fit two of them alike.

    `options` are the places it names (1 is the first, -1 the last, "cheaper", "dearer"), as `read_options` found them.
    """
    if len(among) < 2:
        return None
    for pattern, at in ((_FORMER, 0), (_LATTER, -1)):
        if match := pattern.search(text):
            return Pick(among[at], *match.span())
    by_quality = _by_quality(text, among, measures=measures, find=find)
    if by_quality is not None:
        return by_quality
    for slot in options:
        sku = _placed(slot, among, measures)
        if sku:
            return Pick(sku, slot.start, slot.end)
    return None


def _placed(slot: Slot, among: Sequence[str], measures: Measures) -> str:
    match slot.value:
        case bool():
            return ""
        case int() as place if place and abs(place) <= len(among):
            return among[place - 1 if place > 0 else place]
        case "cheaper" | "dearer" as price:
            return _most(among, PRICE, less=price == "cheaper", measures=measures)
        case _:
            return ""


def _by_quality(text: str, among: Sequence[str], *, measures: Measures, find: Find) -> Pick | None:
    match = _QUALITY_EN.search(text) or _QUALITY_ZH.search(text)
    if match is None:
        return None
    said = match.groupdict()
    if match.re is _QUALITY_ZH:
        adjective, less = said["more"] or said["less"], bool(said["less"])
    else:
        adjective = said["adjective"] or said["grade"]
        less = _LESS_EN.match(adjective) is not None
    of = said["of"] or ""
    start = match.start()
    names = _attributes(of, find) if of else ()
    if match.re is _QUALITY_ZH and of and not names:
        # the words before the adjective are no attribute: they are not part of what picks
        start = match.end("of")
    if not names:
        words = next((words for pattern, words in _OF if pattern.search(adjective)), ())
        names = (PRICE,) if words == (PRICE,) else tuple(name for word in words for name in _attributes(word, find))
    sku = next((found for name in names if (found := _most(among, name, less=less, measures=measures))), "")
    return Pick(sku, start, match.end()) if sku else None


def _attributes(word: str, find: Find) -> tuple[str, ...]:
    """The attributes a word calls: flow, 流量."""
    return tuple(str(slot.value) for slot in find(word) if slot.name == "attribute")


def _most(among: Sequence[str], name: str, *, less: bool, measures: Measures) -> str:
    """The one product of those shown that has most (or least) of an attribute; "" when one has none, or two have the same."""
    held = [measures.get(sku, {}).get(name) for sku in among]
    first = held[0]
    if first is None or any(each is None for each in held):
        return ""
    try:
        values = [convert(each[0], each[1], first[1]) if each[1] != first[1] else each[0] for each in held if each is not None]
    except InvalidInput:
        return ""
    best = min(values) if less else max(values)
    return among[values.index(best)] if values.count(best) == 1 else ""
