"""What a question wants of the facts: which products, attributes, relations and values it names, and what is left unexplained; it looks nothing up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.lexical import Lexical
from assistant.knowledge.mentions import ATTRIBUTE, FAMILY, PRODUCT, RELATION, Mention, Names
from assistant.knowledge.rows import PRICE, WARRANTY
from assistant.knowledge.query import tokens
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.text.fold import fold
from assistant.text.script import to_simplified
from assistant.text.units import Quantity, canonical_unit, dimension, find_quantities
from assistant.workspace.model import Attribute

# cue -> how it is said; a cue is read off the text in this order and its words are then explained
_CUES: tuple[tuple[str, str], ...] = (
    ("convert", r"换算成?|折合成?|折算|等于多少|合多少|相当于多少|转换成|\bconvert(?:ed)?\b|\bequals?\b|\bequivalent to\b"),
    ("difference", r"有什么区别|有啥区别|有什么不同|有何不同|的?区别|的?差别|对比一?下?|比较一?下|\bdifferences?\b|\bdiffer\b|\bcompar(?:e|ed|ison)\b|\bversus\b|\bvs\b\.?"),
    ("list", r"有哪些|都有什么|哪些|有哪几[款种个]|哪几[款种个]|列出|列一下|全部|所有|\bwhich (?:of your )?(?:products|models|items|ones)\b|\bwhat (?:kinds? of )?(?:products|models|items)\b|\blist\b|\ball (?:the|your|of)\b|\bdo you (?:sell|offer|make|carry)\b"),
    ("choose", r"选型|怎么选|选哪|该选|选|推荐|哪[款种台]合适|合适的?|该用哪|该买哪|要买哪|需要一台|想要一台|\brecommend(?:ed)?\b|\bshould (?:i|we) (?:choose|get|buy|take|pick|use|order)\b|\bchoose\b|\bpick\b|\bsuitable\b|\bright (?:pump|model|product|one|size)\b|\b(?:need|looking for)\b"),
    ("fits", r"能不能装|能不能用|能否用|可不可以用|能装|装得?上|装到|装在|适配|匹配|配套|通用|兼容|互换|能用于?|适用于?|用在|用于|对得上|配得上|配哪|配什么|配不配|配|用哪|用什么|搭配|驱动|\bfits?\b|\bfitted\b|\bcompatible\b|\bwork(?:s)? with\b|\bgoe?s? (?:with|on|in|into)\b|\bmatch(?:es)?\b|\bused? (?:with|on|in|for)\b|\bbelongs? to\b|\btakes?\b|\bgo together\b"),
    ("enough", r"够不够|够吗|够用|足够|满足|达到|达得到|打得到|撑得住|能到|\benough\b|\bhandle\b|\breach(?:es)?\b|\bsufficient\b|\bmeets?\b|\bcope\b"),
    ("count", r"几[套个只件根台片]|多少[套个只件根台片]|how many"),
    ("which", r"哪一?个|哪一?款|哪一?种|哪一?台|哪只|哪套|谁|\bwhich\b"),
)  # fmt: skip
_MORE = r"更(?![小低少轻短慢静便])|更[大高多重贵长远快强]|[大高多重贵长]一?[些点]|最[大高多重贵长强]|\b(?:more|most|higher|highest|larger|largest|bigger|biggest|greater|greatest|heavier|heaviest|longer|longest|stronger|strongest|faster|fastest|louder|loudest)\b"
_LESS = r"更[小低少轻短慢静]|更便宜|[小低少轻短]一?[些点]|最[小低少轻短]|最便宜|便宜|\b(?:less|least|lower|lowest|smaller|smallest|lighter|lightest|shorter|shortest|fewer|fewest|slower|slowest|quieter|quietest|cheaper|cheapest)\b"
_PLAIN_MORE = r"(?:哪|谁|比)[^,，。?？]{0,12}?[大高多重贵长强](?:[?？]|$|呢|吗|些)"
_PLAIN_LESS = r"(?:哪|谁|比)[^,，。?？]{0,12}?[小低少轻短](?:[?？]|$|呢|吗|些)"
# comparative -> (what it compares, as an attribute is called, and which way)
_COMPARATIVES: tuple[tuple[str, tuple[str, ...], int], ...] = (
    (r"安静|静音|\bquiet(?:er|est)?\b", ("噪声", "噪音", "noise"), -1),
    (r"更吵|最吵|\blouder\b|\bloudest\b|\bnoisier\b", ("噪声", "噪音", "noise"), 1),
    (r"更重|最重|\bheavier\b|\bheaviest\b", ("重量", "weight"), 1),
    (r"更轻|最轻|轻一?些|\blighter\b|\blightest\b", ("重量", "weight"), -1),
    (r"耐温|耐热|耐高温|\b(?:more )?heat\b|\bhotter\b|\bhottest\b", ("温度", "介质温度", "temperature", "medium temperature"), 1),
    (r"耐压|\bmore pressure\b", ("压力", "工作压力", "pressure", "working pressure"), 1),
    (r"更长|最长|\blonger\b|\blongest\b", ("长度", "length"), 1),
    (r"更快|最快|\bfaster\b|\bfastest\b", ("转速", "speed"), 1),
    (r"更?有劲|\bmore powerful\b|\bstronger\b", ("功率", "power"), 1),
)  # fmt: skip
_AT_MOST = r"不超过|不大于|不高于|最多|以内|以下|小于|低于|少于|之内|\bat most\b|\bup to\b|\bunder\b|\bbelow\b|\bless than\b|\bno more than\b|\bwithin\b|\bmax(?:imum)?\b"
_AT_LEAST = r"不低于|不小于|至少|以上|大于|高于|超过|\bat least\b|\babove\b|\bover\b|\bmore than\b|\bno less than\b|\bmin(?:imum)?\b"
_PRICE = r"(?:目录|销售|出厂|列表)?(?:单价|价格|价钱|售价|报价|标价|牌价|定价)|目录价|多少钱|几块钱|几块|多少块|什么价位?|卖多少|贵不贵|怎么卖|\b(?:list |unit |catalogue |catalog )?prices?\b|\bpriced\b|\bhow much\b|\bcosts?\b|\bexpensive\b|\bcheap\b|更?便宜|最便宜|更贵|最贵|\bcheaper\b|\bcheapest\b"
_WARRANTY = r"质保期?|保修期?|包修|三包|保多久|保几年|保多长时间|\bwarrant(?:y|ies)\b|\bguaranteed?s?\b"
_NEAR = 14
_NO_TARGET = {"a", "in", "s", "d", "t", "g", "h", "个", "方"}
_BEHIND = r"\s*(?:of|is|是|为|要|需要|大概|约|about|around|=|:|：|at least|至少|不低于|不超过|最多|over|above)*\s*(\d+(?:\.\d+)?)(?![\d.]*\s*[A-Za-z%°℃]|\d)"
_BEFORE = r"(?<![\d.A-Za-z-])(\d+(?:\.\d+)?)\s*(?:方|立方|个)?的?\s*$"
_PSEUDO = ((PRICE, _PRICE), (WARRANTY, _WARRANTY))
# words that go with any figure: they narrow nothing that the catalogue tells apart
_QUALIFIERS = frozenset(
    "最大 最高 最多 最长 最小 最低 最 额定 标称 满载 参数 数值 数据 数 值 每台 单台 一套 每套 每个 每只 单个 根 米 型 型泵 自带 本身 达 这款 家 分别 各自 同时 号 称 里 面 "
    "期 期限 period max maximum minimum min rated nominal full load figure spec specif data size exact exactl rough about together both respective current".split()
)  # fmt: skip
_TARGET = re.compile(
    r"(?:多少|几个?|换算成|换成|折合成?|折合|合|等于|转换成)\s*(?:个)?\s*(?P<zh>[A-Za-z³²/·°µ]{1,12}|[\u3400-\u9fff/]{1,8})|\b(?:in|to|into|as|how many)\s+(?P<en>[A-Za-z³²°µ]+(?:/[A-Za-z³²]+)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A value the question asks an attribute to have: at least (1), at most (-1) or simply (0) `value` of `unit` ("" = the attribute's own)."""

    attribute: str
    value: Decimal
    unit: str
    sense: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question read against the catalogue. `attributes` may hold the pseudo attributes price and warranty; `sense` is 1 for more, -1 for less, 0 for neither.

    `quantities` are those no bound explains; `target` a unit an answer is wanted in; `rest` the content terms that nothing here explains.
    """

    products: tuple[str, ...]
    families: tuple[str, ...]
    attributes: tuple[str, ...]
    relations: tuple[str, ...]
    bounds: tuple[Bound, ...]
    quantities: tuple[Quantity, ...]
    target: str
    sense: int
    cues: frozenset[str]
    rest: tuple[str, ...]
    named: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


class _Reader:
    """A text whose understood stretches are blanked one after another."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def take_all(self, pattern: str) -> bool:
        """Blanks every match; whether there was one."""
        matches = list(_pattern(pattern).finditer(self.text))
        for match in matches:
            self.take(*match.span())
        return bool(matches)

    def sees(self, pattern: str) -> bool:
        return bool(_pattern(pattern).search(self.text))


