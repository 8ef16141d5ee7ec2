"""DOCX to Markdown from its XML: headings, lists, tables, accepted changes; headers, hidden and deleted text left out, macros and links never followed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from assistant.knowledge.load.layout import Line
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work, raise_it
from assistant.knowledge.load.packed import DAMAGED, open_zip, xml
from assistant.knowledge.load.pipes import block, squeeze
from assistant.knowledge.load.plain import structure
from assistant.knowledge.load.raised import raised

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题|標題)$", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\xa0]+")
_MOST_CELLS = 2_000_000
_BULLETS = ("bullet", "none")


@dataclass(frozen=True, slots=True)
class _Styles:
    """Heading levels (0 for the title), numbering and hiding by style id."""

    levels: dict[str, int] = field(default_factory=dict)
    numbering: dict[str, tuple[str, int]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int = 0  # of a heading
    mark: str = ""  # of a list item
    indent: int = 0
    number: int = 0


def read(data: bytes, draft: Draft, work: Work) -> None:
    """Reads a DOCX, DOCM or DOTX. Places give the number of the paragraph as line. Raises UnreadableDocument."""
    packed = open_zip(data, work)
    main = _main_part(packed, work)
    document = xml(packed, main, work)
    body = next((each for each in document.iter() if _name(each) == "body"), None) if document is not None else None
    if body is None:
        raise UnreadableDocument(DAMAGED, code="damaged")
    folder = main.rpartition("/")[0]
    _outside(packed, folder, draft, work)
    styles = _styles(xml(packed, f"{folder}/styles.xml", work))
    reader = _Reader(draft, work, styles, _numbering(xml(packed, f"{folder}/numbering.xml", work)))
    items = list(reader.items(body))
    _write(items, draft, work)
    core = xml(packed, "docProps/core.xml", work)
    named = next((each.text or "" for each in core.iter() if _name(each) == "title"), "") if core is not None else ""
    draft.title = draft.title or named.strip()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _get(element: Element | None, name: str) -> str:
    """An attribute by its local name: strict and transitional files differ in their namespaces."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = next((each for each in element if _name(each) == name), None) if element is not None else None
    return element


def _on(element: Element | None) -> bool:
    return element is not None and _get(element, "val") not in ("0", "false", "off")


def _main_part(packed: ZipFile, work: Work) -> str:
    relations = xml(packed, "_rels/.rels", work)
    for each in relations if relations is not None else ():
        if _get(each, "Type").endswith("/officeDocument"):
            return _get(each, "Target").lstrip("/")
    return "word/document.xml"


def _outside(packed: ZipFile, folder: str, draft: Draft, work: Work) -> None:
    """Counts what would reach outside: links, templates, linked pictures, macros."""
    if any(name.lower().endswith("vbaproject.bin") for name in packed.namelist()):
        draft.find("macro", "vbaProject.bin")
    for name in packed.namelist():
        if not (name.startswith(f"{folder}/_rels/") and name.endswith(".rels")):
            continue
        relations = xml(packed, name, work)
        for each in relations if relations is not None else ():
            if _get(each, "TargetMode") == "External":
                draft.find("external_link", _get(each, "Target"))


def _styles(root: Element | None) -> _Styles:
    if root is None:
        return _Styles()
    levels: dict[str, int] = {}
    numbering: dict[str, tuple[str, int]] = {}
    hidden: set[str] = set()
    parents: dict[str, str] = {}
    for style in root:
        if _name(style) != "style":
            continue
        name, key = _get(_child(style, "name"), "val"), _get(style, "styleId")
        parents[key] = _get(_child(style, "basedOn"), "val")
        outline = _get(_child(style, "pPr", "outlineLvl"), "val")
        if match := _HEADING.match(name):
            levels[key] = int(match.group(1))
        elif _TITLE.fullmatch(name):
            levels[key] = 0
        elif outline.isdecimal() and int(outline) < 9:
            levels[key] = int(outline) + 1
        number = _child(style, "pPr", "numPr")
        if number is not None:
            numbering[key] = (_get(_child(number, "numId"), "val"), int(_get(_child(number, "ilvl"), "val") or 0))
        if _on(_child(style, "rPr", "vanish")):
            hidden.add(key)
    for key in parents:
        at, seen = key, {key}
        while at not in levels and parents.get(at) and parents[at] not in seen:
            at = parents[at]
            seen.add(at)
        if at in levels and at != key:
            levels[key] = levels[at]
    return _Styles(levels, numbering, frozenset(hidden))


