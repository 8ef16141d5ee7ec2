"""The few words with which customers go on talking about their orders ("and the hoses?", 那另一张呢, "so when?"): closed classes of words, no look-ups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.text.script import to_simplified
from assistant.types import Slot

# what is asked of the orders: the same as before, a day, how many pieces, the amount, or which of them comes first
Sought = Literal["", "when", "count", "total", "sooner", "later"]

_GOODS = frozenset({"product", "family"})
_NAMED = frozenset({"order", "order_ref", "option", *_GOODS})
_MEASURE = "[个台件套只条根张把支块盒箱袋桶瓶组包卷份批吨米双副对]"
_PAPER = r"(?:订单|定单|单子|[张笔单])"
_THIS = r"(?:那|这|[嗰𠮶]|呢|该)"

_OTHER = re.compile(
    rf"(?:另外?|剩下|余下)(?:的)?{_THIS}?一?(?:{_PAPER}(?:订单|定单|单子)?|个(?:订单|定单|单子)?)|别的{_THIS}?{_PAPER}|另一{_PAPER}|还有(?:的)?{_THIS}?一{_PAPER}(?=呢|$|[?？])"
    r"|\b(?:the |my |our )?other (?:orders?|ones?|po)\b|\bthe other\b"
    r"(?!\s+(?:day|week|side|way|thing|hand|date|address|questions?|products?|items?|models?|company)\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?:后面|后边|接下来|下面?)的?{_THIS}?一?{_PAPER}(?:订单|定单|单子)?|再后面的|\bthe (?:next|following) (?:one|order)\b|\bthe one after\b(?: that)?", re.I
)
_PAST = re.compile(
    rf"(?:前面|前边|上面)的?{_THIS}?一?{_PAPER}(?:订单|定单|单子)?|\bthe (?:previous|earlier) (?:one|order)\b|\bthe one before\b(?: that)?", re.I
)
_WRITTEN = re.compile(rf"{_PAPER}|\b(?:orders?|po)\b", re.IGNORECASE)
_PLACES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1}
_PLACE = re.compile(
    rf"\b(?:the )?(?:order )?(?P<en>{'|'.join(_PLACES)})(?: (?:one|order))?\b|第(?P<zh>[一二三四五六1-6])(?:[个张笔单]|(?=呢|的|$))(?:订单|定单|单子|单)?"
)
_DIGITS = {char: at for at, char in enumerate("一二三四五六", start=1)}

_SKIPPED = (
    r"and|n|&|ok|okay|k|so|also|then|hmm|hm|oh|ah|well|now|but|or|w|with|what|whats|what's|how|hows|how's|about|bout|the|that|those|this|one|ones|orders?|po"
    r"|for|from|in|of|on|containing|holding|same|question|thing|again|pls|plz|going|doing"
    r"|i mean|i meant|i was asking|please|thx|thanks|thank you|cool|great|good|nice|my|mine|our|ours|to|too|as|well"
)
_LOOSE = (
    rf"{_SKIPPED}|is|are|was|were|r|it|its|it's|they|them|there|do|does|did|have|has|had|i|we|a|an|any|all|be|will|would|can|could|me|tell|give|actually|exactly"
    r"|remind|just|say|said|each|both|together"
)
_SKIPPED_ZH = (
    r"同样的?|一样|我?(?:问|说|指)的是?|我是说|这?两[者个张笔]?单?|[这那]?俩|也是|也|还有|另外|再|以及|和|跟|与|那么|那|这|[嗰𠮶]|呢|的|一|个|张|笔|订单|定单|单子|单|批|次|我们|我|咱们?|请问|问下|问|看看|看|查下|查|下|吧|啊|呀|哦|噢|嗯|好的?|行|谢谢|里面?|买|订|下|了"
    r"|问题|情况|怎么样|如何|咋样|啥|同"
)
_LOOSE_ZH = (
    rf"{_SKIPPED_ZH}|是|有|来着|到底|究竟|一共|总共|共|当时|现在|目前|大概|大约|要|得|能|会|可以|才|就|他|它们?|告诉|说|各自?|都|分别|加?在?一起|加起来|合起来"
)
_MARK = r"\s,.;:!?，。；：！？、…~～—-"
# atomic: a text has one reading, however long it is
_FEW = re.compile(rf"(?>[&/{_MARK}]|(?<![a-z'])(?:{_SKIPPED})(?![a-z'])|{_SKIPPED_ZH})*+", re.IGNORECASE)
_MORE = re.compile(rf"(?>[&/{_MARK}]|(?<![a-z'])(?:{_LOOSE})(?![a-z'])|{_LOOSE_ZH})*+", re.IGNORECASE)

_COUNT = re.compile(
    rf"(?:多少|几){_MEASURE}(?!钱)(?:东西|货)?|数量(?:是|有)?(?:多少)?"
    r"|\bhow many(?: (?:pieces|pcs|units|items|sets|kits|things))?\b(?: (?:in|on) (?:there|it|that|total|all))?"
    r"(?: (?:did |have )?(?:i |we |you )?(?:order(?:ed)?|buy|bought|take|took|taken|get|got|need|send|sent|pay for)\b)?"
    r"|\b(?:the )?(?:quantity|qty)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:一共|总共|总计|合计|总价|总额|总金额|总数|金额|总的?价|货款|花了?)(?:是|有|要)?(?:多少)?(?:钱)?|多少钱|几多钱"
    r"|\b(?:grand |order )?(?:totals?|sum|amount|value)\b(?: (?:price|value|amount|cost))?"
    r"|\bhow much\b(?: (?:was|is|did|does|do|were|are) (?:it|that|they|we|i|this|all of it))?"
    r"(?: (?:pay|paid|cost|costs|come to|all in|altogether|in all|in total))?"
    r"|\bwhat did (?:it|that|those|these|they|we|i) (?:all )?(?:cost|pay|come to)\b|\b(?:what|how much) do (?:i|we) owe(?: you)?\b"
    r"|\b(?:altogether|all in all)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"单价|每一?{_MEASURE}|(?<!第)一{_MEASURE}(?=多少)|\b(?:per|apiece|unit price|a (?:piece|kit|unit))\b", re.IGNORECASE)
_EACH = re.compile(r"各|分别|\b(?:each|apiece)\b", re.IGNORECASE)
_SUMMED = re.compile(r"一共|总|合计|花|付|\b(?:total|sum|altogether|did|paid|was|were)\b", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:什么时候|啥时候|何时|几时|几号|哪一?天|哪日|多久|多会儿?|幾時)(?:能|会|可以|才)?(?:送?到|到货|送来|来|交货|发货|签收|收到)?(?:的|了)?"
    r"|\b(?:when(?:'?s)?|eta|what (?:day|date)|which day|by when)\b(?: (?:is|will|does|did|do|would|was|are|were|it|that|they|this|those|one|order|the))*"
    r"(?: (?:be |get )?(?:due|here|arriv\w*|com(?:e|ing|es)|delivered|deliver|ship|shipped|land|there))?(?: here)?",
    re.IGNORECASE,
)
_MOVES = r"(?:arriv\w*|com(?:e|es|ing)|due|deliver\w*|ships?|shipped|gets? here|here|land\w*|leaves?|up)"
_FIRST = re.compile(
    r"(?:哪|那)?一?[个张笔单](?:订单|单子)?(?:是|会|能)?(?:最|更)?(?:先|早)(?:一?[点些])?(?:送?到|来|发货?|交货?|送)"
    r"|谁(?:更|最)?[先早]到|(?:最近|最先|最早|马上|接下来)(?:要|会|能)?(?:送?到|来|交货?|发货?)的?(?:货|是)?(?:哪|什么)?(?:一?[个张笔单])?(?:订单|单子|单)?"
    rf"|\bwhich(?: (?:one|order|of (?:the|my|our) (?:two|orders|three)|of (?:them|those|these|both)))?"
    rf"(?:'s| is| are| will)?(?: be)?(?: {_MOVES})?(?: {_MOVES})? "
    rf"(?:first|earlier|earliest|sooner|soonest|next)(?: {_MOVES})?(?: here)?",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:哪|那)一?[个张笔单](?:订单|单子)?(?:是|会|能)?(?:最|更)(?:后|晚)(?:送?到|来|发货?|交货?|送)|谁(?:更|最)[后晚]到"
    rf"|\bwhich(?: (?:one|order|of (?:the|my|our) (?:two|orders|three)|of (?:them|those|these|both)))?"
    rf"(?:'s| is| are| will)?(?: be)?(?: {_MOVES})?(?: {_MOVES})? "
    rf"(?:last|later|latest)(?: {_MOVES})?(?: here)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Talk:
    """What a message that is nothing but talk about orders seeks, and which it means: by number, by the goods they hold, by a place in what was shown or as
    the one that is not the last. `each`: it asks of each of several; `marked`: it says in so many words that an order is meant."""

    sought: Sought = ""
    numbers: tuple[str, ...] = ()
    goods: tuple[Slot, ...] = ()
    place: int = 0
    other: Literal["", "other", "next", "previous"] = ""
    marked: bool = False
    each: bool = False

    @property
    def names(self) -> bool:
        """Whether it says at all which order is meant."""
        return bool(self.numbers or self.goods or self.place or self.other)


def read_talk(text: str, slots: Sequence[Slot]) -> Talk | None:
    """What a message goes on asking of orders; None for one that says anything else."""
    named = [(slot.start, slot.end) for slot in slots if slot.name in _GOODS]
    slots = [slot for slot in slots if slot.name != "attribute" or not any(start <= slot.start and slot.end <= end for start, end in named)]
    if any(slot.name not in _NAMED or slot.candidates for slot in slots):
        return None
    plain = to_simplified(text)
    if len(plain) != len(text):
        return None
    goods = tuple(slot for slot in slots if slot.name in _GOODS)
    rest = _without(plain, [slot for slot in slots if slot.name in ("order", *_GOODS)])
    sought, rest = _sought(rest)
    other, rest = _other(rest)
    place, rest = _place(rest)
    talk = Talk(
        sought, tuple(str(slot.value) for slot in slots if slot.name == "order"), goods, place, other, _marked(plain, goods), _EACH.search(plain) is not None
    )
    if not (_MORE if sought else _FEW).fullmatch(rest) or not (sought or talk.names):
        return None
    if sought == "total" and (_SINGLE.search(plain) or (goods and not talk.marked and not _SUMMED.search(plain))):
        # the price of goods
        return None
    return talk


def _without(text: str, slots: Sequence[Slot]) -> str:
    for slot in slots:
        text = f"{text[: slot.start]}{' ' * (slot.end - slot.start)}{text[slot.end :]}"
    return text


def _sought(text: str) -> tuple[Sought, str]:
    kinds: tuple[tuple[Sought, re.Pattern[str]], ...] = (("later", _LAST), ("sooner", _FIRST), ("count", _COUNT), ("total", _TOTAL), ("when", _WHEN))
    for kind, pattern in kinds:
        match = pattern.search(text)
        if match:
            return kind, pattern.sub(" ", text)
    return "", text


def _other(text: str) -> tuple[Literal["", "other", "next", "previous"], str]:
    kinds: tuple[tuple[Literal["other", "next", "previous"], re.Pattern[str]], ...] = (("other", _OTHER), ("next", _NEXT), ("previous", _PAST))
    for kind, pattern in kinds:
        match = pattern.search(text)
        if match:
            return kind, f"{text[: match.start()]} {text[match.end() :]}"
    return "", text


def _place(text: str) -> tuple[int, str]:
    match = _PLACE.search(text.lower())
    if match is None:
        return 0, text
    said = match.groupdict()
    at = _PLACES[said["en"]] if said["en"] else _DIGITS.get(said["zh"], 0) or int(said["zh"])
    return at, f"{text[: match.start()]} {text[match.end() :]}"


def _marked(plain: str, goods: Sequence[Slot]) -> bool:
    """Whether an order is spoken of beside the goods: 那单, 那张, 那批, "the one with", "order"."""
    rest = _without(plain, goods)
    return re.search(rf"{_PAPER}|[那这嗰𠮶]一?批|\b(?:orders?|po|ones?)\b", rest, re.IGNORECASE) is not None


def compares_orders(text: str) -> bool:
    """Whether a text asks, in so many words, which of one's orders comes first or last."""
    plain = to_simplified(text)
    return (_FIRST.search(plain) is not None or _LAST.search(plain) is not None) and _WRITTEN.search(plain) is not None