def read_ask(
    question: str, *, names: Names, concepts: Concepts, lexical: Lexical, products: Sequence[str] = (), attributes: Mapping[str, Attribute] | None = None
) -> Ask:
    """Reads a question. `products` are SKUs known from elsewhere (slots, the conversation), `attributes` are the catalogue's."""
    text = to_simplified(fold(question))
    reader = _Reader(text)
    mentions = names.find(text)
    named = tuple(dict.fromkeys(ids[0] for mention in mentions if len(ids := mention.ids(PRODUCT)) == 1))
    asked, families, relations = (_ids(mentions, kind) for kind in (ATTRIBUTE, FAMILY, RELATION))
    sense = _sense(reader)
    # a unit asked for reads like a quantity in Chinese: 几千瓦 is no thousand watts
    quantities = tuple(each for each in find_quantities(text) if not canonical_unit(each.text))
    target = _target(text, quantities)
    bounds, free = _bounds(text, [*mentions, *_pseudo_mentions(text)], quantities, attributes or {})
    for start, end in [*((mention.start, mention.end) for mention in mentions), *((each.start, each.end) for each in quantities)]:
        reader.take(start, end)
    pseudo = tuple(key for key, pattern in _PSEUDO if reader.take_all(pattern))
    if not asked and not pseudo:
        asked, sense = _compared(reader, names, sense)
    cues = frozenset(name for name, pattern in _CUES if reader.take_all(pattern))
    reader.take_all(_MORE)
    reader.take_all(_LESS)
    asked = (*asked, *pseudo)
    rest = _rest(reader.text, asked, names=names, concepts=concepts, lexical=lexical, has_target=bool(target))
    return Ask(tuple(products) or named, families, asked, relations, bounds, free, target, sense, cues, rest, named)


