"""Headers and footers that a program printed into a text between its pages, told by page numbers that count on or by what they say; it removes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

# so many pages make a running line; so many repeats of one that says what it is make one without a page number
PAGES, REPEATS = 3, 4
NEAR, LONGEST = 3, 120
_DIGITS = re.compile(r"\d+")
_DATES = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?|\d{1,2}:\d{2}(?::\d{2})?")
_SPACE = re.compile(r"\s+")
_PAGE = re.compile(
    r"\b(?:page|p\.|pg\.?|sheet|seite)\s*[:：#]?\s*(\d{1,4})|第\s*(\d{1,4})\s*[页頁张張]"
    r"|[页頁][码碼次]?\s*[:：]?\s*(\d{1,4})|^\W{0,3}(\d{1,4})\s*(?:/|of)\s*\d{1,4}\W{0,3}$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:printed|print(?:ed)? (?:by|on)|exported?|confidential(?:ity)?|internal use|all rights reserved|copyright"
    r"|rev(?:ision)?\.? ?\d|do not distribute)\b|[©]|\(c\) \d{4}"
    r"|机密|機密|密级|密級|保密|打印|列印|导出|匯出|版权|版權|内部(?:资料|文件|使用|系统)|內部(?:資料|文件|使用|系統)|仅供|僅供|制表|製表",
    re.IGNORECASE,
)


def stamps(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that are running headers or footers. `lines` are those of a text, blank ones too.

    A line with a page number that counts on at least `PAGES` times is one; lines beside it that stand there on most pages are, too; and one that names itself
    (printed by, confidential) and comes `REPEATS` times, its figures aside.
    """
    full = [number for number, line in enumerate(lines) if line.strip()]
    keys = {number: _key(lines[number]) for number in full}
    counted = {number for group in _alike(full, keys).values() for number in _counting(group, lines)}
    found = set(counted)
    if counted:
        found |= _beside(full, {number: _dated(lines[number]) for number in full}, counted)
    for key, group in _alike(full, keys).items():
        if len(group) >= REPEATS and len(key) <= LONGEST and any(_SAYS.search(lines[number]) for number in group) and _apart(group, full):
            found.update(group)
    return found


def _key(line: str) -> str:
    return _DIGITS.sub("#", _SPACE.sub(" ", line.strip()).lower())


def _dated(line: str) -> str:
    """A line with its dates and times taken out: other figures are what a page says."""
    return _DATES.sub("#", _SPACE.sub(" ", line.strip()).lower())


def _alike(full: Sequence[int], keys: dict[int, str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for number in full:
        groups.setdefault(keys[number], []).append(number)
    return groups


def _counting(group: Sequence[int], lines: Sequence[str]) -> Iterator[int]:
    """The lines of a group whose page numbers go up by one, from one line to the next."""
    if len(group) < PAGES or len(lines[group[0]].strip()) > LONGEST:
        return
    pages = [_page(lines[number]) for number in group]
    steps = sum(two == one + 1 for one, two in pairwise(pages) if one is not None and two is not None)
    if steps >= PAGES - 1 and 2 * steps >= len(group) - 1:
        yield from group


def _page(line: str) -> int | None:
    match = _PAGE.search(line.strip())
    return int(next(group for group in match.groups() if group)) if match else None


def _beside(full: Sequence[int], keys: dict[int, str], counted: set[int]) -> set[int]:
    """Lines that stand next to the counted ones on at least half of the pages, in the same place, with nothing kept between."""
    spots = {number: at for at, number in enumerate(full)}
    found: set[int] = set()
    for side in (-1, 1):
        reached = {number: spots[number] for number in counted}
        for _ in range(NEAR):
            places = {number: at + side for number, at in reached.items() if 0 <= at + side < len(full)}
            said = Counter(keys[full[at]] for at in places.values())
            most = [key for key, count in said.items() if count >= PAGES and 2 * count >= len(counted) and (key[-1] not in ".。!！;；" or _SAYS.search(key))]
            reached = {number: at for number, at in places.items() if keys[full[at]] in most and len(keys[full[at]]) <= LONGEST}
            found |= {full[at] for at in reached.values()}
    return found


def _apart(group: Sequence[int], full: Sequence[int]) -> bool:
    """Whether other lines stand between the repeats."""
    spots = {number: at for at, number in enumerate(full)}
    return all(spots[two] - spots[one] > 1 for one, two in pairwise(group))
