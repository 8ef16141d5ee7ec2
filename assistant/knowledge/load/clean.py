"""Text made fit to be cited: broken characters repaired, hidden ones, repeats and page furniture taken out, orders to a model quarantined; all is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assistant.knowledge.load.chars import mojibake, odd_characters
from assistant.knowledge.load.edits import Edit, apply
from assistant.knowledge.load.furniture import page_furniture, repeated_passages
from assistant.knowledge.load.injection import instructions
from assistant.knowledge.load.model import Finding, Loaded, shorten
from assistant.knowledge.load.notes import mixed_scripts, pinyin_notes
from assistant.text.script import to_simplified

ORDER = "model_instruction"
LABELS = {
    "zero_width": "zero-width characters removed",
    "bidi_control": "direction controls removed",
    "hidden_text": "hidden passages removed",
    "control": "control characters removed",
    "lookalike": "look-alike characters replaced",
    "mojibake": "passages decoded anew (wrong encoding)",
    "undecodable": "characters lost before this file (left as they are)",
    "raised": "raised and lowered characters kept as such",
    "lost_glyph": "characters without a known glyph or place (figures beside them are not quoted)",
    "pinyin_note": "pinyin notes in brackets removed",
    "mixed_script": "characters of the other Chinese script converted",
    "hyphenation": "words joined at hyphens",
    "line_break": "line breaks inside sentences closed",
    "running_header": "repeated headers, footers and page numbers removed",
    "page_furniture": "lines of page furniture removed",
    "boilerplate": "navigation and other boilerplate blocks removed",
    "duplicate": "repeated passages removed",
    ORDER: "instructions to a model quarantined",
    "script": "scripts and style sheets dropped",
    "comment": "comments dropped",
    "deleted_text": "deleted passages of tracked changes dropped",
    "external_link": "links to outside not followed",
    "macro": "macros ignored",
    "formula_without_value": "formulas without a stored value left empty",
    "hidden_sheet": "hidden sheets left out",
    "hidden_row": "hidden rows and columns left out",
    "quoted_reply": "quoted replies cut",
    "signature": "signatures cut",
    "encoding": "read in another encoding than UTF-8",
    "bad_name": "hostile file names cleaned",
    "ignored_member": "members of no interest skipped",
}
_BLANKS = re.compile(r"(?<![ \t])[ \t]++(?=\n)|\n{3,}")
_BULLET = re.compile(r"[ \t]*(?:[-*+>#]+|\d+[.)])?[ \t]*")
_LOST = re.compile("[^\\s\ufffd]{0,12}\ufffd+[^\\s\ufffd]{0,12}|(?:锟斤拷)+|.{0,6}\\?[a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}\\).{0,6}")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text, how often each kind of repair was made, findings with their place in the new text, and the given offsets in it."""

    text: str
    repairs: Counter[str]
    findings: tuple[Finding, ...]
    anchors: tuple[int, ...] = ()


def clean(text: str, *, anchors: Sequence[int] = (), check: Callable[[], None] = lambda: None) -> Cleaned:
    r"""`text` (Markdown, line ends \n) cleaned; `anchors` are sorted offsets that move along. `check` is called between the steps and may raise.

    Orders to a model are among the findings as `model_instruction` with their quote. Nothing uncertain is repaired: a lost character stays visible.
    """
    run = _Run(text, list(anchors))
    if not text.isascii() or re.search("[\x00-\x08\x0b-\x1f\x7f]", text):
        run.edit("mojibake", mojibake(run.text))
        run.characters()
    if not run.text.isascii():
        run.notes()
        edits, _ = mixed_scripts(run.text)
        run.edit("mixed_script", edits)
        for lost in _LOST.finditer(run.text):
            run.find("undecodable", lost.group(), lost.start())
    check()
    run.quarantine()
    check()
    run.blanks()
    simple = to_simplified(run.text)
    spans = list(page_furniture(simple))
    run.edit("page_furniture", (Edit(*run.whole_line(span.start, span.end)) for span in spans), quote=True)
    check()
    simple = to_simplified(run.text) if spans else simple
    run.edit("duplicate", (Edit(*run.whole_line(span.start, span.end)) for span in repeated_passages(simple)), quote=True)
    run.blanks()
    return Cleaned(run.text, run.repairs, run.findings(), tuple(run.anchors[: len(anchors)]))


