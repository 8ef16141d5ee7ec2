"""Tools that read the catalogue and the documents; the documents' answers are composed in `dialog`, through the permission checked here."""

from __future__ import annotations

from assistant.errors import InvalidInput
from assistant.tools.registry import Done, Use, tool

MOST_COMPARED = 5


@tool("read", "knowledge.read")
async def search_knowledge(use: Use, *, query: str) -> Done:
    """Sections of the documents and facts of the catalogue that answer a question."""
    return Done({"query": query})


@tool("read", "knowledge.read")
async def product_facts(use: Use, *, product: str, quantity: int = 1) -> Done:
    """The catalogue row of a product: name, family, list price in minor units, warranty, specifications."""
    row = use.catalog.get(product)
    if row is None:
        raise InvalidInput(f"no product {product!r}", code="bad_arguments")
    return Done(dict(row))


@tool("read", "knowledge.read")
async def compare_products(use: Use, *, products: list) -> Done:  # type: ignore[type-arg]
    """The catalogue rows of two to five products side by side, by SKU."""
    if not 2 <= len(products) <= MOST_COMPARED:
        raise InvalidInput(f"give 2 to {MOST_COMPARED} products", code="bad_arguments")
    rows = [use.catalog.get(str(product)) for product in products]
    if None in rows:
        raise InvalidInput("one of the products is not in the catalogue", code="bad_arguments")
    return Done([dict(row) for row in rows if row is not None])


PRODUCT_TOOLS = (search_knowledge, product_facts, compare_products)
