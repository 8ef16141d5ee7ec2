"""Which of several named products a question is about, and what of a sentence about several of them is said of one; it answers nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.knowledge.cues import APART, CUES
from assistant.knowledge.mentions import PRODUCT, Mention, Names, products_of
from assistant.workspace.model import Catalog

_ASKS = re.compile(
    r"[吗呢么啥几]|多少|怎|什么|哪|是否|能不能|可不可以|有没有|多[大高重长久远]|[?？]"
    r"|\b(?:what|which|who|when|where|why|how|can|could|does|is|are|will|would|should|may)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,，;；。!?！？\n]+(?!\d)|\.(?=\s|$)|\s[-–—]\s")
# what stands before a name that is put aside, and behind one
_NOT_BEFORE = re.compile(
    r"(?:(?<!是)不是|并非|而不是|不要|不问|别说|除了|\bnot(?: about| for)?|\brather than|\binstead of|\bforget)\s*(?:the |a |my |our )?$", re.IGNORECASE
)
_TOGETHER = frozenset({"difference", "fits", "choose"})
# where a sentence about several products may be cut
_PART = re.compile(r"(?<=[,，;；、])|(?=\s(?:and|or|while|but|whereas)\s)|(?=(?:而|或者?|和|但)(?=[^,，;；]*\d))", re.IGNORECASE)
_ALL = re.compile(r"都|均|两[者种台]|各|\b(?:both|all|each|either)\b", re.IGNORECASE)
_EDGE = re.compile(r"^(?:[\s,，;；、]|and\b|or\b|while\b|but\b|whereas\b|而|或者?|和|但)+|[\s,，;；、]+$", re.IGNORECASE)
_SIZED = re.compile(
    r"(?:(?P<zh_small>[更最较]?小)|[更最较]?大)(?:[一点些号]+)?的?(?:那|这)?(?:[个款台种]|型号?|号)"
    r"|\b(?:(?P<en_small>small(?:er|est)?|little)|big(?:ger|gest)?|large[rst]*)\s+(?:one|model|version|unit|type|pump|machine|brother|sibling)\b",
    re.IGNORECASE,
)
_SPELT = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z](?: ?- ?| )){1,4}(?:\d ){1,5}\d(?![A-Za-z0-9])")


def joined(text: str) -> str:
    """The text with a model that is spelt out ("p 1 0 0") in one word."""
    return _SPELT.sub(lambda match: match.group().replace(" ", ""), text)


def focus(text: str, names: Names) -> tuple[str, ...]:
    """The products a question is about: those it names, without those it puts aside, and only those of its asking clause where the others only set the scene.

    A question that holds products against each other is about all of them.
    """
    mentions = names.find(text)
    named = products_of(mentions)
    if len(named) < 2:
        return named
    aside = {sku for mention in mentions for sku in mention.ids(PRODUCT) if _NOT_BEFORE.search(text[: mention.start])}
    kept = tuple(sku for sku in named if sku not in aside) or named
    if aside or APART.search(text) or any(name in _TOGETHER and pattern.search(text) for name, pattern in CUES):
        return kept
    asking = [products_of(names.find(clause)) for clause in _clauses(text) if _ASKS.search(clause)]
    if len(asking) != 1 or not asking[0]:
        return kept
    return tuple(sku for sku in kept if sku in asking[0]) or kept


def sized(text: str, carried: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """The product that "the smaller one" means beside the one carried over: its only sibling of that size, by list price; `carried` where nothing of the kind
    is said, and none where several siblings could be meant."""
    said = _SIZED.search(text)
    if said is None or len(carried) != 1 or carried[0] not in catalog.products:
        return tuple(carried)
    own = catalog.products[carried[0]]
    family = [product for product in catalog.products.values() if product.family == own.family]
    if len(family) < 2:
        return tuple(carried)
    smaller = bool(said.group("zh_small") or said.group("en_small"))
    beyond = [product.sku for product in family if (product.price < own.price if smaller else product.price > own.price)]
    if not beyond:
        return tuple(carried)
    return tuple(beyond) if len(beyond) == 1 else ()


def named_by_size(text: str, meant: Sequence[str]) -> str:
    """A question with the one product that it means by its size named; empty where the question says no size, or means none in particular."""
    said = _SIZED.search(text)
    return f"{text[: said.start()]}{meant[0]}{text[said.end() :]}" if said is not None and len(meant) == 1 else ""


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for match in _CLAUSE.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield text[start:]


def narrowed(text: str, wanted: Sequence[str], names: Names) -> str:
    """What a sentence says of the wanted products, without the parts that give other products their own figures; unchanged where they cannot be told apart."""
    mentions = [mention for mention in names.find(text) if mention.ids(PRODUCT)]
    skus = {sku for mention in mentions for sku in mention.ids(PRODUCT)}
    if not skus & set(wanted) or skus <= set(wanted):
        return text
    parts = [part for part in _PART.split(text) if part]
    if len(parts) < 2:
        return text
    kept: list[str] = []
    dropping = dropped = False
    for part in parts:
        about = {sku for mention in names.find(part) for sku in mention.ids(PRODUCT)}
        if about:
            # what goes on behind a part left out is said of the same other product, with a figure or without
            dropping = not about & set(wanted) and (dropping or _figured(part, names.find(part))) and not _ALL.search(part)
        elif _ALL.search(part):
            dropping = False
        dropped = dropped or dropping
        if not dropping:
            kept.append(part)
    told = "".join(kept)
    if not dropped or not _figured(told, names.find(told)):
        return text
    return _closed(_EDGE.sub("", told), text)


def _figured(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether a part holds a figure beside its products' names."""
    for mention in reversed(mentions):
        if mention.ids(PRODUCT):
            text = text[: mention.start] + text[mention.end :]
    return bool(re.search(r"\d", text))


def _closed(told: str, whole: str) -> str:
    told = told[:1].upper() + told[1:]
    stop = whole[-1:]
    return told if not stop or told.endswith(stop) or stop not in ".。;；!！" else told + stop
