"""Conclusions from facts and edges: what a product has, what fits what, which has more, which is enough; with the facts behind each, in no language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.errors import InvalidInput
from assistant.knowledge import cues
from assistant.knowledge.asks import Ask, Bound
from assistant.knowledge.facts import Edge, Fact, FactTable
from assistant.knowledge.rows import CUSTOM, FAMILY, PRICE
from assistant.knowledge.terms import terms
from assistant.text.fold import fold
from assistant.text.units import Quantity, canonical_unit, convert, dimension, find_quantities

MOST = 6
# how a currency is written before an amount and behind one, and in a price of the catalogue
CURRENCIES = {
    "USD": (r"(?:US)?\$|USD", r"dollars?|USD|bucks|美元|美金|刀"),
    "CNY": (r"[¥￥]|RMB|CNY", r"元(?!件)|块钱?|yuan|RMB|CNY"),
    "EUR": (r"€|EUR", r"euros?|EUR|欧元"),
    "GBP": (r"£|GBP", r"pounds? sterling|GBP|英镑"),
}
_MONEY = re.compile(
    r"(?:" + "|".join(f"(?P<{code}1>{before})" for code, (before, _) in CURRENCIES.items()) + r")\s?(?P<low>\d[\d,]*(?:\.\d+)?)"
    r"|(?P<high>\d[\d,]*(?:\.\d+)?)\s?(?:" + "|".join(f"(?P<{code}2>{behind})" for code, (_, behind) in CURRENCIES.items()) + r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a product has as an attribute; `facts` say so, the catalogue's first. `converted` is the value in the unit asked for, where one was."""

    subject: str
    attribute: str
    facts: tuple[Fact, ...]
    converted: tuple[Decimal, Decimal | None, str] | None = None

    @property
    def amount(self) -> Decimal | None:
        return self.facts[0].amount


@dataclass(frozen=True, slots=True)
class Fits:
    """Whether `object` serves `subject`. For no, `instead` are the edges of what does; `served` are the edges of what `object` serves."""

    subject: str
    object: str
    relation: str
    yes: bool
    edges: tuple[Edge, ...]
    instead: tuple[Edge, ...] = ()
    served: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Values of one attribute, the winner first when `sense` (1 more, -1 less) makes one; `tie` when they are equal."""

    attribute: str
    values: tuple[Value, ...]
    sense: int
    tie: bool


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a product's value meets a bound."""

    bound: Bound
    value: Value
    met: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """Products that meet every bound, and those that do not, each with its checks; best (smallest sufficient) first."""

    suitable: tuple[tuple[str, tuple[Check, ...]], ...]
    unsuitable: tuple[tuple[str, tuple[Check, ...]], ...]


Allowed = Sequence[bool]


def subjects(table: FactTable, ask: Ask) -> tuple[str, ...]:
    """The products a question is about: those it names, else all of a family it names."""
    if ask.products:
        return ask.products
    return tuple(sku for sku, product in table.catalog.products.items() if product.family in ask.families)


def values(table: FactTable, skus: Sequence[str], attributes: Sequence[str], allowed: Allowed, *, unit: str = "") -> tuple[Value, ...]:
    """What is known of the asked attributes, product by product."""
    found = []
    for sku in skus:
        for attribute in attributes:
            facts = table.about(sku, attribute, allowed)
            if facts:
                found.append(Value(sku, attribute, facts, _converted(facts[0], unit)))
    return tuple(found)


def _converted(fact: Fact, unit: str) -> tuple[Decimal, Decimal | None, str] | None:
    quantity = fact.quantity
    if not unit or quantity is None or quantity.unit == unit:
        return None
    try:
        high = convert(quantity.high, quantity.unit, unit) if quantity.high is not None else None
        return convert(quantity.value, quantity.unit, unit), high, unit
    except InvalidInput:
        return None


