"""The words a workspace has for values, gathered for the templates: statuses, products, units, options, queues, ticket kinds; no sentences."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.text.template import Templates
from assistant.workspace.model import Workspace


def names(workspace: Workspace) -> dict[str, Mapping[str, Mapping[str, str]]]:
    """{kind: {value: {language: text}}} for `assistant.text.template.Templates`; `option` goes by "slot.value"."""
    products = workspace.products.values()
    options = {
        f"{slot.name}.{option.id}": option.name for spec in workspace.procedures.values() for slot in spec.slots.values() for option in slot.options.values()
    }
    return {
        "family": {family.id: family.name for family in workspace.catalog.families.values()},
        "queue": {queue.id: queue.name for queue in workspace.routing.queues.values()},
        "ticket": {kind.id: kind.name for kind in workspace.tickets.values()},
        "procedure": {spec.name: spec.title for spec in workspace.procedures.values()},
        **workspace.texts.names,
        "product": {product.sku: product.name for product in products},
        "unit": {product.sku: product.unit for product in products if product.unit},
        "option": options,
    }


def templates(workspace: Workspace) -> Templates:
    """The renderer of this workspace's texts."""
    return Templates(currency=workspace.currency, zone=workspace.zone, names=names(workspace))