def _pseudo_mentions(text: str) -> list[Mention]:
    """Price and warranty are asked for like attributes, though every product has them."""
    return [Mention(*match.span(), ((ATTRIBUTE, key),)) for key, pattern in _PSEUDO for match in _pattern(pattern).finditer(text)]


def _compared(reader: _Reader, names: Names, sense: int) -> tuple[tuple[str, ...], int]:
    """The attribute a comparative stands for: quieter is less noise."""
    for pattern, words, way in _COMPARATIVES:
        found = [mention for word in words for mention in names.find(word)]
        attributes = [name for mention in found for name in mention.ids(ATTRIBUTE)]
        if attributes and reader.take_all(pattern):
            return (attributes[0],), way
    return (), sense


def _ids(mentions: Iterable[Mention], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for mention in mentions if not mention.ids(PRODUCT) for name in mention.ids(kind)))


def _sense(reader: _Reader) -> int:
    if reader.sees(_LESS) or reader.sees(_PLAIN_LESS):
        return -1
    return 1 if reader.sees(_MORE) or reader.sees(_PLAIN_MORE) else 0


def _target(text: str, quantities: Sequence[Quantity]) -> str:
    """The unit an answer is wanted in: "in bar", 多少 L/min, 几伏; not the unit of a quantity that stands there, and no unit of time."""
    for match in _TARGET.finditer(text):
        if any(each.start <= match.start() < each.end for each in quantities):
            continue
        spelled = match.group("zh") or match.group("en")
        unit = next((found for end in range(len(spelled), 0, -1) if (found := canonical_unit(spelled[:end]))), "")
        whole = spelled[:1] > "\u2e80" or canonical_unit(spelled)
        if unit and whole and spelled.lower() not in _NO_TARGET and dimension(unit) not in ("time", "months", "workdays"):
            return unit
    return ""


