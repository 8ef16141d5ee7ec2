"""How far two products are apart in one attribute, worked out where it can be read; it compares nothing that is not measured alike."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.dialog.answers.telling import Telling, figure
from assistant.errors import InvalidInput
from assistant.knowledge.reason import Comparison, Value
from assistant.knowledge.rows import PRICE
from assistant.text.units import convert
from assistant.types import Sentence

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
