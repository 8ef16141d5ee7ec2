"""One PDF page as lines in reading order with their shape, and its tables; it joins no paragraphs and knows no other page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from assistant.knowledge.load.layout import ends_sentence
from assistant.knowledge.load.pipes import squeeze
from assistant.knowledge.load.raised import place

_MOST_CHARS = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line, or a table (then `table` holds its rows and the text its first one). Measures in points from the top left."""

    text: str
    page: int
    top: float
    bottom: float
    size: float
    bold: bool = False
    alone: bool = True  # nothing close above or below in the same paragraph shape
    left_indent: float = 0.0
    right_gap: float = 0.0
    column: int = 0
    column_width: float = 0.0
    table: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its lines in reading order, hidden text, and whether it is a picture only; how many raised characters were placed, and which were lost."""

    rows: list[Row]
    hidden: str = ""
    scanned: bool = False
    placed: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that stand together on one line."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    cells: list[list[str]] = field(default_factory=list)
    columns: tuple[tuple[_Piece, ...], ...] = ()


def read_page(page: Any, number: int) -> Sheet:
    """Reads a pdfplumber page. Hidden is what is white on white, smaller than 1 pt or off the page."""
    chars = page.chars[:_MOST_CHARS]
    unseen = [char for char in chars if _unseen(char, page)]
    images = sum(max(0.0, each["x1"] - each["x0"]) * max(0.0, each["bottom"] - each["top"]) for each in page.images)
    if len(chars) - len(unseen) < 3:
        return Sheet([], _text(unseen), scanned=images > 0.2 * float(page.width * page.height))
    if unseen:
        whole = page
        page = page.filter(lambda each: each["object_type"] != "char" or not _unseen(each, whole))
    placed, lost = place(page.chars)
    tables = _tables(page)
    words = page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False, x_tolerance_ratio=0.18, y_tolerance=3)
    words = [word for word in words if not any(_inside(word, box) for box, _ in tables)]
    pieces = _aligned([piece for line in _lines(words) for piece in _split(line)])
    pieces += [_Piece(rows[0][0], box[0], box[2], box[1], box[3], 0.0, False, rows) for box, rows in tables]
    return Sheet(list(_order(pieces, number)), _text(unseen), placed=placed, lost=tuple(lost))


def _text(chars: Sequence[Any]) -> str:
    return "".join(char["text"] for char in chars).strip()


def _unseen(char: Any, page: Any) -> bool:
    if not char["text"].strip():
        return False
    if char["size"] < 1 or char["x1"] < 0 or char["x0"] > page.width or char["bottom"] < 0 or char["top"] > page.height:
        return True
    return _white(char.get("non_stroking_color")) and not any(_covers(each, char) for each in (*page.rects, *page.images))


def _white(colour: Any) -> bool:
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    return (len(colour) in (1, 3) and all(part >= 0.99 for part in colour)) or (len(colour) == 4 and all(part <= 0.01 for part in colour))


def _covers(box: Any, char: Any) -> bool:
    """Whether something is painted behind a white character."""
    painted = box.get("fill", True) and not _white(box.get("non_stroking_color"))
    return (
        bool(painted) and box["x0"] <= char["x0"] + 1 and box["x1"] >= char["x1"] - 1 and box["top"] <= char["top"] + 2 and box["bottom"] >= char["bottom"] - 2
    )


def _inside(word: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1)


def _tables(page: Any) -> list[tuple[tuple[float, float, float, float], list[list[str]]]]:
    """Ruled tables of at least two rows and two columns; a merged cell's text is repeated to its right and below."""
    if len(page.rects) + len(page.lines) + len(page.curves) < 4 or len(page.edges) > 20_000:
        return []
    found = []
    for each in page.find_tables():
        rows = [
            [re.sub(r"(?<=[\u2e80-\uffef])\s*\n\s*(?=[\u2e80-\uffef])", "", cell or "").replace("\n", " ").strip() for cell in line]
            for line in each.extract(x_tolerance_ratio=0.18)
        ]
        spanned = _spans(each, rows)
        kept = squeeze(spanned)
        if len(kept) >= 2 and len(kept[0]) >= 2 and sum(bool(cell) for line in kept for cell in line) >= 0.4 * len(kept) * len(kept[0]):
            found.append((each.bbox, kept))
    return found


def _spans(found: Any, rows: list[list[str]]) -> list[list[str]]:
    """Fills the cells that a merged one covers: those are None in the table, an empty one is not."""
    filled = [list(line) for line in rows]
    for y, line in enumerate(found.rows):
        for x, cell in enumerate(line.cells):
            if cell is not None or y >= len(filled) or x >= len(filled[y]):
                continue
            beside = line.cells[x - 1] if x else None
            if x and (beside is not None or filled[y][x - 1]) and _reaches(found, y, x):
                filled[y][x] = filled[y][x - 1]
            elif y:
                filled[y][x] = filled[y - 1][x]
    return filled


