"""Numbers said as a quantity of goods that are none: fractions of a piece, less than nothing, powers of ten, more than anybody could order; no counts."""

from __future__ import annotations

import re

from assistant.understanding.slots.counts import UNIT, UNIT_EN, UNIT_ZH
from assistant.understanding.slots.scan import GONE, Scan

_UNIT = rf"\s?(?:{UNIT_ZH}|{UNIT_EN})"
_POWER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?e[+-]?\d{1,3}(?!\w)", re.ASCII)
_PARTS = re.compile(r"(?<![\w.])[-+]?\d+\.\d*[1-9]\d*(?![\d.]|\s?(?:[万千百%]|k(?![a-z])))", re.ASCII)
_PIECE_AND_A_HALF = re.compile(r"(?<![\w.])(?:\d{1,4}|[一二两三四五六七八九十]{1,3})[台件套只根]半(?!价|年|天|月)")
_NEGATIVE = re.compile(r"(?<![\w)\]-])-\s?\d{1,12}(?![\d.:/-])|负\s?(?:\d{1,9}|[一二两三四五六七八九十百]{1,4})|\b(?:minus|negative)\s+\d{1,9}(?!\d)", re.ASCII)
_HUGE = re.compile(r"(?<![\w.-])(?:\d{8,30}|\d{1,3}(?:,\d{3}){3,9})(?![\d.:/-])", re.ASCII)
# sums, scales that go on, and one of two: said shortly, and anybody's guess
_GUESSED = re.compile(
    r"(?<![\w.-])\d{1,4}\s?[x×*]\s?\d{1,4}(?![\w.-])|(?<![\w.-])\d{1,3}(?:k|[万千百w])\d{1,3}(?![\w.]|[万千百])|(?<![\w.-])\d{1,5}\s?(?:or|或者?"
    r"|还是)\s?\d{1,5}(?![\w.:/-])",
    re.ASCII,
)
_OR = re.compile(r"or|或|还是")
_SET_TO = re.compile(
    r"(?:改成|改为|改到|变成|调成|调到|调整[为到]|换成|数量[是为:：]?|\b(?:qty|quantity|count)(?:\s+(?:is|to|of))?[:=]?|\bmake\s+(?:it|that)"
    r"|\b(?:chang|set|adjust|updat|amend|modif)\w*\b[^.;!?]{0,50}?\bto)\s*$",
    re.ASCII,
)
ASKED = ("quantity", "items")


def read_uncounted(scan: Scan) -> bool:
    """Adds the slot `quantity` with what cannot be one (note "unusable", or "huge"); whether there is any."""
    fraction = _fraction(scan)
    if fraction is not None:
        # a date may have been read in it: 1.5 of a day in January
        scan.add("quantity", {"unusable": scan.text[fraction[0] : fraction[1]].strip()}, fraction, note="unusable")
        return True
    for pattern, note in ((_GUESSED, "unusable"), (_POWER, "unusable"), (_PIECE_AND_A_HALF, "unusable"), (_NEGATIVE, "unusable"), (_HUGE, "huge")):
        for match in pattern.finditer(scan.rest):
            unit = UNIT.match(scan.rest, match.end())
            before = scan.rest[max(0, match.start() - 60) : match.start()]
            alone = not re.sub(rf"[\s.!！。?？吧呢{GONE}]", "", before + scan.rest[unit.end() if unit else match.end() :])
            meant = bool(unit) or _SET_TO.search(before) is not None or (alone and scan.expecting in ASKED)
            if pattern is _GUESSED and unit and _OR.search(match.group()):
                continue  # with their unit they are read as a range
            if pattern is _NEGATIVE and not (_SET_TO.search(before) or alone):
                continue
            if not meant and pattern is not _PIECE_AND_A_HALF:
                continue
            span = (match.start(), unit.end() if unit else match.end())
            scan.add("quantity", {"unusable": scan.text[span[0] : span[1]].strip()}, span, note=note)
            scan.claim(*span)
            return True
    return False


def _fraction(scan: Scan) -> tuple[int, int] | None:
    """Where a part of a piece is said: with a word for pieces or a product behind it, or alone where a number of them was asked for."""
    for match in _PARTS.finditer(scan.plain):
        unit = UNIT.match(scan.plain, match.end())
        alone = not re.sub(r"[\s.!！。?？吧呢]", "", scan.plain[: match.start()] + scan.plain[match.end() :])
        goods = any(slot.start - match.end() in (0, 1) for slot in scan.of("product", "unknown_product"))
        if unit and unit.group().strip() == "吨":
            # that is what something weighs
            continue
        if unit or goods or (alone and scan.expecting in ASKED):
            return match.start(), unit.end() if unit else match.end()
    return None
