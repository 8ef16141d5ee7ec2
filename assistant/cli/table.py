"""A titled table for people at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 10_000
_GAP = 2
# a cell of several words may be broken into lines of so many cells; a name or a number never is
_LEAST = 14


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints it; a cell for each head. Nothing is cut off, since names are copied: the widest columns are broken between words where that is enough, else
    the rows are printed as entries, one below the other. Without rows it says so."""
    from rich.cells import cell_len
    from rich.console import Console

    listed = [tuple(row) for row in rows]
    if not listed:
        print(f"{title}: none")
        return
    console = Console()
    room = console.width if console.is_terminal else _WIDE
    widths = [max(cell_len(line) for row in (heads, *listed) for line in row[number].split("\n")) for number in range(len(heads))]
    narrow = [_narrowest([head, *(row[number] for row in listed)]) for number, head in enumerate(heads)]
    while (over := sum(widths) + _GAP * (len(heads) - 1) - room) > 0:
        widest = max(range(len(heads)), key=lambda number: widths[number] if widths[number] > narrow[number] else 0)
        if widths[widest] <= narrow[widest]:
            _entries(title, heads, listed)
            return
        widths[widest] -= min(over, 1)
    _print(console if console.is_terminal else Console(width=room), title, heads, listed, widths)


def _print(console: Console, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    from rich.text import Text

    right = [_figures(row[number] for row in rows) for number in range(len(heads))]
    console.print(Text(title, style="bold"))
    console.print(Text(_line(heads, widths, right), style="dim"))
    for row in rows:
        broken = [[str(line) for line in Text(cell).wrap(console, width)] or [""] for cell, width in zip(row, widths, strict=True)]
        for number in range(max(len(lines) for lines in broken)):
            console.print(Text(_line([lines[number] if number < len(lines) else "" for lines in broken], widths, right)), soft_wrap=True)
    console.print()


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    from rich.cells import cell_len

    filled = []
    for cell, width, to_the_right in zip(cells, widths, right, strict=True):
        blank = " " * (width - cell_len(cell.rstrip()))
        filled.append(blank + cell.rstrip() if to_the_right else cell.rstrip() + blank)
    return (" " * _GAP).join(filled).rstrip()


def _narrowest(cells: Sequence[str]) -> int:
    """The cells that the longest word of a column takes, or what little a line of words should have; Chinese may be broken between any two characters."""
    from rich.cells import cell_len

    longest = max((len(word) for cell in cells for word in re.findall(r"[!-~]+", cell)), default=0)
    return max(longest, cell_len(cells[0]), min(_LEAST, max(cell_len(cell) for cell in cells)))


def _figures(cells: Iterable[str]) -> bool:
    """Whether a column holds figures of different lengths, which are compared digit below digit; numbers of orders are all of one length."""
    found = [cell for cell in cells if cell.strip("- ")]
    return len({len(cell) for cell in found}) > 1 and all(re.fullmatch(r"[-+]?[\d,.]+( ?[A-Z%]{1,3})?", cell) for cell in found)


def _entries(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(title)
    for row in rows:
        print(row[0])
        print("    " + "; ".join(f"{head} {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell.strip("- ")))
    print()
