"""Which goods are less or more of something than one product, or than a sum of money ("anything cheaper than the P-100"); from the catalogue's facts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialog.answers.telling import Telling, made
from assistant.knowledge import reason
from assistant.knowledge.mentions import PRODUCT, Names
from assistant.knowledge.reason import Value
from assistant.knowledge.rows import PRICE
from assistant.types import Answer
from assistant.understanding.beyond import beyond_price, beyond_product

BEYOND = "beyond"
SHOWN = 6  # so many are named, those nearest to what was asked first


def beyond(telling: Telling, names: Names) -> Answer | None:
    """The goods on the side asked for, with their figures, or that there are none; None when nothing of the kind is asked, or the figures do not compare."""
    ask = telling.ask
    families, catalog = ask.families, telling.table.catalog
    among = tuple(sku for sku, product in catalog.products.items() if not families or product.family in families)
    if ask.quantities and ask.attributes != (PRICE,) and beyond_price(telling.text) is None:
        return None
    said = [mention for mention in names.find(telling.text) if mention.ids(PRODUCT)]
    if len(said) == 1 and len(ask.named) == 1 and len(ask.attributes) == 1 and ask.sense and not ask.bounds:
        if not beyond_product(telling.text, said[0].start, said[0].end):
            return None
        return _past_product(telling, ask.named[0], among, ask.attributes[0])
    price = beyond_price(telling.text) if not said else None
    found = [value for value in reason.values(telling.table, among, (PRICE,), telling.allowed) if value.amount is not None] if price else []
    if price is None or not found or not all(price.is_in(value.facts[0].value) for value in found):
        return None
    kept = [value for value in found if value.amount is not None and (value.amount - price.amount) * price.sense > 0]
    return _told(telling, sorted(kept, key=lambda value: (value.amount or 0) * price.sense), PRICE, sense=price.sense, cited=found)


def _past_product(telling: Telling, subject: str, among: Sequence[str], attribute: str) -> Answer | None:
    sense = telling.ask.sense
    skus = tuple(dict.fromkeys((subject, *among)))
    found = reason.comparison(telling.table, skus, attribute, telling.allowed, sense=sense)
    if found is None or subject not in (order := [value.subject for value in found.values]):
        return None
    own = found.values[order.index(subject)]
    # the one nearest to it first; what is equal is neither less nor more
    kept = [value for value in found.values[: order.index(subject)] if value.amount != own.amount]
    told = _told(telling, kept[::-1], attribute, sense=sense, cited=(own,), than=own)
    return replace(told, products=tuple(dict.fromkeys((*told.products, subject)))) if told else None


def _told(telling: Telling, kept: Sequence[Value], attribute: str, *, sense: int, cited: Sequence[Value], than: Value | None = None) -> Answer | None:
    shown = kept[:SHOWN]
    items = [telling.item(value) for value in shown]
    sentence = telling.sentence(
        "answer_others",
        telling.places([*shown, *(cited if than is not None or not shown else ())][: SHOWN + 1]),
        attribute=telling.attribute(attribute),
        priced=attribute == PRICE,
        less=sense < 0,
        items=items,
        more=len(kept) > len(shown),
        than=telling.item(than) if than is not None else None,
        category=_category(telling),
    )
    return made(BEYOND, [sentence], products=[value.subject for value in shown], attribute=attribute)


def _category(telling: Telling) -> str:
    """The kind of goods that is asked for, as it is called; "" where anything is."""
    spec = telling.table.catalog.families.get(telling.ask.families[0]) if telling.ask.families else None
    return str(spec.name.get(telling.variant, "")) if spec else ""
