"""A document cut into sections by its own structure, and sections into chunks small enough for averaged word vectors; it stores and embeds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.knowledge.markdown import Block, blocks, plain, tables
from assistant.text.words import sentences

MOST, LEAD_IN = 500, 90  # tokens
CHUNK = 60.0  # Chinese characters; a Latin character counts a quarter of one

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{1,7}|\d{1,3}|[^\sA-Za-z\d\u00c0-\u024f\u3400-\u9fff\uf900-\ufaff]")
_SPACE = re.compile(r"\s+")
_ASKS = re.compile(r"^(?:\W*)(?:(?:问|問|问题|問題|Q|Question)\s*\d*\s*[:：.、]|.{2,80}[?？]\W*$)", re.IGNORECASE)
_LABELLED = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*)?[^\s:：][^:：。.!?！？]{0,40}(?:\*\*)?[:：](?:\*\*)?\s?[^:：。！？!?]{1,60}")
_SLUG = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A section of a text: characters `start:end`, beginning on line `line` (from 0), under the headings `path`.

    `context` is what the characters need to be understood: the header of a table that was split, the lead-in of a list that was.
    """

    start: int
    end: int
    line: int
    path: tuple[str, ...]
    kind: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters `start:end` of a section's text and the words that are embedded for them; `row` for a row of a table or a line "label: value"."""

    start: int
    end: int
    text: str
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Node:
    """What stands directly under one heading."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def tokens(text: str) -> float:
    """About how many tokens a language model would count: 0.68 a Chinese character, 0.98 a word of up to seven letters, three digits or a sign."""
    return 0.68 * len(_HAN.findall(text)) + 0.98 * len(_WORD.findall(text))


class _Source:
    """A text with its lines, so that lines become characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of lines `first` to `last` without the blanks at the end."""
        start, end = self.starts[first], self.starts[min(last, len(self.starts) - 1)]
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def of(self, first: int, last: int) -> str:
        start, end = self.span(first, last)
        return self.text[start:end]


def cut(text: str) -> tuple[Piece, ...]:
    """The sections of a Markdown text whose line ends are \\n, in order and without overlap; headings are in `path`, not in the characters.

    A heading's own text is a section; a long one is split between blocks, a long table by groups of rows with its header as context, a long list by items
    with its lead-in; a question stays with its answer.
    """
    source = _Source(text)
    pieces: list[Piece] = []
    for node in _nodes(source):
        pieces += _split(source, node)
    return tuple(pieces)


def _nodes(source: _Source) -> Iterator[_Node]:
    path: list[tuple[int, str]] = []
    held: list[Block] = []
    for block in blocks(source.text):
        if block.kind != "heading":
            if _asks(source, block) and held:
                yield _Node(tuple(title for _, title in path), tuple(held))
                held = []
            held.append(block)
            continue
        if held:
            yield _Node(tuple(title for _, title in path), tuple(held))
        held = []
        path = [entry for entry in path if entry[0] < block.level]
        path.append((block.level, heading_text(source.of(block.first, block.last))))
    if held:
        yield _Node(tuple(title for _, title in path), tuple(held))


def heading_text(raw: str) -> str:
    """The words of an ATX or setext heading."""
    return plain(raw.strip().split("\n")[0]).rstrip("#").strip()


def _asks(source: _Source, block: Block) -> bool:
    """Whether a paragraph opens a question and answer."""
    if block.kind != "paragraph":
        return False
    first = plain(source.of(block.first, block.last)).split("\n")[0]
    return bool(_ASKS.match(first)) and (len(first) < 80 or first[:1] in "问問Qq")


def is_question(title: str) -> bool:
    return title.rstrip().endswith(("?", "？"))


@dataclass(frozen=True, slots=True)
class _Unit:
    """Characters that are kept together, with their size."""

    start: int
    end: int
    line: int
    size: float
    kind: str
    context: str = ""


def _split(source: _Source, node: _Node) -> Iterator[Piece]:
    held: list[_Unit] = []
    for unit in _units(source, node.blocks):
        if held and (unit.context or held[-1].context or sum(each.size for each in held) + unit.size > MOST):
            yield _piece(node, held)
            held = []
        held.append(unit)
    if held:
        yield _piece(node, held)


def _piece(node: _Node, units: Sequence[_Unit]) -> Piece:
    kinds = {unit.kind for unit in units}
    kind = kinds.pop() if len(kinds) == 1 else "prose"
    if node.path and is_question(node.path[-1]):
        kind = "qa"
    return Piece(units[0].start, units[-1].end, units[0].line, node.path, kind, units[0].context)


def _units(source: _Source, held: Sequence[Block]) -> Iterator[_Unit]:
    lead: Block | None = None
    for number, block in enumerate(held):
        following = held[number + 1] if number + 1 < len(held) else None
        if block.kind == "paragraph" and following is not None and following.kind in ("list", "table", "code") and _size(source, block) < LEAD_IN:
            if lead is not None:
                yield _whole(source, lead)
            lead = block
            continue
        yield from _block_units(source, block, lead)
        lead = None
    if lead is not None:
        yield _whole(source, lead)


def _size(source: _Source, block: Block) -> float:
    return tokens(source.of(block.first, block.last))


def _whole(source: _Source, block: Block, first: int | None = None) -> _Unit:
    begin = block.first if first is None else first
    start, end = source.span(begin, block.last)
    kind = "prose" if block.kind in ("paragraph", "quote") else str(block.kind)
    return _Unit(start, end, begin, tokens(source.text[start:end]), kind)


def _block_units(source: _Source, block: Block, lead: Block | None) -> Iterator[_Unit]:
    first = block.first if lead is None else lead.first
    if tokens(source.of(first, block.last)) <= MOST:
        yield _whole(source, block, first)
        return
    context = "" if lead is None else source.of(lead.first, lead.last)
    if block.kind == "table" and len(block.parts) > 2:
        header = source.of(block.first, block.first + 2)
        yield from _groups(source, block.parts[1:], kind="table", context=f"{context}\n{header}".strip())
    elif block.kind == "list" and len(block.parts) > 1:
        yield from _groups(source, block.parts, kind="list", context=context)
    else:
        yield from _sentence_units(source, source.span(first, block.last), first)


def _groups(source: _Source, parts: Sequence[tuple[int, int]], *, kind: str, context: str) -> Iterator[_Unit]:
    held: list[tuple[int, int]] = []
    room = MOST - tokens(context)
    for part in parts:
        if held and tokens(source.of(held[0][0], part[1])) > room:
            yield _group(source, held, kind=kind, context=context)
            held = []
        held.append(part)
    if held:
        yield _group(source, held, kind=kind, context=context)


def _group(source: _Source, held: Sequence[tuple[int, int]], *, kind: str, context: str) -> _Unit:
    start, end = source.span(held[0][0], held[-1][1])
    # a context that is never empty keeps the group a section of its own
    return _Unit(start, end, held[0][0], tokens(source.text[start:end]), kind, context or " ")


def _sentence_units(source: _Source, span: tuple[int, int], line: int) -> Iterator[_Unit]:
    start, end = span
    for left, right in sentences(source.text[start:end]):
        begin = start + left
        yield _Unit(begin, start + right, line + source.text.count("\n", start, begin), tokens(source.text[begin : start + right]), "prose")


def section_ids(pieces: Sequence[Piece], language: str) -> tuple[str, ...]:
    """Readable ids, unique in their document and stable while the headings stay: `zh/退货期限`, `en/return-window-2`."""
    counts: dict[str, int] = {}
    found = []
    for piece in pieces:
        slug = _SLUG.sub("-", piece.path[-1] if piece.path else "").strip("-").lower()[:60] or "top"
        counts[slug] = counts.get(slug, 0) + 1
        found.append(f"{language}/{slug}" if counts[slug] == 1 else f"{language}/{slug}-{counts[slug]}")
    return tuple(found)


def chunk(text: str, *, context: str = "") -> tuple[Chunk, ...]:
    """Chunks of about 60 Chinese or 240 Latin characters between sentences and list items; a table row, read as "header cell" pairs, is one by itself."""
    found: list[Chunk] = []
    for unit in _spoken(text, context):
        if not unit.text:
            continue
        if found and not unit.row and not found[-1].row and _width(found[-1].text) + _width(unit.text) <= CHUNK:
            last = found[-1]
            found[-1] = replace(last, end=unit.end, text=f"{last.text} {unit.text}")
        else:
            found.append(unit)
    return tuple(found)


def _width(text: str) -> float:
    return 0.25 * len(text) if text.isascii() else sum(1.0 if char >= "\u2e80" else 0.25 for char in text)


def _spoken(text: str, context: str) -> Iterator[Chunk]:
    """Sentences and table rows of a section, as they are embedded."""
    shift = len(context) + 1 if context.strip() else 0
    whole = f"{context}\n{text}" if shift else text
    rows = {}
    hidden: set[int] = set()
    for table in tables(whole):
        names = [cell.text for cell in table.header]
        for row, span in zip(table.rows, table.lines, strict=True):
            pairs = [cell.text if number == 0 else f"{name} {cell.text}" for number, (name, cell) in enumerate(zip(names, row, strict=False))]
            rows[span[0] - shift] = Chunk(span[0] - shift, span[1] - shift, " ".join(pairs), row=True)
        hidden.add(table.header[0].start - shift if table.header else -1)
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if at in rows:
            yield rows[at]
        elif "|" not in line or not _in_table_head(line, at, hidden):
            yield from _line_sentences(line, at)
        at = end + 1


def _in_table_head(line: str, at: int, heads: set[int]) -> bool:
    return any(at <= head <= at + len(line) for head in heads) or not re.search(r"\w", line)


def _line_sentences(line: str, at: int) -> Iterator[Chunk]:
    if _LABELLED.fullmatch(line):
        yield Chunk(at, at + len(line), _SPACE.sub(" ", plain(line)), row=True)
        return
    for start, end in sentences(line):
        yield Chunk(at + start, at + end, _SPACE.sub(" ", plain(line[start:end])))
