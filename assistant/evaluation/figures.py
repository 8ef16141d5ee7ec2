"""Finds the figures in a text: dates, times, amounts, percentages, codes and plain numbers, each once; where they come from is `grounding.py`'s question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["date", "time", "money", "percent", "code", "masked", "number"]
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_PATTERNS = (
    ("marker", r"(?:(?<=^)|(?<=[\s:：；;，,、]))\d{1,2}\)(?=\s)"),
    ("masked", r"\+?\d[\d-]*\*+[\d-]*|\w\*{2,}@\S*\w"),
    ("iso", r"(?<!\d)(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)"),
    ("zh", r"(?:(?P<zy>\d{4})\s*年\s*)?(?P<zm>\d{1,2})\s*月\s*(?P<zd>\d{1,2})\s*[日号號]"),
    ("en", rf"\b(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{_MONTH})\b\.?,?(?:\s+(?P<ey>\d{{4}})\b)?"),
    ("us", rf"\b(?P<um>{_MONTH})\.?\s+(?P<ud>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<uy>\d{{4}})\b(?!\s*年))?"),
    ("time", r"(?<!\d)(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?!\d)"),
    (
        "money",
        r"(?P<sign>-)?(?:US\$|HK\$|NT\$|C?A?\$|[€£¥￥₩₹]|RMB|USD|EUR|CNY)\s?(?P<mv>\d[\d,]*(?:\.\d+)?)|(?P<mt>\d[\d,]*(?:\.\d+)?)\s?(?:USD|RMB|EUR|美元|美金|dollars?\b|元|欧元)",
    ),
    ("percent", r"(?P<pv>\d+(?:\.\d+)?)\s?(?:[%％]|percent\b|per cent\b)|百分之(?P<pz>\d+)"),
    ("code", r"#?(?=[A-Za-z\d_.·/-]*[A-Za-z])(?=[A-Za-z\d_.·/-]*\d)[A-Za-z\d]+(?:[-_./][A-Za-z\d]+)*"),
    ("number", r"#?(?P<nv>\d[\d,]*(?:\.\d+)?)"),
)
_ALL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS), re.IGNORECASE | re.ASCII)
_UNIT = re.compile(r"\d{1,6}(?:\.\d+)?(?:[a-z]{1,4}|MPa|kPa|kW|kN|mA|Hz|V|A|H)(?:/[a-z])?", re.IGNORECASE)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}


@dataclass(frozen=True, slots=True)
class Figure:
    """`value`: a date, "09:00", a Decimal, or the code in upper case without its signs. A date without its year has `value` (month, day)."""

    kind: Kind
    value: date | tuple[int, int] | Decimal | str
    text: str


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order; list markers ("1)") are none."""
    return tuple(_found(text.translate(_WIDE)))


def _found(text: str) -> Iterator[Figure]:
    for match in _ALL.finditer(text):
        words = match.group()
        match match.lastgroup:
            case "marker":
                continue
            case "iso" | "zh" | "en" | "us" as form:
                yield _date(match, form) or Figure("number", Decimal(re.sub(r"\D", "", words) or "0"), words)
            case "time":
                yield Figure("time", f"{int(match['hour']):02d}:{match['minute']}", words)
            case "money":
                yield Figure("money", number(match["mv"] or match["mt"]), words)
            case "percent":
                yield Figure("percent", number(match["pv"] or match["pz"]), words)
            case "masked":
                yield Figure("masked", words, words)
            case "code":
                yield from _code(words)
            case _:
                yield Figure("number", number(match["nv"]), words)


def _code(words: str) -> Iterator[Figure]:
    """A quantity written together with its unit ("24mo", "32m") is a number, anything else a code."""
    if _UNIT.fullmatch(words):
        yield Figure("number", number(re.match(r"\d+(?:\.\d+)?", words).group()), words)  # type: ignore[union-attr]
        return
    yield Figure("code", squeezed(words), words)


def squeezed(text: str) -> str:
    """A code or a text without case, blanks, hyphens and hash signs, so that "p 100" is found in "P-100"."""
    return re.sub(r"[\s#_\-–·]", "", text).upper()


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _date(match: re.Match[str], form: str) -> Figure | None:
    letter = form[0]
    year, month, day = match[f"{letter}y"], match[f"{letter}m"], int(match[f"{letter}d"])
    month_number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower())
    try:
        date(int(year or 2024), month_number, day)
    except ValueError:
        return None
    return Figure("date", date(int(year), month_number, day) if year else (month_number, day), match.group())
