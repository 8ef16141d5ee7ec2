"""CSV and its relatives: the delimiter found, the header judged, rows as a pipe table; decoding is done before."""

from __future__ import annotations

import csv
import io
from collections import Counter

from assistant.knowledge.load.grid import write
from assistant.knowledge.load.model import Draft, UnreadableDocument, Work, raise_it
from assistant.knowledge.load.packed import DAMAGED

DELIMITERS = (",", ";", "\t", "|")
MOST_ABOVE = 8


def delimiter(text: str) -> str:
    """The sign that cuts the lines of `text` into the same number of cells; empty when it is no table.

    Prose fails because its lines have different numbers of commas.
    """
    if text[:4].lower() == "sep=" and text[5:6] in ("\n", "\r"):
        return text[4]
    head = text[:64_000]
    if len(head) < len(text):
        head = head[: head.rfind("\n") + 1] or head
    for sign in DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if any(each.strip() for each in row)][:200]
        except csv.Error:
            continue
        if len(rows) < 2:
            continue
        widths = Counter(len(row) for row in rows)
        width, count = widths.most_common(1)[0]
        least = 2 if sign in "\t;|" or len(rows) > 2 else 3
        cells = [each.strip() for row in rows if len(row) == width for each in row]
        long = sum(len(each) > 200 for each in cells)
        sentences = sum(each.endswith(("。", ". ", ".")) and len(each) > 40 for each in cells)
        if width >= least and count >= 0.8 * len(rows) and long + sentences <= 0.2 * len(cells) and sum(map(bool, cells)) > 0.3 * len(cells):
            return sign
    return ""


def preface(text: str) -> int:
    """How many lines stand above a table, a blank one last ("Export of 2026-05-01"); 0 when none do."""
    lines = text[:4000].splitlines(keepends=True)[:MOST_ABOVE]
    blank = next((number for number, line in enumerate(lines) if not line.strip()), 0)
    if not blank or any(len(line) > 200 for line in lines[:blank]):
        return 0
    rest = text[sum(map(len, lines[: blank + 1])) :]
    return blank + 1 if len(rest.splitlines()) > 2 and delimiter(rest) else 0


def read(text: str, draft: Draft, work: Work, *, sign: str, above: int = 0) -> None:
    """Reads delimited text below its first `above` lines; a first line `sep=;` is obeyed and left out. Raises UnreadableDocument (damaged, too_large)."""
    csv.field_size_limit(10_000_000)
    rows = []
    lines = text.splitlines(keepends=True)[:above]
    for number, line in enumerate(lines, start=1):
        draft.block(line.strip(), line=number)
    reader = csv.reader(io.StringIO(text[sum(map(len, lines)) :], newline=""), delimiter=sign)
    try:
        for cells in reader:
            if reader.line_num == 1 and "".join(cells).lower().startswith("sep="):
                continue
            if any(each.strip() for each in cells):
                rows.append((above + reader.line_num - sum(each.count("\n") for each in cells), [each.strip()[: work.limits.cell_chars] for each in cells]))
            if len(rows) % 5000 == 4999:
                work.check(f"row {len(rows):,}")
            if len(rows) > work.limits.table_rows:
                raise UnreadableDocument(f"holds more than {work.limits.table_rows:,} rows; split it or {raise_it('table_rows')}", code="too_large")
    except csv.Error as error:
        raise UnreadableDocument(DAMAGED, code="damaged") from error
    # lines left empty inside are no borders between tables here
    write([(number, cells) for number, cells in rows], draft, work)
