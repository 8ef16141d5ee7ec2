"""Answers what all goods have of one attribute ("how long is the warranty?") where they have few values of it; it chooses and compares nothing."""

from __future__ import annotations

from assistant.dialog.answers.telling import Telling, capital, made
from assistant.knowledge import reason
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import CUSTOM, FAMILY, PRICE
from assistant.types import Answer

# with more values than these a list of them tells nobody what is asked
VALUES = 3
_BUSY = frozenset({"choose", "which", "enough", "convert", "count", "difference", "apart", "overview", "fits"})


def everywhere(telling: Telling) -> Answer | None:
    """The values of the one attribute that is asked of no product in particular, each with the products that have it; most products must have one."""
    ask = telling.ask
    named = ask.products or ask.families or ask.relations or ask.bounds or ask.quantities or ask.target or ask.sense
    if len(ask.attributes) != 1 or named or ask.rest or ask.cues & _BUSY or set(ask.attributes) & {PRICE, CUSTOM, FAMILY}:
        return None
    products = tuple(telling.table.catalog.products)
    groups: dict[str, list[Value]] = {}
    for value in reason.values(telling.table, products, ask.attributes, telling.allowed):
        groups.setdefault(telling.item(value)["value"], []).append(value)
    if not 0 < len(groups) <= VALUES or 2 * sum(len(each) for each in groups.values()) < len(products) or len(products) < 2:
        return None
    attribute = capital(telling.attribute(ask.attributes[0]))
    told = [
        telling.sentence("answer_everywhere", telling.places(each[:2]), attribute=attribute, value=value, products=[telling.name(one.subject) for one in each])
        for value, each in groups.items()
    ]
    return made("spec", told, attribute=ask.attributes[0])
