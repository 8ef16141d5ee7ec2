"""Of which products each sentence of a section speaks, one without a name by the sentence that it goes on from; it chooses and answers nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.knowledge.mentions import FAMILY, PRODUCT, Names
from assistant.workspace.model import Catalog

# how a paragraph follows what stands before it: it goes on in the same one, or begins a new one
SAME, NEW = "same", "new"
_LEANS = re.compile(
    r"\b(?:it|its|itself|they|them|their|theirs)\b|^\W*(?:this|these|those|that|such|here|the (?:same|latter|former))\b"
    r"|^[^，,。;；]{0,6}(?:它|其(?![他它余中次实])|该(?!不)|此(?:款|机|型|产品|处|时)|这(?:款|台|种|个|些|时|样)|前者|后者|上述)",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"^\W*(?:a|answer|答|答案|回答|回复|回覆)\s*\d{0,3}\s*[:：.、]", re.IGNORECASE)
# who speaks of all of them speaks of none in particular
_ALL = re.compile(
    r"\b(?:all|every|each|both|any|other|the rest of the|our)\s+(?:\w+\s+){0,2}?"
    r"(?:models?|versions?|types?|products?|devices?|units|machines?|series|sizes?|variants?|articles?|items?)\b"
    r"|^\W*(?:in general|generally|everything|everyone)\b"
    r"|(?:所有|全部|全系列?|各种?|每[种款]|任何|其他|其它|其余|两[款种])的?(?:型号|机型|产品|款式?|规格|设备|系列|商品|货品|机器)|^\W*(?:均|都|通用|一般来说|总的来说)",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"\b(?:the|this|that|these|those|its|your)\s+$", re.IGNORECASE)
_OPENING = re.compile(
    r"\W*(?:(?:the|a|an|our|your|with|on|for|in|of|at|by|to|from|only|but|and|as for|unlike|model|type"
    r"|关于|对于|对|在|用|而|至于|我们的|本公司)\s*)*",
    re.IGNORECASE,
)
# a product that is named only to say what another one is not like
_APART = re.compile(
    r"(?:\b(?:unlike|compared (?:to|with)|in contrast to|other than|different from|instead of|replac(?:es?|ing)|than|similar to|opposed to)\s+(?:the\s+)?"
    r"|不同于|不像|有别于|取代了?|(?<![对占])比)\s*$",
    re.IGNORECASE,
)
_SAYS_IT = re.compile(r"^\W*(?:it|its|they|their|this|these|它们?|其(?![他它余中次实])|该(?!不)|此(?:款|机))", re.IGNORECASE)
_LABEL = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, list item or table row as plain words, and whether it goes on in the paragraph of the part before it (SAME) or begins one (NEW).

    `columns` are the products that the columns of a row are headed by.
    """

    text: str
    follows: str = SAME
    row: bool = False
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class About:
    """The products a part speaks of (empty = of none in particular); `leans`: not to be understood without the part before it; `first`: where its subject is
    named, as the number of a part (-1 = nowhere)."""

    products: frozenset[str]
    leans: bool = False
    first: int = -1


@dataclass(frozen=True, slots=True)
class Kin:
    """The products asked for, the others of their families, and those that have nothing to do with them."""

    wanted: frozenset[str]
    rivals: frozenset[str] = frozenset()
    unrelated: frozenset[str] = frozenset()

    def passes(self, about: frozenset[str]) -> bool:
        """Whether something said of `about` may be told of the products asked for."""
        return not self.wanted or bool(about & self.wanted) or not about & (self.rivals | self.unrelated)


@dataclass(slots=True)
class _Thread:
    """What is spoken of while a section is read: the subject, what was named along with it, and in which part it was named."""

    subject: frozenset[str]
    along: frozenset[str] = frozenset()
    first: int = -1


def abouts(parts: Sequence[Part], names: Names, kin: Kin, *, heading: frozenset[str] = frozenset()) -> tuple[About, ...]:
    """Of which products each part speaks. `heading` are those that the section as a whole is about, by its headings or its document.

    A part that names none goes on with the subject of the part before it in its paragraph. A new paragraph does so where it leans on the one before ("It …"),
    answers it, is led in by it, or where single sentences stand as paragraphs; and where the section names rivals of the products asked for, but never these.
    """
    named = [part.columns or _named(part.text, names) for part in parts]
    everywhere = frozenset[str]().union(heading, *named)
    only_rivals = bool(everywhere & kin.rivals) and not everywhere & kin.wanted
    base, before = heading, ""
    thread = _Thread(base)
    found: list[About] = []
    for number, part in enumerate(parts):
        leans = not named[number] and bool(_LEANS.search(part.text))
        if part.follows == NEW and number:
            goes_on = leans or only_rivals or _ANSWERS.match(part.text) or before.rstrip().endswith((":", "：", "?", "？")) or _alone(parts, number)
            thread = thread if goes_on else _Thread(base)
        if part.row:
            found.append(About(named[number] or thread.subject, first=thread.first))
            continue
        found.append(_about(part.text, number, named[number], thread, names, kin, leans=leans))
        if named[number] and _is_label(parts, number):
            base = thread.subject
        before = part.text
    return tuple(found)