def of_dimension(table: FactTable, sku: str, unit: str, allowed: Allowed) -> tuple[str, ...]:
    """The attributes of a product that are measured in the dimension of `unit`."""
    kind = dimension(unit)
    found = []
    for attribute in table.attributes(sku):
        facts = table.about(sku, attribute, allowed)
        quantity = facts[0].quantity if facts else None
        if quantity is not None and quantity.dimension == kind:
            found.append(attribute)
    return tuple(dict.fromkeys(found))


def fits(table: FactTable, skus: Sequence[str]) -> Fits | None:
    """Whether two of these products go together; None when no edge says anything about them."""
    for subject in skus:
        for other in skus:
            edges = tuple(edge for edge in table.edges if (edge.subject, edge.object) == (subject, other))
            if edges:
                return Fits(subject, other, edges[0].relation, True, edges, served=_served(table, other, edges[0].relation))
    if len(skus) != 2:
        return None
    for subject, other in ((skus[0], skus[1]), (skus[1], skus[0])):
        found = _instead(table, subject, other)
        if found is not None:
            return found
    return None


def _instead(table: FactTable, subject: str, other: str) -> Fits | None:
    """A no: what serves the subject in the place the other would take, or that the other serves products of the subject's family but not this one."""
    families = {sku: product.family for sku, product in table.catalog.products.items()}
    taken = tuple(edge for edge in table.edges if edge.subject == subject and families.get(edge.object) == families.get(other))
    if taken:
        return Fits(subject, other, taken[0].relation, False, (), taken, _served(table, other, taken[0].relation))
    served = tuple(edge for edge in table.edges if edge.object == other and families.get(edge.subject) == families.get(subject))
    if served:
        return Fits(subject, other, served[0].relation, False, (), (), served)
    return None


def _served(table: FactTable, sku: str, relation: str) -> tuple[Edge, ...]:
    return tuple(edge for edge in table.edges if edge.object == sku and edge.relation == relation)


def related(table: FactTable, sku: str, relations: Sequence[str]) -> tuple[Edge, ...]:
    """What serves a product in the asked relations."""
    return tuple(edge for edge in table.edges if edge.subject == sku and edge.relation in relations)


def implied(table: FactTable, ask: Ask, text: str) -> Ask:
    """A choice by values whose attribute is not named: 40 m³/h can only be a flow; an amount of money can only be a price."""
    bounds, free = list(ask.bounds), []
    for quantity in ask.quantities:
        same = [name for name, attribute in table.catalog.attributes.items() if canonical_unit(attribute.unit) == quantity.unit]
        wanted = same if len(same) == 1 else [name for name in same if table.catalog.attributes[name].better == "higher"]
        if len(wanted) == 1 and wanted[0] not in {bound.attribute for bound in bounds}:
            bounds.append(Bound(wanted[0], quantity.high or quantity.value, quantity.unit, 0))
        else:
            free.append(quantity)
    money = _MONEY.search(text)
    if money and not any(bound.attribute == PRICE for bound in bounds):
        sense = 1 if cues.AT_LEAST.search(text) and not cues.AT_MOST.search(text) else -1
        sign = next(code for code in CURRENCIES if money.group(f"{code}1") or money.group(f"{code}2"))
        amount = Decimal(next(found for name in ("low", "high") if (found := money.group(name))).replace(",", ""))
        bounds.append(Bound(PRICE, amount, sign, sense))
        limits = [match.group() for pattern in (cues.AT_MOST, cues.AT_LEAST) for match in pattern.finditer(text)]
        said = " ".join((money.group(), *limits)).lower()
        left = tuple(term for term in ask.rest if term not in said)
        return replace(ask, bounds=tuple(bounds), quantities=tuple(free), rest=left, attributes=tuple(dict.fromkeys((*ask.attributes, PRICE))))
    return replace(ask, bounds=tuple(bounds), quantities=tuple(free))


