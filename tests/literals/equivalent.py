"""Changes of rules that change nothing a customer could meet, with the reason of each; a change that a scenario can tell apart must not stand here."""

from __future__ import annotations

from collections.abc import Mapping

_SAME = "the same quantity was refused before"
EQUIVALENT: Mapping[str, Mapping[str, str]] = {
    "demo": {
        "QTY.stock.when: new.quantity «> -> >=» line.quantity && (stock == null || new.quantity - line.quantity > stock)": _SAME,
    },
    "kettlebean": {
        "RETURN.goods_window.when: line.family != «'beans' -> 'beansx'» && days_between(order.delivered, today) > p.goods_days": "beans are refused sooner",
        "QUANTITY.stock_unknown.when: new.quantity «> -> >=» line.quantity && stock == null": _SAME,
        "QUANTITY.stock.when: new.quantity «> -> >=» line.quantity && new.quantity - line.quantity > stock": _SAME,
    },
}
