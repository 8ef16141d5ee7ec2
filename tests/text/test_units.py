"""Quantities found, converted and compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.errors import InvalidInput
from assistant.text.units import Quantity, convert, find_quantities, same_value


def one(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("25 m³/h", "25", "m³/h"),
        ("25m3/h", "25", "m³/h"),
        ("40 cubic metres an hour", "40", "m³/h"),
        ("120 litres per minute", "120", "L/min"),
        ("每小时40方", "40", "m³/h"),
        ("一小时要四十立方", "40", "m³/h"),
        ("1.6 megapascals", "1.6", "MPa"),
        ("0.5立方每小时", "0.5", "m³/h"),
        ("十五立方米每小時", "15", "m³/h"),
        ("1,200 L/min", "1200", "L/min"),
        ("1.6MPa", "1.6", "MPa"),
        ("十六公斤压力", "16", "kgf/cm²"),
        ("扬程32米", "32", "m"),
        ("2 HP", "2", "HP"),
        ("380 V", "380", "V"),
        ("5 A", "5", "A"),
        ("60℃", "60", "°C"),
        ("25公斤", "25", "kg"),
        ("24个月", "24", "month"),
        ("两年", "2", "year"),
        ("7个工作日", "7", "workday"),
        ("3 working days", "3", "workday"),
        ("half an hour", "0.5", "h"),
        ("two hours", "2", "h"),
        ('2"', "2", "inch"),
        ("1450 rpm", "1450", "rpm"),
        ("10%", "10", "%"),
    ],
)
def test_quantities(text: str, value: str, unit: str) -> None:
    found = one(text)
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("text", "low", "high"), [("4–20 mA", "4", "20"), ("-10~60℃", "-10", "60"), ("-10 to 60 °C", "-10", "60")])
def test_ranges(text: str, low: str, high: str) -> None:
    found = one(text)
    assert (found.value, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["5 a day", "12 M bolts", "5 in stock", "10台", "P-100", "DN25", "2026年6月", "3/4 inch"])
def test_no_quantities(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("1.6MPa", "16 bar", True),
        ("1.6 MPa", "232 psi", True),
        ("25 m3/h", "110 gpm", True),
        ("25m³/h", "416.7 L/min", True),
        ("24个月", "2 years", True),
        ("60℃", "140°F", True),
        ("4-20mA", "4–20 mA", True),
        ("32 m", "33 m", False),
        ("1.6MPa", "1.5MPa", False),
        ("2 m", "6 ft", False),
        ("4-20mA", "0-20mA", False),
        ("4-20mA", "4 mA", False),
        ("16 bar", "16 m", False),
    ],
)
def test_same_value(left: str, right: str, same: bool) -> None:
    assert same_value(one(left), one(right)) is same
    assert same_value(one(right), one(left)) is same


def test_conversion() -> None:
    assert convert(16, "bar", "MPa") == Decimal("1.6")
    assert convert(1, "公斤压力", "MPa") == Decimal("0.0980665")
    assert convert("212", "°F", "°C") == 100
    assert convert(1, "inch", "mm") == Decimal("25.4")
    with pytest.raises(InvalidInput, match="cannot be converted"):
        convert(1, "bar", "m")
    with pytest.raises(InvalidInput, match="unknown unit"):
        convert(1, "furlong", "m")
