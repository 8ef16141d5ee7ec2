"""Spreadsheets to Markdown: XLSX from its XML (values as shown, formulas by their stored value), XLS, XLSB and ODS through calamine; nothing is computed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from assistant.knowledge.load.cells import BUILT_IN, shown, spoken
from assistant.knowledge.load.grid import Row, write
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work, raise_it
from assistant.knowledge.load.packed import DAMAGED, open_zip, unpack, xml

_CONTENT = re.compile(rb"<(?:v|is|f)[\s>/]")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_MERGED, _MOST_FILLED = 10_000, 1_000_000


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets share."""

    strings: list[str]
    formats: list[str]
    epoch_1904: bool = False


@dataclass(slots=True)
class _Sheet:
    """Cells by row and column (from 0) while a sheet is read."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: int = 0
    uncounted: int = 0  # formulas without a stored value
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_xlsx(data: bytes, draft: Draft, work: Work) -> None:
    """Reads an XLSX or XLSM. Each sheet is a heading, each row a row of a pipe table; hidden sheets, rows and columns are left out and counted."""
    packed = open_zip(data, work)
    workbook = xml(packed, "xl/workbook.xml", work)
    if workbook is None:
        raise UnreadableDocument(DAMAGED, code="damaged")
    targets = _targets(xml(packed, "xl/_rels/workbook.xml.rels", work), draft)
    if any(name.lower().endswith("vbaproject.bin") for name in packed.namelist()):
        draft.find("macro", "vbaProject.bin")
    properties = next((each for each in workbook.iter() if _name(each) == "workbookPr"), None)
    book = _Book(_strings(packed, work), _formats(xml(packed, "xl/styles.xml", work)), properties is not None and _get(properties, "date1904") in ("1", "true"))
    left = work.limits.table_rows
    for each in [each for each in workbook.iter() if _name(each) == "sheet"]:
        title = _get(each, "name") or "Sheet"
        if _get(each, "state") in ("hidden", "veryHidden"):
            draft.find("hidden_sheet", title)
            continue
        part = targets.get(next((value for key, value in each.attrib.items() if key.endswith("}id")), ""), "")
        if part not in packed.NameToInfo:
            continue
        sheet = _sheet(unpack(packed, part, work), book, work, left)
        left -= len(sheet.rows)
        _merge(sheet)
        _report(sheet, title, draft)
        _write(title, [(number, _line(cells)) for number, cells in sorted(sheet.rows.items())], draft, work)


def read_calamine(data: bytes, draft: Draft, work: Work) -> None:
    """Reads what calamine knows: XLS, XLSB, ODS. Raises UnreadableDocument (password, damaged)."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise UnreadableDocument("is protected by a password; save it without one", code="password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    left = work.limits.table_rows
    for meta in book.sheets_metadata:
        work.check("reading sheets")
        if meta.visible != python_calamine.SheetVisibleEnum.Visible:
            draft.find("hidden_sheet", meta.name)
            continue
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
            rows = [(number, [spoken(value) for value in line]) for number, line in enumerate(sheet.iter_rows(), start=1)]
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            draft.fail(meta.name, f"this sheet {DAMAGED}", code="damaged")
            draft.find("damaged_sheet", str(error))
            continue
        filled = [(number, line) for number, line in rows if any(line)]
        left -= len(filled)
        _within(left, work)
        _write(meta.name, filled, draft, work)


def _within(left: int, work: Work) -> None:
    if left < 0:
        raise UnreadableDocument(f"holds more than {work.limits.table_rows:,} rows; split it or {raise_it('table_rows')}", code="too_large")


def _write(title: str, rows: list[Row], draft: Draft, work: Work) -> None:
    if not rows:
        return
    draft.block(f"## {' '.join(title.split())}", line=rows[0][0], sheet=title)
    write(rows, draft, work, sheet=title)


def _report(sheet: _Sheet, title: str, draft: Draft) -> None:
    if sheet.uncounted:
        draft.repairs["formula_without_value"] += sheet.uncounted
        draft.fail(title, f"{sheet.uncounted:,} formulas have no stored value; open the file in a spreadsheet program and save it again", code="formula")
    if sheet.hidden_rows or sheet.hidden_columns:
        draft.repairs["hidden_row"] += sheet.hidden_rows + len(sheet.hidden_columns)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _get(element: Element, name: str) -> str:
    return element.attrib.get(name, "")


