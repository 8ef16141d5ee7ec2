"""What a sentence with figures claims: of what, in which case, how much, and from when on; which claims clash is decided in `contradictions`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.knowledge.concepts import Concepts
from assistant.knowledge.markdown import plain
from assistant.knowledge.mentions import Names
from assistant.knowledge.redact import DATED
from assistant.knowledge.terms import LIGHT, is_content, negations, terms
from assistant.store.knowledge import SectionRow
from assistant.text.fold import fold
from assistant.text.numbers import find_numbers
from assistant.text.units import Quantity, find_quantities, same_value
from assistant.text.words import sentences

_DIGIT = re.compile(r"[\d一二三四五六七八九十百]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"(?P<before>[$€£¥]|\b(?:USD|EUR|GBP|CNY|RMB)\b)\s*(?P<a>\d[\d,]*(?:\.\d+)?)|(?P<b>\d[\d,]*(?:\.\d+)?)\s*(?P<after>[$€£¥]|美元|欧元|元|\b(?:USD|EUR|GBP|CNY|RMB|yuan)\b)",
    re.IGNORECASE,
)
_CURRENCY = {"$": "usd", "美元": "usd", "€": "eur", "欧元": "eur", "£": "gbp", "¥": "cny", "元": "cny", "rmb": "cny", "yuan": "cny"}
_COUNTED = re.compile(r"\s*([a-z]+|[\u3400-\u9fff])", re.IGNORECASE)
# a number that names a thing, a place in a text or a year counts nothing
_NAMED = re.compile(r"(?:[A-Za-z]-?|[-/#§第]|\b(?:no|nr|step|chapter|section|clause|art|article|type|class|grade|iso|en|din)\.?\s*)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])")
_STATED = re.compile(r"(?:\b(?:is|are|of|to|be)|[=:：为是])\s*$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|~|～|to|bis|and|至|到)\s*$", re.IGNORECASE)
_MOST = re.compile(
    r"(?:\b(?:up to|at most|no more than|not exceed(?:ing)?|max(?:imum)?(?: of)?|under|below|less than)|不超过|最多|至多|最高|最大|低于|小于)\s*$",
    re.IGNORECASE,
)
_LEAST = re.compile(r"(?:\b(?:at least|no less than|from|min(?:imum)?(?: of)?|more than)|不少于|不低于|至少|最少|最低|大于|高于)\s*$", re.IGNORECASE)
_HANDED = "delivery|receipt|arrival|receiving|signing|handover|收到货物|收到|收货|签收|送达|到货|交货|交付|验收"
_ORDERED = "order|ordering|下单|订购|接单|确认订单"
_BILLED = "invoice|invoicing|payment|开票|发票|付款"
_START = {"handed": _HANDED, "ordered": _ORDERED, "billed": _BILLED}
_ANY_START = "|".join(_START.values())
_STARTS = re.compile(
    rf"(?:\b(?:of|after|from|since|upon|following)\s+(?:the\s+)?(?:date\s+of\s+)?(?:your\s+|the\s+)?(?P<en>{_ANY_START})\b(?:\s+(?:date|for\s+it))?"
    rf"|(?:自|从|在)?(?:[^\s，。,]{{0,4}})?(?P<zh>{_ANY_START})(?:之日|当日|当天|日期?)?(?:起|后|以后|之后)(?:的)?)",
    re.IGNORECASE,
)
# what becomes of it otherwise is no part of a claim
_OTHERWISE = re.compile(
    r"[，,；;]\s*(?:逾期|过期|超期|超时|否则|\b(?:otherwise|after that|after which|thereafter|failing (?:this|that|which))\b).*", re.IGNORECASE | re.DOTALL
)
# the state in which goods are meant anyway: a rule that does not name it holds for them too
_STATES = re.compile(
    r"\b(?:unused|unopened|undamaged|unworn|unwashed|intact|in (?:the |its |their )?original pack\w+)\b(?:\s*(?:and|or)\s*(?=un|in))?"
    r"|\bused (?=\w+ (?:can|may|must|are|is)\b)|\bopened\b|已经?(?:使用|拆封|开封)过?的?|(?:使用|拆封|开封)过的?"
    r"|未(?:经)?(?:使用|拆封|开封|拆|洗涤|清洗)过?的?|完好(?:无损)?的?|原包装的?",
    re.IGNORECASE,
)
_MANNER_EN = (
    "must please due payable placed write written writing shall policy window period rule faq question general information detail term condition deadline "
    "limit quantity amount time notice note overview answer section follow apply charged each per our always case allowed possible made make lasts last"
)
_MANNER_ZH = (
    "须 需 应 请 为 期 期限 时限 规定 说明 政策 须知 问题 常见 要求 数量 书面 多久 时间 有效 至 满 以内 之内 内 起 即可 均 均为 一律 时 后 前 自 支付 收费 标准"
)
# what says how something is put, and nothing of which case it is about
_MANNER = frozenset((*LIGHT, *terms(_MANNER_EN), *_MANNER_ZH.split(" ")))
# what words of manner are made of, also where the segmenter took two for one
_BOUND = frozenset("须需应请为期起后前自至满内均可的之时限数量")
_FIELDS_EN = "payment billing order ordering service support shipping logistics complaint sales purchase"
_FIELDS_ZH = "付款 支付 结算 财务 订单 订购 下单 采购 售后 服务 客服 物流 发货 交货 运输 投诉 销售"
_FIELDS = frozenset((*terms(_FIELDS_EN), *_FIELDS_ZH.split(" ")))
_UNLIKE = ("un", "non")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in a unit or of a kind, to `high` for a range; `bound` is "" or what it bounds: most, least."""

    quantity: Quantity | None
    low: Decimal
    high: Decimal
    bound: str
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of section number `section`. `said` are its words or the ideas behind them, less figures and manner; `around` those of its headings."""

    section: int
    quote: str
    said: tuple[frozenset[str], ...]
    heading: tuple[frozenset[str], ...]
    around: frozenset[str]
    products: frozenset[str]
    figures: Mapping[str, tuple[Figure, ...]]
    start: str
    states: frozenset[str]
    dates: frozenset[str]
    denials: int


def claims(number: int, section: SectionRow, title: str, *, names: Names, concepts: Concepts) -> Iterator[Claim]:
    """The claims of a section's prose; tables are facts."""
    if "|" in section.text:
        return
    heading = _items(fold(section.heading), concepts)
    about = frozenset(each for item in _items(fold(f"{title} {section.heading}"), concepts) for each in item)
    for begin, end in sentences(section.text):
        quote = section.text[begin:end]
        if not _DIGIT.search(quote):
            continue
        said = _OTHERWISE.sub("", fold(plain(quote)))
        found, rest = _figures(said)
        if not found:
            continue
        start = next((name for match in _STARTS.finditer(said) for name, words in _START.items() if re.fullmatch(words, match["en"] or match["zh"], re.I)), "")
        states = frozenset(match.group().strip().lower() for match in _STATES.finditer(said))
        items = _items(_STATES.sub(" ", _STARTS.sub(" ", rest)), concepts)
        products = frozenset(names.products(said)) or frozenset(section.products)
        yield Claim(number, quote, items, heading, about, products, found, start, states, frozenset(DATED.findall(said)), negations(_STATES.sub(" ", said)))


