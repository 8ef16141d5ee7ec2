"""PDF to Markdown: pages in reading order with columns, tables and headings; scanned pages are reported. It recognises no characters in pictures."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.knowledge.load.layout import Vocabulary, ends_sentence, hyphenated, join, running, vocabulary
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work, raise_it, shorten
from assistant.knowledge.load.packed import DAMAGED
from assistant.knowledge.load.page import Row, Sheet, read_page
from assistant.knowledge.load.pipes import block, table
from assistant.knowledge.load.plain import heading_level, list_item

SCANNED = "is a scanned image without text; run character recognition (OCR) over it and load the result"


def read(data: bytes, draft: Draft, work: Work) -> None:
    """Reads a PDF. Raises UnreadableDocument (password, damaged, too_large, scanned); a single bad or scanned page is a failure line."""
    count = _examine(data, draft, work)
    sheets: list[Sheet] = []
    scanned = 0
    for number, page in _pages(data, count, draft, work):
        work.check(f"page {number} of {count}")
        try:
            sheet = read_page(page, number)
        except (UnreadableDocument, MemoryError):
            raise
        except Exception as error:  # pdfminer raises whatever a broken font or stream makes it raise
            draft.fail(f"page {number}", f"could not be read ({shorten(str(error) or type(error).__name__, 80)}); print the file anew as PDF", code="damaged")
            continue
        finally:
            page.close()
        if sheet.hidden:
            draft.find("hidden_text", sheet.hidden)
        draft.repairs["raised"] += sheet.placed
        for lost in sheet.lost:
            draft.find("lost_glyph", f"page {number}: {lost}")
        if sheet.scanned:
            scanned += 1
            draft.fail(f"page {number}", SCANNED, code="scanned")
        sheets.append(sheet)
    if not any(sheet.rows for sheet in sheets):
        if scanned:
            raise UnreadableDocument(f"holds {scanned} scanned pages and no text; run character recognition (OCR) over it and load the result", code="scanned")
        if draft.failures:
            raise UnreadableDocument(DAMAGED, code="damaged")
        raise UnreadableDocument("has no text on any page", code="empty")
    if not draft.repairs["raised"]:
        del draft.repairs["raised"]
    _drop_running(sheets, draft)
    _write(sheets, draft, work)


def _examine(data: bytes, draft: Draft, work: Work) -> int:
    """The number of pages, after a look at what costs or forbids reading."""
    import logging

    import pypdf
    from pypdf.errors import PdfReadError, PyPdfError

    for noisy in ("pypdf", "pdfminer"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("is protected by a password; save it without one", code="password")
        count = len(reader.pages)
        _outside(reader, draft)
        title = reader.metadata.title if reader.metadata else None
    except UnreadableDocument:
        raise
    except (PdfReadError, PyPdfError, NotImplementedError) as error:
        said = str(error).lower()
        if "password" in said or "decrypt" in said or "encrypt" in said:
            raise UnreadableDocument("is protected by a password or an unknown encryption; save it without one", code="password") from error
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    except Exception as error:  # a broken file makes pypdf raise anything
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    if count > work.limits.pages:
        raise UnreadableDocument(f"has {count:,} pages, more than {work.limits.pages:,}; split it or {raise_it('pages')}", code="too_large")
    draft.title = _useful(title)
    return count


def _outside(reader: Any, draft: Draft) -> None:
    root = reader.trailer["/Root"]
    names = root.get("/Names")
    if (root.get("/OpenAction") is not None and "/JS" in str(root["/OpenAction"])) or (names is not None and "/JavaScript" in names):
        draft.find("macro", "JavaScript")


def _useful(title: str | None) -> str:
    text = " ".join((title or "").split())
    return "" if re.search(r"(?i)^(untitled|microsoft word|\(?anonymous|无标题|document\d*)|\.(docx?|indd|pdf|xlsx?|pptx?)$", text) else text[:200]


def _pages(data: bytes, count: int, draft: Draft, work: Work) -> Iterator[tuple[int, Any]]:
    import pdfplumber
    import pypdf

    sizes = pypdf.PdfReader(io.BytesIO(data))
    if sizes.is_encrypted:
        sizes.decrypt("")
    try:
        opened = pdfplumber.open(io.BytesIO(data))
        pages = opened.pages
    except Exception as error:  # as above
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    with opened:
        for number, page in enumerate(pages[:count], start=1):
            work.check(f"page {number} of {count}")
            if _content_size(sizes, number) > work.limits.page_bytes:
                draft.fail(f"page {number}", f"holds too many drawing instructions; print the file anew as PDF or {raise_it('page_bytes')}", code="too_large")
                continue
            yield number, page


def _content_size(reader: Any, number: int) -> int:
    """Unpacked bytes of a page's drawing instructions; pypdf refuses streams that unpack to absurd sizes."""
    try:
        contents = reader.pages[number - 1].get_contents()
        return len(contents.get_data()) if contents is not None else 0
    except Exception as error:  # as above
        return 1 << 40 if "limit" in str(error).lower() else 0


