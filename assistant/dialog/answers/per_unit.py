"""What goods cost for a kilogram, a litre or a metre, worked out from list price and pack: nothing where the pack is no single figure of that kind."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from assistant.dialog.answers.telling import SENTENCES, Telling, made, plain
from assistant.errors import InvalidInput
from assistant.knowledge import reason
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import PRICE
from assistant.text.script import to_simplified
from assistant.text.units import canonical_unit, convert, dimension
from assistant.types import Answer, Sentence

_PER = re.compile(r"\b(?:per|a|by the|each)\s+(?P<en>[a-z]{1,10})\b|(?:每|一|按)(?P<zh>公斤|千克|斤|升|毫升|米|厘米|吨|克|立方米)", re.IGNORECASE)
_KINDS = frozenset({"mass", "volume", "length"})
_AMOUNT = re.compile(r"(?P<sign>\D*?)(?P<number>\d[\d,]*(?:\.\d+)?)")
_CENT = Decimal("0.01")


def unit_asked(text: str) -> str:
    """The unit of mass, volume or length that a price is asked for ("cheaper per kg", 每升多少钱); "" without one."""
    for match in _PER.finditer(to_simplified(text)):
        unit = canonical_unit(match["en"] or match["zh"])
        if unit and dimension(unit) in _KINDS and len(match["en"] or "kg") > 1:
            return unit
    return ""


def per_unit(telling: Telling) -> Answer | None:
    """The price of each of the products for one unit, with its calculation, and which is cheapest of several; None for any other question."""
    unit = unit_asked(telling.text)
    skus = reason.subjects(telling.table, telling.ask)
    if not unit or PRICE not in telling.ask.attributes or not skus or len(skus) > SENTENCES - 1:
        return None
    worked = [_worked(telling, sku, unit) for sku in skus]
    told = [each for each in worked if each is not None]
    if len(told) < len(worked):
        return None
    sentences = [sentence for _, sentence, _ in told]
    amounts = sorted({amount for amount, _, _ in told})
    if len(told) > 1 and len(amounts) == len(told):
        sku = next(value.subject for amount, _, value in told if amount == amounts[0])
        places = [place for sentence in sentences for place in sentence.citations]
        sentences.append(telling.sentence("answer_cheaper_each", places, product=telling.name(sku), unit=unit))
    return made("comparison" if len(told) > 1 else "price", sentences, products=skus, attribute=PRICE)


def _worked(telling: Telling, sku: str, unit: str) -> tuple[Decimal, Sentence, Value] | None:
    """The amount for one unit of a product, and the sentence that shows how it comes about."""
    price = next(iter(reason.values(telling.table, (sku,), (PRICE,), telling.allowed)), None)
    packs = reason.values(telling.table, (sku,), reason.of_dimension(telling.table, sku, unit, telling.allowed), telling.allowed)
    said = _AMOUNT.match(price.facts[0].value) if price is not None else None
    quantity = packs[0].facts[0].quantity if len(packs) == 1 else None
    if price is None or said is None or quantity is None or quantity.high is not None or not quantity.value:
        return None
    try:
        held = convert(quantity.value, quantity.unit, unit)
    except InvalidInput:
        return None
    if held != quantity.value:
        return None  # a calculation is shown in the figures that the catalogue has
    number = Decimal(said["number"].replace(",", ""))
    each = (number / held).quantize(_CENT, ROUND_HALF_UP)
    shown = {"price": f"{said['sign']}{number}", "quantity": f"{plain(held)} {unit}", "each": f"{said['sign']}{each}"}
    sentence = telling.sentence("answer_price_each", telling.places((price, packs[0])), product=telling.name(sku), unit=unit, **shown)
    return number / held, sentence, price