def _items(text: str, concepts: Concepts) -> tuple[frozenset[str], ...]:
    """Words in order, a phrase of an idea as one, each as the word and the ideas it may be."""
    words, at = terms(text), 0
    found: list[frozenset[str]] = []
    while at < len(words):
        length, ideas = concepts.phrase(words, at)
        phrase = words[at : at + length]
        # an idea of words of manner is manner as well; warm-up comes as warmup too
        if ideas and not all(_manner(word) for word in phrase):
            found.append(frozenset((*ideas, *phrase)))
        elif not ideas and not _manner(words[at]) and not _numeric(words[at]) and not (at and words[at - 1].replace("-", "") == words[at]):
            found.append(frozenset((words[at],)))
        at += length
    return tuple(dict.fromkeys(found))


def _manner(word: str) -> bool:
    return word in _MANNER or not is_content(word) or (word[0] >= "\u3400" and all(char in _BOUND for char in word))


def _numeric(word: str) -> bool:
    return word.replace(".", "").replace(",", "").replace("%", "").isdigit()


def _figures(text: str) -> tuple[dict[str, tuple[Figure, ...]], str]:
    """Figures by kind (a dimension, a currency, or what is counted), and the text without them."""
    found: dict[str, list[Figure]] = {}
    taken: list[tuple[int, int]] = [match.span() for match in DATED.finditer(text)]
    for kind, figure, span in (*_clocks(text), *_money(text), *_quantities(text), *_counts(text)):
        if all(span[1] <= a or b <= span[0] for a, b in taken):
            taken.append(span)
            found.setdefault(kind, []).append(figure)
    rest = list(text)
    for a, b in taken:
        rest[a:b] = " " * (b - a)
    return {kind: tuple(each) for kind, each in found.items()}, "".join(rest)


Read = tuple[str, Figure, tuple[int, int]]


def _clocks(text: str) -> Iterator[Read]:
    for match in _CLOCK.finditer(text):
        yield "clock", _figure(text, match.start(), match.group(), Decimal(int(match[1]) * 60 + int(match[2]))), match.span()


def _money(text: str) -> Iterator[Read]:
    for match in _MONEY.finditer(text):
        sign = (match["before"] or match["after"]).lower()
        value = Decimal((match["a"] or match["b"]).replace(",", ""))
        yield _CURRENCY.get(sign, sign), _figure(text, match.start(), match.group(), value), match.span()


def _quantities(text: str) -> Iterator[Read]:
    for each in find_quantities(text):
        low = _low_end(text, each.start)
        value = each.value if low is None else min(low, each.value)
        yield each.dimension, _figure(text, each.start, each.text, value, each.high or each.value, quantity=each), (each.start, each.end)


