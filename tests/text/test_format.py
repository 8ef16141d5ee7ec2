"""Dates, money and numbers as shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.text.format import format_date, format_fee, format_money, format_number

DAY = date(2026, 6, 5)


def test_dates() -> None:
    assert format_date(DAY, "zh-Hans") == "2026年6月5日（周五）"
    assert format_date(DAY, "zh-Hant") == "2026年6月5日（週五）"
    assert format_date(DAY, "en") == "Fri 5 Jun 2026"
    assert format_date(DAY, "zh-Hans", style="short") == "6月5日 周五"
    assert format_date(DAY, "en", style="short") == "5 Jun"
    assert format_date(DAY, "en", style="iso") == format_date(DAY, "zh-Hans", style="iso") == "2026-06-05"


def test_money() -> None:
    assert format_money(160000, "USD", "en") == format_money(160000, "USD", "zh-Hans") == "US$1,600.00"
    assert format_money(-96000, "USD", "en") == "-US$960.00"
    assert format_money(5, "CNY", "zh-Hans") == "¥0.05"
    assert format_money(1500, "JPY", "en") == "JP¥1,500"
    assert format_money(1250, "CHF", "en") == "CHF 12.50"
    assert format_money(0, "USD", "en") == "US$0.00"
    assert [format_fee(0, "USD", language) for language in ("zh-Hans", "zh-Hant", "en")] == ["免费", "免費", "None"]
    assert format_fee(96000, "USD", "en") == "US$960.00"


def test_numbers() -> None:
    assert format_number(1284, "zh-Hans") == "1,284"
    assert format_number(71.4, "en") == "71.4"
    assert format_number(Decimal("1.60"), "en") == "1.6"
    assert format_number(Decimal("1000000"), "en") == "1,000,000"
