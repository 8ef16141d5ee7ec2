"""Markdown as blocks with their lines, tables as cells with their characters, and plain text without marks; it renders nothing and cuts no sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BlockKind = Literal["heading", "paragraph", "table", "list", "code", "quote"]
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "table_open": "table",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "fence": "code",
    "code_block": "code",
    "blockquote_open": "quote",
}
_PARTS = {"table": ("tr_open",), "list": ("list_item_open",)}
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_CELL = re.compile(r"(?<!\\)\|")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--.*?-->", re.DOTALL)
_LEADS = re.compile("[-#>*+]")
_LEAD = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<!\*)(\*\*)(?=\S)(.+?)(?<=\S)\3", re.DOTALL)
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `first` to `last` (exclusive) of a text; `parts` are the lines of list items or table rows; `level` is a heading's."""

    kind: BlockKind
    first: int
    last: int
    level: int = 0
    parts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its plain text and the characters it stands at."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """`header` and `rows` of cells; `lines` are the characters of each row's line."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def blocks(text: str) -> tuple[Block, ...]:
    """The top-level blocks of `text` (line ends are \\n), in order; inline marks are not looked at."""
    parser = _parser()
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    found: list[Block] = []
    for number, token in enumerate(tokens):
        kind = _KINDS.get(token.type)
        if token.level or token.map is None:
            continue
        if token.type == "html_block":
            kind = "paragraph"
        if kind is None:
            continue
        level = int(token.tag[1]) if kind == "heading" else 0
        found.append(Block(kind, token.map[0], token.map[1], level, _parts(tokens, number, kind)))
    return tuple(found)


def _parts(tokens: list[Token], number: int, kind: BlockKind) -> tuple[tuple[int, int], ...]:
    wanted = _PARTS.get(kind)
    if wanted is None:
        return ()
    depth = 1 if kind == "list" else 2
    found: list[tuple[int, int]] = []
    for token in tokens[number + 1 :]:
        if token.level == 0:
            break
        if token.type in wanted and token.level == depth and token.map is not None:
            found.append((token.map[0], token.map[1]))
    return tuple(found)


def plain(text: str) -> str:
    """`text` without Markdown marks: emphasis, code ticks, links, list bullets, heading and quote signs; numbering of steps stays."""
    # a pattern is tried only where its sign stands: most sentences hold none, and each pattern goes through them whole
    if _LEADS.search(text):
        text = _LEAD.sub("", text)
    if "[" in text:
        text = _IMAGE_OR_LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    for _ in range(2 if "*" in text or "_" in text else 0):
        text = _EMPHASIS.sub(lambda match: match.group(2) or match.group(4), text)
    return _ESCAPE.sub(r"\1", text).strip() if "\\" in text else text.strip()


def tables(text: str) -> tuple[Table, ...]:
    """The pipe tables of `text`; cells are trimmed, and a row shorter than the header is padded by nothing."""
    found: list[Table] = []
    spans = _line_spans(text)
    number = 1
    while number < len(spans):
        start, end = spans[number]
        line = text[start:end]
        if "|" not in text[slice(*spans[number - 1])] or "-" not in line or not _DELIMITER.fullmatch(line):
            number += 1
            continue
        header = _cells(text, spans[number - 1])
        last = number + 1
        while last < len(spans) and "|" in text[slice(*spans[last])]:
            last += 1
        rows = tuple(spans[number + 1 : last])
        found.append(Table(header, tuple(_cells(text, row) for row in rows), rows))
        number = last + 1
    return tuple(found)


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _cells(text: str, span: tuple[int, int]) -> tuple[Cell, ...]:
    start, end = span
    line = text[start:end]
    bounds = [match.start() for match in _CELL.finditer(line)]
    edges = [-1, *bounds, len(line)]
    cells = []
    for left, right in pairwise(edges):
        raw = line[left + 1 : right]
        kept = raw.strip()
        at = start + left + 1 + (len(raw) - len(raw.lstrip()))
        cells.append(Cell(plain(kept), at, at + len(kept)))
    if line.lstrip().startswith("|"):
        cells = cells[1:]
    if cells and line.rstrip().endswith("|"):
        cells = cells[:-1]
    return tuple(cells)