def _low_end(text: str, start: int) -> Decimal | None:
    """The number before a quantity that it is the upper end of: 10 to 15 days."""
    joined = _RANGE.search(text[:start])
    if joined is None:
        return None
    before = [each for each in find_numbers(text[: joined.start()]) if each.end >= len(text[: joined.start()].rstrip())]
    return Decimal(str(before[-1].value)) if before and isinstance(before[-1].value, int | float | Decimal) else None


def _counts(text: str) -> Iterator[Read]:
    for each in find_numbers(text):
        if not isinstance(each.value, int | float | Decimal) or _NAMED.search(text[: each.start]) or _YEAR.fullmatch(each.text):
            continue
        after = text[each.end : each.end + 1]
        if after.isascii() and after.isalpha():
            continue
        counted = _COUNTED.match(text, each.end)
        of = [word for word in terms(counted[1])[:1] if is_content(word)] if counted else []
        # a number that counts nothing is a value only where it is stated as one
        if not of and not (each.text[:1].isdigit() and _STATED.search(text[: each.start])):
            continue
        yield f"number {of[0] if of else ''}".strip(), _figure(text, each.start, each.text, Decimal(str(each.value))), (each.start, each.end)


def _figure(text: str, start: int, words: str, low: Decimal, high: Decimal | None = None, *, quantity: Quantity | None = None) -> Figure:
    bound = "most" if _MOST.search(text[:start]) else "least" if _LEAST.search(text[:start]) else ""
    return Figure(quantity, low, high if high is not None else low, bound, words)


def compatible(one: Figure, other: Figure) -> bool:
    """Whether both may be right: the same value, whatever the unit; a value in a range or within a bound; ranges that overlap."""
    if one.quantity is not None and other.quantity is not None:
        if same_value(one.quantity, other.quantity) and one.low == one.high and other.low == other.high:
            return True
        if one.quantity.unit != other.quantity.unit:
            # a range in another unit is not worked out
            return not (one.low == one.high and other.low == other.high and one.bound == other.bound)
    if one.bound == other.bound:
        spans = one.low != one.high or other.low != other.high
        return max(one.low, other.low) <= min(one.high, other.high) if spans else one.low == other.low
    for bound, value in ((one, other), (other, one)):
        if (bound.bound == "most" and value.low <= bound.high) or (bound.bound == "least" and value.high >= bound.low):
            return True
    return False


def apart(claim: Claim, other: Claim) -> bool:
    """Whether one of them, or a heading above it, speaks of another case or attribute than the other; a heading that only names a field tells none apart."""
    if claim.dates != other.dates:
        return True
    mine, theirs = _leftovers(claim, other), _leftovers(other, claim)
    if (mine or claim.states) and (theirs or other.states) and (mine or theirs or claim.states != other.states):
        return True
    return any(item in side.said or not item & _FIELDS for side, items in ((claim, mine), (other, theirs)) for item in items)


def _leftovers(claim: Claim, other: Claim) -> list[frozenset[str]]:
    """What a claim or its heading says that neither the other claim nor what stands above that says."""
    there = frozenset(each for item in (*other.said, *other.heading) for each in item) | other.around
    own = (*claim.said, *claim.heading)
    words = [word for item in own for word in item]
    return [item for item in own if not _known(item, there) and not any(_han(part) and part != word and part in word for part in item for word in words)]


def _known(item: frozenset[str], there: frozenset[str]) -> bool:
    if item & there:
        return True
    if any(all(part in there or not is_content(part) for part in word.split("-")) for word in item if "-" in word[1:]):
        return True
    # 保修期 and 保修 are one word to a reader
    return any(_longer(word, each) or _longer(each, word) for word in item if _han(word) for each in there if _han(each))


def _longer(word: str, other: str) -> bool:
    """Whether a word is another and some manner."""
    return other in word and all(char in _BOUND for char in word.replace(other, "", 1))


def _han(word: str) -> bool:
    return len(word) > 1 and word[0] >= "\u3400"


def shared(claim: Claim, other: Claim) -> int:
    """How many things both sentences themselves speak of."""
    there = frozenset(each for item in other.said for each in item)
    return sum(1 for item in claim.said if _known(item, there))


def opposed(claim: Claim, other: Claim) -> bool:
    """Whether one denies what the other says: opened and unopened."""
    if claim.denials != other.denials:
        return True
    mine, theirs = (frozenset(word for item in (*each.said, *each.heading) for word in item) for each in (claim, other))
    return any(f"{prefix}{word}" in b for prefix in _UNLIKE for a, b in ((mine, theirs), (theirs, mine)) for word in a if f"{prefix}{word}" not in a)


def disputed(claim: Claim, other: Claim) -> str:
    """The one kind of figure that both give, and give differently; "" when there is none, or when another figure tells the cases apart."""
    if claim.figures.keys() != other.figures.keys():
        return ""
    kinds = [kind for kind in claim.figures if not _agree(claim.figures[kind], other.figures[kind])]
    return kinds[0] if len(kinds) == 1 and len(claim.figures[kinds[0]]) == len(other.figures[kinds[0]]) else ""


def _agree(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    return len(ours) == len(theirs) and all(compatible(a, b) for a, b in zip(ours, theirs, strict=True))
