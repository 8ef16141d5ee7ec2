"""Plain lines to Markdown: headings from numbering and shape, lists, questions and answers, tables of tabs; it decodes nothing and cleans no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.knowledge.load.layout import Line, ends_sentence, hyphenated, join, running, vocabulary, width, wrapped
from assistant.knowledge.load.model import Draft, Work
from assistant.knowledge.load.pipes import table
from assistant.knowledge.load.stamps import stamps

_HAN = "一二三四五六七八九十百零〇两"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(rf"第\s*[{_HAN}\d]{{1,5}}\s*(?:章|篇|编|部分|部|卷)(?:\s|[：:、.　]|(?=\S)).{{0,40}}")),
    (3, re.compile(rf"第\s*[{_HAN}\d]{{1,5}}\s*(?:节|節)(?:\s|[：:、.　]|(?=\S)).{{0,40}}")),
    (4, re.compile(rf"第\s*[{_HAN}\d]{{1,5}}\s*(?:条|條|款)(?:\s|[：:、.　]).{{0,30}}")),
    (2, re.compile(rf"[{_HAN}]{{1,3}}\s*[、.．]\s*\S.{{0,40}}")),
    (3, re.compile(rf"[（(][{_HAN}]{{1,3}}[)）]\s*\S.{{0,40}}")),
    (2, re.compile(r"(?i:chapter|part|appendix|annex|section|附录|附件)\s*(?:\d{1,3}|[A-Z]|[IVX]{1,5})(?:[\s:.：、-].{0,70})?")),
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})[.、]?\s*(?=[^\s\d.,%])(.{1,80})")
_NUMBERED = re.compile(r"(?:(\d{1,2})\s*[.、．]\s*(?=\D)|([A-H])[.、．]\s+)(\S.{0,80})")
_CHAPTER = re.compile(r"(\d{1,2})\s+(?=[A-Z\u3400-\u9fff])(\S.{1,60})")
_BULLET = re.compile(r"([-*•·●○◦■□◆◇▪▫►▶➢➤✓✔※–—\uf0b7\uf0a7\uf0d8])\s*(?=\S)(.+)")
_ITEM = re.compile(r"(?:[（(]?(\d{1,2})[)）]|([\u2460-\u2473]))\s*(\S.*)")
_STEP = re.compile(r"(\d{1,2})\s*[.、．]\s*(?=\D)(\S.*)")
_Q = re.compile(r"(?:Q|问|問|问题|問題|Question) ?\d{0,3} ?[:：.、．)）]\s*(\S.*)", re.IGNORECASE)
_A = re.compile(r"(?:A|答|答案|回答|Answer) ?\d{0,3} ?[:：.、．)）]\s*(\S.*)", re.IGNORECASE)
_BRACKETED = re.compile(r"[【\[［]([^】\]］]{2,30})[】\]］]")
_RULE = re.compile(r"[-=_*~·—–─═.\s]{3,}")
_BLANKS = re.compile(r"[ \u3000]{2,}")
_MARK = re.compile(r"(?=(?:#{1,6}|[+>])\s|~~~|```)")
_SENTENCE = re.compile(r"[。！？；]|[.!?;](?:\s|$)")
_CLAUSE = re.compile(r"[，,。；;！!：:]")


def read(text: str, draft: Draft, work: Work) -> None:
    """Reads plain text; a form feed begins a page."""
    lines: list[Line] = []
    number = 0
    pages = text.split("\f")
    sheets = [page.split("\n") for page in pages]
    filled = [[(n, line.strip()) for n, line in enumerate(page) if line.strip()] for page in sheets]
    drop = running([[line for _, line in page] for page in filled]) if len(pages) > 1 else [set()]
    for page, (raw, kept, gone) in enumerate(zip(sheets, filled, drop, strict=True), start=1):
        hidden = {kept[n][0] for n in gone}
        for n, line in enumerate(raw):
            number += 1
            if n in hidden:
                draft.repairs["running_header"] += 1
            else:
                lines.append(Line(line if "\t" in line.strip() else line.strip(), page if len(pages) > 1 else 0, number))
        number -= 1
    printed = stamps([line.text for line in lines])
    for n in sorted(printed):
        draft.find("running_header", lines[n].text)
    structure([replace(line, text="") if n in printed else line for n, line in enumerate(lines)], draft, work)


def structure(lines: Sequence[Line], draft: Draft, work: Work, *, top: int = 1) -> None:
    """Writes `lines` as Markdown. An empty line ends a paragraph; where text was broken at a width, its lines are joined first.

    `top` is the level a title gets; numbering goes below it.
    """
    paragraphs = list(_paragraphs(lines, draft))
    work.check("laying out text")
    levels = _headings(paragraphs, top)
    number = 0
    while number < len(paragraphs):
        if number % 5000 == 4999:
            work.check(f"line {number + 1:,}")
        here = paragraphs[number]
        if levels[number]:
            title = _question(here.text) or _bare_title(here.text)
            draft.block(f"{'#' * levels[number]} {title}", page=here.page, line=here.line)
            if levels[number] == 1 or number == 0:
                draft.title = draft.title or title
            number += 1
            continue
        if (count := _tabs(paragraphs, number)) >= 2:
            rows = [[cell.strip() for cell in each.text.split("\t")] for each in paragraphs[number : number + count]]
            draft.block(table(rows), page=here.page, line=here.line)
            number += count
            continue
        item = list_item(here.text)
        if item:
            draft.put(item, page=here.page, line=here.line)
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            if following is None or not list_item(following.text) or levels[number + 1]:
                draft.gap()
        else:
            draft.block(_paragraph(here.text), page=here.page, line=here.line)
        number += 1


def _paragraph(text: str) -> str:
    answer = _A.fullmatch(text)
    if answer and not text[0].isascii():
        return answer.group(1)
    if answer and text[1:2] in ":：" + "0123456789":
        return answer.group(1)
    return _MARK.sub(r"\\", " ".join(text.split("\t")), count=1) if _MARK.match(text) else " ".join(text.split("\t"))


def _question(text: str) -> str:
    asked = _Q.fullmatch(text)
    return asked.group(1) if asked else ""


def _bare_title(text: str) -> str:
    bracketed = _BRACKETED.fullmatch(text)
    return (bracketed.group(1) if bracketed else text).strip("# ")


def list_item(text: str) -> str:
    """A list item in Markdown; empty for anything else."""
    if match := _BULLET.fullmatch(text):
        mark, rest = match.groups()
        return "" if mark in "*-–—" and text[1:2] not in " \t\u3000" and not "\u3400" <= rest[0] <= "\u9fff" else f"- {rest.strip()}"
    if match := _ITEM.fullmatch(text):
        number = match.group(1) or str(ord(match.group(2)) - 0x245F)
        return f"{number}. {match.group(3)}"
    if match := _STEP.fullmatch(text):
        return f"{match.group(1)}. {match.group(2)}"
    return ""


def _tabs(lines: Sequence[Line], first: int) -> int:
    """How many lines from `first` on have the same number of cells between tabs."""
    cells = lines[first].text.count("\t")
    count = 0
    while cells and first + count < len(lines) and lines[first + count].text.count("\t") == cells:
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Shape:
    """What tells a line from a heading."""

    wide: float
    closed: bool
    clauses: bool


def _shape(text: str) -> _Shape:
    return _Shape(width(text), text[-1:] in ",，、" or (ends_sentence(text) and text[-1:] not in "?？"), bool(_CLAUSE.search(text[:-1])))


def heading_level(text: str) -> int:
    """The level that a line's numbering gives it as a heading, 0 for none."""
    return _numbered_level([Line(text)], 0, [_shape(text)], decimal=False)


