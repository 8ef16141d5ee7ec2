"""Rows of a sheet as Markdown: blocks between empty rows, titles above tables, the header row found, label and value lists; it reads no file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.knowledge.load.model import Draft, Work
from assistant.knowledge.load.pipes import cell, is_header, is_labels, is_number, row, rule

Row = tuple[int, list[str]]  # its number in the file from 1, its cells


def write(rows: Sequence[Row], draft: Draft, work: Work, *, sheet: str = "", header: bool | None = None) -> None:
    """Writes `rows` (none of them empty). A gap in the numbers separates blocks where a header follows it.

    `header` says whether the first row names the columns; None lets its shape decide.
    """
    for block in _blocks(rows):
        for part in _beside(block) if sheet else [block]:
            _block(part, draft, work, sheet=sheet, header=header)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for number, cells in rows:
        if held and number > held[-1][0] + 1 and _begins(held, cells):
            yield held
            held = []
        held.append((number, cells))
    if held:
        yield held


def _beside(block: list[Row]) -> list[list[Row]]:
    """A block cut where two tables stand side by side: at an empty column with a header and names of their own on either side of it."""
    width = max(len(cells) for _, cells in block)
    filled = {number for _, cells in block for number in _filled(cells)}
    gaps = [number for number in range(min(filled, default=0), width) if number not in filled and number - 1 in filled]
    for gap in gaps:
        left = [(number, cells[:gap]) for number, cells in block if any(each.strip() for each in cells[:gap])]
        right = [(number, ["", *cells[gap + 1 :]]) for number, cells in block if any(each.strip() for each in cells[gap + 1 :])]
        if _is_table(left) and _is_table(right):
            return [left, *_beside(right)]
    return [block]


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether rows hold a header above names with figures beside them."""
    table = [[cells[at] for at in _filled(cells)] for _, cells in rows]
    start = next((at for at, cells in enumerate(table) if len(cells) > 1), len(table))
    head, body = table[start : start + 1], table[start + 1 :]
    if not head or not body or not is_header(head[0], width=len(head[0])):
        return False
    return all(not is_number(cells[0]) for cells in body) and sum(any(map(is_number, cells[1:])) for cells in body) > len(body) // 2


def _begins(held: Sequence[Row], cells: Sequence[str]) -> bool:
    """Whether a row behind an empty one starts something new: other columns, a title, or a header above figures."""
    before = held[-1][1]
    filled, above = _filled(cells), _filled(before)
    return len(filled) == 1 or len(above) == 1 or filled[0] != above[0] or (is_header(cells, width=len(filled)) and any(is_number(each) for each in before))


def _filled(cells: Sequence[str]) -> list[int]:
    return [number for number, each in enumerate(cells) if each.strip()]


def _block(rows: list[Row], draft: Draft, work: Work, *, sheet: str, header: bool | None) -> None:
    while rows and len({each for each in rows[0][1] if each.strip()}) == 1 and (len(rows) == 1 or _wider(rows)):
        number, cells = rows.pop(0)
        text = next(each for each in cells if each.strip())
        heading = bool(rows) and len(text) <= 60 and not text.endswith(("。", ".", "；", ";"))
        draft.block(f"### {text}" if heading else text, line=number, sheet=sheet)
    if not rows:
        return
    columns = sorted({number for _, cells in rows for number in _filled(cells)})
    grid = [(number, [cells[column] if column < len(cells) else "" for column in columns]) for number, cells in rows]
    named = is_header(grid[0][1], width=len(columns)) and len(grid) > 1 if header is None else header
    if named and header is None and len(columns) == 2 and is_labels([cells for _, cells in grid]):
        named = False
    if not named and len(columns) == 2:
        for number, cells in grid:
            draft.put(f"- {cell(cells[0])}: {cell(cells[1])}" if cells[0] and cells[1] else f"- {cell(cells[0] or cells[1])}", line=number, sheet=sheet)
        draft.gap()
        return
    if len(columns) == 1:
        for number, cells in grid:
            draft.block(cells[0], line=number, sheet=sheet)
        return
    _table(grid, draft, work, sheet=sheet, named=named)


def _wider(rows: Sequence[Row]) -> bool:
    """Whether a single filled cell stands above rows with more of them."""
    return len({each for each in rows[1][1] if each.strip()}) > 1 or (len(rows) > 2 and len(_filled(rows[2][1])) > 1)


def _table(grid: list[Row], draft: Draft, work: Work, *, sheet: str, named: bool) -> None:
    names = grid[0][1] if named else [""] * len(grid[0][1])
    body = grid[1:] if named else grid
    if named and len(body) > 1 and _doubled(names, body[0][1]):
        names = [f"{above} {below}" if below and above != below else above or below for above, below in zip(names, body[0][1], strict=True)]
        body = body[1:]
    draft.gap()
    draft.put(row(names), line=grid[0][0], sheet=sheet)
    draft.put(rule(len(names)), line=grid[0][0], sheet=sheet)
    for done, (number, cells) in enumerate(body):
        if done % 2000 == 1999:
            work.check(f"row {number:,}")
        if len({each for each in cells if each}) == 1 and len(cells) > 2 and cells[0] and len(_filled(cells)) > 2:
            cells = [cells[0], *[""] * (len(cells) - 1)]  # a title merged across the table
        draft.put(row(cells), line=number, sheet=sheet)
    draft.gap()


def _doubled(names: Sequence[str], below: Sequence[str]) -> bool:
    """A header of two rows: names repeat in the first (merged cells), and the second holds words only."""
    filled = [each for each in names if each]
    repeated = len(set(filled)) < len(filled)
    return repeated and all(not is_number(each) for each in below) and len(set(filter(None, below))) == len(list(filter(None, below)))
