"""Goods named by what they are for ("the thing that measures pressure", 测压力的东西) put in the words of the catalogue; it answers nothing."""

from __future__ import annotations

import re

from assistant.knowledge.mentions import FAMILY, PRODUCT, Names
from assistant.knowledge.terms import LIGHT, is_content, terms
from assistant.text.script import to_simplified
from assistant.types import Language
from assistant.workspace.model import Catalog

_SHORT = 3
_EN = re.compile(
    r"\b(?:things?|something|devices?|gadgets?|instruments?|parts?|products?|items?|gear|equipment)\s+(?:that|which|to|for)\s+(?P<what>[^,.;?!]+)",
    re.IGNORECASE,
)
_ZH = re.compile(r"(?P<what>[^\W\d_的a-zA-Z]{2,8})的(?:那个|那种)?(?:东西|产品|设备|仪器|仪表|配件|部件|零件|器件|玩意儿?)")


def by_purpose(text: str, names: Names, catalog: Catalog, language: Language) -> str:
    """The text with a description of goods in place of which stands the one category that its words are those of; unchanged where none or several are."""
    plain = to_simplified(text)
    said = (_EN if language == "en" else _ZH).search(plain)
    if said is None or any(mention.ids(PRODUCT) or mention.ids(FAMILY) for mention in names.find(plain)):
        return text
    wanted = {term for term in terms(said["what"]) if is_content(term) and term not in LIGHT}
    variant = "en" if language == "en" else "zh"
    scores = {name: max((_alike(wanted, word) for word in family.words.get(variant, ())), default=0) for name, family in catalog.families.items()}
    best = max(scores.values(), default=0)
    found = [name for name, score in scores.items() if score == best]
    if not best or len(found) != 1:
        return text
    name = catalog.families[found[0]].name.get(variant, "")
    return f"{text[: said.start()]}{name}{text[said.end() :]}" if name else text


def _alike(wanted: set[str], word: str) -> int:
    """How many terms of a description a category's word holds: the same, or one that is the beginning of the other ("grinds", a grinder)."""
    held = terms(word)
    return sum(any(one == other or _begins(one, other) for other in held) for one in wanted)


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > _SHORT and short.isascii() and long.startswith(short)
