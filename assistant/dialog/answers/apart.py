"""How far two products are apart in one attribute, worked out where it can be read; it compares nothing that is not measured alike."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.dialog.answers.telling import Telling, figure, plain
from assistant.errors import InvalidInput
from assistant.knowledge.reason import Comparison, Value
from assistant.knowledge.rows import PRICE
from assistant.text.units import convert
from assistant.types import Sentence

_UNIT_SAID = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>\s*[^\d\s–—~-][^\d–—~]*|)")
_HAN_UNITS = {"days": "天", "day": "天", "hours": "小时", "hour": "小时", "weeks": "周", "months": "个月", "years": "年", "minutes": "分钟", "cups": "杯"}
_AMOUNT = re.compile(r"(?P<sign>\D*?)(?P<number>\d[\d,]*(?:\.\d+)?)")


def apart(telling: Telling, found: Comparison) -> list[Sentence]:
    """The difference of two values with the calculation it comes from; nothing for ranges, more than two products or values of unlike kinds."""
    if len(found.values) != 2:
        return []
    told = _prices(found) if found.attribute == PRICE else _figures(found)
    if told is None:
        return []
    high, low, difference = told
    names = [telling.name(value.subject) for value in found.values]
    attribute = telling.attribute(found.attribute)
    places = telling.places(found.values)
    return [telling.sentence("answer_apart", places, products=names, attribute=attribute, high=high, low=low, difference=difference)]


def gap(found: Comparison, *, english: bool) -> str:
    """How far two values are apart as people say it ("7 days", "94 kg"); "" for ranges, more than two values, equal ones, or others than written alike."""
    if len(found.values) != 2 or found.tie:
        return ""
    written = [value.facts[0].value for value in found.values]
    if found.attribute == PRICE:
        told = _prices(found)
        return told[2] if told else ""
    units = [_UNIT_SAID.fullmatch(each.strip()) for each in written]
    if any(match is None for match in units) or len({match["unit"].strip() for match in units if match}) != 1:
        return ""
    match = next(match for match in units if match)
    high, low = (Decimal(match["number"].replace(",", "")) for match in units if match)
    return _spoken(abs(high - low), match["unit"], english=english)


def _spoken(number: Decimal, unit: str, *, english: bool) -> str:
    """A number with its unit: one day, two days; 两天 as 2 天."""
    bare, blank = unit.strip(), " " if unit.strip() else ""
    if not english and bare in _HAN_UNITS:
        bare, blank = _HAN_UNITS[bare], " "
    elif english and number == 1 and len(bare) > 3 and bare.endswith("s"):
        bare = bare[:-1]
    return f"{plain(number)}{blank}{bare}"


def _prices(found: Comparison) -> tuple[str, str, str] | None:
    """Two amounts of one currency, the higher first, and what lies between them."""
    said = [_AMOUNT.match(value.facts[0].value) for value in found.values]
    if any(match is None for match in said) or len({match["sign"].strip() for match in said if match}) != 1:
        return None
    sign = next(match["sign"] for match in said if match)
    low, high = sorted(Decimal(match["number"].replace(",", "")) for match in said if match)
    return f"{sign}{high:,.2f}", f"{sign}{low:,.2f}", f"{sign}{high - low:,.2f}"


def _figures(found: Comparison) -> tuple[str, str, str] | None:
    """Two measured values in the unit of the first, the higher one first, and what lies between them."""
    unit = _unit(found.values[0])
    amounts = [_in(value, unit) for value in found.values]
    if any(amount is None for amount in amounts):
        return None
    low, high = sorted(amount for amount in amounts if amount is not None)
    return _shown(high, unit), _shown(low, unit), _shown(high - low, unit)


def _unit(value: Value) -> str:
    quantity = value.facts[0].quantity
    return quantity.unit if quantity is not None else ""


def _in(value: Value, unit: str) -> Decimal | None:
    """A single value in a unit; None for a range, for what has no unit while the other has one, or where it cannot be converted."""
    quantity = value.facts[0].quantity
    if quantity is None:
        return value.amount if not unit else None
    if quantity.high is not None or not unit:
        return None
    try:
        return convert(quantity.value, quantity.unit, unit)
    except InvalidInput:
        return None


def _shown(number: Decimal, unit: str) -> str:
    return figure(number.normalize() if number % 1 else number, unit).strip()