def _numbering(root: Element | None) -> dict[tuple[str, int], str]:
    """Number format ("bullet", "decimal", …) by list and level."""
    if root is None:
        return {}
    shapes: dict[tuple[str, int], str] = {}
    found: dict[tuple[str, int], str] = {}
    for each in root:
        if _name(each) == "abstractNum":
            for level in each:
                if _name(level) == "lvl":
                    shapes[_get(each, "abstractNumId"), int(_get(level, "ilvl") or 0)] = _get(_child(level, "numFmt"), "val")
        elif _name(each) == "num":
            shape = _get(_child(each, "abstractNumId"), "val")
            found |= {(_get(each, "numId"), level): kind for (key, level), kind in shapes.items() if key == shape}
    return found


class _Reader:
    """Walks the body; counts list numbers and what is left out."""

    def __init__(self, draft: Draft, work: Work, styles: _Styles, formats: dict[tuple[str, int], str]) -> None:
        self._draft, self._work, self._styles, self._formats = draft, work, styles, formats
        self._counts: Counter[tuple[str, int]] = Counter()
        self._paragraphs = 0
        self._rows = self._cells = 0

    def items(self, parent: Element, depth: int = 0) -> Iterator[_Paragraph | list[list[str]]]:
        """Paragraphs and tables in order, through content controls, text boxes and inserted blocks."""
        for each in parent:
            match _name(each):
                case "p":
                    yield from self._paragraph(each)
                case "tbl":
                    yield self._table(each, depth)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" if depth < 50:
                    yield from self.items(each, depth + 1)
                case "del" | "moveFrom":
                    self._draft.repairs["deleted_text"] += 1
                case _:
                    pass

    def _paragraph(self, element: Element) -> Iterator[_Paragraph]:
        self._paragraphs += 1
        if self._paragraphs % 500 == 0:
            self._work.check(f"paragraph {self._paragraphs:,}")
        properties = _child(element, "pPr")
        style = _get(_child(properties, "pStyle"), "val")
        number = self._paragraphs
        boxes = list(_boxes(element))
        parts = "".join(self._runs(element, hidden=style in self._styles.hidden)).split("\n")
        text = _SPACE.sub(" ", " ".join(part.strip() for part in parts if part.strip()))
        outline = _get(_child(properties, "outlineLvl"), "val")
        level = self._styles.levels.get(style, int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else -1)
        if text and level >= 0:
            yield _Paragraph(text, level=max(1, level) if level else -1, number=number)
        elif text:
            mark, indent = self._mark(properties, style)
            if mark or len(parts) == 1:
                yield _Paragraph(text, mark=mark, indent=indent, number=number)
            else:
                yield from (_Paragraph(_SPACE.sub(" ", part.strip()), number=number) for part in parts if part.strip())
        for box in boxes:
            for each in self.items(box, 1):
                if isinstance(each, _Paragraph):
                    yield each

    def _mark(self, properties: Element | None, style: str) -> tuple[str, int]:
        number = _child(properties, "numPr")
        key, level = self._styles.numbering.get(style, ("", 0))
        if number is not None:
            key = _get(_child(number, "numId"), "val") or key
            raw = _get(_child(number, "ilvl"), "val")
            level = int(raw) if raw.isdecimal() else level
        if not key or key == "0":
            return "", 0
        if self._formats.get((key, level), "bullet") in _BULLETS:
            return "-", level
        self._counts[key, level] += 1
        for deeper in range(level + 1, 9):
            self._counts[key, deeper] = 0
        return f"{self._counts[key, level]}.", level

    def _runs(self, element: Element, *, hidden: bool, depth: int = 0) -> Iterator[str]:
        for each in element:
            match _name(each):
                case "r":
                    yield from self._run(each, hidden)
                case "del" | "moveFrom":
                    self._draft.repairs["deleted_text"] += 1
                case "hyperlink" | "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "bdo" | "dir" | "customXml" if depth < 50:
                    yield from self._runs(each, hidden=hidden, depth=depth + 1)
                case "oMath" | "oMathPara":
                    yield formula(each)
                case _:
                    pass

    def _run(self, run: Element, hidden: bool) -> Iterator[str]:
        properties = _child(run, "rPr")
        said = "".join(_run_text(run))
        said = raised(said) if _get(_child(properties, "vertAlign"), "val") == "superscript" or _lifted(properties) else said
        colour = _get(_child(properties, "color"), "val").upper()
        unseen = hidden or (_on(_child(properties, "vanish")) and _child(properties, "vanish") is not None)
        size = _get(_child(properties, "sz"), "val")
        unseen = unseen or (size.isdecimal() and int(size) <= 2)
        paper = _child(properties, "shd") if properties is not None else None
        unseen = unseen or (colour == "FFFFFF" and paper is None and _child(properties, "highlight") is None and not self._shaded)
        if unseen and said.strip():
            self._draft.find("hidden_text", said)
            return
        yield said

    _shaded = False

    def _table(self, element: Element, depth: int) -> list[list[str]]:
        """Rows of cell texts; a merged cell's text is repeated wherever it reaches."""
        rows: list[list[str]] = []
        for row in _rows(element):
            self._rows += 1
            if self._rows > self._work.limits.table_rows:
                raise UnreadableDocument(
                    f"holds tables of more than {self._work.limits.table_rows:,} rows; split it or {raise_it('table_rows')}", code="too_large"
                )
            line: list[str] = []
            for cell in (each for each in _through(row) if _name(each) == "tc"):
                properties = _child(cell, "tcPr")
                across = _get(_child(properties, "gridSpan"), "val")
                merge = _child(properties, "vMerge")
                above = merge is not None and _get(merge, "val") != "restart"
                self._shaded = _child(properties, "shd") is not None or _child(element, "tblPr", "tblStyle") is not None
                text = rows[-1][len(line)] if above and rows and len(line) < len(rows[-1]) else self._cell(cell, depth)
                line += [text] * (min(100, int(across)) if across.isdecimal() and int(across) > 0 else 1)
            self._shaded = False
            rows.append(line)
            self._cells += len(line)
            if self._cells > _MOST_CELLS:
                raise UnreadableDocument(f"holds tables of more than {_MOST_CELLS:,} cells; split it", code="too_large")
        return squeeze(rows)

    def _cell(self, cell: Element, depth: int) -> str:
        if depth > 20:
            return ""
        parts = []
        for item in self.items(cell, depth + 1):
            parts += [item.text] if isinstance(item, _Paragraph) else ["; ".join(": ".join(each for each in row if each) for row in item)]
        return " ".join(part for part in parts if part)


