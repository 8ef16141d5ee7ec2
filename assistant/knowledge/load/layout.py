"""Lines of pages and paragraphs: running headers and page numbers, joined line breaks and hyphens; it knows no format and guesses no headings."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

EDGE = 3  # lines at the top and bottom of a page that may be furniture
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:第\s*)?(?:page|p\.|seite|页码)?\s*[:：]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页|頁)?\s*(?:(?:of|/|／|共|von)\s*(?:共\s*)?\d{1,4}\s*(?:页|頁)?)?\W*"
    r"|第\s*\d{1,4}\s*[页頁]\W*共\s*\d{1,4}\s*[页頁]|共\s*\d{1,4}\s*[页頁]\W*第\s*\d{1,4}\s*[页頁]",
    re.IGNORECASE,
)
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u30ff\u2018-\u201d\u2026"
_WIDE_END, _WIDE_START = re.compile(f"[{_WIDE}]$"), re.compile(f"^[{_WIDE}]")
_HYPHEN = re.compile(r"([A-Za-z\u00c0-\u024f]{2,})[-\u2010\u00ad]$")
_NEXT = re.compile(r"^([a-z\u00df-\u024f]{2,})")
_TERMINAL = re.compile(r"[。！？!?；;：:.…][\"'”’」』）)】]*$")
_GOES_ON = re.compile(r"[a-z\u00df-\u024f\u2e80-\u9fff(\"“]|[A-Z]{2,}|\d+[^.、)）\d]|[A-Z][a-z]+ [a-z]")
_CLAUSE = re.compile(r"[，。；、]|[,.;]\s")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source: text without surrounding blanks, its page and line from 1 (0 for none)."""

    text: str
    page: int = 0
    line: int = 0


def width(text: str) -> float:
    """Length as printed: a wide character counts two."""
    return sum(2.0 if char >= "\u2e80" else 1.0 for char in text)


def _keys(text: str, page: int) -> list[str]:
    """What a line is recognised by on another page: its words and figures, or its words where one of its figures counts the pages.

    Figures that differ otherwise are what a page is about ("P-100", "P-200"): such lines are no header.
    """
    said = _SPACE.sub("", text).lower()
    folded = _DIGITS.sub("#", said)
    return [said, *(f"{folded} {place} {int(digits) - page}" for place, digits in enumerate(_DIGITS.findall(said)) if len(digits) < 6)]


def running(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """For each page the numbers of its lines that are headers, footers or page numbers.

    A header or footer stands among the first or last three lines of at least half of the pages (two at least), a figure that counts pages aside; of two
    pages only where the very same position repeats. A page number stands on the outermost line.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for page, lines in enumerate(pages):
        for spot in {(side, key) for side, number in _edges(len(lines)) for key in _keys(lines[number], page)}:
            seen[spot] += 1
    least = max(2, (len(pages) + 1) // 2)
    numbered = sum(any(_is_number(lines[n]) for n in (0, -1)) for lines in pages if lines)
    found: list[set[int]] = []
    for page, lines in enumerate(pages):
        spots = _edges(len(lines)) if len(pages) > 1 else []
        gone = {number for side, number in spots if any(seen[side, key] >= least for key in _keys(lines[number], page))}
        if numbered >= max(1, len(pages) // 2):
            rest = [number for number in range(len(lines)) if number not in gone]
            gone |= {number for number in (*rest[:1], *rest[-1:]) if _is_number(lines[number]) and _DIGITS.search(lines[number])}
        found.append(_contiguous(gone, len(lines)))
    return found


def _is_number(text: str) -> bool:
    return len(text) <= 40 and _PAGE_NUMBER.fullmatch(text) is not None


def _edges(count: int) -> list[tuple[str, int]]:
    depth = min(EDGE, max(1, count // 3))
    return [("top", number) for number in range(min(depth, count))] + [("bottom", number) for number in range(max(0, count - depth), count)]


def _contiguous(gone: set[int], count: int) -> set[int]:
    """Only what is reached from the page's edge without a kept line between."""
    kept: set[int] = set()
    for order in (range(count), range(count - 1, -1, -1)):
        for number in order:
            if number not in gone:
                break
            kept.add(number)
    return kept


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The Latin words of a text, so that a hyphen at a line's end is judged by how the word is written elsewhere."""

    words: frozenset[str]

    def joined(self, left: str, right: str) -> bool:
        """Whether `left-` and `right` are one word cut by the line's end."""
        if f"{left}-{right}".lower() in self.words:
            return False
        return (left + right).lower() in self.words or not (left.lower() in self.words and right.lower() in self.words)


def vocabulary(lines: Sequence[str]) -> Vocabulary:
    # neither half of a word cut at a line's end is a word
    halved = [bool(_HYPHEN.search(line)) for line in lines]
    inner = " ".join(
        _NEXT.sub("", _HYPHEN.sub("", line), count=1) if before else _HYPHEN.sub("", line) for line, before in zip(lines, [False, *halved], strict=False)
    )
    return Vocabulary(frozenset(word.lower() for word in re.findall(r"[A-Za-z\u00c0-\u024f]+(?:-[A-Za-z\u00c0-\u024f]+)*", inner)))


def hyphenated(left: str, right: str) -> bool:
    """Whether a line ends within a word that the next one goes on with."""
    return bool(_HYPHEN.search(left) and _NEXT.match(right))


def join(left: str, right: str, known: Vocabulary) -> tuple[str, str]:
    """Two lines of one paragraph as one, and what was repaired: a hyphen taken out, a break between Chinese characters closed, or nothing."""
    cut = _HYPHEN.search(left)
    following = _NEXT.match(right)
    if cut and following and known.joined(cut.group(1), following.group(1)):
        return left[: cut.end(1)] + right, "hyphenation"
    if cut and following:
        return left + right, ""
    if _WIDE_END.search(left) or _WIDE_START.search(right):
        both = _WIDE_END.search(left) and _WIDE_START.search(right)
        return (left + right, "line_break") if both or not (left[-1:].isalnum() and right[:1].isalnum()) else (left + right, "")
    return f"{left} {right}", ""


def wrapped(lines: Sequence[str]) -> float:
    """The width at which a text was broken into lines; 0.0 when each line is a paragraph of its own.

    Broken text has runs of lines of prose of nearly the same width that mostly do not end a sentence and go on in the next one.
    """
    runs = [(one, two) for one, two in itertools.pairwise(lines) if one and two]
    if len(runs) < 3:
        return 0.0
    widths = sorted(width(one) for one, _ in runs)
    most = widths[int(len(widths) * 0.95) - 1] if len(widths) > 20 else widths[-1]
    if not 40 <= most <= 160:
        return 0.0
    full = [(one, two) for one, two in runs if width(one) >= 0.8 * most]
    going_on = sum(not _TERMINAL.search(one) and bool(_GOES_ON.match(two)) for one, two in full)
    prose = sum(bool(_CLAUSE.search(one)) for one, _ in full)
    held = sum(width(one) for one, _ in full) >= 0.5 * sum(widths)
    enough = len(full) >= 3 or (len(full) == going_on == 2 and most >= 70)
    return most if enough and held and 2 * going_on >= len(full) and 2 * prose >= len(full) else 0.0


def ends_sentence(text: str) -> bool:
    return bool(_TERMINAL.search(text))
