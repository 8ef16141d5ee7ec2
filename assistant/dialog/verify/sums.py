"""The value of a calculation that a sentence shows; nothing but numbers with a source and an operator between each two of them makes one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from assistant.dialog.verify.claims import TOKEN, Evidence, figures_of

_AMOUNT = r"\s*(?:[A-Z]{1,3}(?=\s*[$¥￥€£])|[A-Z]{3})?\s*[$¥￥€£]?\s*\d"  # what a sign of a sum stands before; "/ piece" and "5-piece" are no calculation
_OPERATORS = {
    "times": r"[×*✕]|(?<![a-z])x(?![a-z])|\btimes\b|\bmultiplied\s+by\b|乘以?",
    "plus": rf"\+(?={_AMOUNT})|\bplus\b|加上?",
    "minus": rf"[−–-](?={_AMOUNT})|\bminus\b|减去?",
    "over": rf"÷|/(?={_AMOUNT})|\bdivided\s+by\b|除以",
}
_OPERATOR = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _OPERATORS.items()), re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*([%％]?)")
_EQUATION = re.compile(r"([^=＝，;；。]{1,160})[=＝]\s*([^=＝，;；。]{1,30})")
_BEGINS = re.compile(r"[:：\n]|\.(?=\s)")  # a calculation begins anew behind these
_SIGNED = re.compile(r"(?:^|\s)[−-]$")
_DENIED = re.compile(r"\b(?:not|no|less|without|except)\b|不|非|没|扣", re.IGNORECASE)
_MONEY = re.compile(r"[$¥￥€£元]|块钱|人民币|美元|欧元|\b(?:USD|CNY|RMB|EUR|GBP|HKD|yuan|dollars?|euros?|cents?)\b", re.IGNORECASE)
_MINOR = Decimal("0.01")
_GAP = re.compile(r"相差\s*(?P<zh>(?:[^，,。；;()（）]|(?<=\d),(?=\d)){1,30})|\((?P<en>[^，；;()（）]{1,30}?)\s+apart\)")


def shown(text: str, evidence: Evidence) -> frozenset[Decimal]:
    """Results of calculations a sentence shows, where every operand has a source and the result is right; how far two of its figures are apart is one."""
    results: set[Decimal] = set(_gaps(text, evidence))
    for left, right in _EQUATION.findall(text):
        value = None if _OPERATOR.search(right) else _calculated(TOKEN.sub(" ", left), evidence)
        if value is None:
            continue
        stated = figures_of(right)
        money = _MONEY.search(left + right) is not None
        numbers = (*stated.numbers, *(quantity.value for quantity in stated.quantities))
        results.update(number for number in numbers if _right(value, number, money=money))
    return frozenset(results)


def _gaps(text: str, evidence: Evidence) -> Iterator[Decimal]:
    """How far two figures of a sentence are said to be apart, where just two stand beside it, both have a source and what lies between them is that."""
    for match in _GAP.finditer(text):
        said = figures_of(match["zh"] or match["en"])
        told = (*said.numbers, *(quantity.value for quantity in said.quantities))
        beside = figures_of(f"{text[: match.start()]} {text[match.end() :]}")
        held = {*beside.numbers, *(quantity.value for quantity in beside.quantities)}
        sourced = all(value in evidence.numbers or any(value in (each.value, each.high) for each in evidence.quantities) for value in held)
        if len(told) == 1 and len(held) == 2 and sourced and max(held) - min(held) == told[0]:
            yield told[0]


def _right(value: Decimal, stated: Decimal, *, money: bool) -> bool:
    """Whether a stated result is the value: exactly, or rounded to the places that it shows; money is exact to its minor unit."""
    if stated == value:
        return True
    if money:
        return value.quantize(_MINOR, ROUND_HALF_UP) == stated
    return int(stated.as_tuple().exponent) < 0 and value.quantize(stated, ROUND_HALF_UP) == stated


def _calculated(text: str, evidence: Evidence) -> Decimal | None:
    """The value of a chain like "10 × 1,600 × 95 %": products before sums; None when it is none, an operand has no source or no one operator stands between."""
    begins = [begin.end() for begin in _BEGINS.finditer(text) if len(_NUMBER.findall(text, begin.end())) > 1]
    chain = text[begins[-1] :] if begins else text
    found = list(_NUMBER.finditer(chain))
    if len(found) < 2 or _SIGNED.search(chain[: found[0].start()]) or _OPERATOR.search(chain, found[-1].end()):
        return None
    total, sign, product = Decimal(0), 1, Decimal(0)
    for at, match in enumerate(found):
        value = Decimal(match[1].replace(",", ""))
        if value not in evidence.numbers and not any(value in (each.value, each.high) for each in evidence.quantities):
            return None
        value = value / 100 if match[2] else value
        if at == 0:
            product = value
            continue
        operator = _operator(chain[found[at - 1].end() : match.start()] + match[1][:1])
        if operator == "times":
            product *= value
        elif operator == "over" and value:
            product /= value
        elif operator in ("plus", "minus") and not match[2]:
            total, product, sign = total + sign * product, value, 1 if operator == "plus" else -1
        else:
            return None
    return total + sign * product


def _operator(between: str) -> str:
    """The one operator between two numbers (the text holds the first digit of the second); "" where there is none, more than one, or a word that turns it."""
    found = list(_OPERATOR.finditer(between))
    if len(found) != 1 or between.count("(") != between.count(")") or between.count("（") != between.count("）") or _DENIED.search(between):
        return ""
    return str(found[0].lastgroup)
