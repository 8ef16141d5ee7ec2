"""What an order line costs by the workspace's own rules."""

from __future__ import annotations

from assistant.tools.rules import Rules


def line_amount(rules: Rules, price: int, quantity: int, *, tier: str = "") -> int:
    """Minor units for `quantity` pieces at list price `price`, less the percentage of the workspace's function `discount` where it has one.

    It is given the quantity, and the customer's tier where it has two parameters.
    """
    discount, spec = rules.functions.get("discount"), rules.workspace.functions.get("discount")
    given = (quantity, tier) if spec is not None and len(spec.parameters) == 2 else (quantity,)
    percent = discount(*given) if spec is not None and discount else 0
    return round(price * quantity * (100 - (percent or 0)) / 100)