def _lifted(properties: Element | None) -> bool:
    """Whether a run stands above the line by its position, three points or more, in a small face."""
    height, size = _get(_child(properties, "position"), "val"), _get(_child(properties, "sz"), "val")
    return height.isdecimal() and int(height) >= 6 and size.isdecimal() and int(size) <= 18


def formula(element: Element, depth: int = 0) -> str:
    """A formula on one line: powers raised, fractions with a stroke."""
    if _name(element) == "t":
        return element.text or ""
    if depth > 40:
        return ""
    parts = {_name(each): formula(each, depth + 1) for each in element if _name(each) in ("e", "sup", "sub", "num", "den")}
    match _name(element):
        case "sSup" | "sSubSup":
            return f"{parts.get('e', '')}{parts.get('sub', '')}{raised(parts.get('sup', ''))}"
        case "f":
            return f"{parts.get('num', '')}/{parts.get('den', '')}"
    return "".join(formula(each, depth + 1) for each in element)


def _rows(element: Element) -> Iterator[Element]:
    yield from (each for each in _through(element) if _name(each) == "tr")


def _through(element: Element, depth: int = 0) -> Iterator[Element]:
    for each in element:
        if _name(each) in ("sdt", "sdtContent", "ins", "customXml") and depth < 20:
            yield from _through(each, depth + 1)
        else:
            yield each


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of text boxes; the fallback copy of each is left out."""
    for each in element:
        if _name(each) == "txbxContent":
            yield each
        elif _name(each) != "Fallback":
            yield from _boxes(each)


def _run_text(run: Element) -> Iterator[str]:
    for each in run:
        match _name(each):
            case "t":
                yield each.text or ""
            case "tab" | "ptab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "sym":
                code = _get(each, "char")
                yield chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) else ""
            case _:
                pass


def _write(items: list[_Paragraph | list[list[str]]], draft: Draft, work: Work) -> None:
    headed = any(isinstance(each, _Paragraph) and each.level for each in items)
    titled = any(isinstance(each, _Paragraph) and each.level == -1 for each in items)
    if not headed:
        _guess(items, draft, work)
        return
    previous, last = "", 0
    for each in items:
        if not isinstance(each, _Paragraph):
            draft.block(block(each), line=last + 1)
            previous = ""
            continue
        last = each.number
        if each.level:
            draft.title = draft.title or each.text
            level = 1 if each.level == -1 else min(6, each.level + titled)
            draft.block(f"{'#' * level} {each.text}", line=each.number)
        elif each.mark:
            draft.put(f"{'  ' * each.indent if each.mark == '-' else '   ' * each.indent}{each.mark} {each.text}", line=each.number)
        else:
            draft.block(each.text, line=each.number)
        if previous and not each.mark:
            draft.gap()
        previous = each.mark


def _guess(items: list[_Paragraph | list[list[str]]], draft: Draft, work: Work) -> None:
    """A file without heading styles is read like plain text, between its tables."""
    held: list[Line] = []
    top = 1
    for each in [*items, [[""]]]:
        if isinstance(each, _Paragraph):
            held.append(Line(f"{each.mark} {each.text}".strip(), 0, each.number))
            continue
        if held:
            structure(held, draft, work, top=top)
            held, top = [], 2
        if any(any(row) for row in each):
            draft.block(block(each))
