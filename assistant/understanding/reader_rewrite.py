"""Rewrites a question that leans on the one before it ("and its output?", "那P-100呢?") so that it stands alone; it adds products, never facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.text.units import canonical_unit
from assistant.types import Slot
from assistant.understanding.including import asks_if_included
from assistant.understanding.questions import compares, sets_apart
from assistant.understanding.slots.another_one import which_else
from assistant.understanding.slots.picking import NOTHING_SHOWN, Pick, Shown

Find = Callable[[str], tuple[Slot, ...]]

_GOODS = frozenset({"product", "unknown_product", "family"})
_ORDERS = frozenset({"order", "order_ref", "tax_id", "address", "phone", "email", "date", "shift"})
_SWAP_FILLER = re.compile(
    r"那么|如果是?|要是|换成?|的话|同样|也是|一样|还有|另外|以及|以|请问|问下|问问|怎么样|如何|可以|能|行|那|呢|和|跟|与|也|吗|么|啊|呀|是|用|的|上"
    r"|型号?|款|这|个|好|嗯|哦|再|看|说|说说|吧|呗|嘛"
    r"|(?<![a-z])(?:and|what|whats|what's|how|about|the|for|with|if|it|is|its|it's|a|an|on|of|same|question|now|then|ok|okay|or|but|maybe|instead"
    r"|also|too|as well|likewise|either|please|pls|hmm|so|do|does|can|will|would|one|model|brother|sister|sibling|cousin|big|bigger|little|larger"
    r"|smaller)(?![a-z])",
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
_BARE_GAP = re.compile(
    r"(?:那|它们?|两[者个款]|具体|大概|之间)*(?:相?差|差距|差额)(?:了|出)?(?:是|有)?(?:多少|几|多大)?[\u3400-\u9fff]{0,2}?(?:呢|啊|呀)?[?？]*"
    r"|(?:and |so |but )?by how "
    r"(?:much|many(?: [a-z]+)?)\W*|(?:and |so |but )?how (?:many [a-z]+|much|far) apart(?: are (?:they|those|the two))?\W*"
    r"|(?:and |so )?what(?:'s| is) the (?:difference|gap)\W*",
    re.IGNORECASE,
)
_LEANS = re.compile(r"哪|谁|比|更|\bwhich\b|\bthan\b|\b\w{3,}er\b", re.IGNORECASE)
_BESIDE_ZH = re.compile(r"差|比|更|出(?:多少|几)")
_ORDINAL_SAID = re.compile(
    rf"{_FORMER.pattern}|{_OTHER.pattern}|第[一二三四五\d]|(?<![a-z])the (?:first|second|third|last)(?![a-z])|[a-z](?:er|est) one|的(?:那"
    rf"|这)?一?[个款台种]",
    re.IGNORECASE,
)
# the most of something among all there is, not of what is talked about
_OF_ALL = re.compile(
    r"(?:你们?家?|整个|所有|全部)?[^，。]{0,6}最(?:便宜|贵|重|轻|大|小|长|短|快|高|低)的(?:产品|型号|东西|商品|货|是(?:什么|哪|谁))"
    r"|\byour (?:very )?(?:(?:most|least) \w+|\w{3,}est)\b|\b(?:(?:most|least) \w+|\w{3,}est) (?:\w+ )?(?:product|item|model|thing|(?:that )?you "
    r"(?:have|sell|offer|make))",
    re.IGNORECASE,
)
_PRICED = re.compile(r"钱|价|贵|便宜|\b(?:cheap\w*|expensive|prices?|costs?|how much|dearer|pricier)\b", re.IGNORECASE)
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


def stand_alone(
    text: str, slots: Sequence[Slot], *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find, shown: Shown = NOTHING_SHOWN
) -> Rewrite:
    """The message as a question of its own.

    `products` are the SKUs the conversation is about, `previous` the question before it as it stood alone, `families` maps a SKU to its family and `find`
    reads the slots of a text. A message that names no product but one of its properties, or says "it", gets the conversation's products. `shown` are
    the products just shown side by side, with the one of them that the message picks.
    """
    pick, among = shown.pick, shown.among
    goods = [slot for slot in slots if slot.name in _GOODS]
    attributes = any(slot.name == "attribute" for slot in slots)
    if _about_an_order(slots):
        return Rewrite(text)
    other = which_else(text, previous, find)
    if other:
        return Rewrite(other, True)
    both = _set_apart(text, goods, among, families) if pick is None else ()
    if both:
        asked = _same_gap(text, previous, find) if not goods else ""
        return Rewrite(_with(asked or text, both) if not goods else _than(text, both[1]), products=both)
    if pick is not None and len(goods) < _CARRIED and all(slot.name == "family" for slot in goods):
        return _picked(text, pick, products=among or products, previous=previous, families=families, find=find)
    if len(goods) == 1 and _CAN.search(text) and not _rest(text, goods) and _partner(goods, products, families):
        return Rewrite(with_partner(text, slots, products, families))
    if goods and not attributes and previous and not _rest(text, goods):
        return Rewrite(_swapped(previous, goods[0], families=families, find=find), True)
    if not products:
        return Rewrite(_with_unknown(text, previous, find, attributes=attributes) if not goods else text)
    named = products[:_CARRIED]
    if goods:
        partner = _partner(goods, products, families)
        return Rewrite(_with(text, partner) if partner and _pronoun(text) else text)
    pointed = _pointed(text, slots, products=products, previous=previous, families=families, find=find)
    if pointed is None:
        pointed = _followed(text, slots, products=products, previous=previous, families=families, find=find)
    if pointed is not None:
        return pointed
    if compares(text) or (len(products) > 1 and sets_apart(text)):
        named = _compared(products, families)
        return Rewrite(_with(text, named), products=named)
    if _CHOOSES.search(text) or _OF_ALL.search(text):
        return Rewrite(text)
    if attributes or _pronoun(text):
        return Rewrite(_with(text, named, of="的" if attributes else ""))
    return Rewrite(text)


def _set_apart(text: str, goods: Sequence[Slot], among: Sequence[str], families: Mapping[str, str]) -> tuple[str, ...]:
    """The two products that a question sets against each other without naming both: the one named and the other shown, or the only other of its family."""
    named = [str(slot.value) for slot in goods if slot.name == "product"]
    if len(named) != len(goods) or len(named) > 1:
        return ()
    if not named:
        return tuple(among) if len(among) == _CARRIED and (sets_apart(text) or compares(text)) and not _ORDINAL_SAID.search(text) else ()
    if not sets_apart(text) or (_HAN.search(text) and not _BESIDE_ZH.search(text)):
        return ()
    others = (
        [sku for sku in among if sku != named[0]]
        if named[0] in among
        else [sku for sku, family in families.items() if family == families.get(named[0]) and sku != named[0]]
    )
    return (named[0], others[0]) if len(others) == 1 else ()


def _same_gap(text: str, previous: str, find: Find) -> str:
    """A bare "by how much?", asked of what the question before it was about; empty when it says of what itself."""
    if not _BARE_GAP.fullmatch(text.strip()):
        return ""
    wanted = next((slot.text for slot in find(previous) if slot.name == "attribute"), "")
    if _HAN.search(text):
        adjective = re.search("[重轻长短快慢](?=的|吗|呢|些|点|$)", previous)
        asked = f"{adjective.group()}多少" if adjective else previous if _LEANS.search(previous) else ""
        return f"{wanted}差多少" if wanted else "价格差多少" if _PRICED.search(previous) else asked
    # what was compared without its name ("which is earlier") is asked once more: how far apart they are is told with it
    asked = previous if _LEANS.search(previous) else ""
    return f"difference in {wanted}" if wanted else "price difference" if _PRICED.search(previous) else asked


def _with_unknown(text: str, previous: str, find: Find, *, attributes: bool) -> str:
    """A question that goes on about a name the catalogue does not know is about that name, and about no product that it has."""
    unknown = next((slot.text for slot in find(previous) if slot.name == "unknown_product"), "") if previous else ""
    return _with(text, [unknown], of="的" if attributes else "") if unknown and (attributes or _pronoun(text)) else text


def _picked(text: str, pick: Pick, *, products: Sequence[str], previous: str, families: Mapping[str, str], find: Find) -> Rewrite:
    """The message with the product it picks in the place of the words for it; with nothing else said it asks the question before of that one."""
    sku, there = pick.sku, Slot("product", pick.sku, text[pick.start : pick.end], pick.start, pick.end)
    replaced = f"{text[: pick.start]}{sku}{text[pick.end :]}"
    other = next((each for each in products if each != sku), "")
    if other and len(products) == _CARRIED and sets_apart(text):
        return Rewrite(_than(replaced, other), products=(sku, other))
    owning = 2 if text[pick.end : pick.end + 2].lower() in ("'s", "’s") else 0
    if _rest(text, [replace(there, end=pick.end + owning)]) or not previous:
        return Rewrite(replaced, products=(sku,))
    return Rewrite(_of_one(previous, there, families=families, find=find), True, (sku,))


def _than(text: str, other: str) -> str:
    return f"{text.rstrip('?？ ')}{f'，和{other}比' if _HAN.search(text) else f' than the {other}'}"


def _of_one(previous: str, there: Slot, *, families: Mapping[str, str], find: Find) -> str:
    """The question before, asked of one product: what a comparison was about is asked of it, anything else with the product in its place."""
    held = find(previous)
    if len({slot.value for slot in held if slot.name == "product"}) < _CARRIED and not compares(previous):
        return _swapped(previous, there, families=families, find=find)
    sku, chinese = str(there.value), bool(_HAN.search(previous))
    wanted = [slot.text for slot in held if slot.name == "attribute"]
    if wanted:
        return f"{sku}的{wanted[0]}" if chinese else f"{wanted[0]} of the {sku}"
    if _PRICED.search(previous):
        return f"{sku}多少钱" if chinese else f"how much is the {sku}"
    return f"{sku}的主要参数" if chinese else f"specifications of the {sku}"


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
    if sets_apart(text) or compares(text):
        other = next(each for each in pair if each != sku)
        return Rewrite(_than(f"{text[: match.start()]}{sku}{text[match.end() :]}", other), products=(sku, other))
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
        body = _LEAD.sub("", text)
        # two names that touch are read as one
        return f"{partner[0]}{' ' if body[:1].isascii() else ''}{body}"
    body = text.rstrip(" ?？.!")
    return f"{body} {'' if _FITS.search(body) else 'with '}the {partner[0]}?"


_FITTING = re.compile(
    r"[能可以行吗么不配装用合适匹上搭在到给的了呢啊这那个款种和跟与就也还是]|兼容|通用|安装|替换|直接|一起|对得上"
    r"|\b(?:can|will|would|does|do|is|are|it|this|that|the|an?|fit|fits|suit|suits|match|matches|work|works|go|goes|use|used|compatible|ok|okay|right"
    r"|with|on|in|to|for|there|too|also|be|i|we|you)\b",
    re.IGNORECASE,
)


def _other_part(text: str, goods: Sequence[Slot]) -> bool:
    """Whether a question of fitting names what is to fit besides the product itself ("can the locker take castors?"): then nothing is missing."""
    for slot in goods:
        text = text.replace(slot.text, " ")
    return bool(re.search(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2,}", _FITTING.sub(" ", text)))


def continued(text: str, slots: Sequence[Slot], previous: str, find: Find) -> str:
    """A few words that go on with a question about no product ("生产中的呢", "and on Sundays?"), put behind it; empty when they are none."""
    includes = asks_if_included(text)
    said = _ORDERS - {"date"} if includes else _GOODS | _ORDERS - {"date"}
    if not previous or any(slot.name in said and slot.value != {"same": True} for slot in slots) or not (includes or _FRAGMENT.search(text.strip())):
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
    if _CHOOSES.search(text) or _OF_ALL.search(text):
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
