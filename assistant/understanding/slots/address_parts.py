"""One part of an address put right ("the zip should be 78736", "unit 5 instead", "是28号"): the whole address as it then reads; it finds no addresses."""

from __future__ import annotations

import re

from assistant.understanding.slots.lexicon import plain

_ZIP_SAID = re.compile(r"(?:邮编|邮政编码|\b(?:zip|post(?:al)?)\s*-?\s*(?:code)?\b)[^\d\n]{0,24}(\d{4,6}(?:-\d{4})?)(?!\d)", re.IGNORECASE)
_ZIP = re.compile(r"(?<!\d)\d{5,6}(?:-\d{4})?(?!\d)")
_UNIT_WORDS = r"unit|suite|ste|apt|apartment|dock|gate|building|bldg|room|rm|floor|warehouse|bay|hall|block"
_UNIT_SAID = re.compile(rf"\b({_UNIT_WORDS})\.?\s*#?\s*(\d{{1,5}}[a-z]?|[a-z])(?![\w])", re.IGNORECASE)
_NUMBER_SAID = re.compile(r"(?<![月\d])(\d{1,5})\s?(号(?!楼|库|仓|线|门|机)|号楼|号库|号仓库?|栋|幢|楼|层|室|单元)(?!\s*(?:之?[前后]|送|到|发|交|左右))")
_HOUSE = re.compile("门牌|地址|楼|栋|幢|室|库|仓|层|单元")
_STREET_ZH = re.compile(r"[\u4e00-\u9fff]{1,6}(?:路|街|大道|巷|弄|道)")
_DENIED = re.compile(r"不是|而不是|\b(?:instead of|not|rather than)\b[^,.;]*", re.IGNORECASE)


def with_part(address: str, words: str, *, again: bool = False) -> str | None:
    """`address` with the part that `words` name in its place; None when they name no part that it has, or more than one reading is left.

    A bare house number (28号) may as well be a day: it counts only beside a word for it, or when the address was given just before (`again`).
    """
    said = _DENIED.sub(" ", words)
    if match := _ZIP_SAID.search(said):
        codes = list(_ZIP.finditer(address))
        return _put(address, codes[-1].span(), match.group(1)) if codes else None
    units = list(_UNIT_SAID.finditer(said))
    if len(units) == 1:
        held = list(_UNIT_SAID.finditer(address))
        new = f"{units[0].group(1).capitalize()} {units[0].group(2)}"
        if len(held) == 1:
            return _put(address, held[0].span(), new)
        return None
    numbers = list(_NUMBER_SAID.finditer(said))
    if len(numbers) == 1 and (again or _HOUSE.search(said)):
        held = [match for match in _NUMBER_SAID.finditer(address) if match.group(2) == numbers[0].group(2)]
        return _put(address, held[0].span(), f"{numbers[0].group(1)}{numbers[0].group(2)}") if len(held) == 1 else None
    return None


def merged(address: str, other: str) -> str | None:
    """`address` with its street put right by `other`, which names only the same street anew ("19 Main St" for "9 Main St, Dallas TX"); None otherwise."""
    first, comma, rest = address.partition(",")
    if comma and _letters(first) and _letters(first) == _letters(other):
        return f"{other.strip()}, {rest.strip()}"
    street = _STREET_ZH.match(other)
    if street and address.count(street.group()) == 1:
        return address[: address.index(street.group())] + other
    return None


def _letters(text: str) -> str:
    return "".join(char for char in plain(text) if char.isalpha())


def _put(address: str, span: tuple[int, int], new: str) -> str:
    return f"{address[: span[0]]}{new}{address[span[1] :]}"
