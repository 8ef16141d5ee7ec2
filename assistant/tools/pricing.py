"""What an order line costs by the workspace's own rules."""

from __future__ import annotations

from assistant.tools.rules import Rules


def line_amount(rules: Rules, price: int, quantity: int) -> int:
    """Minor units for `quantity` pieces at list price `price`, less the percentage of the workspace's function `discount(quantity)` where it has one."""
    discount = rules.functions.get("discount")
    percent = discount(quantity) if "discount" in rules.workspace.functions and discount else 0
    return round(price * quantity * (100 - (percent or 0)) / 100)