class _Run:
    """A text under repair with its counts; findings are anchors too, so that they move with later repairs."""

    def __init__(self, text: str, anchors: list[int]) -> None:
        self.text = text
        self.anchors = anchors
        self.repairs: Counter[str] = Counter()
        self._found: list[tuple[str, str, int]] = []

    def edit(self, kind: str, edits: Iterable[Edit], *, quote: bool = False) -> None:
        made = list(edits)
        if not made:
            return
        self.repairs[kind] += len(made)
        if quote:
            for each in made[:50]:
                self.find(kind, self.text[each.start : each.end], each.start, count=False)
        self._apply(made)

    def _apply(self, edits: Sequence[Edit]) -> None:
        spots = sorted({at for _, _, at in self._found})
        self.text, self.anchors, moved = self._moved(edits, spots)
        where = dict(zip(spots, moved, strict=True))
        self._found = [(kind, said, where[at]) for kind, said, at in self._found]

    def _moved(self, edits: Sequence[Edit], spots: list[int]) -> tuple[str, list[int], list[int]]:
        text, anchors = apply(self.text, edits, self.anchors)
        return text, anchors, apply(self.text, edits, spots)[1] if spots else []

    def find(self, kind: str, quote: str, at: int, *, count: bool = True) -> None:
        self.repairs[kind] += count
        if sum(each[0] == kind for each in self._found) < 50 or kind == ORDER:
            self._found.append((kind, shorten(quote), at))

    def findings(self) -> tuple[Finding, ...]:
        return tuple(Finding(kind, quote, at, at) for kind, quote, at in self._found)

    def characters(self) -> None:
        edits = []
        for edit, kind, quote in odd_characters(self.text):
            edits.append(edit)
            if kind:
                self.repairs[kind] += 1
            if quote:
                self.find(kind, quote, edit.start, count=False)
        if edits:
            self._apply(edits)

    def notes(self) -> None:
        found = list(pinyin_notes(self.text))
        for edit, note in found[:5]:
            self.find("pinyin_note", note, edit.start, count=False)
        self.edit("pinyin_note", (edit for edit, _ in found))

    def quarantine(self) -> None:
        edits = []
        for start, end in _merged(instructions(to_simplified(self.text))):
            self.find(ORDER, self.text[start:end], start)
            edits.append(Edit(*self.whole_line(start, end)))
        if edits:
            self._apply(edits)

    def whole_line(self, start: int, end: int) -> tuple[int, int]:
        """The span with its list mark and line break when nothing else stands on its lines."""
        begin = self.text.rfind("\n", 0, start) + 1
        finish = self.text.find("\n", end)
        finish = len(self.text) if finish < 0 else finish
        if _BULLET.fullmatch(self.text, begin, start) and not self.text[end:finish].strip(" \t#*_"):
            return begin, min(finish + 1, len(self.text))
        return start, end

    def blanks(self) -> None:
        edits = [Edit(*match.span(), "\n\n" if match.group()[0] == "\n" else "") for match in _BLANKS.finditer(self.text)]
        lead = len(self.text) - len(self.text.lstrip("\n"))
        if lead:
            edits = [Edit(0, lead), *(edit for edit in edits if edit.start >= lead)]
        if edits:
            self._apply(edits)


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch become one."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held and start <= held[1] + 1:
            held = (held[0], max(end, held[1]))
            continue
        if held:
            yield held
        held = (start, end)
    if held:
        yield held


def report_lines(loaded: Loaded) -> list[str]:
    """What was done to a file, for people: a line per kind of repair, each quarantined passage, each failure, then its parts, indented."""
    lines = [f"{loaded.name}: {loaded.format}, {len(loaded.text):,} characters" + (f", {len(loaded.parts)} parts" if loaded.parts else "")]
    for kind, count in sorted(loaded.repairs.items(), key=lambda each: (-each[1], each[0])):
        lines.append(f"  {LABELS.get(kind, kind.replace('_', ' '))}: {count:,}")
    lines += [f"  quarantined: “{shorten(each.quote, 120)}”" for each in loaded.quarantined]
    lines += [f"  not read: {each.where}: {each.reason}" for each in loaded.failures]
    return lines + [f"  {line}" for line in chain.from_iterable(report_lines(part) for part in loaded.parts)]
