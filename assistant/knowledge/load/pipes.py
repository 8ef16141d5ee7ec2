"""Rows of cells as Markdown pipe tables, and which row is the header; it reads no file."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMERIC = re.compile(r"[-+±≥≤<>~≈]?\s*(?:[$€£¥￥]|RMB|USD|CNY|EUR)?\s*\d[\d,.\s/:×xX*-]*(?:\s?[%‰]|\s?[^\d\s]{1,8})?")
_LETTERS = re.compile(r"[-+\d.,\s:/×x*]+")
_VALUE = re.compile(r"(?i)value|data|spec|rating|description|detail|remark|note|price|值|数据|参数|规格|说明|描述|内容|备注|单价|价格|數據|參數|規格|說明|內容")
_BREAK = re.compile(r"\s*\n\s*")


def cell(text: str) -> str:
    """A cell's text on one line with its pipes escaped."""
    return _BREAK.sub(" ", text.replace("\r", "\n").strip()).replace("|", "\\|") if text else ""


def row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell(each) for each in cells) + " |"


def rule(width: int) -> str:
    return "|" + " --- |" * width


def table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table whose first row is the header; rows are padded to the widest one. Empty for no rows."""
    width = max((len(each) for each in rows), default=0)
    if not width:
        return ""
    padded = headed([[*each, *[""] * (width - len(each))] for each in rows])
    return "\n".join([row(padded[0]), rule(width), *(row(each) for each in padded[1:])])


def squeeze(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """`rows` without those and the columns that are empty throughout."""
    kept = [[each.strip() for each in line] for line in rows if any(each.strip() for each in line)]
    width = max((len(line) for line in kept), default=0)
    padded = [[*line, *[""] * (width - len(line))] for line in kept]
    columns = [number for number in range(width) if any(line[number] for line in padded)]
    return [[line[number] for number in columns] for line in padded]


def headed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows whose header of two lines is one: where cells of the first span columns that the second one names ("Flow" over "min" and "max")."""
    found = [list(line) for line in rows]
    if len(found) < 3 or not found[0] or len(found[0]) != len(found[1]):
        return found
    above, below = found[0], found[1]
    spanned = {at for at in range(len(above)) if above[at] and above[at] in (above[at - 1] if at else "", above[at + 1] if at + 1 < len(above) else "")}
    if not spanned or len({below[at] for at in spanned}) < len(spanned) or any(not below[at] or is_number(below[at]) for at in spanned):
        return found
    if any(below[at] not in ("", above[at]) for at in range(len(above)) if at not in spanned and above[at]):
        return found
    joined = [f"{one} {other}".strip() if one != other else one for one, other in zip(above, below, strict=True)]
    return [joined, *found[2:]]


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, with or without unit: a value, not a name."""
    return bool(_NUMERIC.fullmatch(text.strip())) and len(text) < 40


def block(rows: Sequence[Sequence[str]]) -> str:
    """A table whose first row may be its header: labels with values become a list, figures in the first row get a header without names."""
    if len(rows) < 2 or (len(rows[0]) == 2 and is_labels(rows)):
        return "\n".join(
            f"- {cell(line[0])}: {cell(line[1])}" if len(line) == 2 and all(line) else "- " + " ".join(filter(None, map(cell, line))) for line in rows
        )
    if is_header(rows[0], width=len(rows[0])) or not any(is_number(each) for each in rows[0]):
        return table(rows)
    return table([[""] * len(rows[0]), *rows])


def is_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Whether two columns are labels and their values, the first row being one of them: it holds a figure, labels end in colons, or values differ in kind."""
    if is_number(rows[0][1]) or sum(line[0].endswith((":", "：")) for line in rows) > len(rows) // 2:
        return True
    kinds = {_LETTERS.sub("", each).strip() if is_number(each) else "words" for _, each in rows[1:]}
    return len(kinds) > 1 and len(rows) > 2 and not _VALUE.search(rows[0][1])


def is_header(cells: Sequence[str], *, width: int) -> bool:
    """Whether a row names columns: most of them filled, short, different and no figures (a year may be one)."""
    filled = [each for each in cells if each.strip()]
    if not filled or len(filled) < max(2, (width + 1) // 2) or len({each.strip() for each in filled}) < max(2, len(filled) // 2):
        return False
    figures = sum(is_number(each) and not re.fullmatch(r"(?:19|20)\d\d\s?年?", each.strip()) for each in filled)
    return figures * 4 <= len(filled) and all(len(each) <= 80 for each in filled)
