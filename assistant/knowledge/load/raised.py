"""Raised and lowered characters kept apart from the figure before them: 10³ never becomes 103; it reads no format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_UP = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_MAPPED = re.compile(r"[0-9+\-−–=()n⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ]+")
# ordinals, trade marks and stars stand raised and mean the same on the line
_SAME = re.compile(r"st|nd|rd|th|e|er|re|o|a|ª|º|°|tm|sm|[®™℠*†‡]+", re.IGNORECASE)
_MOST = 8
_SUP = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup\s*>", re.IGNORECASE)
_SUB = re.compile(r"<sub\b[^<>]*>([^<>]*)</sub\s*>", re.IGNORECASE)
LOST = "\ufffd"
_GLYPH = re.compile(r"\(cid:\d+\)")


def raised(text: str) -> str:
    """A superscript as plain text: digits and signs as their raised characters, other short ones behind a ^, ordinals and whole sentences as they are."""
    bare = text.strip()
    if not bare or len(bare) > _MOST or _SAME.fullmatch(bare):
        return text
    if _MAPPED.fullmatch(bare):
        return text.replace(bare, bare.translate(_UP))
    if re.fullmatch(r"[0-9,;*)\s]+", bare):
        return text.replace(bare, bare.translate(_UP))
    return text.replace(bare, f"^{bare}" if len(bare) == 1 else f"^({bare})")


def lowered(text: str, before: str) -> str:
    """A subscript as plain text: behind a letter as it is (H2O), behind a figure as lowered characters."""
    bare = text.strip()
    return text.replace(bare, bare.translate(_DOWN)) if bare and before[-1:].isdigit() and len(bare) <= _MOST else text


def place(chars: Sequence[Any]) -> tuple[int, list[str]]:
    """Sets raised and lowered characters of a PDF page on the line they belong to, in place. How many, and those that could not be placed.

    `chars` are pdfplumber's, with text, size, x0, x1, top, bottom, doctop. A glyph without a character becomes a visible sign of loss.
    """
    lost: list[str] = []
    for char in chars:
        if _GLYPH.search(char["text"]):
            lost.append(char["text"])
            char["text"] = LOST
    seen = [char for char in chars if char["text"].strip()]
    moved = 0
    base: Any = None
    for number, char in enumerate(seen):
        before = _base(char, base, seen, number)
        if before is None:
            if base is not None and _stray(char, seen[max(0, number - 60) : number + 60]):
                lost.append(char["text"])
                char["text"] = LOST
            base = char
            continue
        up = char["bottom"] < before["bottom"] - 0.12 * before["size"]
        char["text"] = raised(char["text"]) if up else lowered(char["text"], before["text"])
        moved += 1
        for key in ("top", "bottom", "size", "fontname", "doctop"):
            if key in char and key in before:
                char[key] = before[key]
        # a little closer than a blank
        char["x0"] = min(char["x0"], before["x1"] + 0.05 * before["size"])
        base = char
    return moved, lost


def _base(char: Any, last: Any, seen: Sequence[Any], number: int) -> Any | None:
    """The character on the line that a raised or lowered one follows; None for one that stands on a line itself."""
    if not re.match(r"[0-9+\-−–=()n*⁻]", char["text"]):
        return None
    # mostly the one drawn before; some programs draw all raised ones at the end
    if last is not None and _follows(char, last):
        return last
    near = [other for other in (*seen[max(0, number - 400) : number], *seen[number + 1 : number + 400]) if abs(other["x1"] - char["x0"]) < 3]
    return next((other for other in near if _follows(char, other)), None)


def _stray(char: Any, near: Sequence[Any]) -> bool:
    """Whether a small digit stands above the line it belongs to and touches none of its words."""
    if not char["text"].isdigit():
        return False
    for other in near:
        gap, size = char["x0"] - other["x1"], float(other["size"])
        over = min(char["bottom"], other["bottom"]) - max(char["top"], other["top"]) >= 0.25 * char["size"]
        if char["size"] < 0.8 * size and 0 < gap < 1.5 * size and over and other["bottom"] - char["bottom"] > 0.3 * size:
            return True
    return False


def _follows(char: Any, base: Any) -> bool:
    size = float(base["size"])
    smaller = char["size"] < 0.92 * size
    gap = char["x0"] - base["x1"]
    if not -0.15 * size <= gap <= (0.3 if smaller else 0.12) * size:
        return False
    overlap = min(char["bottom"], base["bottom"]) - max(char["top"], base["top"])
    if overlap < 0.25 * char["size"]:
        return False
    up, down = base["bottom"] - char["bottom"], char["bottom"] - base["bottom"]
    if smaller:
        # digits of a smaller face on the same line end where its letters end, a little higher
        return bool(up > 0.12 * size + 0.22 * (size - char["size"]) or (down > 0.02 * size and char["size"] < 0.85 * size))
    return bool(up > 0.2 * size)


def tagged(text: str) -> str:
    """A text with <sup> and <sub> of HTML written out."""
    if "<su" not in text.lower():
        return text
    text = _SUP.sub(lambda match: raised(match.group(1)), text)
    return _SUB.sub(lambda match: lowered(match.group(1), text[: match.start()]), text)
