"""Replacements in a text that keep known offsets right; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start:end` become `new`."""

    start: int
    end: int
    new: str = ""


def apply(text: str, edits: Iterable[Edit], anchors: Sequence[int]) -> tuple[str, list[int]]:
    """`text` with `edits` and the sorted `anchors` moved along; one inside an edit moves to its beginning. An edit that overlaps an earlier one is left out."""
    parts: list[str] = []
    moved: list[int] = []
    at = shift = number = 0
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if edit.start < at:
            continue
        while number < len(anchors) and anchors[number] <= edit.start:
            moved.append(anchors[number] + shift)
            number += 1
        while number < len(anchors) and anchors[number] < edit.end:
            moved.append(edit.start + shift)
            number += 1
        parts += [text[at : edit.start], edit.new]
        shift += len(edit.new) - (edit.end - edit.start)
        at = edit.end
    parts.append(text[at:])
    moved += [anchor + shift for anchor in anchors[number:]]
    return "".join(parts), moved