def parts_asked(table: FactTable, ask: Ask) -> bool:
    """Whether a question about one product names a part of it: a relation, or a family that is not the product's own.

    The word for what the product itself is ("the BR-6205 bearing") names no part of it, though it is a relation's too.
    """
    products = table.catalog.products
    product = products.get(ask.products[0])
    own = product.family if product is not None and product.family in ask.families else ""
    others = {edge.relation for edge in table.edges if edge.object in products and products[edge.object].family != own}
    parts = others.intersection(ask.relations) if own else ask.relations
    return bool(parts or (product and set(ask.families) - {product.family}))


def parts(table: FactTable, ask: Ask) -> tuple[Edge, ...]:
    """The edges to the parts of its one product that a question names, by their relation or else by their family."""
    sku = ask.products[0]
    found = related(table, sku, ask.relations)
    families = {each: product.family for each, product in table.catalog.products.items()}
    return found or tuple(edge for edge in table.edges if edge.subject == sku and families.get(edge.object) in ask.families)


def served_by(table: FactTable, sku: str) -> tuple[Edge, ...]:
    """What a product serves."""
    return tuple(edge for edge in table.edges if edge.object == sku)


def comparison(table: FactTable, skus: Sequence[str], attribute: str, allowed: Allowed, *, sense: int, unit: str = "") -> Comparison | None:
    """Which of several products has more (or less) of an attribute; None when fewer than two have a comparable value."""
    found = [value for value in values(table, skus, (attribute,), allowed, unit=unit) if value.amount is not None]
    if len(found) < 2 or len({_measure(value) for value in found}) > 1:
        return None
    ranked = sorted(found, key=_size, reverse=sense >= 0)
    return Comparison(attribute, tuple(ranked if sense else found), sense, _size(ranked[0]) == _size(ranked[1]))


def _measure(value: Value) -> str:
    quantity = value.facts[0].quantity
    return quantity.dimension if quantity is not None else "number"


def _size(value: Value) -> Decimal:
    quantity = value.facts[0].quantity
    if quantity is None:
        return value.amount or Decimal(0)
    unit = {"temperature": "°C"}.get(quantity.dimension, quantity.unit)
    return convert(quantity.high if quantity.high is not None else quantity.value, quantity.unit, unit) * _scale(unit)


def _scale(unit: str) -> Decimal:
    """The unit in the base unit of its dimension, so that values in different units compare."""
    bases = {
        "flow": "m³/h",
        "pressure": "Pa",
        "length": "m",
        "power": "W",
        "voltage": "V",
        "current": "A",
        "mass": "kg",
        "volume": "m³",
        "time": "s",
        "months": "month",
    }
    base = bases.get(dimension(unit))
    return convert(1, unit, base) if base else Decimal(1)


def selection(table: FactTable, ask: Ask, allowed: Allowed) -> Selection | None:
    """Which products meet the bounds of a question; None when none has values for all of them."""
    skus = subjects(table, ask) or tuple(table.catalog.products)
    suitable: list[tuple[str, tuple[Check, ...]]] = []
    unsuitable: list[tuple[str, tuple[Check, ...]]] = []
    for sku in skus:
        checks = [check for bound in ask.bounds if (check := _check(table, sku, bound, allowed)) is not None]
        if len(checks) == len(ask.bounds):
            (suitable if all(check.met for check in checks) else unsuitable).append((sku, tuple(checks)))
    if not suitable and not unsuitable:
        return None
    order = sorted(suitable, key=lambda entry: tuple(_size(check.value) for check in entry[1]))
    return Selection(tuple(order), tuple(unsuitable))


def _check(table: FactTable, sku: str, bound: Bound, allowed: Allowed) -> Check | None:
    facts = table.about(sku, bound.attribute, allowed)
    if not facts:
        return None
    value = Value(sku, bound.attribute, facts)
    quantity = facts[0].quantity
    if quantity is None:
        own = table.catalog.attributes.get(bound.attribute)
        named = bound.unit in CURRENCIES and bool(re.search("|".join(CURRENCIES[bound.unit]), facts[0].value))
        comparable = value.amount is not None and (not bound.unit or named or (own is not None and bound.unit == own.unit))
        return Check(bound, value, _amounts_meet(value.amount, bound)) if comparable else None
    try:
        wanted = convert(bound.value, bound.unit or quantity.unit, quantity.unit)
    except InvalidInput:
        return None
    return Check(bound, value, _meets(quantity, wanted, _sense(table, bound)))


