"""A titled table for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_WIDE = 10_000
_BORDER = 3


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints it; a cell for each head. Nothing is cut off: what is wider than the terminal is printed as one entry below the other, since names are copied."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    listed = [tuple(row) for row in rows]
    console = Console()
    room = console.width if console.is_terminal else _WIDE
    widths = [max(cell_len(line) for row in (heads, *listed) for line in row[number].split("\n")) for number in range(len(heads))]
    if listed and sum(widths) + _BORDER * len(heads) + 1 > room:
        _entries(title, heads, listed)
        return
    made = Table(*heads, title=title, title_justify="left")
    for row in listed:
        made.add_row(*row)
    (console if console.is_terminal else Console(width=room)).print(made)


def _entries(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(title)
    for row in rows:
        print(row[0])
        print("    " + "; ".join(f"{head} {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell.strip("- ")))
