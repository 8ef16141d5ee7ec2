"""Dates, money and numbers as people read them, in three languages; the only place where such text is made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from assistant.types import Language

_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYMBOLS = {
    "USD": "US$", "EUR": "€", "GBP": "£", "CNY": "¥", "HKD": "HK$", "TWD": "NT$", "JPY": "JP¥", "SGD": "S$", "AUD": "A$", "CAD": "CA$", "INR": "₹", "KRW": "₩",
}  # fmt: skip
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "JOD": 3, "OMR": 3, "TND": 3}


def format_date(day: date, language: Language, *, style: Literal["long", "short", "iso"] = "long") -> str:
    """`day` in words: 2026年6月5日（周五） / Fri 5 Jun 2026; short 6月5日 周五 / 5 Jun; iso 2026-06-05 in every language."""
    if style == "iso":
        return day.isoformat()
    if language == "en":
        short = f"{day.day} {_EN_MONTHS[day.month - 1]}"
        return short if style == "short" else f"{_EN_DAYS[day.weekday()]} {short} {day.year}"
    weekday = ("週" if language == "zh-Hant" else "周") + _ZH_DAYS[day.weekday()]
    if style == "short":
        return f"{day.month}月{day.day}日 {weekday}"
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"


def format_money(minor: int, currency: str, language: Language) -> str:
    """An amount of integer minor units with its symbol: US$1,600.00, the same in every language; an unknown currency keeps its code: CHF 12.50."""
    del language  # the same in every language today; callers need not know
    exponent = _EXPONENTS.get(currency, 2)
    amount = Decimal(abs(minor)).scaleb(-exponent)
    symbol = _SYMBOLS.get(currency, f"{currency} " if currency else "")
    return f"{'-' if minor < 0 else ''}{symbol}{amount:,.{exponent}f}"


def format_fee(minor: int, currency: str, language: Language) -> str:
    """A fee or freight charge: like `format_money`, but zero is a word: 免费 / 免費 / None."""
    if minor:
        return format_money(minor, currency, language)
    return {"zh-Hans": "免费", "zh-Hant": "免費", "en": "None"}[language]


def format_number(value: int | float | Decimal, language: Language) -> str:
    """A number with grouped thousands and no digits beyond its own: 1,284; 71.4; never 万."""
    del language  # grouped alike in every language
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize():,f}"
