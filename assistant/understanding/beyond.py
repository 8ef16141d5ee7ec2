"""Questions for goods that are less or more of something than one product is, or than a sum of money ("anything cheaper than the P-100", "50美元以下的")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.text.fold import fold
from assistant.text.script import to_simplified

_THAN = re.compile(r"\b(?:than|compared (?:to|with))\b", re.IGNORECASE)
_OPEN_EN = re.compile(
    r"\b(?:any(?:thing|one)?|something|some|what|which|who|else|other|another|an?|one|ones|products?|goods|items?|models?|stuff|got|have|sell"
    r"|offer|stock|find|show|list|"
    r"recommend|suggest|need|want|looking|alternatives?|options?)\b",
    re.IGNORECASE,
)
# 比 X 便宜的 asks for others; 比 X 便宜吗 asks of one
_OPEN_ZH = re.compile(
    r"(?:有没有|有无|有|什么|啥|哪[些个款种]?|推荐|找|要|想要|来个?|换).{0,10}?比.{1,20}?|比.{1,20}?(?:一?[点些])?的(?!吗|呢|话).{0,8}?(?:有|吗|么|嘛|哪|什么|推荐|呢|没)?"
)
_MONEY = r"(?:us\s?\$|\$|usd|sgd|s\$|eur|€|£|gbp|rmb|cny|¥|￥)"
_MONEY_ZH = r"(?:块钱?|元|美元|美金|刀|欧元|人民币|新元|镑)"
_SUM_EN = re.compile(
    rf"(?P<way>\b(?:under|below|less than|cheaper than|up to|within|no more than|not more than|at most|over|above|more than|upwards of|at least"
    rf"|dearer than|pricier than))\s+"
    rf"(?:(?:{_MONEY})\s?(?P<a>\d[\d,]*(?:\.\d+)?)(?P<ak>k\b)?|(?P<b>\d[\d,]*(?:\.\d+)?)(?P<bk>k\b)?\s?(?:{_MONEY}|dollars?|bucks|euros?|pounds?"
    rf"|yuan)(?![a-z]))",
    re.IGNORECASE,
)
_SUM_ZH = re.compile(
    rf"(?P<before>低于|不到|少于|不超过|不高于|高于|超过|多于|大于|小于)?\s*(?:{_MONEY})?\s?(?P<a>\d[\d,]*(?:\.\d+)?)\s?(?:{_MONEY_ZH}|{_MONEY})?\s?(?P<behind>以下|以内|之内"
    rf"|之下|以上|之上|往上|起)?",
    re.IGNORECASE,
)
_CURRENCIES = tuple(
    (re.compile(said, re.IGNORECASE), re.compile(sign))
    for said, sign in (
        (r"^(?:\$|dollars?|bucks|刀|us\s?\$|usd|美元|美金)$", r"^(?:US)?\$|USD"),
        (r"^(?:\$|dollars?|bucks)$", r"^[A-Z]{1,3}\$"),
        (r"^(?:s\$|sgd|新元)$", r"^S\$|SGD"),
        (r"^(?:€|eur|euros?|欧元)$", r"€|EUR"),
        (r"^(?:£|gbp|pounds?|镑)$", r"£|GBP"),
        (r"^(?:¥|￥|rmb|cny|yuan|块钱?|元|人民币)$", r"¥|￥|CNY|元"),
    )
)
_LESS = re.compile(r"under|below|less|cheaper|up to|within|no more|not more|at most|低|不到|少|不超|不高|小|下|内", re.IGNORECASE)
_GOODS_ZH = re.compile(
    rf"(?:以下|以内|之内|之下|以上|之上|往上)的|(?:低于|不到|少于|不超过|高于|超过){_MONEY_ZH}?.{{0,12}}的|{_MONEY_ZH}(?:以下|以内|之内|以上)"
)


@dataclass(frozen=True, slots=True)
class Price:
    """A sum in whole units of money that what is asked for costs less (`sense` -1) or more (1) than; `money` is the currency as it was said ("$", "美元")."""

    amount: Decimal
    sense: int
    money: str = ""

    def is_in(self, shown: str) -> bool:
        """Whether a price as it is shown ("US$45.00") is in this currency; a dollar is the one that is shown."""
        return any(said.search(self.money) is not None and sign.search(shown) is not None for said, sign in _CURRENCIES)


def beyond_product(text: str, start: int, end: int) -> bool:
    """Whether a text asks for goods set against the one product named at `start:end`, which none of them is."""
    said = to_simplified(fold(text))
    than = _THAN.search(said)
    if than is not None:
        return than.end() <= start and _OPEN_EN.search(said[: than.start()]) is not None
    if "比" not in said[:start][-4:]:
        return False
    return _OPEN_ZH.search(said) is not None


def beyond_price(text: str) -> Price | None:
    """The sum of money that goods asked for are to cost less or more than; None when a text names none."""
    said = to_simplified(fold(text))
    found = _SUM_EN.search(said)
    if found is not None and _OPEN_EN.search(said[: found.start()]):
        number = Decimal((found["a"] or found["b"]).replace(",", "")) * (1000 if found["ak"] or found["bk"] else 1)
        return Price(number, -1 if _LESS.match(found["way"]) else 1, _money(found.group()))
    for match in _SUM_ZH.finditer(said):
        way = match["before"] or match["behind"] or ""
        if way and way != "起" and _GOODS_ZH.search(said) and re.search(_MONEY_ZH + "|" + _MONEY, match.group(), re.IGNORECASE):
            return Price(Decimal(match["a"].replace(",", "")), -1 if _LESS.search(way) else 1, _money(match.group()))
    return None


def _money(said: str) -> str:
    found = re.search(rf"{_MONEY}|dollars?|bucks|euros?|pounds?|yuan|{_MONEY_ZH}", said, re.IGNORECASE)
    return re.sub(r"\s", "", found.group()).lower() if found else ""
