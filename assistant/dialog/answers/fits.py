"""Answers whether products go together: what fits what, in what those that do not differ, and pairs of which the catalogue says nothing; no passages."""

from __future__ import annotations

import re

from assistant.dialog.answers.telling import SENTENCES, Telling, capital, made
from assistant.knowledge import reason
from assistant.knowledge.cues import STEPS
from assistant.knowledge.rows import FAMILY
from assistant.types import Answer, Sentence

# the kind of an answer that the catalogue lists nothing of two products together
UNLISTED = "unlisted"
_WHY = re.compile(r"为什么|为何|为啥|咋就|怎么不|\b(?:why|how come|what for)\b", re.IGNORECASE)
_WHAT = re.compile(r"什么|啥|哪|\bwhat\b", re.IGNORECASE)


def fits(telling: Telling) -> Answer | None:
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
        return made("compatibility", sentences, products=(found.subject, found.object))
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
    if found.instead and _WHY.search(telling.text):
        sentences += _apart(telling, found.subject, found.object, found.instead[0].object)
    return made("compatibility" if found.instead else UNLISTED, sentences, products=(found.subject, found.object))


def _apart(telling: Telling, subject: str, other: str, right: str) -> list[Sentence]:
    """The first attribute in which what fits is like the product it serves, and what does not fit is not."""
    for name in telling.table.attributes(subject):
        found = reason.values(telling.table, (subject, right, other), (name,), telling.allowed)
        if name not in telling.table.catalog.attributes or len(found) < 3:
            continue
        mine, like, unlike = (value.facts[0].value for value in found)
        if mine == like != unlike:
            items = [telling.item(value) for value in found]
            return [telling.sentence("answer_compared", telling.places(found), attribute=capital(telling.attribute(name)), items=items, apart="")]
    return []


def unstated(telling: Telling) -> Answer | None:
    """That the catalogue says nothing of two products together, with what each serves or takes; None for any other question."""
    ask, table = telling.ask, telling.table
    if len(ask.products) != 2 or not ask.cues & {"fits"} or ask.attributes or ask.bounds or ask.quantities or ask.target:
        return None
    if len(ask.rest) > 1 or reason.fits(table, ask.products) is not None or STEPS.search(telling.text) or _WHAT.search(telling.text):
        return None
    served = [(sku, reason.served_by(table, sku)) for sku in ask.products]
    listed = [(sku, edges) for sku, edges in served if edges]
    names = [telling.name(sku) for sku in ask.products]
    places = [place for sku, _ in served for place in telling.places(reason.values(table, (sku,), (FAMILY,), telling.allowed))]
    sentences = [telling.sentence("answer_fits_unstated", places, products=names)]
    for sku, edges in listed:
        subjects = list(dict.fromkeys(telling.name(edge.subject) for edge in edges))
        sentences.append(telling.sentence("answer_serves", telling.edge_places(edges), object=telling.name(sku), subjects=subjects))
    return made(UNLISTED, sentences, products=ask.products)


def related(telling: Telling) -> Answer | None:
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
    found = [sku for sku in dict.fromkeys(products) if sku not in ask.products]
    # one part was asked for and named: "how much is it" speaks of that part from here on
    return made("compatibility", sentences, products=found if len(found) == 1 else products)


def serves(telling: Telling) -> Answer | None:
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
    # "how much is it" goes on about the product asked about, not about what it serves
    return made("compatibility", [sentence], products=[ask.products[0]])