def _headings(lines: Sequence[Line], top: int) -> list[int]:
    """The heading level of each line, 0 for none."""
    shapes = [_shape(line.text) for line in lines]
    decimal = any(_DECIMAL.fullmatch(line.text) for line in lines)
    found = [0] * len(lines)
    for number, _line in enumerate(lines):
        found[number] = _numbered_level(lines, number, shapes, decimal=decimal)
    _questions(lines, found)
    _unnumbered(lines, shapes, found, top=top)
    return [min(6, level + top - 1) if level else 0 for level in found]


def _numbered_level(lines: Sequence[Line], number: int, shapes: Sequence[_Shape], *, decimal: bool) -> int:
    text, shape = lines[number].text, shapes[number]
    if "\t" in text or shape.closed or shape.wide > 80:
        return 0
    for level, pattern in _LEVELS:
        if pattern.fullmatch(text) and not _SENTENCE.search(text[:-1]):
            return level
    if (match := _DECIMAL.fullmatch(text)) and not _SENTENCE.search(match.group(2)):
        return min(6, 2 + match.group(1).count("."))
    if decimal and (match := _CHAPTER.fullmatch(text)):
        return 2
    if (match := _NUMBERED.fullmatch(text)) and not shape.clauses:
        following = lines[number + 1].text if number + 1 < len(lines) else ""
        before = lines[number - 1].text if number else ""
        beside = any(_NUMBERED.match(other) and not _DECIMAL.match(other) for other in (before, following))
        if decimal and following and (_DECIMAL.fullmatch(following) or not beside):
            return 2
        if following and not beside and not list_item(following) and width(following) > 1.2 * shape.wide:
            return 3
    return 0


