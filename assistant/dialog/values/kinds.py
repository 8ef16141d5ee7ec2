"""A product named by its kind only ("peas"): which products it may be; what is wanted instead of goods is no kind of goods that the order holds. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.dialog.moment import Moment
from assistant.types import Order, Slot


def of_kind(moment: Moment, mentions: Sequence[Slot], *, new: bool, order: Order | None, waiting: bool) -> tuple[Slot, tuple[str, ...]] | None:
    """(the mention of a kind of goods, the products of it), the last one said; `new`: for goods of the order, which are meant themselves only when the new ones
    are asked for (`waiting`)."""
    products = moment.world.workspace.products
    held = {line.sku for line in order.lines} if new and order is not None else set()
    kinds = {products[sku].family for sku in held if sku in products}
    families = [slot for slot in mentions if slot.name == "family" and (waiting or slot.value not in kinds)]
    if not families or (new and order is None):
        return None
    skus = tuple(sku for sku, product in products.items() if product.family == families[-1].value and sku not in held)
    return (families[-1], skus) if skus else None
