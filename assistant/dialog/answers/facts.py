"""Answers from facts: figures, fits, comparisons, selections and lists, worded from the workspace's texts with a citation for each; no passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.dialog.answers.apart import apart, gap
from assistant.dialog.answers.everywhere import everywhere
from assistant.dialog.answers.fits import fits, related, serves
from assistant.dialog.answers.limits import BEARS, limits
from assistant.dialog.answers.per_unit import per_unit
from assistant.dialog.answers.telling import SENTENCES, Telling, capital, figure, made
from assistant.knowledge import reason
from assistant.knowledge.adjectives import said_of
from assistant.knowledge.asks import Ask
from assistant.knowledge.cues import WANTS
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import CUSTOM, FAMILY, PRICE, WARRANTY
from assistant.text.units import canonical_unit, convert, find_quantities
from assistant.types import Answer, Sentence

FIRST = 3
MOST_SHOWN = 6  # attributes of one product told at once
# a value is supposed and only asked to be confirmed
_SUPPOSED = re.compile(r"是不是|是否|对不对|对吗|没错吧|^[^，。？?]*是[^，。？?]{1,16}(?:吗|吧)|\b(?:is|are|isn't|aren't)\b[^?.]*\?|\bright\W*$", re.IGNORECASE)

Teller = Callable[[Telling], Answer | None]


def from_facts(telling: Telling) -> Answer | None:
    """The first kind of fact answer that fits the question; None when the facts do not answer it, or only part of what it asks."""
    ask = telling.ask
    if ask.target and not ask.products and not ask.families and (ask.quantities or ask.bounds):
        return _conversion(telling)
    if not ask.named and ask.cues & {"choose", "which", "list"}:
        ask = reason.implied(telling.table, ask, telling.text)
        # what bears, gives or reaches a value is chosen by that value
        ask = replace(ask, rest=()) if ask.bounds and not set(ask.rest) - BEARS else ask
        telling = replace(telling, ask=ask)
    if WANTS[0][0].search(telling.text):
        # "how long does it take" asks for no part
        ask = replace(ask, cues=ask.cues - {"fits"})
        telling = replace(telling, ask=ask)
    if ask.attributes and len(ask.products) == 1 and reason.parts_asked(telling.table, ask):
        return from_part(telling, ask)
    tellers: tuple[Teller, ...] = (per_unit, fits, related, serves, limits, _selection, _comparison, _specs, _list, _difference, _overview, everywhere)
    for teller in tellers:
        answer = teller(telling)
        if answer is not None:
            return answer
    return None


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
    return made("conversion", sentences)


def from_part(telling: Telling, ask: Ask) -> Answer | None:
    """What is asked of a part of a product ("what does the seal of the P-200 cost"): which part that is, and its values; None when none is listed."""
    edges = reason.parts(telling.table, ask)
    objects = tuple(dict.fromkeys(edge.object for edge in edges))
    if not objects or len(objects) > FIRST - 1 or ask.bounds or ask.quantities or ask.rest:
        return None
    told = _specs(replace(telling, ask=replace(ask, products=objects, named=objects, also=(), families=(), relations=())))
    if told is None:
        return None
    subject = telling.name(ask.products[0])
    first = []
    for relation in dict.fromkeys(edge.relation for edge in edges):
        mine = [edge for edge in edges if edge.relation == relation]
        names = list(dict.fromkeys(telling.name(edge.object) for edge in mine))
        first.append(telling.sentence("answer_related", telling.edge_places(mine), subject=subject, relation=telling.relation(relation), objects=names))
    return replace(told, sentences=(*first, *told.sentences)[:SENTENCES], products=(*ask.products, *objects))


def _selection(telling: Telling) -> Answer | None:
    ask = telling.ask
    if {"choose", "which", "list"} & ask.cues and not ask.named:
        # who asks which one to take asks of all of them, whichever was talked about before
        ask = replace(ask, products=())
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
    if not sentences and not ask.products:
        sentences.append(telling.sentence("answer_suits_none", ()))
    for sku, checks in found.unsuitable[: SENTENCES - len(sentences)]:
        failing = [check.value for check in checks if not check.met]
        items = _each(telling.item(value) for value in failing)
        sentences.append(telling.sentence("answer_suits_not", telling.places(failing), product=telling.name(sku), items=items))
    if len(sentences) == 1 and not sentences[0].citations:
        return None
    return made("selection", sentences, products=[sku for sku, _ in found.suitable])


def _each(items: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Items once each: two bounds of one attribute show its value once."""
    return list({tuple(item.items()): item for item in items}.values())


