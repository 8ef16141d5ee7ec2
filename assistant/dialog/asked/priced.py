"""A price asked of goods that was taken for some other question: it is quoted like any price, where the workspace has a look-up that quotes; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.dialog.values.fit import goods_of
from assistant.text.script import to_simplified

_ASKED = re.compile(
    r"\W*(?:(?:and|so|ok|okay|hi|hello|hey|then)[\s,]+)*(?:what(?:'s|s| is| are| do| does| would| will)?"
    r"|how much(?: is| are| do| does| for| would| will)?|price (?:of|for|on))\s+"
    r"(?:(?:the|a|an|one|your|price|prices|cost|of|for|list)\s+)*\ue000s?(?:\s+(?:cost|costs|run|be|go for|sell for|priced at|each|please|pls))*\W*"
    r"|\W*(?:请问|那|你好)?[,，]?\ue000(?:的)?(?:现在|一[袋台个只件套包桶把张组块瓶箱根盒])?(?:是|卖|要)?(?:多少钱|什么价(?:格|钱|位)?|价格(?:是)?(?:多少)?|怎么卖|几块钱?|单价(?:多少)?)(?:一[\u3400-\u9fff])?(?:呢|啊|呀)?\W*",
    re.IGNORECASE,
)
_PRICED = re.compile(r"\b(?:how much|costs?|prices?|priced|run|sell for|go for)\b|钱|价|卖|几块", re.IGNORECASE)


def as_quote(moment: Moment, request: Waiting) -> Waiting:
    """The request as one for a quote where it asks the price of one of the goods and nothing else; any other as it is."""
    if moment.world.serving.get(request.intent) or request.weighed or any(slot.name not in ("product", "family", "attribute") for slot in request.slots):
        return request
    goods = goods_of(moment, request.slots)
    intent = quoting(moment)
    if len(goods) != 1 or not intent or not goods[0].text:
        return request
    if goods[0].name == "family" and sum(product.family == goods[0].value for product in moment.world.workspace.products.values()) != 1:
        return request
    said = to_simplified(request.text).replace(to_simplified(goods[0].text), "\ue000", 1)
    return replace(request, intent=intent) if _PRICED.search(said) and _ASKED.fullmatch(said) else request


def quoting(moment: Moment) -> str:
    """The intent of the workspace's look-up of goods and a number of them, which needs no order; "" without one."""
    for spec in moment.world.workspace.procedures.values():
        types = {slot.type for slot in spec.slots.values()}
        if not spec.confirm and {"product", "quantity"} <= types and "order" not in types and spec.intents:
            return spec.intents[0]
    return ""
