"""What changed between two versions of a document, section by section, with the words marked; it reads no store and draws nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assistant.store.knowledge import SectionRow

Mark = Literal["same", "added", "removed"]
_PIECE = re.compile(r"\s+|[\u3400-\u9fff\uf900-\ufaff]|[A-Za-z0-9\u00c0-\u024f]+(?:[.,'/-][A-Za-z0-9\u00c0-\u024f]+)*|.", re.DOTALL)
# below this likeness two sections are told as one gone and one new
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """One section: `change` is same, changed, added or removed; `words` are its stretches in reading order, each with its mark."""

    section: str
    heading: str
    change: str
    words: tuple[tuple[Mark, str], ...] = ()


def compare(old: Sequence[SectionRow], new: Sequence[SectionRow]) -> tuple[SectionDiff, ...]:
    """The sections of `new` in order, each against its counterpart, with those that are gone where they stood."""
    pairs = _pairs(old, new)
    before = {b: a for a, b in pairs.items()}
    gone = [number for number in range(len(old)) if number not in pairs]
    found: list[SectionDiff] = []
    for number, section in enumerate(new):
        was = before.get(number)
        if was is None:
            found.append(SectionDiff(section.id, section.heading, "added", (("added", section.text),)))
            continue
        while gone and gone[0] < was:
            found.append(_removed(old[gone.pop(0)]))
        marked = compare_words(old[was].text, section.text)
        same = all(mark == "same" for mark, _ in marked) and old[was].heading == section.heading
        found.append(SectionDiff(section.id, section.heading, "same" if same else "changed", () if same else marked))
    return (*found, *(_removed(old[number]) for number in gone))


def _removed(section: SectionRow) -> SectionDiff:
    return SectionDiff(section.id, section.heading, "removed", (("removed", section.text),))


def _pairs(old: Sequence[SectionRow], new: Sequence[SectionRow]) -> dict[int, int]:
    """Which old section became which new one: the same text, else the same id, else the most alike of those left."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for same in (_same_text, _same_id):
        for a, before in enumerate(old):
            if a in found:
                continue
            match = next((b for b, after in enumerate(new) if b not in taken and same(before, after)), None)
            if match is not None:
                found[a] = match
                taken.add(match)
    for a, before in enumerate(old):
        if a in found:
            continue
        best = max(((_likeness(before.text, after.text), b) for b, after in enumerate(new) if b not in taken), default=(0.0, -1))
        if best[0] >= _ALIKE:
            found[a] = best[1]
            taken.add(best[1])
    return found


def _same_text(a: SectionRow, b: SectionRow) -> bool:
    return a.text == b.text and a.heading == b.heading


def _same_id(a: SectionRow, b: SectionRow) -> bool:
    return a.id == b.id


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, _tokens(a), _tokens(b), autojunk=False).ratio()


def compare_words(old: str, new: str) -> tuple[tuple[Mark, str], ...]:
    """Stretches of two texts in reading order: what is common, what went and what came. Joined without the removed ones they are `new`."""
    a, b = _tokens(old), _tokens(new)
    found: list[tuple[Mark, str]] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(b[b1:b2])))
            continue
        if a2 > a1:
            found.append(("removed", "".join(a[a1:a2])))
        if b2 > b1:
            found.append(("added", "".join(b[b1:b2])))
    return tuple(found)


def _tokens(text: str) -> list[str]:
    """Words with their figures, blanks and signs; a Chinese character is a word. Joined they are the text."""
    return _PIECE.findall(text)
