"""A titled table for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints it; a cell for each head."""
    from rich.console import Console
    from rich.table import Table

    made = Table(*heads, title=title, title_justify="left")
    for row in rows:
        made.add_row(*row)
    Console().print(made)