def _questions(lines: Sequence[Line], found: list[int]) -> None:
    """Questions whose answer is labelled too become headings."""
    for number, line in enumerate(lines):
        if not _Q.fullmatch(line.text):
            continue
        ahead = [each.text for each in lines[number + 1 : number + 4]]
        if any(_A.fullmatch(text) for text in ahead) and not any(_Q.fullmatch(text) for text in ahead[:1]):
            found[number] = 3


def _unnumbered(lines: Sequence[Line], shapes: Sequence[_Shape], found: list[int], *, top: int) -> None:
    """Short lines above longer ones: a title at the beginning, headings where the text reads as paragraphs under short lines."""

    def short(number: int) -> bool:
        line, shape = lines[number], shapes[number]
        if found[number] or "\t" in line.text or list_item(line.text) or _A.fullmatch(line.text):
            return False
        if _BRACKETED.fullmatch(line.text):
            return True
        titled = number == 0 and shape.wide <= 80 and not _SENTENCE.search(line.text)
        return (titled or (shape.wide <= 60 and not shape.clauses)) and not shape.closed and any(char.isalpha() for char in line.text)

    def body(number: int) -> bool:
        return number < len(lines) and not found[number] and (bool(list_item(lines[number].text)) or shapes[number].wide > 60 or shapes[number].closed)

    for number in range(len(lines)):
        if not short(number):
            continue
        text = lines[number].text
        if number == 0 and top == 1 and len(lines) > 1:
            found[number] = 1
        elif number + 1 < len(lines) and body(number + 1) and shapes[number + 1].wide > 1.5 * shapes[number].wide:
            found[number] = 3
        elif text.isupper() and len(text) > 3 and " " in text and len(lines) > 3:
            found[number] = 2
    _groups(lines, shapes, found, short)


def _groups(lines: Sequence[Line], shapes: Sequence[_Shape], found: list[int], short: object) -> None:
    """A short line directly above an unnumbered heading heads a group of them."""
    assert callable(short)
    for number in range(len(lines) - 1):
        if found[number + 1] == 3 and not found[number] and short(number) and _SENTENCE.search(lines[number - 1].text if number else "。"):
            found[number] = 2
    if 2 not in found:
        for number, level in enumerate(found):
            found[number] = 2 if level == 3 else level


def _paragraphs(lines: Sequence[Line], draft: Draft) -> Iterator[Line]:
    """Lines joined to paragraphs where the text was broken at a width; separators drawn with signs are left out."""
    lines = [replace(line, text=_BLANKS.sub(" ", line.text)) if "  " in line.text else line for line in lines]
    texts = [line.text for line in lines]
    most = wrapped(texts)
    known = vocabulary(texts) if most else None
    held: Line | None = None
    last = 0.0
    for line in lines:
        text = line.text
        if text and _RULE.fullmatch(text):
            text = ""
        begins = bool(list_item(text) or _Q.fullmatch(text) or _A.fullmatch(text)) or "\t" in text
        cut = held is not None and hyphenated(held.text, text)
        broken = (known is not None and last >= 0.75 * most) or (held is not None and (cut or _open_bracket(held.text)))
        if not text or held is None or begins or not broken:
            if held is not None:
                yield held
            held = Line(text, line.page, line.line) if text else None
        else:
            joined, repair = join(held.text, text, known or vocabulary(texts if cut else ()))
            if repair:
                draft.repairs[repair] += 1
            held = Line(joined, held.page, held.line)
        last = width(text)
    if held is not None:
        yield held


def _open_bracket(text: str) -> bool:
    """Whether the last bracket of a line is still open, so that the next line belongs to it."""
    last = max(text.rfind("("), text.rfind("（"))
    return last >= 0 and last > max(text.rfind(")"), text.rfind("）")) and last > len(text) - 40
