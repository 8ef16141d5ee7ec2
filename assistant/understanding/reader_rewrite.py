"""Rewrites a question that leans on the one before it ("and its output?", "那P-100呢?") so that it stands alone; it adds products, never facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.text.units import canonical_unit
from assistant.types import Slot
from assistant.understanding.questions import compares

Find = Callable[[str], tuple[Slot, ...]]

_GOODS = frozenset({"product", "unknown_product", "family"})
_ORDERS = frozenset({"order", "order_ref", "tax_id", "address", "phone", "email", "date", "shift"})
_SWAP_FILLER = re.compile(
    r"那么|如果是?|要是|换成?|的话|同样|也是|一样|还有|另外|以及|以|请问|问下|问问|怎么样|如何|可以|能|行|那|呢|和|跟|与|也|吗|么|啊|呀|是|用|的|上"
    r"|型号?|款|这|个|好|嗯|哦|再|看|说|说说"
    r"|(?<![a-z])(?:and|what|whats|what's|how|about|the|for|with|if|it|is|its|it's|a|an|on|of|same|question|now|then|ok|okay|or|but|maybe|instead"
    r"|also|too|please|pls|hmm|so|do|does|can|will|would|one|model)(?![a-z])",
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
_PRONOUN_ZH = re.compile(r"(?:它们?|该产品|这款产品|这个产品|这个型号|该型号|这款|那款|此款|这玩意|它)")
_FORMER = re.compile(r"前者|前一[个款种台]|(?<![a-z])a(?:产品|款|型)|(?<![a-z])the (?:former|first(?: one)?)(?![a-z])", re.IGNORECASE)
_OTHER = re.compile(
    r"后者|后一[个款种台]|另外?一?[个款种台](?:型号|产品)?|(?<![a-z])b(?:产品|款|型)"
    r"|(?<![a-z])the (?:latter|second(?: one)?|other(?: one| model| type| version)?)(?![a-z])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"first|second|[ab](?:产品|款|型)", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"^(?:那么?|还有|如果是?|要是|换成?|以及)?(?!.*(?:[我你谁哪]|什么|怎|为何|订单|单子|快递|人呢|货呢))[^?？,，。;；]{1,12}呢[?？]?$"
    r"|^(?:and|or|what about|how about|and what about|and how about)\s+(?!.*\b(?:my|our|it|its|order|me|you|i|we|can|could|is|are|do|does|did|will"
    r"|would|has|have|when|where|who|how|what|which|please)\b)"
    r"[\w' -]{2,40}\??$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"哪|什么|啥|谁|\b(?:which|what|who)\b", re.IGNORECASE)
_CAN = re.compile(r"能|可以|行[吗么不]|配|\b(?:can|will|would|does|do)\b", re.IGNORECASE)
_FITS = re.compile(r"\b(?:fit|fits|suit|suits|match|matches)$", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_NUMBER = re.compile(r"(?<![A-Za-z\d.])\d{1,4}(?:型号?|的)?(?=呢|吗|\W*$)")
# a number that counts nothing: no unit or measure word stands behind it
_BARE_NUMBER = re.compile(r"(?<![A-Za-z\d.,#$-])\d{2,4}(?=型|的|呢|[,，?？]|\s*$|\s(?:the |have|has|need|take|weigh|cost)|\W*$)")
_SIZED = re.compile(
    r"[更最较]?[大小](?:[一点些号]+)?的?(?:那|这)?(?:[个款台种]|型号?|号)|[大小]的(?=呢|$|[?？])"
    r"|\b(?:small(?:er|est)?|little|big(?:ger|gest)?|large[rst]*)\s+(?:one|model|version|unit|type|pump|machine|brother|sister|sibling)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"(?:那|这)?(?:是)?(?:为什么|为何|为啥|什么原因|怎么回事)(?:呢|啊|呀|不行|不能|不可以)?[?？]*"
    r"|(?:(?:and|but|so) )?(?:why(?: (?:is that|not|so))?|how come)[?.! ]*",
    re.IGNORECASE,
)
_IN_UNIT = re.compile(
    r"(?:那|这)?(?:换算?成|折合成?|折成|合|相当于|等于|是|用)?(?:多少|几个?)?\s*(?P<zh>[A-Za-z³²/·°%]{1,8})(?:是|等于)?(?:多少)?(?:呢|啊)?[?？]*"
    r"|(?:(?:and|so|ok|okay) )?(?:(?:how much|what) (?:is|would|'s) (?:that|it|this)(?: be)? |that'?s what )?(?:in|as"
    r"|to) (?P<en>[A-Za-z³²/°µ]{1,12}(?: (?:per|an) [a-z]{1,8})?)\W*",
    re.IGNORECASE,
)
# which one to take is asked of all there are, not of the one talked about
_CHOOSES = re.compile(
    r"选哪|用哪[个款种台]|买哪|要哪[个款种台]|推荐|哪[个款种台](?:型号|产品)?(?:合适|适合|能满足|够用|可以用)"
    r"|\b(?:recommend|suggest|what (?:do|would) you have for"
    r"|which (?:pump|model|product|type|size|of your \w+) (?:do|does|should|would|can|could|is|for|will|fits|meets|gives))\b",
    re.IGNORECASE,
)
_MOST_COMPARED = 4
_CARRIED = 2  # a question is about one product, or it compares two


@dataclass(frozen=True, slots=True)
class Rewrite:
    """`text` stands alone. `swapped`: the message only put another product into the question before it, so that its wish is that question's.
    `products` are those the message means without naming them ("the other one", "which is cheaper")."""

    text: str
    swapped: bool = False
    products: tuple[str, ...] = ()


def stand_alone(text: str, slots: Sequence[Slot], *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find) -> Rewrite:
    """The message as a question of its own.

    `products` are the SKUs the conversation is about, `previous` the question before it as it stood alone, `families` maps a SKU to its family and `find`
    reads the slots of a text. A message that names no product but one of its properties, or says "it", gets the conversation's products.
    """
    goods = [slot for slot in slots if slot.name in _GOODS]
    attributes = any(slot.name == "attribute" for slot in slots)
    if _about_an_order(slots):
        return Rewrite(text)
    if len(goods) == 1 and _CAN.search(text) and not _rest(text, goods) and _partner(goods, products, families):
        return Rewrite(with_partner(text, slots, products, families))
    if goods and not attributes and previous and not _rest(text, goods):
        return Rewrite(_swapped(previous, goods[0], families=families, find=find), True)
    if not products:
        return Rewrite(text)
    named = products[:_CARRIED]
    if goods:
        partner = _partner(goods, products, families)
        return Rewrite(_with(text, partner) if partner and _pronoun(text) else text)
    pointed = _pointed(text, slots, products=products, previous=previous, families=families, find=find)
    if pointed is None:
        pointed = _followed(text, slots, products=products, previous=previous, families=families, find=find)
    if pointed is not None:
        return pointed
    if compares(text):
        named = _compared(products, families)
        return Rewrite(_with(text, named), products=named)
    if _CHOOSES.search(text):
        return Rewrite(text)
    if attributes or _pronoun(text):
        return Rewrite(_with(text, named, of="的" if attributes else ""))
    return Rewrite(text)


def _pronoun(text: str) -> bool:
    return (_PRONOUN_ZH if _HAN.search(text) else _PRONOUN_EN).search(text) is not None


def _pointed(text: str, slots: Sequence[Slot], *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find) -> Rewrite | None:
    """A message about "the other one": the second of two products just compared, else the only other one of the family of the product in question."""
    match = _FORMER.search(text) or _OTHER.search(text)
    if match is None or (_ORDINAL.search(match.group()) and any(slot.name == "option" for slot in slots)):
        return None
    pair = products[:_CARRIED]
    if len(pair) == 1:
        like = [sku for sku, family in families.items() if family == families.get(pair[0]) and sku != pair[0]]
        pair = (pair[0], *like) if len(like) == 1 else ()
    if len(pair) != _CARRIED:
        return None
    sku = pair[0] if _FORMER.search(text) else pair[1]
    there = Slot("product", sku, match.group(), match.start(), match.end())
    if _rest(text, [there]):
        return Rewrite(f"{text[: match.start()]}{sku}{text[match.end() :]}", products=(sku,))
    return Rewrite(_swapped(previous, there, families=families, find=find), True, (sku,)) if previous else None


def _followed(text: str, slots: Sequence[Slot], *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find) -> Rewrite | None:
    """A few words about the question before: the number or the size of a sibling ("那40呢", "and the bigger one?"), another unit, or why."""
    if not previous:
        return None
    sibling = _NUMBER.search(text) or _SIZED.search(text)
    if sibling is not None and not _rest(f"{text[: sibling.start()]} {text[sibling.end() :]}", ()):
        sku = _numbered(sibling.group(), products[:_CARRIED], families) if sibling.re is _NUMBER else ""
        there = Slot("product" if sku else "size", sku, sku or sibling.group(), sibling.start(), sibling.end())
        if sku or sibling.re is _SIZED:
            return Rewrite(_swapped(previous, there, families=_with_size(families, there, products), find=find), True, (sku,) if sku else ())
    for number in _BARE_NUMBER.finditer(text):
        if sku := _numbered(number.group(), products[:_CARRIED], families):
            return Rewrite(f"{text[: number.start()]}{sku}{text[number.end() :]}", products=(sku,))
    goes_on = _WHY.fullmatch(text.strip()) or _IN_UNIT.fullmatch(text.strip())
    if goes_on is None or (goes_on.re is _IN_UNIT and not canonical_unit(_unit(goes_on))):
        return None
    unit = _unit(goes_on) if goes_on.re is _IN_UNIT else ""
    asked = (f"，合多少{unit}" if _HAN.search(previous) else f", in {unit}") if unit else ("，为什么" if _HAN.search(text) else ", why")
    whole = f"{previous.rstrip('?？。. ')}{asked}"
    return Rewrite(whole if any(slot.name in _GOODS for slot in find(previous)) else _with(whole, products[:_CARRIED]), True)


def _unit(match: re.Match[str]) -> str:
    return str(match.group("zh") or match.group("en") or "")


def _numbered(said: str, products: Sequence[str], families: Mapping[str, str]) -> str:
    """The one product of the families in question that has this number in its name; empty without one."""
    kinds = {families.get(sku) for sku in products}
    number = "".join(char for char in said if char.isdigit())
    like = [sku for sku, family in families.items() if family in kinds and number in re.findall(r"\d+", sku)]
    return like[0] if len(like) == 1 else ""


def _with_size(families: Mapping[str, str], there: Slot, products: Sequence[str]) -> Mapping[str, str]:
    """The families with what is only named by its size counted to that of the product in question."""
    return {**families, str(there.value): families.get(products[0], "")}


def _compared(products: Sequence[str], families: Mapping[str, str]) -> tuple[str, ...]:
    """What is set against each other when none is named: the products in question, or the whole family of the only one."""
    if len(products) > 1:
        return tuple(products[:_CARRIED])
    like = tuple(sku for sku, family in families.items() if family == families.get(products[0]))
    return like if 1 < len(like) <= _MOST_COMPARED else tuple(products)


def _partner(goods: Sequence[Slot], products: Sequence[str], families: Mapping[str, str]) -> tuple[str, ...]:
    """The product of the conversation that the one named in a message is set in relation to: it is of another family."""
    named = {families.get(str(slot.value), str(slot.value)) for slot in goods}
    return tuple(sku for sku in products[:_CARRIED] if families.get(sku) not in named)[:1]


def with_partner(text: str, slots: Sequence[Slot], products: Sequence[str], families: Mapping[str, str]) -> str:
    """A question whether one product goes together, with the one of the conversation it is to go with ("does SK-25 fit?")."""
    goods = [slot for slot in slots if slot.name in _GOODS]
    partner = _partner(goods, products, families)
    if len({str(slot.value) for slot in goods}) != 1 or not partner or _about_an_order(slots) or _WHICH.search(text):
        return text
    if _other_part(text, goods):
        return text
    if _HAN.search(text):
        return f"{partner[0]}{_LEAD.sub('', text)}"
    body = text.rstrip(" ?？.!")
    return f"{body} {'' if _FITS.search(body) else 'with '}the {partner[0]}?"


_FITTING = re.compile(
    r"[能可以行吗么不配装用合适匹上搭在到给的了呢啊这那个款种和跟与就也还是]|兼容|通用|安装|替换|直接|一起|对得上"
    r"|\b(?:can|will|would|does|do|is|are|it|this|that|the|an?|fit|fits|suit|suits|match|matches|work|works|go|goes|use|used|compatible|ok|okay|right|with|on|in|to|for|there|too|also|be|i|we|you)\b",
    re.IGNORECASE,
)


def _other_part(text: str, goods: Sequence[Slot]) -> bool:
    """Whether a question of fitting names what is to fit besides the product itself ("can the locker take castors?"): then nothing is missing."""
    for slot in goods:
        text = text.replace(slot.text, " ")
    return bool(re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2,}", _FITTING.sub(" ", text)))


def continued(text: str, slots: Sequence[Slot], previous: str, find: Find) -> str:
    """A few words that go on with a question about no product ("生产中的呢", "and on Sundays?"), put behind it; empty when they are none."""
    if not previous or any(slot.name in _GOODS | _ORDERS - {"date"} for slot in slots) or not _FRAGMENT.search(text.strip()):
        return ""
    if any(slot.name in _GOODS for slot in find(previous)):
        return ""
    return f"{previous.rstrip('?？。. ')}{'，' if _HAN.search(text) else ', '}{text.strip()}"


def _about_an_order(slots: Sequence[Slot]) -> bool:
    """Whether a message speaks of an order or brings a value for one; "it" alone may as well be a product."""
    return any(slot.name in _ORDERS and slot.value != {"same": True} for slot in slots)


def with_products(text: str, slots: Sequence[Slot], products: Sequence[str]) -> str:
    """A question about goods that names none, with the products of the conversation."""
    if not products or _about_an_order(slots) or any(slot.name in _GOODS for slot in slots):
        return text
    if _CHOOSES.search(text):
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