def _targets(relations: Element | None, draft: Draft) -> dict[str, str]:
    found = {}
    for each in relations if relations is not None else ():
        if _get(each, "TargetMode") == "External":
            draft.find("external_link", _get(each, "Target"))
            continue
        target = _get(each, "Target")
        found[_get(each, "Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if _get(each, "Type").endswith("/externalLink"):
            draft.find("external_link", target)
    return found


def _strings(packed: ZipFile, work: Work) -> list[str]:
    found: list[str] = []
    if "xl/sharedStrings.xml" not in packed.NameToInfo:
        return found
    for element in _elements(unpack(packed, "xl/sharedStrings.xml", work), "si"):
        found.append(_rich(element))
        element.clear()
        if len(found) % 20_000 == 0:
            work.check("reading strings")
    return found


def _rich(element: Element) -> str:
    """The text of a string without its phonetic hints."""
    parts = []
    for each in element:
        match _name(each):
            case "t":
                parts.append(each.text or "")
            case "r":
                parts += [part.text or "" for part in each if _name(part) == "t"]
            case _:
                pass
    return "".join(parts)


def _elements(data: bytes, *names: str) -> Iterator[Element]:
    if b"<!DOCTYPE" in data[:4096]:
        raise UnreadableDocument("declares entities in its XML, which office programs never do; it is not opened", code="damaged")
    try:
        for _, element in iterparse(io.BytesIO(data)):
            if _name(element) in names:
                yield element
    except (ParseError, ValueError) as error:
        raise UnreadableDocument(DAMAGED, code="damaged") from error


def _formats(styles: Element | None) -> list[str]:
    if styles is None:
        return []
    custom = {_get(each, "numFmtId"): _get(each, "formatCode") for each in styles.iter() if _name(each) == "numFmt"}
    cells = next((each for each in styles if _name(each) == "cellXfs"), None)
    found = []
    for each in cells if cells is not None else ():
        number = _get(each, "numFmtId") or "0"
        found.append(custom.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, ""))
    return found


def _sheet(data: bytes, book: _Book, work: Work, left: int) -> _Sheet:
    data = _filled(data)
    sheet = _Sheet()
    next_row = 0
    for element in _elements(data, "row", "col", "mergeCell"):
        match _name(element):
            case "col":
                if _get(element, "hidden") in ("1", "true"):
                    first, last = int(_get(element, "min") or 1), int(_get(element, "max") or 1)
                    sheet.hidden_columns |= set(range(first - 1, min(last, first + 1000)))
            case "mergeCell":
                if len(sheet.merged) < _MOST_MERGED and (ends := _REFERENCE.findall(_get(element, "ref"))) and len(ends) == 2:
                    (left_column, top), (right_column, bottom) = ends
                    sheet.merged.append((int(top), _column(left_column), int(bottom), _column(right_column)))
            case _:
                number = int(_get(element, "r") or next_row + 1)
                next_row = number
                cells = _cells(element, book, sheet, work)
                if cells and _get(element, "hidden") in ("1", "true"):
                    sheet.hidden_rows += 1
                elif cells:
                    sheet.rows[number] = cells
                    if len(sheet.rows) % 1000 == 0:
                        work.check(f"row {number:,}")
                    _within(left - len(sheet.rows), work)
                element.clear()
    if sheet.hidden_columns:
        sheet.hidden_columns &= {column for cells in sheet.rows.values() for column in cells}
        for cells in sheet.rows.values():
            for column in sheet.hidden_columns:
                cells.pop(column, None)
    return sheet


def _filled(data: bytes) -> bytes:
    """A sheet without the rows that hold formatting only; they are most of some files, and cost nothing this way."""
    first, end = data.find(b"<row "), data.rfind(b"</sheetData>")
    if first < 0 or end < 0 or b' r="' not in data[first : first + 200]:
        return data
    parts = [data[:first]]
    at = first
    while found := _CONTENT.search(data, at, end):
        begin, at = data.rfind(b"<row ", at, found.start()), data.find(b"</row>", found.end())
        if begin < 0 or at < 0:
            return data
        at += len(b"</row>")
        parts.append(data[begin:at])
    return b"".join([*parts, data[end:]])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cells(row: Element, book: _Book, sheet: _Sheet, work: Work) -> dict[int, str]:
    found: dict[int, str] = {}
    column = -1
    for cell in row:
        reference = _REFERENCE.match(_get(cell, "r"))
        column = _column(reference.group(1)) if reference else column + 1
        text = _value(cell, book, sheet)[: work.limits.cell_chars]
        if text.strip():
            found[column] = text.strip()
    return found


def _value(cell: Element, book: _Book, sheet: _Sheet) -> str:
    kind, value, formula = _get(cell, "t"), None, False
    for each in cell:
        match _name(each):
            case "v":
                value = each.text
            case "is":
                return _rich(each)
            case "f":
                formula = True
            case _:
                pass
    if not value:
        sheet.uncounted += formula and kind != "str"
        return ""
    match kind:
        case "s":
            return book.strings[int(value)] if value.isdecimal() and int(value) < len(book.strings) else ""
        case "b":
            return "TRUE" if value == "1" else "FALSE"
        case "str" | "e" | "d":
            return value
        case _:
            style = _get(cell, "s")
            code = book.formats[int(style)] if style.isdecimal() and int(style) < len(book.formats) else ""
            return shown(value, code, epoch_1904=book.epoch_1904)


def _merge(sheet: _Sheet) -> None:
    """Writes a merged cell's text wherever it reaches, so that each row stands for itself."""
    room = _MOST_FILLED
    for top, left, bottom, right in sheet.merged:
        text = sheet.rows.get(top, {}).get(left, "")
        if not text or (bottom - top + 1) * (right - left + 1) > _MOST_MERGED:
            continue
        room -= (bottom - top + 1) * (right - left + 1)
        if room < 0:
            return
        for number in range(top, bottom + 1):
            if number in sheet.rows:
                for column in range(left, right + 1):
                    sheet.rows[number].setdefault(column, text)


def _line(cells: dict[int, str]) -> list[str]:
    # a stray cell far to the right must not make a row of thousands of cells
    last = max(cells)
    if last <= 2 * len(cells) + 64:
        return [cells.get(column, "") for column in range(last + 1)]
    return [cells[column] for column in sorted(cells)]
