"""Rewrites a question that leans on the one before it ("and its output?", "那P-100呢?") so that it stands alone; it adds products, never facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Slot

Find = Callable[[str], tuple[Slot, ...]]

_GOODS = frozenset({"product", "unknown_product", "family"})
_ORDERS = frozenset({"order", "order_ref", "tax_id", "address", "phone", "email", "date", "shift"})
_SWAP_FILLER = re.compile(
    r"那么|如果是?|要是|换成?|的话|同样|也是|一样|还有|另外|以及|以|请问|问下|问问|怎么样|如何|可以|能|行|那|呢|和|跟|与|也|吗|么|啊|呀|是|用|的|上|型号?|款|这|个|好|嗯|哦|再|看|说|说说"
    r"|(?<![a-z])(?:and|what|whats|what's|how|about|the|for|with|if|it|is|its|it's|a|an|on|of|same|question|now|then|ok|okay|or|but|maybe|instead|also|too|please|pls|hmm|so|do|does|can|will|would|one|model)(?![a-z])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:那么?|还有|另外|再问一?下?|请问|然后|以及|和|嗯|哦|它的?|其|他的|这款的?|该产品的?|这个的?|那个的?|也|的|[\s，,、。:：])+(?!$)", re.IGNORECASE
)
_LEAD_EN = re.compile(
    r"^(?:(?:and|also|then|so|ok|okay|what about|how about|what's|what is|whats)\s+)*(?:(?:its|the|it's|their|this one's|that one's)\s+)?(?=[a-z])",
    re.IGNORECASE,
)
_PRONOUN_EN = re.compile(
    r"(?<![a-z'])(?:its)(?![a-z'])|(?<![a-z'])(?:it|this one|that one|this product|that product|this model|that model|them|they)(?![a-z'])", re.IGNORECASE
)
_PRONOUN_ZH = re.compile(r"(?:它们?|该产品|这款产品|这个产品|这个型号|该型号|这款|那款|此款|前者|后者|这玩意|它)")
_HAN = re.compile("[\u4e00-\u9fff]")
_CARRIED = 2  # a question is about one product, or it compares two


@dataclass(frozen=True, slots=True)
class Rewrite:
    """`text` stands alone. `swapped`: the message only put another product into the question before it, so that its wish is that question's."""

    text: str
    swapped: bool = False


def stand_alone(text: str, slots: Sequence[Slot], *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find) -> Rewrite:
    """The message as a question of its own.

    `products` are the SKUs the conversation is about, `previous` the question before it as it stood alone, `families` maps a SKU to its family and `find`
    reads the slots of a text. A message that names no product but one of its properties, or says "it", gets the conversation's products.
    """
    goods = [slot for slot in slots if slot.name in _GOODS]
    attributes = any(slot.name == "attribute" for slot in slots)
    if _about_an_order(slots):
        return Rewrite(text)
    if goods and not attributes and previous and not _rest(text, goods):
        return Rewrite(_swapped(previous, goods[0], families=families, find=find), True)
    if goods or not products:
        return Rewrite(text)
    named = products[:_CARRIED]
    if attributes or (_PRONOUN_ZH.search(text) if _HAN.search(text) else _PRONOUN_EN.search(text)):
        return Rewrite(_with(text, named, of="的" if attributes else ""))
    return Rewrite(text)


def _about_an_order(slots: Sequence[Slot]) -> bool:
    """Whether a message speaks of an order or brings a value for one; "it" alone may as well be a product."""
    return any(slot.name in _ORDERS and slot.value != {"same": True} for slot in slots)


def with_products(text: str, slots: Sequence[Slot], products: Sequence[str]) -> str:
    """A question about goods that names none, with the products of the conversation."""
    if not products or _about_an_order(slots) or any(slot.name in _GOODS for slot in slots):
        return text
    return _with(text, products[:_CARRIED])


def _rest(text: str, slots: Sequence[Slot]) -> str:
    """What a text says beside its slots and the words of "and what about …"."""
    left = text
    for slot in sorted(slots, key=lambda found: -found.start):
        left = f"{left[: slot.start]} {left[slot.end :]}"
    return "".join(char for char in _SWAP_FILLER.sub(" ", left) if char.isalnum())


def _swapped(previous: str, new: Slot, *, families: Mapping[str, str], find: Find) -> str:
    """The question before with `new` in the place of the product of the same family, else of the first one."""
    name = str(new.value) if new.name == "product" else new.text
    held = [slot for slot in find(previous) if slot.name == "product"] or [slot for slot in find(previous) if slot.name in _GOODS]
    if not held:
        return _with(previous, [name])
    family = families.get(str(new.value), str(new.value) if new.name == "family" else "")
    like = [slot for slot in held if family and families.get(str(slot.value), str(slot.value)) == family]
    old = (like or held)[-1 if like else 0]
    return f"{previous[: old.start]}{name}{previous[old.end :]}"


def _with(text: str, products: Sequence[str], *, of: str = "") -> str:
    """A text with the products put where "it" stands, else before it."""
    if _HAN.search(text):
        named = "和".join(products)
        replaced, count = _PRONOUN_ZH.subn(named, text, count=1)
        return replaced if count else f"{named}{of}{_LEAD.sub('', text)}"
    named = " and ".join(products)
    body = text.strip()
    replaced, count = _PRONOUN_EN.subn(lambda match: f"the {named}'s" if match.group().lower() == "its" else f"the {named}", body, count=1)
    if count:
        return replaced
    return f"{named}: {_LEAD_EN.sub('', body)}"