def _reaches(found: Any, y: int, x: int) -> bool:
    """Whether a cell to the left in row `y` is wide enough to cover column `x`."""
    column = next((row.cells[x] for row in found.rows if row.cells[x] is not None), None)
    if column is None:
        return True
    middle = (column[0] + column[2]) / 2
    return any(cell is not None and cell[0] <= middle <= cell[2] for cell in found.rows[y].cells[:x])


def _lines(words: list[Any]) -> Iterator[list[Any]]:
    """Words of one line together, from left to right; lines from the top."""
    held: list[Any] = []
    for word in sorted(words, key=lambda each: ((each["top"] + each["bottom"]) / 2, each["x0"])):
        if held:
            middle = (word["top"] + word["bottom"]) / 2
            if not any(each["top"] <= middle <= each["bottom"] for each in held[-3:]):
                yield sorted(held, key=lambda each: float(each["x0"]))
                held = []
        held.append(word)
    if held:
        yield sorted(held, key=lambda each: float(each["x0"]))


def _split(line: list[Any]) -> Iterator[_Piece]:
    """A line cut at gaps wider than any blank between words."""
    held = [line[0]]
    for word in line[1:]:
        if word["x0"] - held[-1]["x1"] > max(1.2 * word["size"], 8.0):
            yield _piece(held)
            held = []
        held.append(word)
    yield _piece(held)


def _piece(words: list[Any]) -> _Piece:
    text = words[0]["text"]
    for one, other in pairwise(words):
        tight = other["x0"] - one["x1"] < 0.35 * other["size"] and (_wide(one["text"][-1]) or _wide(other["text"][0]))
        text += other["text"] if tight else f" {other['text']}"
    size = round(2 * median(word["size"] for word in words)) / 2
    bold = all(re.search(r"bold|black|heavy|semibold|demi", word["fontname"], re.IGNORECASE) is not None for word in words)
    return _Piece(
        text, words[0]["x0"], max(word["x1"] for word in words), min(word["top"] for word in words), max(word["bottom"] for word in words), size, bold
    )


def _wide(char: str) -> bool:
    return char >= "\u2e80"


def _aligned(pieces: list[_Piece]) -> list[_Piece]:
    """Tables without rules: at least three lines running with the same number of short pieces that begin at the same places become tables.

    Where each column is one running text, they are columns to be read one after the other.
    """
    lines = [list(group) for _, group in groupby(pieces, key=lambda piece: round(piece.top))]
    kept: list[_Piece] = []
    number = 0
    while number < len(lines):
        count = _alike(lines, number)
        if count >= 3:
            block = lines[number : number + count]
            flat = [piece for line in block for piece in line]
            cells = [[piece.text for piece in line] for line in block]
            columns = tuple(zip(*block, strict=True))
            prose = columns if all(map(_runs_on, columns)) else ()
            kept.append(
                _Piece(
                    cells[0][0],
                    min(p.x0 for p in flat),
                    max(p.x1 for p in flat),
                    min(p.top for p in flat),
                    max(p.bottom for p in flat),
                    0.0,
                    False,
                    cells,
                    prose,
                )
            )
            number += count
        else:
            kept += lines[number]
            number += 1
    return kept


def _alike(lines: list[list[_Piece]], first: int) -> int:
    """How many lines from `first` on form a table without rules."""
    head = lines[first]
    if len(head) < 2:
        return 0
    count = 1
    while first + count < len(lines):
        line = lines[first + count]
        if len(line) != len(head) or line[0].top - lines[first + count - 1][0].bottom > 2.5 * line[0].size or not all(map(_same_column, head, line)):
            break
        count += 1
    pieces = [piece for line in lines[first : first + count] for piece in line]
    return count if sum(len(piece.text) for piece in pieces) / len(pieces) <= 25 and max(len(piece.text) for piece in pieces) <= 70 else 0


def _runs_on(column: Sequence[_Piece]) -> bool:
    """Whether the lines of a column are one running text, each going on in the next, and no cells."""
    wide = max(piece.x1 - piece.x0 for piece in column)
    going_on = 0
    for one, other in pairwise(column):
        if _wide(one.text[-1]) and _wide(other.text[0]):
            going_on += one.x1 - one.x0 > wide - 2.2 * one.size and len(one.text) >= 6 and not ends_sentence(one.text)
        else:
            going_on += not ends_sentence(one.text) and other.text[0].islower() and " " in one.text
    prose = any(re.search(r"[，。；]|[.,;](?:\s|$)", piece.text) for piece in column)
    return prose and 2 * going_on >= len(column) - 1


