"""Stored spreadsheet values as a reader sees them: number formats, percentages, dates (always ISO); formulas are not computed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

# built-in formats that are not "General" (ECMA-376 part 1, 18.8.30)
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 30: "m/d/yy", 31: "yyyy-mm-dd", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 57: "yyyy-mm", 58: "m-d",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|_.|\*.')
_BRACKET = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")
_PLACE = 0xE000  # private characters stand for literals while a format is read
_MOST_SERIAL = 2_958_465  # the last day of the year 9999


def shown(value: str, code: str, *, epoch_1904: bool = False) -> str:
    """A stored number under its format code: `0.15` under `0%` is 15%, `46000` under a date format is an ISO date; "General" up to 15 digits."""
    if code == "@":
        return value.strip()
    try:
        number = float(value)
    except ValueError:
        return value.strip()
    if number != number or number in (float("inf"), float("-inf")):
        return value.strip()
    first = _section(code, number)
    bare = _BRACKET.sub("", _LITERAL.sub("", first))
    if not code or code.lower() == "general" or "general" in bare.lower():
        return plain_number(number)
    if _DATE.search(bare) and not _DIGITS.search(re.sub(r"(?i)s\.0+", "s", bare)):
        return _moment(number, bare.lower(), epoch_1904)
    return _figure(number, first)


def _section(code: str, number: float) -> str:
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    if number < 0 and len(parts) > 1 and parts[1].strip():
        return parts[1] if "-" in parts[1] or "(" in parts[1] else f"-{parts[1]}"
    return parts[2] if number == 0 and len(parts) > 2 and _DIGITS.search(parts[2]) else parts[0]


def plain_number(number: float) -> str:
    """A number without the noise of binary fractions: 0.1 + 0.2 is 0.3."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    return text if "e" not in text else f"{number:.15f}".rstrip("0").rstrip(".") if 1e-9 < abs(number) < 1 else text


@lru_cache(maxsize=512)
def _affixes(code: str) -> tuple[str, str, int, bool, int]:
    """(before, after, decimals, thousands, thousands scaled away) of a number format; the decimals are -1 for a format without digits."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next((group for group in match.groups() if group is not None), ""))
        return chr(_PLACE + len(literals) - 1)

    marked = _BRACKET.sub("", _LITERAL.sub(keep, code))
    digits = _DIGITS.search(marked)
    if digits is None or re.search(r"/|[eE][+-]", marked[digits.end() :]):  # text, a fraction, an exponent
        return "", "", -1, False, 0

    def back(text: str) -> str:
        return "".join(literals[ord(char) - _PLACE] if 0 <= ord(char) - _PLACE < len(literals) else char for char in text)

    pattern = digits.group()
    scaled = len(pattern) - len(pattern.rstrip(","))
    pattern = pattern.rstrip(",")
    decimals = len(pattern.partition(".")[2])
    return back(marked[: digits.start()]), back(marked[digits.end() :]), decimals, "," in pattern, scaled


def _figure(number: float, code: str) -> str:
    before, after, decimals, thousands, scaled = _affixes(code)
    if decimals < 0:
        return plain_number(number)
    if number < 0 and ("(" in before or before.startswith("-")):
        number = -number
    if "%" in before + after:
        number *= 100
    number /= 1000**scaled
    return f"{before}{number:{',' if thousands else ''}.{decimals}f}{after}".strip()


def _moment(serial: float, code: str, epoch_1904: bool) -> str:
    if not 0 <= serial <= _MOST_SERIAL:
        return plain_number(serial)
    has_day, has_time = bool(re.search("[yd]", code)) or ("m" in code and not re.search("[hs]", code)), bool(re.search("[hs]", code))
    epoch = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
    at = epoch + timedelta(seconds=round(serial * 86_400))
    clock = at.strftime("%H:%M:%S" if at.second else "%H:%M")
    if "[h" in code or (has_time and not has_day and serial >= 1):
        minutes, seconds = divmod(round(serial * 86_400), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    if not has_day:
        return clock
    if "y" in code and "d" not in code:
        return at.strftime("%Y-%m")
    if "y" not in code and "d" in code and "m" in code:
        return at.strftime("%m-%d")
    return f"{at.date().isoformat()} {clock}" if has_time and clock != "00:00" else at.date().isoformat()


def spoken(value: object) -> str:
    """A value of a typed reader: numbers without noise, dates and times in ISO form, TRUE and FALSE."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return plain_number(float(value))
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        case _:
            return str(value).strip()