def _named(text: str, names: Names) -> frozenset[str]:
    """The products a part names, less those that another one is only told apart from."""
    named = frozenset(names.products(text))
    if not named:
        return named
    apart = {sku for mention in names.find(text) if _APART.search(text[: mention.start]) for sku in mention.ids(PRODUCT)}
    return named - apart


def _is_label(parts: Sequence[Part], number: int) -> bool:
    """Whether a part stands alone in its paragraph and is no sentence: what follows is said of it, as under a heading."""
    text = parts[number].text
    alone = (not number or parts[number].follows == NEW) and (number + 1 == len(parts) or parts[number + 1].follows == NEW)
    return alone and len(text) <= _LABEL and text[-1:] not in ".。!！;；?？"


def _alone(parts: Sequence[Part], number: int) -> bool:
    """Whether the paragraph before this one is a single part, and this one too: sentences, or a label and its value, each on a line of their own."""
    ends = number + 1 == len(parts) or parts[number + 1].follows == NEW
    if not (number and (number == 1 or parts[number - 1].follows == NEW)):
        return False
    return ends or (len(parts[number - 1].text) <= _LABEL and parts[number - 1].text[-1:] not in ".。!！;；")


def _about(text: str, number: int, named: frozenset[str], thread: _Thread, names: Names, kin: Kin, *, leans: bool) -> About:
    if not named:
        if _in_general(text, names):
            thread.subject, thread.along, thread.first = frozenset(), frozenset(), -1
            return About(frozenset())
        return About(thread.subject, leans, thread.first)
    family = kin.wanted | kin.rivals
    if not thread.subject and not named & family and not _opens(text, names):
        # "use the printer P-40": named in passing, of nothing in particular
        return About(named - kin.unrelated)
    if thread.subject and not named & thread.subject and not _switches(text, named, thread, names, family):
        thread.along |= named
        return About(thread.subject | (named - family), leans=bool(_LEANS.search(text)), first=thread.first)
    if named & thread.along and not named & family:
        return About(thread.subject | named, first=thread.first)
    thread.subject, thread.along, thread.first = named, named, number
    return About(named, first=number)


def _opens(text: str, names: Names) -> bool:
    """Whether a product's name stands at the beginning of a sentence."""
    first = min((mention.start for mention in names.find(text) if mention.ids(PRODUCT)), default=len(text))
    return bool(_OPENING.fullmatch(text, 0, first))


def _switches(text: str, named: frozenset[str], thread: _Thread, names: Names, family: frozenset[str]) -> bool:
    """Whether a sentence that names other products than the subject turns to them, and does not only mention them (an accessory, a comparison).

    `family` are the products asked for with their rivals.
    """
    if named & family and thread.subject & family:
        return not _SAYS_IT.search(text)
    return not named & thread.along and _opens(text, names)


def _in_general(text: str, names: Names) -> bool:
    """Whether a part without a product's name speaks of all of a kind: "all models", "floor scales travel on a pallet"."""
    if _ALL.search(text):
        return True
    for mention in names.find(text):
        said = text[mention.start : mention.end]
        if mention.ids(FAMILY) and said.isascii() and said.endswith("s") and not _GENERAL.search(text[: mention.start]):
            return True
    return False


def unrelated_of(products: Sequence[str], catalog: Catalog) -> frozenset[str]:
    """The products of other families that no relation joins to `products`."""
    families = {catalog.products[sku].family for sku in products if sku in catalog.products}
    if not families:
        return frozenset()
    serving = {target for sku in products if sku in catalog.products for targets in catalog.products[sku].relations.values() for target in targets}
    served = {sku for sku, product in catalog.products.items() for targets in product.relations.values() if set(targets) & set(products)}
    return frozenset(sku for sku, product in catalog.products.items() if product.family not in families and sku not in serving | served)


__all__ = ["NEW", "SAME", "About", "Kin", "Part", "abouts", "unrelated_of"]
