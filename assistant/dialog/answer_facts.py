"""Answers from facts: figures, fits, comparisons, selections and lists, worded from the workspace's texts with a citation for each; no passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from assistant.knowledge import reason
from assistant.knowledge.asks import Ask
from assistant.knowledge.cues import STEPS
from assistant.knowledge.facts import Edge, FactTable, display
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import CUSTOM, FAMILY, LABELS, PRICE
from assistant.text.format import format_number
from assistant.text.units import canonical_unit, convert, find_quantities
from assistant.types import Answer, Citation, Language, Sentence

SENTENCES, FIRST = 4, 3
SURE = 0.97
_WHAT = re.compile(r"什么|啥|哪|\bwhat\b", re.IGNORECASE)


class Says(Protocol):
    """The workspace's texts in words."""

    def say(self, key: str, language: Language, **variables: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """What a fact answer is made with. `allowed` is the scope's mask over the snapshot's sections; `text` the question."""

    table: FactTable
    ask: Ask
    allowed: Sequence[bool]
    says: Says
    language: Language
    text: str

    @property
    def variant(self) -> str:
        return "en" if self.language == "en" else "zh"

    def name(self, sku: str) -> str:
        return display(sku, self.table.catalog, self.variant)

    def attribute(self, attribute: str) -> str:
        spec = self.table.catalog.attributes.get(attribute)
        names = spec.name if spec else LABELS.get(attribute, {})
        return str(names.get(self.variant) or attribute)

    def relation(self, relation: str) -> str:
        spec = self.table.catalog.relations.get(relation)
        return str(spec.name.get(self.variant) or relation) if spec else relation

    def sentence(self, key: str, citations: Iterable[Citation], **variables: object) -> Sentence:
        return Sentence(self.says.say(key, self.language, **variables), tuple(dict.fromkeys(citations)))

    def places(self, values: Iterable[Value]) -> tuple[Citation, ...]:
        """One citation for each source that states the values, two sources a value at most."""
        return tuple(self.table.citation(fact.section, fact.start, fact.end) for value in values for fact in value.facts[:2])

    def edge_places(self, edges: Iterable[Edge]) -> tuple[Citation, ...]:
        found = []
        for edge in edges:
            shown = [number for number in edge.sections if self.allowed[number]]
            found += [self.table.citation(number, 0, len(self.table.snapshot.sections[number].text)) for number in shown[:1]]
        return tuple(found)

    def item(self, value: Value) -> dict[str, str]:
        return {"product": self.name(value.subject), "attribute": self.attribute(value.attribute), "value": value.facts[0].value, "converted": converted(value)}


Teller = Callable[[Telling], Answer | None]


def from_facts(telling: Telling) -> Answer | None:
    """The first kind of fact answer that fits the question; None when the facts do not answer it, or only part of what it asks."""
    ask = telling.ask
    if ask.target and not ask.products and not ask.families and (ask.quantities or ask.bounds):
        return _conversion(telling)
    if not ask.products and ask.cues & {"choose", "which", "list"}:
        ask = reason.implied(telling.table, ask, telling.text)
        telling = replace(telling, ask=ask)
    if ask.attributes and len(ask.products) == 1 and reason.parts_asked(telling.table, ask):
        return from_part(telling, ask)
    tellers: tuple[Teller, ...] = (_fits, _related, _serves, _selection, _comparison, _specs, _list, _difference)
    for teller in tellers:
        answer = teller(telling)
        if answer is not None:
            return answer
    return None


def _made(kind: str, sentences: Sequence[Sentence], *, products: Iterable[str] = (), attribute: str = "", support: float = SURE) -> Answer | None:
    if not sentences:
        return None
    return Answer(kind, tuple(sentences[:SENTENCES]), support, tuple(dict.fromkeys(products)), attribute)


def converted(value: Value) -> str:
    """The value in the unit asked for, rounded to what its own digits carry; "" when no other unit is asked."""
    if value.converted is None:
        return ""
    low, high, unit = value.converted
    return figure(low, unit) if high is None else f"{plain(low)}–{figure(high, unit)}"


def figure(number: Decimal, unit: str) -> str:
    return f"{plain(number)} {unit}"


def plain(number: Decimal) -> str:
    """Up to two decimals, four digits for small numbers."""
    places = Decimal("0.01") if abs(number) >= 1 else Decimal("0.0001")
    return format_number(number.quantize(places, ROUND_HALF_UP), "en")


def _conversion(telling: Telling) -> Answer | None:
    """ "25 m³/h in L/min": arithmetic alone, both sides shown."""
    ask = telling.ask
    if ask.rest:
        return None
    sentences = []
    for quantity in find_quantities(telling.text):
        if quantity.unit == ask.target or canonical_unit(quantity.text) == ask.target:
            continue
        try:
            result = convert(quantity.value, quantity.unit, ask.target)
        except Exception:
            continue
        value = figure(quantity.value, quantity.unit)
        sentences.append(telling.sentence("answer_converted", (), value=value, converted=figure(result, ask.target)))
    return _made("conversion", sentences)


def from_part(telling: Telling, ask: Ask) -> Answer | None:
    """What is asked of a part of a product ("what does the seal of the P-200 cost"): which part that is, and its values; None when none is listed."""
    edges = reason.parts(telling.table, ask)
    objects = tuple(dict.fromkeys(edge.object for edge in edges))
    if not objects or len(objects) > FIRST - 1 or ask.bounds or ask.quantities or ask.rest:
        return None
    told = _specs(replace(telling, ask=replace(ask, products=objects, named=objects, also=(), families=(), relations=())))
    if told is None:
        return None
    subject, relation = telling.name(ask.products[0]), telling.relation(edges[0].relation)
    names = [telling.name(sku) for sku in objects]
    first = telling.sentence("answer_related", telling.edge_places(edges), subject=subject, relation=relation, objects=names)
    return replace(told, sentences=(first, *told.sentences)[:SENTENCES], products=(*ask.products, *objects))


def _fits(telling: Telling) -> Answer | None:
    ask, table = telling.ask, telling.table
    skus = ask.products if "which" in ask.cues else (*ask.products, *ask.also)
    said = {"fits", "choose", "which"} & ask.cues or ask.relations
    if len(skus) < 2 or ask.attributes or ask.bounds or ask.quantities or ask.target or len(ask.rest) > (1 if said else 0):
        return None
    # how two products are put together is no question of whether they may be
    found = None if STEPS.search(telling.text) else reason.fits(table, skus)
    if found is None:
        return None
    subject, other, relation = telling.name(found.subject), telling.name(found.object), telling.relation(found.relation)
    served = {edge.subject: edge for edge in found.served if edge.subject != found.subject}
    if found.yes:
        sentences = [telling.sentence("answer_fits_yes", telling.edge_places(found.edges), subject=subject, relation=relation, object=other)]
        return _made("compatibility", sentences, products=(found.subject, found.object))
    if found.instead:
        right = (
            "、".join(telling.name(edge.object) for edge in found.instead)
            if telling.variant == "zh"
            else ", ".join(telling.name(e.object) for e in found.instead)
        )
        places = telling.edge_places(found.instead)
        sentences = [telling.sentence("answer_fits_no", places, subject=subject, relation=relation, right=right, object=other)]
    else:
        places = telling.edge_places(found.served)
        sentences = [telling.sentence("answer_fits_unlisted", places, subject=subject, relation=relation, object=other)]
    if served:
        names = [telling.name(sku) for sku in served]
        sentences.append(telling.sentence("answer_serves", telling.edge_places(served.values()), object=other, subjects=names))
    return _made("compatibility", sentences, products=(found.subject, found.object))


def _related(telling: Telling) -> Answer | None:
    """What serves a product ("which seal for P-200")."""
    ask, table = telling.ask, telling.table
    # beside what a relation's word explains there may be one more: a symptom, a verb
    if (
        not ask.products
        or ask.attributes
        or ask.bounds
        or ask.quantities
        or "count" in ask.cues
        or len(ask.rest) > 1
        or not (ask.cues & {"fits", "choose", "which"} or _WHAT.search(telling.text))
    ):
        return None
    sentences, products = [], []
    for sku in ask.products[:SENTENCES]:
        for name in ask.relations:
            edges = reason.related(table, sku, (name,))
            if edges:
                objects = [telling.name(edge.object) for edge in edges]
                sentences.append(
                    telling.sentence("answer_related", telling.edge_places(edges), subject=telling.name(sku), relation=telling.relation(name), objects=objects)
                )
                products += [sku, *(edge.object for edge in edges)]
    return _made("compatibility", sentences, products=products)


def _serves(telling: Telling) -> Answer | None:
    """What a product serves ("which pump is the SK-25 for")."""
    ask, table = telling.ask, telling.table
    if len(ask.products) != 1 or ask.attributes or ask.bounds or ask.quantities or ask.target or ask.rest or not ask.cues & {"fits", "which"}:
        return None
    families = {sku: product.family for sku, product in table.catalog.products.items()}
    own = families.get(ask.products[0])
    others = [family for family in ask.families if family != own]
    edges = [edge for edge in reason.served_by(table, ask.products[0]) if not others or families.get(edge.subject) in others]
    if not edges or (ask.families and not others and "fits" not in ask.cues):
        return None
    subjects = list(dict.fromkeys(telling.name(edge.subject) for edge in edges))
    sentence = telling.sentence("answer_serves", telling.edge_places(edges), object=telling.name(ask.products[0]), subjects=subjects)
    return _made("compatibility", [sentence], products=[ask.products[0], *(edge.subject for edge in edges)])


def _selection(telling: Telling) -> Answer | None:
    ask = telling.ask
    wanted = {"choose", "which", "enough", "list"} & ask.cues or not ask.products
    if not ask.bounds or not wanted or ask.rest or ask.quantities or set(ask.attributes) - {bound.attribute for bound in ask.bounds}:
        return None
    if "list" in ask.cues and all(not bound.sense for bound in ask.bounds):
        return None
    found = reason.selection(telling.table, ask, telling.allowed)
    if found is None:
        return None
    sentences = []
    for sku, checks in found.suitable[:SENTENCES]:
        items = _each(telling.item(check.value) for check in checks)
        sentences.append(telling.sentence("answer_suits", telling.places(check.value for check in checks), product=telling.name(sku), items=items))
    if not sentences:
        sentences.append(telling.sentence("answer_suits_none", ()))
    for sku, checks in found.unsuitable[: SENTENCES - len(sentences)]:
        failing = [check.value for check in checks if not check.met]
        items = _each(telling.item(value) for value in failing)
        sentences.append(telling.sentence("answer_suits_not", telling.places(failing), product=telling.name(sku), items=items))
    if len(sentences) == 1 and not sentences[0].citations:
        return None
    return _made("selection", sentences, products=[sku for sku, _ in found.suitable])


def _each(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Items once each: two bounds of one attribute show its value once."""
    return list({tuple(item.items()): item for item in items}.values())


def _comparison(telling: Telling) -> Answer | None:
    ask = telling.ask
    skus = reason.subjects(telling.table, ask)
    asked = {"which", "difference"} & ask.cues or ask.sense
    if not ask.attributes or len(skus) == 1 or not asked or ask.rest or ask.bounds or ask.quantities:
        return None
    if not skus and ask.sense:
        return _extreme(telling)
    if len(skus) < 2 or len(skus) > reason.MOST:
        return None
    sentences: list[Sentence] = []
    for attribute in ask.attributes[:2]:
        found = reason.comparison(telling.table, skus, attribute, telling.allowed, sense=ask.sense, unit=ask.target)
        if found is None:
            continue
        items = [telling.item(value) for value in found.values]
        places = telling.places(found.values)
        sentences.append(telling.sentence("answer_compared", places, attribute=_capital(telling.attribute(attribute)), items=items))
        if found.sense:
            key = "answer_cheaper" if attribute == PRICE else "answer_winner"
            winner = telling.name(found.values[0].subject)
            name = telling.attribute(attribute)
            sentences.append(telling.sentence(key, places, product=winner, attribute=name, less=found.sense < 0, tie=found.tie))
    return _made("comparison", sentences, products=skus, attribute=ask.attributes[0])


def _extreme(telling: Telling) -> Answer | None:
    """The product of the whole catalogue with the most (or least) of an attribute ("your cheapest product"), with the next ones behind it."""
    ask = telling.ask
    found = reason.comparison(telling.table, tuple(telling.table.catalog.products), ask.attributes[0], telling.allowed, sense=ask.sense, unit=ask.target)
    if found is None or len(ask.attributes) > 1:
        return None
    shown = found.values[:FIRST]
    items, attribute = [telling.item(value) for value in shown], telling.attribute(found.attribute)
    sentence = telling.sentence("answer_compared", telling.places(shown), attribute=_capital(attribute), items=items)
    return _made("comparison", [sentence], products=[value.subject for value in shown], attribute=found.attribute)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _specs(telling: Telling) -> Answer | None:
    ask, table = telling.ask, telling.table
    skus = reason.subjects(table, ask)
    if not skus or len(skus) > SENTENCES or ask.rest or "list" in ask.cues:
        return None
    attributes = ask.attributes
    if not attributes and ask.target and not ask.quantities:
        attributes = reason.of_dimension(table, skus[0], ask.target, telling.allowed)
        attributes = attributes if len(attributes) == 1 else ()
    if not attributes or ask.quantities:
        return None
    found = reason.values(table, skus, attributes, telling.allowed, unit=ask.target)
    if not found or not _says_bounds(found, ask):
        return None
    if ask.products and {value.subject for value in found} != set(ask.products):
        return None
    sentences = []
    for sku in dict.fromkeys(value.subject for value in found):
        mine = [value for value in found if value.subject == sku]
        if len(mine) < len(attributes) and len(mine) < len(ask.attributes) - 1:
            return None
        sentences.append(_spec(telling, sku, mine))
        for name in attributes:
            if name not in {value.attribute for value in mine}:
                sentences.append(telling.sentence("answer_not_stated", (), product=telling.name(sku), attribute=telling.attribute(name)))
    kind = "price" if attributes == (PRICE,) else "spec"
    return _made(kind, sentences, products=skus, attribute=attributes[0])


def _says_bounds(found: Sequence[Value], ask: Ask) -> bool:
    """Whether every value the question names is one that is there: "is the output 4–20 mA?" yes, "the head at 30 m³/h" no."""
    for bound in ask.bounds:
        quantities = [quantity for value in found if value.attribute == bound.attribute and (quantity := value.facts[0].quantity) is not None]
        if not any(bound.value in (quantity.value, quantity.high) for quantity in quantities):
            return False
    return True


def _spec(telling: Telling, sku: str, values: Sequence[Value]) -> Sentence:
    places = telling.places(values)
    if len(values) > 1:
        return telling.sentence("answer_specs", places, product=telling.name(sku), items=[telling.item(value) for value in values])
    item = telling.item(values[0])
    if values[0].attribute == CUSTOM:
        return telling.sentence("answer_made_to_order", places, product=telling.name(sku))
    key = "answer_price" if values[0].attribute == PRICE else "answer_spec"
    return telling.sentence(key, places, **item)


def _list(telling: Telling) -> Answer | None:
    ask = telling.ask
    if not ask.cues & {"list", "which"} or ask.products or (ask.relations and not ask.families):
        return None
    found = reason.valued(telling.table, ask, telling.text, telling.allowed)
    if not found and (ask.rest or "list" not in ask.cues):
        return None
    found = found or reason.listing(telling.table, ask, telling.text, telling.allowed)
    if not found or (not ask.bounds and not ask.attributes and not ask.families and len(found) > 3 * SENTENCES):
        return None
    shared = ask.bounds or ask.attributes or found[0].attribute not in (FAMILY, CUSTOM)
    names = [telling.name(value.subject) for value in found]
    attribute = telling.attribute(found[0].attribute) if shared else ""
    sentence = telling.sentence("answer_list", telling.places(found), attribute=attribute, value=found[0].facts[0].value if shared else "", products=names)
    return _made("list", [sentence], products=[value.subject for value in found], attribute=found[0].attribute if shared else "")


def _difference(telling: Telling) -> Answer | None:
    """Two products side by side in what tells them apart, the attributes that a comparison leans on first."""
    ask, table = telling.ask, telling.table
    if len(ask.products) != 2 or "difference" not in ask.cues or ask.attributes or ask.rest:
        return None
    shared = [name for name in table.attributes(ask.products[0]) if name in table.attributes(ask.products[1]) and name in table.catalog.attributes]
    telling_apart = []
    for name in sorted(shared, key=lambda name: not table.catalog.attributes[name].better):
        pair = reason.values(table, ask.products, (name,), telling.allowed)
        if len(pair) == 2 and pair[0].facts[0].value != pair[1].facts[0].value:
            telling_apart.append(name)
    if not telling_apart:
        return None
    sentences = [_spec(telling, sku, reason.values(table, (sku,), telling_apart[:SENTENCES], telling.allowed)) for sku in ask.products]
    return _made("comparison", sentences, products=ask.products)