def _same_column(one: _Piece, other: _Piece) -> bool:
    return abs(one.x0 - other.x0) < 3 or abs(one.x1 - other.x1) < 3 or abs(one.x0 + one.x1 - other.x0 - other.x1) < 6


def _order(pieces: list[_Piece], number: int) -> Iterator[Row]:
    """Pieces in reading order: what spans the page cuts it into bands, a band with a gutter is read column by column."""
    if not pieces:
        return
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    pieces = sorted(pieces, key=lambda piece: (piece.top, piece.x0))
    gutter = _gutter(pieces, left, right)
    if gutter is None:
        yield from _rows(pieces, number, 0)
        return
    band: list[_Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and not piece.x0 < gutter - 2 < gutter + 2 < piece.x1:
            band.append(piece)
            continue
        for column, side in enumerate(([each for each in band if each.x1 <= gutter + 2], [each for each in band if each.x1 > gutter + 2])):
            for row in _order(side, number):
                yield Row(
                    row.text,
                    number,
                    row.top,
                    row.bottom,
                    row.size,
                    row.bold,
                    row.alone,
                    row.left_indent,
                    row.right_gap,
                    2 * row.column + column + 1,
                    row.column_width,
                    row.table,
                )
        band = []
        if piece is not None:
            yield from _rows([piece], number, 0)


def _gutter(pieces: list[_Piece], left: float, right: float) -> float | None:
    """The x of a gap between two columns of running text; None where there is one column, or a list of short pairs."""
    if right - left < 150 or len(pieces) < 8:
        return None
    best: tuple[int, float] | None = None
    for x in sorted({round(piece.x0 - 3) for piece in pieces if left + 0.2 * (right - left) < piece.x0 < left + 0.8 * (right - left)}):
        crossing = [piece for piece in pieces if piece.x0 < x - 2 and piece.x1 > x + 2]
        before, behind = [piece for piece in pieces if piece.x1 <= x + 2], [piece for piece in pieces if piece.x0 >= x - 2]
        if len(crossing) > 0.35 * len(pieces) or min(len(before), len(behind)) < 4:
            continue
        if not (_full(before, left, x) and _full(behind, x, right)):
            continue
        if best is None or len(crossing) < best[0]:
            best = (len(crossing), float(x))
    return best[1] if best else None


def _full(side: list[_Piece], left: float, right: float) -> bool:
    """Whether the lines of a side fill it as running text does."""
    tops = {round(piece.top) for piece in side}
    return len(tops) >= 4 and median(piece.x1 - piece.x0 for piece in side) > 0.5 * (right - left)


def _rows(pieces: list[_Piece], number: int, column: int) -> Iterator[Row]:
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    merged = [piece for line in _same_line(pieces) for piece in line]
    for at, piece in enumerate(merged):
        if piece.columns:
            for place, lines in enumerate(piece.columns):
                yield from _rows(list(lines), number, column + place + 1)
            continue
        above, below = merged[at - 1] if at else None, merged[at + 1] if at + 1 < len(merged) else None
        near_above = (
            above is not None and not above.cells and piece.top - above.bottom < 0.8 * piece.size and above.bold == piece.bold and above.size == piece.size
        )
        near_below = (
            below is not None and not below.cells and below.top - piece.bottom < 0.8 * piece.size and below.bold == piece.bold and below.size == piece.size
        )
        yield Row(
            piece.text, number, piece.top, piece.bottom, piece.size, piece.bold, not (near_above or near_below), piece.x0 - left, right - piece.x1, column,
            right - left, piece.cells,
        )  # fmt: skip


def _same_line(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces side by side become one line again where no column was found."""
    held: list[_Piece] = []
    for piece in pieces:
        if held and (piece.cells or held[-1].cells or not held[-1].top <= (piece.top + piece.bottom) / 2 <= held[-1].bottom):
            yield [_joined(held)]
            held = []
        held.append(piece)
    if held:
        yield [_joined(held)]


def _joined(pieces: list[_Piece]) -> _Piece:
    if len(pieces) == 1:
        return pieces[0]
    pieces = sorted(pieces, key=lambda piece: piece.x0)
    text = " ".join(piece.text for piece in pieces)
    return _Piece(text, pieces[0].x0, pieces[-1].x1, pieces[0].top, max(piece.bottom for piece in pieces), pieces[0].size, all(piece.bold for piece in pieces))
