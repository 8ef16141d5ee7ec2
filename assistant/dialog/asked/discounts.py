"""Tells a question for the discount that there is by rule from bargaining for another price, and puts it to the quote or to the documents; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialog.asked.looks import quote_look
from assistant.dialog.asked.weigh import RULES
from assistant.dialog.moment import Moment
from assistant.dialog.state import Waiting
from assistant.knowledge.offers import asks_discount
from assistant.text.script import to_simplified

_PRICES = "price."
# a price is to be told, and not made another
_TOLD = re.compile(
    r"\b(?:tell|give|send|ship|get|show|e-?mail|text|quote|let|fill|put|provide|share|add|include|drop|fetch|find|look up|pass|pop|throw in"
    r"|chuck)\b[^.;!?]{0,24}?"
    r"\b(?:prices?|costs?|quotes?|quotation|price tags?)\b|\b(?:and|plus|also|with) (?:the |its |their )?(?:prices?|costs?)\b"
    r"|(?:价格|价钱|单价|报价|多少钱)[^，,。;；?？]{0,4}(?:发|给|告诉|报|说|列|附|标|带)[^，,。;；?？]{0,4}|(?:发|给|告诉|报|说|列|附|标|带)(?:给|下|一下|个|上|出)?(?:我们?)?(?:一?[个下份])?"
    r"(?:它的|的)?(?:价格|价钱|单价|报价|价(?![低便]))",
    re.IGNORECASE,
)
_BARGAIN = re.compile(
    r"便宜|优惠|折|低|最|特|好价|实在|底|让|少|降|再|贵|诚意|\d"
    r"|\b(?:better|best|good|lower|low|lowest|special|cheap\w*|discount\w*|match\w*|final|last|sharp\w*|competitive|off|reduc\w*|less|friend\w*"
    r"|deal|bulk|volume|wholesale|"
    r"negotiat\w*|nice\w*|decent|reasonable|fair|real|favou?rable|improve\w*|down)\b",
    re.IGNORECASE,
)


def by_rule(moment: Moment, request: Waiting) -> Waiting:
    """The request; one taken for bargaining that only asks which discount there is, or for the price, as what it is: a quote, or a question about rules.

    A question for the discount on goods without a number is one about rules too: their price alone does not answer it.
    """
    intent = moment.world.workspace.intents.get(request.intent)
    quote = quote_look(moment)
    if intent is None or request.weighed:
        return request
    counted = any(slot.name in {"quantity", "item"} for slot in request.slots)
    goods = any(slot.name == "product" for slot in request.slots)
    if asks_discount(request.text) and (request.intent == quote or _bargains(request.intent, intent.serve)):
        return replace(request, intent=quote if quote and goods and counted else RULES if goods or request.intent != quote else request.intent)
    text = to_simplified(request.text)
    if quote and _bargains(request.intent, intent.serve) and _TOLD.search(text) and not _BARGAIN.search(_without_goods(request)):
        named = [slot for slot in moment.reading.slots if slot.name == "product"]
        return replace(request, intent=quote, slots=request.slots if goods or not named else (*request.slots, named[-1]))
    return request


def _bargains(name: str, serve: str) -> bool:
    return serve == "handoff" and name.startswith(_PRICES)


def _without_goods(request: Waiting) -> str:
    text = to_simplified(request.text)
    for slot in request.slots:
        text = text.replace(to_simplified(slot.text), " ") if slot.name in {"product", "quantity", "item", "family"} and slot.text else text
    return text
