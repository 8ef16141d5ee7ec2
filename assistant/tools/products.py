"""Tools that read the catalogue and the documents; the documents' answers are composed in `dialog`, through the permission checked here."""

from __future__ import annotations

from assistant.errors import InvalidInput
from assistant.tools.registry import Done, Use, tool


@tool("read", "knowledge.read")
async def search_knowledge(use: Use, *, query: str) -> Done:
    """Sections of the documents and facts of the catalogue that answer a question."""
    return Done({"query": query})


@tool("read", "knowledge.read")
async def product_facts(use: Use, *, product: str, quantity: int = 1) -> Done:
    """The catalogue row of a product: name, family, list price in minor units, warranty."""
    row = use.catalog.get(product)
    if row is None:
        raise InvalidInput(f"no product {product!r}", code="bad_arguments")
    return Done(dict(row))


PRODUCT_TOOLS = (search_knowledge, product_facts)