def _sense(table: FactTable, bound: Bound) -> int:
    if bound.sense:
        return bound.sense
    attribute = table.catalog.attributes.get(bound.attribute)
    return {"higher": 1, "lower": -1}.get(attribute.better if attribute else "", 0)


def _meets(quantity: Quantity, wanted: Decimal, sense: int) -> bool:
    if quantity.high is not None:
        return quantity.value <= wanted <= quantity.high
    if sense > 0:
        return quantity.value >= wanted
    return quantity.value <= wanted if sense < 0 else quantity.value >= wanted


def _amounts_meet(amount: Decimal | None, bound: Bound) -> bool:
    if amount is None:
        return False
    return amount <= bound.value if bound.sense < 0 or (bound.attribute == PRICE and not bound.sense) else amount >= bound.value


def listing(table: FactTable, ask: Ask, text: str, allowed: Allowed) -> tuple[Value, ...]:
    """Products whose attribute has exactly the value a question names ("a 12-month warranty", "IP55"), or all of a family it names."""
    skus = tuple(sku for sku, product in table.catalog.products.items() if not ask.families or product.family in ask.families)
    exact = [bound for bound in ask.bounds if not bound.sense]
    found: list[Value] = []
    for sku in skus:
        if ask.bounds and len(exact) == len(ask.bounds):
            checks = [_equal(table, sku, bound, allowed) for bound in exact]
            if all(checks):
                found.append(checks[0])  # type: ignore[arg-type]
        else:
            found += _textual(table, sku, ask, text, allowed)
    return tuple(found)


def valued(table: FactTable, ask: Ask, text: str, allowed: Allowed) -> tuple[Value, ...]:
    """Products with the one written value that explains all that a question leaves over ("which products are IP55"); none when more is left."""
    if not ask.rest or ask.attributes or ask.bounds or ask.quantities:
        return ()
    found: list[Value] = []
    for sku, product in table.catalog.products.items():
        if ask.families and product.family not in ask.families:
            continue
        for attribute in table.attributes(sku):
            facts = table.about(sku, attribute, allowed)
            said = terms(facts[0].value) if facts else []
            if said and set(ask.rest) <= set(said) and fold(facts[0].value).lower() in fold(text).lower():
                found.append(Value(sku, attribute, facts))
                break
    return tuple(found) if len({value.attribute for value in found}) == 1 else ()


def _equal(table: FactTable, sku: str, bound: Bound, allowed: Allowed) -> Value | None:
    facts = table.about(sku, bound.attribute, allowed)
    quantity = facts[0].quantity if facts else None
    if quantity is None:
        return None
    try:
        wanted = convert(bound.value, bound.unit or quantity.unit, quantity.unit)
    except InvalidInput:
        return None
    same = wanted in (quantity.value, quantity.high)
    return Value(sku, bound.attribute, facts) if same else None


def _textual(table: FactTable, sku: str, ask: Ask, text: str, allowed: Allowed) -> list[Value]:
    """The attribute whose written value stands in the question; the family alone when the question names nothing else."""
    said = fold(text).lower().replace(" ", "")
    for attribute in ask.attributes:
        facts = table.about(sku, attribute, allowed)
        if facts and not find_quantities(fold(facts[0].value)) and fold(facts[0].value).lower().replace(" ", "") in said:
            return [Value(sku, attribute, facts)]
    if not ask.attributes:
        wanted = CUSTOM if ask.families == () and "custom" in ask.cues else FAMILY
        facts = table.about(sku, wanted, allowed)
        return [Value(sku, wanted, facts)] if facts else []
    return []