def _comparison(telling: Telling) -> Answer | None:
    ask = telling.ask
    skus = reason.subjects(telling.table, ask)
    asked = {"which", "difference", "apart"} & ask.cues or ask.sense
    attributes = ask.attributes or _measured(telling, skus)
    if not attributes or len(skus) == 1 or not asked or ask.rest or ask.bounds or ask.quantities:
        return None
    if not skus and ask.sense:
        return _extreme(telling)
    if len(skus) < 2 or len(skus) > reason.MOST:
        return None
    sentences: list[Sentence] = []
    for attribute in attributes[:2]:
        found = reason.comparison(telling.table, skus, attribute, telling.allowed, sense=ask.sense, unit=ask.target)
        if found is None:
            continue
        items = [telling.item(value) for value in found.values]
        places = telling.places(found.values)
        far = gap(found, english=telling.variant == "en") if found.sense or {"apart", "difference"} & ask.cues else ""
        sentences.append(telling.sentence("answer_compared", places, attribute=capital(telling.attribute(attribute)), items=items, apart=far))
        if found.sense:
            sentences.append(_winner(telling, found))
        if {"apart", "difference"} & ask.cues and not found.tie and not far:
            sentences += apart(telling, found)
    return made("comparison", sentences, products=skus, attribute=attributes[0])


def _winner(telling: Telling, found: reason.Comparison) -> Sentence:
    """Which product it is, in the adjective of the question where it has one ("earlier", 更轻)."""
    key = {PRICE: "answer_cheaper", WARRANTY: "answer_longer"}.get(found.attribute, "answer_winner")
    named = telling.names_attribute(found.attribute)
    word = said_of(telling.text, found.sense, english=telling.variant == "en")
    winner, name = telling.name(found.values[0].subject), telling.attribute(found.attribute)
    places = telling.places(found.values)
    return telling.sentence(key, places, product=winner, attribute=name, less=found.sense < 0, tie=found.tie, word=word, named=named)


def _measured(telling: Telling, skus: Sequence[str]) -> tuple[str, ...]:
    """The one attribute of the products that is measured in the unit asked for ("how many more m³/h")."""
    found = reason.of_dimension(telling.table, skus[0], telling.ask.target, telling.allowed) if skus and telling.ask.target else ()
    return found if len(found) == 1 else ()


def _extreme(telling: Telling) -> Answer | None:
    """The product of the whole catalogue with the most (or least) of an attribute ("your cheapest product"), with the next ones behind it."""
    ask = telling.ask
    found = reason.comparison(telling.table, tuple(telling.table.catalog.products), ask.attributes[0], telling.allowed, sense=ask.sense, unit=ask.target)
    if found is None or len(ask.attributes) > 1:
        return None
    shown = found.values[:FIRST]
    items, attribute = [telling.item(value) for value in shown], telling.attribute(found.attribute)
    sentence = telling.sentence("answer_compared", telling.places(shown), attribute=capital(attribute), items=items, apart="")
    return made("comparison", [sentence], products=[value.subject for value in shown], attribute=found.attribute)


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
    if not found or not _says_bounds(found, ask, telling.text):
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
    return made(kind, sentences, products=skus, attribute=attributes[0])


def _says_bounds(found: Sequence[Value], ask: Ask, text: str) -> bool:
    """Whether every value the question names is one that is there: "is the output 4–20 mA?" yes, "the head at 30 m³/h" no.

    A value that the asked attribute itself is supposed to have ("is the head 8 m?") is answered by the one it has.
    """
    if ask.bounds and all(bound.attribute in ask.attributes and not bound.sense for bound in ask.bounds) and _SUPPOSED.search(text):
        return True
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
    return made("list", [sentence], products=[value.subject for value in found], attribute=found[0].attribute if shared else "")


def _difference(telling: Telling) -> Answer | None:
    """Two products side by side in what tells them apart, the attributes that a comparison leans on first."""
    ask, table = telling.ask, telling.table
    pair = ask.products or reason.subjects(table, ask)
    if len(pair) != 2 or not {"difference", "apart"} & ask.cues or ask.attributes or ask.rest:
        return None
    shared = [name for name in table.attributes(pair[0]) if name in table.attributes(pair[1]) and name in table.catalog.attributes]
    telling_apart = []
    for name in sorted(shared, key=lambda name: not table.catalog.attributes[name].better):
        both = reason.values(table, pair, (name,), telling.allowed)
        if len(both) == 2 and both[0].facts[0].value != both[1].facts[0].value:
            telling_apart.append(name)
    if not telling_apart:
        return None
    sentences = [_spec(telling, sku, reason.values(table, (sku,), telling_apart[:SENTENCES], telling.allowed)) for sku in pair]
    return made("comparison", sentences, products=pair)


def _overview(telling: Telling) -> Answer | None:
    """The first attributes that the catalogue lists for a product, where its figures are asked for and none in particular."""
    ask, table = telling.ask, telling.table
    if "overview" not in ask.cues or not 0 < len(ask.products) < FIRST or ask.attributes or ask.rest or ask.bounds or ask.quantities or ask.relations:
        return None
    found = []
    for sku in ask.products:
        known = [name for name in table.attributes(sku) if name in table.catalog.attributes]
        values = reason.values(table, (sku,), known, telling.allowed)[:MOST_SHOWN]
        if len(values) > 1:
            found.append(_spec(telling, sku, values))
    return made("spec", found, products=ask.products)