def _drop_running(sheets: Sequence[Sheet], draft: Draft) -> None:
    for sheet, gone in zip(sheets, running([[_said(row) for row in sheet.rows] for sheet in sheets]), strict=True):
        draft.repairs["running_header"] += len(gone)
        sheet.rows[:] = [row for number, row in enumerate(sheet.rows) if number not in gone]
    if not draft.repairs["running_header"]:
        del draft.repairs["running_header"]


def _said(row: Row) -> str:
    """What a row says: a table all of it, for one that goes on behind a page break begins with the same header again."""
    return " ".join(" ".join(line) for line in row.table) if row.table else row.text


def _write(sheets: Sequence[Sheet], draft: Draft, work: Work) -> None:
    rows = [row for sheet in sheets for row in sheet.rows]
    known = vocabulary([row.text for row in rows if not row.table])
    body, levels = _sizes(rows)
    held: list[Row] = []
    last: Row | None = None
    grid: list[list[str]] = []
    for number, row in enumerate(rows):
        if number % 500 == 499:
            work.check(f"page {row.page}")
        if row.table:
            _flush(held, draft, known)
            held = []
            if grid and last is not None and last.table and row.page == last.page + 1 and len(row.table[0]) == len(grid[0]):
                # a table that goes on behind a page break, with or without its header again
                more = row.table[1:] if row.table[0] == grid[0] else row.table
                draft.put(table([grid[0], *more]).split("\n", 2)[2] if more else "", page=row.page)
            else:
                draft.gap()
                draft.put(block(row.table), page=row.page)
                grid = row.table
            last = row
            continue
        if last is not None and last.table:
            draft.gap()
        level = _level(row, body, levels)
        if level:
            _flush(held, draft, known)
            held = []
            draft.title = draft.title or row.text
            draft.block(f"{'#' * level} {row.text}", page=row.page)
        elif held and not _breaks(held[-1], row, body):
            held.append(row)
        else:
            _flush(held, draft, known)
            held = [row]
        last = row
    _flush(held, draft, known)


def _sizes(rows: Sequence[Row]) -> tuple[float, dict[float, int]]:
    """The size of running text, and the heading level of each larger one."""
    weight: Counter[float] = Counter()
    for row in rows:
        if not row.table:
            weight[row.size] += len(row.text)
    body = weight.most_common(1)[0][0] if weight else 10.0
    larger = sorted((size for size in weight if size >= 1.12 * body and weight[size] <= 0.35 * sum(weight.values())), reverse=True)
    return body, {size: min(number + 1, 4) for number, size in enumerate(larger)}


def _level(row: Row, body: float, levels: dict[float, int]) -> int:
    if row.table or len(row.text) > 120 or not any(char.isalpha() for char in row.text):
        return 0
    numbered = heading_level(row.text)
    if row.size in levels and not (ends_sentence(row.text) and row.text[-1] not in "?？"):
        return levels[row.size]
    if numbered and (row.bold or row.alone) and row.size >= 0.95 * body:
        return min(6, max([numbered, *(level + 1 for level in levels.values())]) if row.bold and not re.match(r"\d+\.\d", row.text) else numbered)
    if row.bold and row.alone and row.size >= 0.95 * body and not ends_sentence(row.text) and len(row.text) <= 60:
        return min(6, max(levels.values(), default=1) + 1)
    return 0


def _breaks(one: Row, other: Row, body: float) -> bool:
    """Whether a new paragraph begins between two lines."""
    if list_item(other.text) or abs(one.size - other.size) > 0.15 * body or (one.bold != other.bold and one.alone):
        return True
    if hyphenated(one.text, other.text):
        return False
    if one.page != other.page or other.top < one.top:  # next page or column
        return ends_sentence(one.text) or (other.left_indent > 0.8 * other.size and other.column == one.column)
    if other.top - one.bottom > 0.9 * one.size:
        return True
    if other.left_indent > 1.2 * other.size and one.left_indent < 0.5 * one.size and not list_item(one.text):
        return True
    short = one.right_gap > max(4 * one.size, 0.15 * one.column_width)
    return short and (ends_sentence(one.text) or one.right_gap > 0.4 * one.column_width)


def _flush(rows: Sequence[Row], draft: Draft, known: Vocabulary) -> None:
    if not rows:
        return
    text = rows[0].text
    breaks: list[tuple[int, int]] = []
    for row in rows[1:]:
        before = len(text)
        text, repair = join(text, row.text, known)
        if repair:
            draft.repairs[repair] += 1
        breaks.append((before, row.page))
    item = list_item(text)
    shift = len(item) - len(text) if item else 0
    start = draft.size
    if item:
        draft.put(item, page=rows[0].page)
    else:
        draft.gap()
        start = draft.size
        draft.put(re.sub(r"^(?=(?:#{1,6}|[+>])\s|```)", r"\\", text), page=rows[0].page)
        draft.gap()
    page = rows[0].page
    for at, number in breaks:
        if number != page:
            draft.mark(start + at + shift, page=number)
            page = number