def _bounds(
    text: str, mentions: Sequence[Mention], quantities: Sequence[Quantity], attributes: Mapping[str, Attribute]
) -> tuple[tuple[Bound, ...], tuple[Quantity, ...]]:
    """Values that belong to a named attribute: the nearest one of the same dimension, or a bare number right behind the attribute's word."""
    units = {WARRANTY: "month", **{name: attribute.unit for name, attribute in attributes.items()}}
    bounds: list[Bound] = []
    free: list[Quantity] = []
    spots = [mention for mention in mentions if mention.ids(ATTRIBUTE)]
    for quantity in quantities:
        near = [spot for spot in spots if _fits_dimension(spot, quantity, units)]
        spot = min(near, key=lambda each: _distance(each, quantity), default=None)
        name = spot.ids(ATTRIBUTE)[0] if spot is not None and _distance(spot, quantity) <= _NEAR else _only(quantity, attributes, spots)
        if name:
            bounds.append(Bound(name, quantity.high or quantity.value, quantity.unit, _bound_sense(text, quantity.start, quantity.end)))
        else:
            free.append(quantity)
    taken = {bound.attribute for bound in bounds}
    named = [(mention.start, mention.end) for mention in mentions if mention.ids(PRODUCT)]
    closed = [*named, *((each.start, each.end) for each in quantities)]
    for spot in spots:
        name = spot.ids(ATTRIBUTE)[0]
        match = _pattern(_BEHIND).match(text, spot.end) or _pattern(_BEFORE).search(text[: spot.start])
        if match and name not in taken and not any(start <= match.start(1) < end for start, end in closed):
            bounds.append(Bound(name, Decimal(match.group(1)), units.get(name, ""), _bound_sense(text, min(spot.start, match.start(1)), max(spot.end, match.end(1)))))
    return tuple(bounds), tuple(free)


def _only(quantity: Quantity, attributes: Mapping[str, Attribute], spots: Sequence[Mention]) -> str:
    """Beside a named attribute, the one attribute measured in this unit, or the one of several that a buyer wants high; never the one that is named."""
    asked = {name for spot in spots for name in spot.ids(ATTRIBUTE)}
    same = [name for name, attribute in attributes.items() if canonical_unit(attribute.unit) == quantity.unit and name not in asked]
    wanted = same if len(same) == 1 else [name for name in same if attributes[name].better == "higher"]
    return wanted[0] if len(wanted) == 1 and asked else ""


def _fits_dimension(spot: Mention, quantity: Quantity, units: Mapping[str, str]) -> bool:
    unit = canonical_unit(units.get(spot.ids(ATTRIBUTE)[0], ""))
    return not unit or dimension(unit) == quantity.dimension


def _distance(spot: Mention, quantity: Quantity) -> int:
    return quantity.start - spot.end if quantity.start >= spot.end else spot.start - quantity.end


def _bound_sense(text: str, start: int, end: int) -> int:
    around = text[max(0, start - 14) : end + 6]
    if _pattern(_AT_MOST).search(around):
        return -1
    return 1 if _pattern(_AT_LEAST).search(around) else 0


def _rest(text: str, asked: Sequence[str], *, names: Names, concepts: Concepts, lexical: Lexical, has_target: bool) -> tuple[str, ...]:
    """The content terms left over, less those that say an asked attribute in other words."""
    known: set[str] = set()
    for key, readings in names.phrases.items():
        if any(kind == ATTRIBUTE and name in asked for kind, name in readings):
            spoken = terms("".join(key) if key[0] >= "\u3400" else " ".join(key))
            known.update(key, spoken, concepts.of(spoken))
    left = []
    for term in dict.fromkeys(tokens(text, concepts=concepts, lexical=lexical)):
        if not is_content(term) or term in LIGHT or term in _QUALIFIERS or term in known or re.fullmatch(r"\d+(?:\.\d+)?", term):
            continue
        if known.intersection(concepts.of([term])) or (has_target and canonical_unit(term)):
            continue
        left.append(term)
    return tuple(left)
